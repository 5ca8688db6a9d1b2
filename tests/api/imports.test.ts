// Imports: a file becomes a draft, its rows are mended, it is taken wholly and undone wholly, each by whoever may.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportRowsAnswer, ImportShown, ImportSummary, ImportUndone } from '#contract/imports.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

let api: TestApi
let town = ''
beforeAll(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T09:00:00Z') })
  await api.fill(twoHouses)
  town = await api.token('kunta', ['manager', 'controller'])
})
afterAll(() => api.close())

const upload = (token: string, text: string | Buffer, query = 'name=a.csv', type = 'text/csv'): Promise<Answer> =>
  api.request(token, 'POST', `/imports?${query}`, Buffer.from(text), { 'content-type': type })
const decide = async (token: string, draft: ImportShown, work: Partial<ImportShown['work']>): Promise<ImportShown> => {
  const answer = await api.request(
    token,
    'PUT',
    `/imports/${draft.id}/work`,
    { ...draft.work, ...work },
    { 'if-match': `"v${draft.version}"` },
  )
  expect(answer.text).toContain('"work"')
  return answer.json<ImportShown>()
}
/** Takes it and waits for the end. */
const take = async (token: string, draft: ImportShown): Promise<ImportSummary> => {
  const started = await api.request(token, 'POST', `/imports/${draft.id}/take`, undefined, {
    'if-match': `"v${draft.version}"`,
  })
  expect(started.status, started.text).toBe(202)
  for (;;) {
    const now = (await api.request(token, 'GET', `/imports/${draft.id}`)).json<ImportSummary>()
    if (now.state !== 'taking') return now
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
const INVOICES = `\uFEFFToimittaja;Laskun numero;Kululaji;Veroton summa;ALV %;Kuukausi;Maksaja
"Siivous; Oy";1001;cleaning;"1 234,50 €";25,5;2026-03;kunta
Siivous Oy;1002;cleaning;100,0051;25,5;3/2026;kunta
Vartiointi Oy;V-1;security;1.230;25,5;2026-13;Kunta
`

test('invoices: mapped by their header, mended in place, taken, seen, undone', async () => {
  const sent = await upload(town, INVOICES)
  expect(sent.status, sent.text).toBe(201)
  let draft = sent.json<ImportShown>()
  expect(draft).toMatchObject({ kind: 'invoices', state: 'draft', rows: 3, encoding: 'utf-8' })
  draft = await decide(town, draft, { defaults: { premises: 'talo' } })
  expect(draft.problems.map(({ row, line, field, code }) => [row, line, field, code])).toEqual([
    [2, 3, 'net', 'not-whole-cents'],
    [3, 4, 'month', 'invalid-month'],
    [3, 4, 'net', 'ambiguous-amount'],
  ])
  const early = await api.request(town, 'POST', `/imports/${draft.id}/take`, undefined, {
    'if-match': `"v${draft.version}"`,
  })
  expect(early.status).toBe(202)
  for (;;) {
    draft = (await api.request(town, 'GET', `/imports/${draft.id}`)).json<ImportShown>()
    if (draft.state === 'draft') break
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  expect(draft.failure).toContain('3 things are wrong')
  draft = await decide(town, draft, { mends: { 2: { net: '100,01' } }, leftOut: [3] })
  expect(draft).toMatchObject({ errors: 0, takenRows: 2, makes: { invoices: 2 } })
  const rows = (await api.request(town, 'GET', `/imports/${draft.id}/rows?from=1&limit=1`)).json<ImportRowsAnswer>()
  expect(rows).toMatchObject({ of: 3, rows: [{ row: 2, line: 3, mends: { net: '100,01' }, problems: [] }] })
  const taken = await take(town, draft)
  expect(taken).toMatchObject({ state: 'taken', counts: { created: 2, changed: 0 }, takenBy: expect.any(String) })
  const invoices = (await api.request(town, 'GET', '/invoices?premises=talo&limit=50')).json<{
    items: { id: string; net: string; serviceTo: string; supplier?: string }[]
  }>()
  expect(invoices.items.find(({ net }) => net === '1234.5')).toMatchObject({
    supplier: 'Siivous; Oy',
    serviceTo: '2026-04-01',
  })

  const again = (await upload(town, INVOICES)).json<ImportShown>()
  expect(again.work.defaults).toEqual({ premises: 'talo' })
  expect(again.problems.map(({ row, code }) => [row, code])).toContainEqual([1, 'known-already'])
  expect((await api.request(town, 'DELETE', `/imports/${again.id}`)).status).toBe(204)

  const undone = await api.request(town, 'POST', `/imports/${taken.id}/undo`, {})
  expect(undone.status, undone.text).toBe(200)
  expect(undone.json<ImportUndone>()).toMatchObject({ import: { state: 'undone' }, closedMonths: [] })
  const left = (await api.request(town, 'GET', '/invoices?premises=talo&limit=50')).json<{ items: { id: string }[] }>()
  expect(left.items.map(({ id }) => id)).toEqual(['siivous'])
})

test('devices: made and changed, undone where nobody else changed them, credentials shown once', async () => {
  const file =
    'id,name,type,serial,owner shares,points\nmittari,Päämittari,,S-1,,\nuusi-1,Uusi,electricity-meter,S-2,"kunta 60; virasto 40",energy kWh counter\nUusi 2,=cmd(),,S-3,,\n'
  let draft = (await upload(town, file)).json<ImportShown>()
  expect(draft.kind).toBe('devices')
  draft = await decide(town, draft, { defaults: { premises: 'talo' } })
  expect(draft.problems.map(({ row, field, code }) => [row, field, code])).toEqual([[3, 'name', 'formula']])
  draft = await decide(town, draft, { mends: { 3: { name: 'Uusi 2' } } })
  const taken = await take(town, draft)
  expect(taken).toMatchObject({ state: 'taken', counts: { created: 2, changed: 1 }, madeDevices: 2 })
  const made = (await api.request(town, 'GET', '/devices/uusi-1')).json<object>()
  expect(made).toMatchObject({
    ownership: [{ shares: { kunta: '60', virasto: '40' } }],
    points: [{ key: 'energy', unit: 'kWh', kind: 'counter' }],
  })
  const technician = await api.token('kunta', ['manager'])
  const credentials = await api.request(technician, 'POST', `/imports/${taken.id}/credentials`)
  expect(credentials.text.split('\n')[0]).toBe('device,username,password')
  expect(credentials.text).toMatch(/uusi-2,uusi-2,\S{43}/)
  expect((await api.request(technician, 'POST', `/imports/${taken.id}/credentials`)).status).toBe(409)

  const {
    version,
    name: _name,
    ...device
  } = (await api.request(town, 'GET', '/export'))
    .json<{ devices: { id: string; version?: number; name?: object }[] }>()
    .devices.find(({ id }) => id === 'uusi-1')!
  expect(version).toBeUndefined()
  await api.request(town, 'PUT', '/devices/uusi-1', { ...device, name: { fi: 'Muutettu' } }, { 'if-match': '"v1"' })
  const refused = await api.request(town, 'POST', `/imports/${taken.id}/undo`, {})
  expect(refused.status).toBe(409)
  expect(refused.problem().problems).toMatchObject([{ pointer: '/devices/uusi-1', code: 'changed-meanwhile' }])
  expect((await api.request(town, 'POST', `/imports/${taken.id}/undo`, { leaveChanged: true })).status).toBe(200)
  expect((await api.request(town, 'GET', '/devices/uusi-1')).status).toBe(200)
  expect((await api.request(town, 'GET', '/devices/uusi-2')).status).toBe(404)
  expect(await api.records.credentialsOf('uusi-2')).toEqual([])
  expect((await api.request(town, 'GET', '/devices/mittari')).json<{ name?: object; version: number }>()).toMatchObject(
    { version: 3 },
  )
  expect((await api.request(town, 'GET', '/devices/mittari')).json<{ name?: object }>().name).toBeUndefined()
})

test('devices behind gateways: their keys go into the connector with them, and out of it again', async () => {
  const technician = await api.token('kunta', ['technician', 'manager'])
  const connector = {
    id: 'zigbee-talo',
    name: 'Zigbee',
    topicFilter: 'zigbee2mqtt/#',
    codec: 'zigbee2mqtt',
    credential: 'zigbee-portti',
    premises: 'talo',
    deviceMap: { vanha: 'mittari' },
    acceptUnknown: false,
  }
  await api.fill({ devices: [{ id: 'zigbee-portti', premises: 'talo', type: 'gateway' }] })
  expect((await api.request(technician, 'PUT', '/connectors/zigbee-talo', connector)).status).toBe(201)
  const map = async () =>
    (await api.request(technician, 'GET', '/connectors/zigbee-talo')).json<{ deviceMap: object }>().deviceMap
  const file = `tunnus;nimi;laji;yhdyskäytävä;laiteavain
anturi-1;Anturi 1;room-sensor;zigbee-portti;Aula lämpö
anturi-2;Anturi 2;room-sensor;zigbee-talo;0x00158d0001
anturi-3;Anturi 3;room-sensor;zigbee-portti;Aula lämpö
anturi-4;Anturi 4;room-sensor;ei-ole;x
anturi-5;Anturi 5;room-sensor;zigbee-portti;vanha
anturi-6;Anturi 6;room-sensor;;y
`
  let draft = (await upload(technician, file, 'name=laitteet.csv&kind=devices')).json<ImportShown>()
  expect(draft.work.columns).toMatchObject({ gateway: 3, key: 4 })
  draft = await decide(technician, draft, { defaults: { premises: 'talo' } })
  expect(draft.problems.map(({ row, field, code }) => [row, field, code])).toEqual([
    [3, 'key', 'duplicate'],
    [4, 'gateway', 'unknown-id'],
    [5, 'key', 'duplicate'],
    [6, 'gateway', 'missing'],
  ])
  draft = await decide(technician, draft, { leftOut: [3, 4, 5, 6] })
  const taken = await take(technician, draft)
  expect(taken).toMatchObject({ state: 'taken', counts: { created: 2 } })
  expect(await map()).toEqual({ vanha: 'mittari', 'Aula lämpö': 'anturi-1', '0x00158d0001': 'anturi-2' })
  const undone = await api.request(technician, 'POST', `/imports/${taken.id}/undo`, {})
  expect(undone.status, undone.text).toBe(200)
  expect(await map()).toEqual({ vanha: 'mittari' })
})

test('gateways with their payload family get connectors, and the devices behind them their keys, in one file', async () => {
  const technician = await api.token('kunta', ['technician', 'manager'])
  const file = `tunnus;nimi;laji;yhdyskäytävä;laiteavain;tulkinta;aihe
lampo-1;Lämpö 1;room-sensor;portti-z;Aula;;
portti-z;Zigbee-portti;gateway;;;Zigbee2MQTT;
portti-w;Vesiportti;gateway;;;wM-Bus;mittarit/#
portti-x;Väärä;gateway;;;ei-mikään;x/#
portti-y;Aiheeton;gateway;;;dsmr;
portti-q;Ylin taso;gateway;;;dsmr;#
vesi-1;Vesi 1;water-meter;portti-w;12345678;;
`
  let draft = (await upload(technician, file, 'name=portit.csv&kind=devices')).json<ImportShown>()
  expect(draft.work.columns).toMatchObject({ gateway: 3, key: 4, codec: 5, topicFilter: 6 })
  draft = await decide(technician, draft, { defaults: { premises: 'talo' } })
  const errors = draft.problems.filter(({ severity }) => severity === 'error')
  expect(errors.map(({ row, field, code }) => [row, field, code])).toEqual([
    [4, 'codec', 'unknown-codec'],
    [5, 'topicFilter', 'missing'],
    [6, 'topicFilter', 'bad-filter'],
  ])
  draft = await decide(technician, draft, { leftOut: [4, 5, 6] })
  expect(draft.makes).toEqual({ devices: 4, connectors: 2 })
  const taken = await take(technician, draft)
  expect(taken).toMatchObject({ state: 'taken', counts: { created: 4 } })
  const connectors = async () =>
    (await api.request(technician, 'GET', '/connectors'))
      .json<{ items: { id: string; codec: string; topicFilter: string; credential: string; deviceMap: object }[] }>()
      .items.filter(({ id }) => id.startsWith('portti-'))
  expect(await connectors()).toMatchObject([
    {
      id: 'portti-w',
      codec: 'wmbusmeters',
      topicFilter: 'mittarit/#',
      credential: 'portti-w',
      deviceMap: { '12345678': 'vesi-1' },
    },
    { id: 'portti-z', codec: 'zigbee2mqtt', topicFilter: 'zigbee2mqtt/#', deviceMap: { Aula: 'lampo-1' } },
  ])
  // Gateways speak for themselves; what is read behind them needs no password.
  const passwords = await api.request(technician, 'POST', `/imports/${taken.id}/credentials`, {})
  expect(passwords.text.split('\n').map((line) => line.split(',')[0])).toEqual(['device', 'portti-w', 'portti-z', ''])
  // The same file again asks for nothing that is not there.
  const again = await decide(technician, (await upload(technician, file, 'name=b.csv&kind=devices')).json(), {
    defaults: { premises: 'talo' },
    leftOut: [4, 5, 6],
  })
  expect(again.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const undone = await api.request(technician, 'POST', `/imports/${taken.id}/undo`, {})
  expect(undone.status, undone.text).toBe(200)
  expect(await connectors()).toEqual([])
})

test('readings: undone ones count no more, and replaced ones are as before', async () => {
  const file =
    'Laite;Aika;Lukema;Laatu\nmittari;1.4.2026 0.00;2000,5;mitattu\nmittari;5.4.2026 klo 12.00;2100;arvioitu\n'
  const draft = await decide(town, (await upload(town, file, 'name=a.csv&kind=readings')).json<ImportShown>(), {
    defaults: { premises: 'talo' },
  })
  expect(draft.problems).toEqual([])
  const taken = await take(town, draft)
  expect(taken.counts).toMatchObject({ readings: 2, readingsKnown: 0 })
  const readings = async () =>
    (
      await api.request(town, 'GET', '/readings?point=mittari/energy&from=2026-03-31T00:00:00Z&to=2026-04-09T00:00:00Z')
    ).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { at: string; value: unknown; quality: string })
      .map(({ at, value, quality }) => [at.slice(0, 16), value, quality])
  expect(await readings()).toEqual([
    ['2026-03-31T21:00', 2000.5, 'measured'],
    ['2026-04-05T09:00', 2100, 'estimated'],
  ])
  expect((await api.request(town, 'POST', `/imports/${taken.id}/undo`, {})).status).toBe(200)
  expect(await readings()).toEqual([
    ['2026-03-31T21:00', 2000, 'measured'],
    ['2026-04-05T09:00', 'withdrawn', 'suspect'],
  ])
})

test('bookings: nothing of a person is kept', async () => {
  const ics = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:t',
    'BEGIN:VEVENT',
    'UID:1',
    'DTSTAMP:20260301T000000Z',
    'DTSTART;TZID=Europe/Helsinki:20260324T090000',
    'DTEND;TZID=Europe/Helsinki:20260324T103000',
    'RRULE:FREQ=WEEKLY;COUNT=2',
    'LOCATION:Neuvotteluhuone',
    'ORGANIZER;CN=Matti Meikäläinen:mailto:matti.meikalainen@virasto.fi',
    'SUMMARY:Salainen kokous',
    'ATTENDEE:mailto:maija@virasto.fi',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n')
  let draft = (await upload(town, ics, 'name=varaukset.ics', 'text/calendar')).json<ImportShown>()
  expect(draft).toMatchObject({ kind: 'usage', rows: 2 })
  draft = await decide(town, draft, {
    defaults: { premises: 'talo' },
    values: { device: { Neuvotteluhuone: 'mittari' }, organisation: { 'virasto.fi': 'virasto' } },
  })
  expect(draft.problems).toEqual([])
  const taken = await take(town, draft)
  expect(taken.state).toBe('taken')
  const file = await api.request(town, 'GET', `/files/${taken.file}`)
  // Nine o'clock stays nine o'clock over the night of 29 March.
  expect(file.text.trim().split('\n').slice(1)).toEqual([
    'mittari;virasto;2026-03-24T07:00:00.000Z;2026-03-24T08:30:00.000Z',
    'mittari;virasto;2026-03-31T06:00:00.000Z;2026-03-31T07:30:00.000Z',
  ])
  const papers = await api.records.paperHistory({ organisation: null }, 'import', taken.id)
  expect(JSON.stringify(papers)).not.toMatch(/matti|maija|salainen/i)
  expect(draft.id).toBe(taken.id)
  expect((await api.request(town, 'POST', `/imports/${taken.id}/undo`, {})).status).toBe(200)
  expect(await api.records.usage(['mittari'], 0, Date.parse('2027-01-01'))).toEqual([])
})

test('rights: another organisation sees nothing of it, and each kind needs its role', async () => {
  const draft = (await upload(town, INVOICES)).json<ImportShown>()
  const other = await api.token('muu', ['manager', 'controller'])
  expect((await api.request(other, 'GET', `/imports/${draft.id}`)).status).toBe(404)
  expect(
    (await api.request(other, 'POST', `/imports/${draft.id}/take`, undefined, { 'if-match': '"v1"' })).status,
  ).toBe(404)
  expect((await api.request(other, 'GET', '/imports')).json<{ items: unknown[] }>().items).toEqual([])
  const technician = await api.token('kunta', ['technician'])
  expect((await upload(technician, INVOICES)).status).toBe(403)
  expect((await upload(await api.token('kunta', ['viewer']), INVOICES)).status).toBe(403)
  const agency = await api.token('virasto', ['manager', 'controller'])
  const foreign = (await upload(agency, 'tila;ala\nt-9;12\n', 'name=a.csv&kind=spaces')).json<ImportShown>()
  const shown = await decide(agency, foreign, { defaults: { premises: 'talo' } })
  expect(shown.problems.map(({ code }) => code)).toContain('not-allowed')
  const hidden = await decide(agency, shown, { defaults: { premises: 'muu-talo' } })
  expect(hidden.problems.map(({ code }) => code)).toEqual(expect.arrayContaining(['unknown-id']))
})
