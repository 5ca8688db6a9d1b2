// Faults over the API: from the public page or a person to whoever must act, declined and escalated, repaired, paid for, followed.
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FaultMade, FaultShown, FaultTimes } from '#contract/faults.ts'
import type { FollowedShown, ReportCodesMade, ReportSubject, ReportTaken } from '#contract/reports.ts'
import type { SettlementDetails } from '#contract/settlements.ts'
import type { WaitingList } from '#contract/waiting.ts'
import { ALARM, type Alarm } from '#domain/alarms/alarm.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { leadingZeroBits } from '#api/faults/challenges.ts'
import { tendFaults } from '#server/faults.ts'
import { verifyProof, type Proof } from '#verify/verify.mjs'
import { FAULT_WORDS } from '#domain/writing/words/fault-words.ts'
import { startApi, SYSTEM, twoHouses, type Answer, type TestApi } from './start-api.ts'

const MONDAY = Date.parse('2026-06-01T09:00:00+03:00')
const HOUR_MS = 3_600_000
/** The agency holds the room, a service company repairs ventilation by the matrix, the municipality lets. */
const house: Bundle = {
  ...twoHouses,
  organisations: [...(twoHouses.organisations ?? []), { id: 'huolto', name: { fi: 'Huolto Oy', sv: 'Service Ab' } }],
  premises: (twoHouses.premises ?? []).map((one) =>
    one.id === 'talo'
      ? {
          ...one,
          name: { fi: 'Talo', sv: 'Huset' },
          spaces: [
            { id: 't-1', name: { fi: 'Aula', sv: 'Aulan' }, use: 'exclusive', areaM2: '60' },
            { id: 't-2', name: { fi: 'Keskus', sv: 'Centralen' }, use: 'technical', areaM2: '6', protected: true },
          ],
        }
      : one,
  ),
  devices: [
    ...(twoHouses.devices ?? []),
    {
      id: 'iv-kone',
      name: { fi: 'Ilmanvaihtokone', sv: 'Ventilationen' },
      premises: 'talo',
      space: 't-1',
      type: 'ventilation-unit',
      points: [{ key: 'energy', unit: 'kWh', kind: 'counter' }],
    },
    {
      id: 'ovi',
      name: { fi: 'Suojatilan ovi' },
      premises: 'talo',
      space: 't-2',
      type: 'door-controller',
      protected: true,
    },
  ],
  agreements: (twoHouses.agreements ?? []).map((one) => ({
    ...one,
    versions: one.versions.map((version) => ({
      ...version,
      terms: {
        faultHours: 8,
        responsibilities: [{ of: { deviceType: 'ventilation-unit' }, tasks: { repair: 'huolto' } }],
      },
    })),
  })),
}
let api: TestApi
let tokens: Record<'virasto' | 'kunta' | 'huolto' | 'money' | 'viewer' | 'stranger', string>

beforeEach(async () => {
  api = await startApi({ now: MONDAY, limits: { reportPuzzleBits: 6, anonymousRequestsPerMinute: 100_000 } })
  await api.fill(house)
  tokens = {
    virasto: await api.token('virasto', ['technician', 'manager']),
    kunta: await api.token('kunta', ['manager']),
    huolto: await api.token('huolto', ['technician']),
    money: await api.token('kunta', ['controller']),
    viewer: await api.token('virasto', ['viewer']),
    stranger: await api.token('muu', ['manager']),
  }
})
afterEach(() => api.close())

const report = async (body: object, token = tokens.viewer): Promise<FaultMade> => {
  const answer = await api.request(token, 'POST', '/faults', body)
  expect(answer.status, answer.text).toBe(201)
  return answer.json<FaultMade>()
}
const step = (token: string, id: string, body: object): Promise<Answer> =>
  api.request(token, 'POST', `/faults/${id}/steps`, body)
