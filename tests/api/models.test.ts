// Building models over HTTP: out for whoever sees the premises, without what is classified; in as an import, undone like any other.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportShown, ImportSummary } from '#contract/imports.ts'
import type { Device, Premises } from '#domain/registry/bundle.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

let api: TestApi
let town = ''
let agency = ''
beforeAll(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T09:00:00Z'), limits: { modelTriples: 2000 } })
  await api.fill({
    ...twoHouses,
    premises: [
      {
        ...twoHouses.premises![0]!,
        spaces: [
          { id: 't-1', use: 'exclusive', type: 'office', areaM2: '60', name: { fi: 'Aula', sv: 'Aula' }, storey: '1' },
          {
            id: 't-2',
            use: 'technical',
            areaM2: '12.5',
            name: { fi: 'Salainen palvelinhuone' },
            storey: '2',
            protected: true,
          },
        ],
      },
      twoHouses.premises![1]!,
    ],
    devices: [
      ...twoHouses.devices!,
      {
        id: 'kamera',
        premises: 'talo',
        space: 't-2',
        type: 'camera',
        name: { fi: 'Palvelinhuoneen kamera' },
        serial: 'SALAINEN-SARJA',
        ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1' } }],
        visibility: { place: 'owner', serial: 'owner' },
        protected: true,
        points: [{ key: 'online', kind: 'state' }],
      },
    ],
  })
  town = await api.token('kunta', ['manager'])
  agency = await api.token('virasto', ['manager'])
})
afterAll(() => api.close())

const model = (token: string, query = ''): Promise<Answer> => api.request(token, 'GET', `/premises/talo/model${query}`)
const upload = (token: string, text: string, query: string, type = 'text/turtle'): Promise<Answer> =>
  api.request(token, 'POST', `/imports?${query}`, Buffer.from(text), { 'content-type': type })
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

test('a model as Turtle and as JSON-LD, with its media type and file name', async () => {
  const brick = await model(town)
  expect(brick.status, brick.text).toBe(200)
  expect(brick.headers['content-type']).toBe('text/turtle; charset=utf-8')
  expect(brick.headers['content-disposition']).toBe('attachment; filename="talo.ttl"')
  expect(brick.text).toContain('<urn:samtila:space:talo:t-1> a brick:Space;')
  expect(brick.text).toContain('"Aula"@sv')
  expect(brick.text).toContain('brick:hasUnit unit:KiloW-HR')
  expect(brick.text).toContain('brick:hasTimeseriesId "mittari/energy"')
  const rec = await model(town, '?format=rec')
  expect(rec.headers['content-type']).toBe('application/ld+json; charset=utf-8')
  const graph = rec.json<{ '@graph': { '@id': string; '@type': string }[] }>()['@graph']
  expect(graph.find((node) => node['@id'] === 'urn:samtila:space:talo:t-1')?.['@type']).toBe('rec:Room')
  expect((await model(town, '?format=ifc')).status).toBe(400)
})

test('what is protected or classified is in no plain model, and in a full one only for whoever sees it', async () => {
  const SECRET = /Salainen|Palvelinhuoneen|SALAINEN-SARJA|space:talo:t-2> \.|samtila:facts/
  for (const token of [town, agency])
    for (const format of ['brick', 'rec']) expect((await model(token, `?format=${format}`)).text).not.toMatch(SECRET)
  const own = (await model(town, '?full=true')).text
  expect(own).toContain('SALAINEN-SARJA')
  expect(own).toContain('space:talo:t-2')
  const theirs = (await model(agency, '?full=true')).text
  expect(theirs).toContain('samtila:facts')
  expect(theirs).not.toContain('SALAINEN-SARJA')
  expect(/<urn:samtila:device:kamera>[^.]*hasLocation <urn:samtila:space/.test(theirs)).toBe(false)
  const viewer = await api.token('virasto', ['viewer'])
  expect((await model(viewer)).status).toBe(200)
  expect((await model(viewer, '?full=true')).status).toBe(403)
  expect((await model(await api.token('muu', ['manager']))).status).toBe(404)
})

const TURTLE = `@prefix brick: <https://brickschema.org/schema/Brick#> . @prefix unit: <http://qudt.org/vocab/unit/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix e: <http://example.com/house#> .
e:House a brick:Building ; rdfs:label "House" . e:Floor_2 a brick:Floor ; brick:isPartOf e:House .
e:Room_201 a brick:Room ; rdfs:label "Neuvotteluhuone"@fi, "Konferensrum"@sv ; brick:isPartOf e:Floor_2 ; brick:area [ brick:value 24.5 ; brick:hasUnit unit:M2 ] .
e:AHU_1 a brick:AHU ; brick:hasLocation e:Room_201 ; brick:feeds e:Room_201 ; brick:hasPoint e:AHU_1_Supply_Temp .
e:AHU_1_Supply_Temp a brick:Supply_Air_Temperature_Sensor ; brick:hasUnit unit:DEG_C .
`

test('a model of another is previewed, taken for one premises, told about, and undone', async () => {
  const sent = await upload(town, TURTLE, 'name=house.ttl')
  expect(sent.status, sent.text).toBe(201)
  const draft = sent.json<ImportShown>()
  expect(draft).toMatchObject({ kind: 'model', form: 'turtle', rows: 5, errors: 0, makes: { premises: 1, devices: 1 } })
  expect(draft.problems.map(({ severity, message }) => `${severity} ${message}`)).toEqual(
    [
      'warning Not taken, because there is no place for it here: name of a building (1 times).',
      'warning Not taken, because there is no place for it here: brick:feeds (1 times).',
    ].toSorted((a, b) => (a.includes('feeds') ? -1 : b.includes('feeds') ? 1 : 0)),
  )
  const taken = await take(town, draft)
  expect(taken, taken.failure ?? '').toMatchObject({ state: 'taken', counts: { created: 1, changed: 1 } })
  const device = (await api.request(town, 'GET', '/devices/ahu-1')).json<Device>()
  expect(device).toMatchObject({
    type: 'ventilation-unit',
    brick: 'AHU',
    space: 'room-201',
    points: [{ key: 'Supply_Temp', unit: '°C', kind: 'gauge' }],
  })
  const premises = (await api.request(town, 'GET', '/premises/talo')).json<Premises>()
  expect(premises.spaces?.find(({ id }) => id === 'room-201')).toEqual({
    id: 'room-201',
    name: { fi: 'Neuvotteluhuone', sv: 'Konferensrum' },
    storey: 'Floor_2',
    use: 'exclusive',
    areaM2: '24.5',
  })
  expect(premises.spaces?.length).toBe(3)
  // The same file again changes nothing.
  const again = (await upload(town, TURTLE, 'name=house.ttl')).json<ImportShown>()
  expect((await take(town, again)).counts).toMatchObject({ created: 0, changed: 0 })
  const undone = await api.request(town, 'POST', `/imports/${draft.id}/undo`, {})
  expect(undone.status, undone.text).toBe(200)
  expect((await api.request(town, 'GET', '/premises/talo')).json<Premises>().spaces?.length).toBe(2)
})

test('our own full model comes back without changing anything; the plain one loses nothing that is there', async () => {
  for (const query of ['?full=true', '?format=rec']) {
    const { text } = await model(town, query)
    const sent = await upload(town, text, `name=talo&kind=model`, 'application/octet-stream')
    expect(sent.status, sent.text).toBe(201)
    const draft = sent.json<ImportShown>()
    expect(draft.problems.filter(({ severity }) => severity === 'error')).toEqual([])
    const taken = await take(town, draft)
    expect([query, taken.state, taken.counts?.created, taken.counts?.changed]).toEqual([query, 'taken', 0, 0])
  }
})

test('facts that are none, files with too much and files that name the network are refused with what is wrong', async () => {
  const facts = `<urn:samtila:device:outo> a <https://brickschema.org/schema/Brick#Chiller> ; <https://brickschema.org/schema/Brick#hasLocation> <urn:samtila:premises:talo> ;
    <urn:samtila:model#facts> "{\\"roles\\":5,\\"ownership\\":[{\\"from\\":{}}]}" . <urn:samtila:premises:talo> a <https://brickschema.org/schema/Brick#Building> .`
  const draft = (await upload(town, facts, 'name=a.ttl')).json<ImportShown>()
  expect(draft.errors).toBeGreaterThan(0)
  expect(draft.makes).toMatchObject({ devices: 1 })
  const many = await upload(
    town,
    `<urn:a> <urn:b> ${Array.from({ length: 3000 }, (_one, i) => i).join(', ')} .`,
    'name=a.ttl',
  )
  expect([many.status, many.problem().detail]).toEqual([
    413,
    'The model has more than 2000 statements. Split it, by building or by system.',
  ])
  const far = await upload(
    town,
    '{"@context":"https://example.com/c","@id":"urn:a"}',
    'name=a.jsonld',
    'application/ld+json',
  )
  expect([far.status, far.problem().detail]).toEqual([400, expect.stringContaining('nothing is fetched')])
  expect((await upload(town, TURTLE, 'name=a.ttl&kind=devices')).status).toBe(400)
  // Nobody completes the house of another.
  const foreign = (
    await upload(town, TURTLE.replaceAll('http://example.com/house#House', 'urn:x'), 'name=b.ttl')
  ).json<ImportShown>()
  const aimed = await api.request(
    town,
    'PUT',
    `/imports/${foreign.id}/work`,
    { ...foreign.work, defaults: { premises: 'muu-talo' } },
    { 'if-match': `"v${foreign.version}"` },
  )
  expect(
    aimed.json<ImportShown>().problems.some(({ field, code }) => field === 'premises' && code === 'unknown-id'),
  ).toBe(true)
})