const done = async (token: string, id: string, body: object): Promise<FaultShown> => {
  const answer = await step(token, id, body)
  expect(answer.status, answer.text).toBe(200)
  return answer.json<FaultShown>()
}
const codeOf = async (of: { devices?: string[]; spaces?: string[] }): Promise<string> => {
  const made = await api.request(tokens.kunta, 'POST', '/report-codes', { premises: 'talo', ...of })
  expect(made.status, made.text).toBe(200)
  return made.json<ReportCodesMade>().items[0]?.code ?? ''
}
const open = async (code: string): Promise<ReportSubject> => {
  const answer = await api.request(null, 'GET', `/reports/${code}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.json<ReportSubject>()
}
const solve = ({ challenge: { token, bits } }: ReportSubject): string => {
  for (let n = 0; ; n += 1)
    if (leadingZeroBits(createHash('sha256').update(`${token}.${n}`).digest()) >= bits) return `${token}.${n}`
}
const send = async (code: string, body: object, proof?: string): Promise<Answer> => {
  const solved = proof ?? solve(await open(code))
  api.clock.now += 2_000
  return api.request(null, 'POST', `/reports/${code}`, { language: 'sv', ...body }, { 'x-report-proof': solved })
}

test('by the matrix, else the holder, else the landlord; it is accepted, worked on, done and closed, and everybody sees where it is', async () => {
  const { fault } = await report({ device: 'iv-kone', what: 'Kone ulvoo', choice: 'noise' })
  expect(fault).toMatchObject({ keeper: 'huolto', ground: 'matrix', state: 'offered', answerHours: 8, reports: 1 })
  expect(fault.dueAt).toBe('2026-06-02T06:00:00.000Z')
  expect((await report({ premises: 'talo', space: 't-1', what: 'Valo ei pala' })).fault.keeper).toBe('virasto')
  expect((await report({ device: 'mittari', what: 'Pimeä' })).fault.keeper).toBe('kunta')
  expect((await report({ premises: 'talo', what: 'Katto vuotaa' })).fault).toMatchObject({ ground: 'landlord' })

  expect((await api.request(tokens.stranger, 'GET', `/faults/${fault.id}`)).status).toBe(404)
  expect((await step(tokens.virasto, fault.id, { step: 'accept' })).status).toBe(403)
  expect((await step(tokens.huolto, fault.id, { step: 'work', text: 'x' })).problem().code).toBe('conflict')
  expect((await step(tokens.viewer, fault.id, { step: 'accept' })).status).toBe(403)
  const waiting = (await api.request(tokens.huolto, 'GET', '/waiting')).json<WaitingList>().items
  expect(waiting).toMatchObject([{ kind: 'fault-to-answer', subject: fault.id, waitsFor: 'huolto' }])

  api.clock.now += HOUR_MS
  expect((await done(tokens.huolto, fault.id, { step: 'accept' })).may).toContain('work')
  await done(tokens.huolto, fault.id, {
    step: 'work',
    text: 'Laakeri vaihdettu',
    hours: '1.5',
    parts: [{ name: 'Laakeri', quantity: '2' }],
  })
  api.clock.now += 2 * HOUR_MS
  await done(tokens.huolto, fault.id, { step: 'done', text: 'Kunnossa' })
  const closed = await done(tokens.kunta, fault.id, { step: 'close' })
  expect(closed).toMatchObject({ state: 'closed', dueAt: null })
  expect(closed.entries.map(({ kind }) => kind)).toEqual(['reported', 'offered', 'accepted', 'step', 'done', 'closed'])
  expect(closed.work).toMatchObject([{ hours: '1.5', parts: [{ name: 'Laakeri', quantity: '2' }], on: '2026-06-01' }])

  const times = (await api.request(tokens.viewer, 'GET', '/faults/statistics?premises=talo')).json<FaultTimes>().items
  expect(times.find(({ organisation }) => organisation === 'huolto')).toMatchObject({
    offered: 1,
    accepted: 1,
    repaired: 1,
    response: { count: 1, medianMs: HOUR_MS, p90WorkingMs: HOUR_MS },
    repair: { medianMs: 2 * HOUR_MS },
  })
  const csv = await api.request(tokens.viewer, 'GET', `/faults/${fault.id}/custody?format=csv&language=sv`)
  expect(csv.text).toContain('Service Ab')
  expect(csv.text).toContain(FAULT_WORDS.sv.entryKinds.reported)
  expect(csv.text).not.toContain('reported')
  expect(csv.headers['content-disposition']).toContain('attachment')
  const list = await api.request(tokens.viewer, 'GET', '/faults/export?format=csv&premises=talo')
  expect(list.text.trim().split('\r\n')).toHaveLength(5)
})

test('declined with a reason it passes on in order; the third refusal reaches everybody, and then any party takes it', async () => {
  const { fault } = await report({ device: 'iv-kone', what: 'Kone ulvoo' })
  const { id } = fault
  expect((await step(tokens.huolto, id, { step: 'decline', text: '' })).status).toBe(400)
  const wrong = await step(tokens.huolto, id, { step: 'decline', text: 'Ei meidän', to: 'muu' })
  expect(wrong.problem().problems?.[0]?.pointer).toBe('/to')
  const second = await done(tokens.huolto, id, { step: 'decline', text: 'Ei kuulu sopimukseen' })
  expect(second).toMatchObject({ keeper: 'virasto', ground: 'holder', state: 'offered', escalations: 0 })
  expect(second.custody[0]).toMatchObject({ organisation: 'huolto', reason: 'Ei kuulu sopimukseen' })
  const third = await done(tokens.virasto, id, { step: 'decline', text: 'Kiinteistön laite', to: 'kunta' })
  expect(third).toMatchObject({ keeper: 'kunta', ground: 'handed-on' })
  expect((await step(tokens.virasto, id, { step: 'take' })).problem().code).toBe('conflict')
  const escalated = await done(tokens.kunta, id, { step: 'decline', text: 'Tilaajan asia' })
  expect(escalated.escalations).toBe(1)
  expect(escalated.entries.at(-1)).toMatchObject({ kind: 'escalated', because: 'refused' })
  // Those who had it see it whatever else they see.
  expect((await api.request(tokens.huolto, 'GET', `/faults/${id}`)).status).toBe(200)
  const taken = await done(tokens.virasto, id, { step: 'take', text: 'Hoidamme' })
  expect(taken).toMatchObject({ keeper: 'virasto', state: 'accepted' })
})

test('an offer that nobody answers within the working hours escalates, three times at most', async () => {
  const { fault } = await report({ device: 'iv-kone', what: 'Kone ulvoo' })
  const parts = { records: api.records, log: { debug() {}, info() {}, warn() {}, error() {} } as never }
  api.clock.now = Date.parse('2026-06-02T08:59:00+03:00')
  expect((await tendFaults(parts, api.clock.now)).escalated).toBe(0)
  for (const day of ['02', '03', '04', '05']) {
    api.clock.now = Date.parse(`2026-06-${day}T09:00:00+03:00`)
    await tendFaults(parts, api.clock.now)
  }
  const shown = (await api.request(tokens.viewer, 'GET', `/faults/${fault.id}`)).json<FaultShown>()
  expect(shown.entries.filter(({ because }) => because === 'unanswered')).toHaveLength(3)
  expect(shown).toMatchObject({ escalations: 3, dueAt: null, state: 'offered', keeper: 'huolto' })
})

test('reports of one device join by themselves; a manager takes them apart, joins two faults, and their links follow', async () => {
  const { fault } = await report({ device: 'iv-kone', what: 'Ulvoo' })
  const code = await codeOf({ devices: ['iv-kone'] })
  const taken = (await send(code, { choice: 'noise', what: 'Låter illa' })).json<ReportTaken>()
  expect(taken.joined).toBe(true)
  const shown = (await api.request(tokens.viewer, 'GET', `/faults/${fault.id}`)).json<FaultShown>()
  expect(shown).toMatchObject({ reports: 2, followers: 1 })
  expect(shown.entries.at(-1)).toMatchObject({ kind: 'joined', by: 'reporter', choice: 'noise', canSplit: true })
  const at = shown.entries.length - 1
  expect((await step(tokens.viewer, fault.id, { step: 'split', entry: at })).status).toBe(403)
  const left = await done(tokens.kunta, fault.id, { step: 'split', entry: at })
  expect(left).toMatchObject({ reports: 1, followers: 0 })
  const faults = (await api.request(tokens.viewer, 'GET', '/faults?device=iv-kone')).json<{ items: FaultShown[] }>()
  const own = faults.items.find(({ id }) => id !== fault.id)
  expect(own).toMatchObject({ what: 'Låter illa', choice: 'noise', keeper: 'huolto', source: 'public' })
  await done(tokens.kunta, fault.id, { step: 'join', with: own?.id ?? '' })
  const open = (await api.request(tokens.viewer, 'GET', '/faults?device=iv-kone&state=open')).json<{
    items: unknown[]
  }>()
  expect(open.items).toHaveLength(1)
  await done(tokens.huolto, fault.id, { step: 'accept' })
  const followed = (
    await api.request(null, 'POST', '/reports/followed', { secret: taken.follow })
  ).json<FollowedShown>()
  expect(followed).toMatchObject({ state: 'accepted', keeper: { sv: 'Service Ab' } })
  expect(followed.entries.map(({ text }) => text).join('')).not.toContain('Ulvoo')
})

test('the public page: what may be known is told, a report needs a solved puzzle once, contact is kept apart and forgotten', async () => {
  const code = await codeOf({ devices: ['iv-kone'] })
  const subject = await open(code)
  expect(subject).toMatchObject({
    name: { sv: 'Ventilationen' },
    spaceName: { sv: 'Aulan' },
    of: 'device',
    joins: false,
  })
  expect(subject.choices).toEqual(['too-cold', 'too-warm', 'bad-air', 'draught', 'noise', 'leak', 'other'])
  const secret = await open(await codeOf({ devices: ['ovi'] }))
  expect(secret).toMatchObject({ name: null, type: null, spaceName: null, premisesName: { fi: 'Talo' } })
  expect(JSON.stringify(secret)).not.toMatch(/Suojatilan|Keskus|ovi"/)
  expect(await open(await codeOf({ spaces: ['t-2'] }))).toMatchObject({ of: 'space', name: null })

  const body = { language: 'sv', choice: 'noise', contact: 'maija@example.org' }
  expect((await api.request(null, 'POST', `/reports/${code}`, body)).status).toBe(403)
  const other = await codeOf({ spaces: ['t-1'] })
  const proof = solve(subject)
  api.clock.now += 2_000
  expect((await send(other, body, proof)).status).toBe(403)
  const unsolved = `${subject.challenge.token}.1000000000`
  const isLucky = leadingZeroBits(createHash('sha256').update(unsolved).digest()) >= subject.challenge.bits
  if (!isLucky) expect((await send(code, body, unsolved)).status).toBe(403)
  const first = await send(code, body, proof)
  expect(first.status, first.text).toBe(201)
  // The same again, as from a phone that lost the answer: the same link, and nothing more.
  expect((await send(code, body, proof)).json<ReportTaken>().follow).toBe(first.json<ReportTaken>().follow)
  const list = (await api.request(tokens.huolto, 'GET', '/faults')).json<{ items: FaultShown[] }>().items
  expect(list).toHaveLength(1)
  const [fault] = list
  expect(fault).toMatchObject({ reports: 1, source: 'public', choice: 'noise' })
  const asKeeper = (await api.request(tokens.huolto, 'GET', `/faults/${fault?.id}`)).json<FaultShown>()
  expect(asKeeper.contacts).toEqual(['maija@example.org'])
  const asParty = await api.request(tokens.viewer, 'GET', `/faults/${fault?.id}`)
  expect(asParty.text).not.toContain('maija')
  await done(tokens.huolto, fault?.id ?? '', { step: 'decline', text: 'Ei kuulu meille' })
  expect((await api.request(tokens.huolto, 'GET', `/faults/${fault?.id}`)).text).not.toContain('maija')
  expect((await api.request(tokens.viewer, 'GET', `/faults/${fault?.id}`)).text).toContain('maija')
  await done(tokens.kunta, fault?.id ?? '', { step: 'close', text: 'Kunnossa' })
  const parts = { records: api.records, log: { debug() {}, info() {}, warn() {}, error() {} } as never }
  api.clock.now += 31 * 24 * HOUR_MS
  expect((await tendFaults(parts, api.clock.now)).deleted).toBe(1)
  expect((await api.request(tokens.viewer, 'GET', `/faults/${fault?.id}`)).text).not.toContain('maija')

  await api.request(tokens.kunta, 'POST', '/report-codes/withdraw', { codes: [code] })
  expect((await api.request(null, 'GET', `/reports/${code}`)).status).toBe(404)
})

test('who follows adds notes, sees only what is meant for them, and a joined space is asked for', async () => {
  const code = await codeOf({ spaces: ['t-1'] })
  const { follow } = (await send(code, { choice: 'dark', what: 'Mörkt' })).json<ReportTaken>()
  const subject = await open(code)
  expect(subject).toMatchObject({ joins: false, open: [{ choice: 'dark', state: 'offered', today: true }] })
  const second = await send(code, { same: subject.open[0]?.ref })
  expect(second.json<ReportTaken>().joined).toBe(true)
  expect((await send(code, { choice: 'leak' })).json<ReportTaken>().joined).toBe(false)
  const id = subject.open[0]?.ref ?? ''
  await done(tokens.virasto, id, { step: 'message', text: 'Onko tämä meidän?' })
  await done(tokens.virasto, id, { step: 'message', text: 'Tulemme huomenna', shownToReporter: true })
  expect((await api.request(null, 'POST', '/reports/notes', { secret: follow, text: 'Tuli takaisin' })).status).toBe(
    204,
  )
  const followed = (await api.request(null, 'POST', '/reports/followed', { secret: follow })).json<FollowedShown>()
  expect(followed.entries.map(({ kind }) => kind)).toEqual(['reported', 'offered', 'joined', 'message', 'note'])
  expect(followed.entries[3]?.text).toBe('Tulemme huomenna')
  expect((await api.request(null, 'POST', '/reports/followed', { secret: 'x'.repeat(43) })).status).toBe(404)
  for (let n = 0; n < 9; n += 1) await api.request(null, 'POST', '/reports/notes', { secret: follow, text: 'x' })
  expect((await api.request(null, 'POST', '/reports/notes', { secret: follow, text: 'x' })).status).toBe(429)
})

test('the cost of a repair is a cost item with the fault as its ground: the month splits it, and the other agency’s program accepts it', async () => {
  const { fault } = await report({ device: 'iv-kone', what: 'Ulvoo' })
  await done(tokens.huolto, fault.id, { step: 'decline', text: 'Kuuluu kunnalle', to: 'kunta' })
  await done(tokens.kunta, fault.id, { step: 'accept' })
  const invoice = {
    category: 'maintenance',
    net: '100.01',
    vat: { category: 'S', rate: '25.5' },
    serviceFrom: '2026-03-16',
    serviceTo: '2026-03-17',
  }
  expect((await step(tokens.viewer, fault.id, { step: 'cost', invoice })).status).toBe(403)
  expect((await step(tokens.virasto, fault.id, { step: 'cost', invoice })).status).toBe(403)
  const wrong = await step(tokens.money, fault.id, { step: 'cost', invoice: { ...invoice, serviceTo: '2026-02-01' } })
  expect(wrong.problem().problems?.[0]?.pointer).toBe('/invoice/serviceTo')
  const shown = await done(tokens.money, fault.id, { step: 'cost', invoice })
  expect(shown.invoices).toMatchObject([{ id: `${fault.id}-1`, net: '100.01', payer: 'kunta' }])
  const stored = await api.request(tokens.viewer, 'GET', `/invoices/${fault.id}-1`)
  expect(stored.json<{ fault: string; device: string }>()).toMatchObject({ fault: fault.id, device: 'iv-kone' })
  const bundle = (await api.request(await api.token(null, ['admin']), 'GET', '/export?premises=talo')).json<Bundle>()
  expect(bundle.invoices?.find(({ id }) => id === `${fault.id}-1`)?.fault).toBe(fault.id)
  // March has readings, so that the whole month can be closed.
  const month = '/premises/talo/settlements/2026-03'
  const issued = await api.request(tokens.money, 'POST', `${month}/issue`, {})
  expect(issued.status, issued.text).toBe(200)
  const item = issued
    .json<{ items: { id: string; net: string; shares: { party: string; net: string }[] }[] }>()
    .items.find(({ id }) => id === `invoice:${fault.id}-1`)
  expect(item?.shares.map(({ party, net }) => `${party} ${net}`)).toEqual(['kunta 60.01', 'virasto 40.00'])
  const details = (await api.request(tokens.viewer, 'GET', `${month}/details`)).json<SettlementDetails>()
  expect(details.itemNames[`invoice:${fault.id}-1`]).toMatchObject({ sv: 'Reparation: Ventilationen' })
  const operator = await api.token(null, ['admin', 'controller'])
  const closed = await api.request(operator, 'POST', `${month}/close`, { force: true, reason: 'test' })
  expect(closed.status, closed.text).toBe(200)
  const answer = await api.request(tokens.viewer, 'GET', `${month}/proof`)
  expect(answer.status, answer.text).toBe(200)
  const proof = answer.json<Proof>()
  expect(verifyProof(proof)).toMatchObject({ ok: true, status: 'closed', differences: [] })
})

test('what a fault wastes is judged by the device’s own weeks before, and told only where it can be', async () => {
  const from = Date.parse('2026-05-01T00:00:00+03:00')
  const began = Date.parse('2026-06-08T00:00:00+03:00')
  const values: [string, string][] = []
  let total = 0
  for (let at = from; at <= began + 24 * HOUR_MS; at += HOUR_MS) {
    values.push([new Date(at).toISOString(), String(total)])
    total += at < began ? 2 : 5
  }
  await api.fill({ readings: [{ device: 'iv-kone', point: 'energy', values }] })
  api.clock.now = began
  const { fault } = await report({ device: 'iv-kone', what: 'Käy yölläkin' })
  api.clock.now = began + 24 * HOUR_MS
  const waste = (await api.request(tokens.viewer, 'GET', `/faults/${fault.id}/waste`)).json()
  expect(waste).toMatchObject({
    known: true,
    hours: 24,
    usedKwh: '120',
    usualKwh: '48',
    extraKwh: '72',
    euros: '7.20',
    tariff: 'sahko',
  })
  const door = await report({ device: 'ovi', what: 'Ei aukea' })
  expect((await api.request(tokens.viewer, 'GET', `/faults/${door.fault.id}/waste`)).json()).toEqual({
    known: false,
    reason: 'no-meter',
  })
})

test('of an alarm a fault is made once; both know each other, and it began when the alarm did', async () => {
  const raisedAt = MONDAY - 5 * HOUR_MS
  const body = {
    rule: 'r',
    name: { fi: 'Ei lukemia' },
    condition: 'no-data',
    severity: 'major',
    device: 'iv-kone',
    reason: { point: null, value: null, limit: null, unit: null, at: null },
    raisedAt,
    fault: null,
    entries: [],
  } as unknown as Alarm
  const paper = { id: 'alarm-1', premises: 'talo', audience: 'premises' as const, state: 'raised', dueAt: null, body }
  await api.records.changePapers({ papers: [{ kind: ALARM, paper, expectedVersion: 0 }] }, SYSTEM, 'alarm.raise')
  expect((await api.request(tokens.stranger, 'POST', '/faults', { alarm: 'alarm-1' })).status).toBe(404)
  const { fault } = await report({ alarm: 'alarm-1' }, tokens.virasto)
  expect(fault).toMatchObject({
    source: 'alarm',
    alarm: 'alarm-1',
    device: 'iv-kone',
    keeper: 'huolto',
    since: new Date(raisedAt).toISOString(),
  })
  const stored = await api.records.getPaper({ organisation: null }, ALARM, 'alarm-1')
  expect(stored?.body).toMatchObject({ fault: fault.id, entries: [{ kind: 'fault', text: fault.id }] })
  expect((await api.request(tokens.virasto, 'POST', '/faults', { alarm: 'alarm-1' })).status).toBe(409)
})

test('who succeeds an organisation answers for what it had; what is classified is told to keepers only', async () => {
  const { fault } = await report({ device: 'iv-kone', what: 'Ulvoo' })
  await api.fill({
    organisations: [
      { id: 'uusi', name: { fi: 'Uusi Huolto Oy' } },
      { id: 'huolto', name: { fi: 'Huolto Oy' }, successor: { organisation: 'uusi', from: '2026-06-01' } },
    ],
  })
  const successor = await api.token('uusi', ['technician'])
  const shown = (await api.request(successor, 'GET', `/faults/${fault.id}`)).json<FaultShown>()
  expect(shown.may).toContain('accept')
  const listed = async (whose: string): Promise<string[]> =>
    (await api.request(successor, 'GET', `/faults?whose=${whose}`))
      .json<{ items: { id: string }[] }>()
      .items.map((one) => one.id)
  expect([await listed('ours'), await listed('waiting')]).toEqual([[fault.id], [fault.id]])
  expect((await api.request(successor, 'GET', '/waiting')).text).toContain(fault.id)
  expect(await done(successor, fault.id, { step: 'accept' })).toMatchObject({ keeper: 'uusi', state: 'accepted' })

  const [device] = (house.devices ?? []).filter(({ id }) => id === 'mittari')
  await api.fill({ devices: [{ ...device!, name: { fi: 'Salainen mittari' }, visibility: { name: 'owner' } }] })
  const secret = (await report({ device: 'mittari', what: 'Ei toimi' }, tokens.kunta)).fault
  expect(secret.deviceName).toEqual({ fi: 'Salainen mittari' })
  // The other owner sees it; who only sees the premises does not see the fault of a classified device.
  expect((await api.request(tokens.virasto, 'GET', `/faults/${secret.id}`)).text).toContain('Salainen')
  expect((await api.request(tokens.huolto, 'GET', `/faults/${secret.id}`)).status).toBe(404)
})

test('labels are printed in the languages of the premises, and only by those whose they are', async () => {
  const made = await api.request(tokens.kunta, 'POST', '/report-codes', { premises: 'talo', all: 'both' })
  const { items } = made.json<ReportCodesMade>()
  expect(items.map(({ device, space }) => device ?? space).toSorted()).toEqual([
    'iv-kone',
    'mittari',
    'ovi',
    't-1',
    't-2',
  ])
  const again = (
    await api.request(tokens.kunta, 'POST', '/report-codes', { premises: 'talo', spaces: ['t-1'] })
  ).json<ReportCodesMade>()
  expect(again.items).toMatchObject([{ isNew: false, code: items.find(({ space }) => space === 't-1')?.code }])
  const pdf = await api.request(tokens.kunta, 'POST', '/report-codes/labels', {
    codes: items.map(({ code }) => code),
    sheet: 'a4-21',
  })
  expect(pdf.status, pdf.text.slice(0, 200)).toBe(200)
  expect(pdf.text.startsWith('%PDF-1.7')).toBe(true)
  expect((await api.request(tokens.stranger, 'POST', '/report-codes', { premises: 'talo', all: 'both' })).status).toBe(
    404,
  )
  const tenant = await api.request(tokens.virasto, 'POST', '/report-codes', { premises: 'talo', spaces: ['t-2'] })
  expect(tenant.status).toBe(403)
  const own = await api.request(tokens.virasto, 'POST', '/report-codes', { premises: 'talo', spaces: ['t-1'] })
  expect(own.status).toBe(200)
})
