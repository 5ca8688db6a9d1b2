// Alarms end to end: rules through the API, readings over MQTT, alarms raised, seen by who may, acted on by who may, over to the next.
import type { AddressInfo } from 'node:net'
import mqtt from 'mqtt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AlarmRulePage, AlarmRuleShown, AlarmRulesSuggested, AlarmTryAnswer } from '#contract/alarm-rules.ts'
import type { AlarmDetail, AlarmPage, AlarmsStanding } from '#contract/alarms.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { createAlarmEngine, type AlarmEngine } from '#server/alarms/engine.ts'
import { alarmLimits } from '#server/alarms/limits.ts'
import { brokerPartOf } from '#server/broker-part.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let engine: AlarmEngine
let landlord: string
let tenant: string
let other: string
const secret: Device = {
  id: 'kamera',
  name: { fi: 'Kamera' },
  premises: 'talo',
  ownership: [{ from: '2026-01-01', to: null, shares: { virasto: '1' } }],
  points: [{ key: 'power', kind: 'gauge', unit: 'kW' }],
  visibility: { readings: 'owner', name: 'owner' },
}
const rule = {
  premises: 'talo',
  name: { fi: 'Liikaa tehoa' },
  on: true,
  severity: 'major',
  target: { kind: 'premises' },
  condition: { kind: 'threshold', point: 'power', above: '100', hysteresis: '10' },
  advice: { fi: 'Sammuta jotakin.' },
}

beforeEach(async () => {
  api = await startApi()
  await api.fill(twoHouses)
  await api.fill({ devices: [secret] })
  landlord = await api.token('kunta', ['manager'])
  tenant = await api.token('virasto', ['technician'])
  other = await api.token('muu', ['manager'])
  engine = createAlarmEngine({
    records: api.records,
    telemetry: api.telemetry,
    broker: brokerPartOf(api.broker, new Set()),
    limits: alarmLimits(),
    now: () => api.clock.now,
    log: {
      debug: () => {},
      info: () => {},
      warn: (message) => void api.log.push({ level: 'error', message, details: {} }),
      error: (message) => void api.log.push({ level: 'error', message, details: {} }),
    },
  })
  await engine.start()
})
afterEach(async () => {
  await engine.stop()
  await api.close()
})

const put = (id: string, body: object, token = landlord, headers = {}) =>
  api.request(token, 'PUT', `/alarm-rules/${id}`, body, headers)
/** Changes of rules are gathered for a moment before they count. */
async function ruleIsThere(id: string, body: object): Promise<void> {
  expect((await put(id, body)).status).toBe(201)
  await new Promise((resolve) => setTimeout(resolve, 350))
  await engine.settled()
}
/** Gives when it was sent: to connect is not what is measured. */
async function send(device: string, values: object): Promise<number> {
  const operator = await api.token(null, ['technician'])
  const answer = await api.request(operator, 'POST', '/credentials', { devices: [device] })
  const [{ username, password }] = answer.json<[{ username: string; password: string }]>()
  if (!api.app.server.listening) await api.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = api.app.server.address() as AddressInfo
  const client = await mqtt.connectAsync(`ws://127.0.0.1:${port}/mqtt`, { username, password, clientId: username })
  const sentAt = performance.now()
  await client.publishAsync(`samtila/v1/${device}/telemetry`, JSON.stringify({ values }), { qos: 1 })
  client.end(true)
  return sentAt
}
const alarms = async (token: string, query = ''): Promise<AlarmPage['items']> =>
  (await api.request(token, 'GET', `/alarms?premises=talo${query}`)).json<AlarmPage>().items
const standing = async (token: string): Promise<AlarmsStanding> =>
  (await api.request(token, 'GET', '/alarms/standing')).json<AlarmsStanding>()
const step = (token: string, id: string, word: string, body: object = {}) =>
  api.request(token, 'POST', `/alarms/${id}/${word}`, body)

test('a reading over MQTT raises an alarm within a second; it goes from raised to cleared by those whose it is', async () => {
  await ruleIsThere('teho', rule)
  const before = await send('mittari', { power: 150 })
  while ((await alarms(landlord)).length === 0 && performance.now() - before < 3_000)
    await new Promise((resolve) => setTimeout(resolve, 10))
  expect(performance.now() - before).toBeLessThan(1_000)
  const [alarm] = await alarms(landlord, '&standing=true')
  expect(alarm).toMatchObject({
    device: 'mittari',
    rule: 'teho',
    ruleName: rule.name,
    severity: 'major',
    state: 'raised',
    value: '150',
    limit: '100',
    unit: 'kW',
    point: 'power',
  })
  const id = alarm?.id ?? ''
  expect(await standing(tenant)).toEqual({
    total: 1,
    unacknowledged: 1,
    bySeverity: { info: 0, warning: 0, major: 1, critical: 0 },
  })

  // Another landlord sees nothing, a viewer does nothing, a body with a role acts.
  expect((await api.request(other, 'GET', `/alarms/${id}`)).status).toBe(404)
  expect((await step(other, id, 'acknowledge')).status).toBe(404)
  expect((await step(await api.token('virasto', ['viewer']), id, 'acknowledge')).status).toBe(403)
  const many = (token: string, ids: string[]) => api.request(token, 'POST', '/alarms/acknowledge', { ids })
  expect((await many(other, [id])).json()).toMatchObject({ acknowledged: 0, refused: [{ id, code: 'not-found' }] })
  expect((await step(tenant, id, 'acknowledge', { text: 'Katson.' })).json<AlarmDetail>()).toMatchObject({
    state: 'acknowledged',
    may: { acknowledge: false, assign: true, clear: true },
  })
  expect((await step(tenant, id, 'acknowledge')).json<AlarmDetail>().entries).toHaveLength(2)
  expect((await many(tenant, [id, 'ei-ole'])).json()).toMatchObject({ acknowledged: 1, refused: [{ id: 'ei-ole' }] })
  expect((await many(tenant, [id, id])).status).toBe(400)
  expect((await step(tenant, id, 'assign', { organisation: 'muu' })).problem()).toMatchObject({
    status: 400,
    problems: [{ pointer: '/organisation' }],
  })
  const { user } = await api.signIn('asentaja', 'kunta', ['technician'])
  const assigned = (await step(landlord, id, 'assign', { organisation: 'kunta', person: user })).json<AlarmDetail>()
  expect(assigned).toMatchObject({
    state: 'assigned',
    assignee: { organisation: 'kunta', organisationName: { fi: 'Kunta' }, person: { id: user, name: 'asentaja' } },
  })
  expect(assigned.assignees.map(({ organisation }) => organisation)).toEqual(['kunta', 'virasto'])
  expect(
    (await step(landlord, id, 'comment', { text: '<b>paneeli auki</b>' })).json<AlarmDetail>().entries.at(-1),
  ).toMatchObject({ kind: 'comment', text: '<b>paneeli auki</b>', organisationName: { fi: 'Kunta' } })
  const until = new Date(api.clock.now + 60_000).toISOString()
  expect((await step(landlord, id, 'snooze', { until })).json<AlarmDetail>().snoozedUntil).toBe(until)
  expect((await step(landlord, id, 'snooze', { until: '2020-01-01T00:00:00Z' })).status).toBe(400)
  expect((await step(landlord, id, 'clear')).problem()).toMatchObject({ status: 400, problems: [{ pointer: '/text' }] })

  api.clock.now += 1_000
  await send('mittari', { power: 80 })
  await engine.settled()
  const done = (await api.request(tenant, 'GET', `/alarms/${id}`)).json<AlarmDetail>()
  expect(done).toMatchObject({
    state: 'cleared',
    ruleNow: { on: true },
    may: { acknowledge: false, clear: false, comment: true },
  })
  expect(done.entries.map(({ kind }) => kind)).toEqual([
    'raised',
    'acknowledged',
    'assigned',
    'comment',
    'snoozed',
    'returned',
  ])
  expect(done.clearedAt).not.toBeNull()
  expect((await step(landlord, id, 'assign', { organisation: 'kunta' })).status).toBe(409)
  expect((await standing(landlord)).total).toBe(0)
  const csv = (await api.request(landlord, 'GET', '/alarms/file?premises=talo&language=sv')).text
  expect(csv.split('\r\n')[1]).toContain(`${id};`)
})

test('what a person clears while it lasts comes again only after it was right once; what latches waits for a person', async () => {
  await ruleIsThere('teho', { ...rule, latching: true })
  await send('mittari', { power: 150 })
  await engine.settled()
  const id = (await alarms(landlord))[0]?.id ?? ''
  expect((await step(landlord, id, 'clear', { text: 'Tiedossa.' })).json<AlarmDetail>().state).toBe('cleared')
  await engine.settled()
  for (const [power, count] of [
    [160, 1],
    [50, 1],
    [170, 2],
    [60, 2],
  ] as const) {
    api.clock.now += 1_000
    await send('mittari', { power })
    await engine.settled()
    expect([power, (await alarms(landlord)).length]).toEqual([power, count])
  }
  const [latched] = await alarms(landlord, '&standing=true')
  expect(latched?.conditionClearedAt).not.toBeNull()
  expect((await step(landlord, latched?.id ?? '', 'clear')).status).toBe(200)
  expect(await alarms(landlord, '&standing=true')).toEqual([])
})

test('nobody hears of a device whose readings they may not see', async () => {
  await ruleIsThere('teho', rule)
  await send('kamera', { power: 150 })
  await engine.settled()
  const [alarm] = await alarms(tenant)
  expect(alarm).toMatchObject({ device: 'kamera', deviceName: { fi: 'Kamera' } })
  expect(await alarms(landlord)).toEqual([])
  expect((await standing(landlord)).total).toBe(0)
  expect((await api.request(landlord, 'GET', `/alarms/${alarm?.id}`)).status).toBe(404)
  expect((await api.request(landlord, 'GET', '/alarms/file')).text).not.toContain('kamera')
  // Classified after it was raised: hidden from then on.
  await send('mittari', { power: 150 })
  await engine.settled()
  expect(await alarms(landlord)).toHaveLength(1)
  const meter = {
    ...twoHouses.devices![0]!,
    ownership: [{ from: '2026-01-01', to: null, shares: { virasto: '1' } }],
    visibility: { readings: 'owner' as const },
  }
  await api.fill({ devices: [meter] })
  expect(await alarms(landlord)).toEqual([])
  expect(await alarms(tenant)).toHaveLength(2)
  // Nor by trying a rule.
  const tried = await api.request(landlord, 'POST', '/alarm-rules/try', {
    premises: 'talo',
    rule: ruleBody(),
    from: new Date(api.clock.now - 86_400_000).toISOString(),
    to: new Date(api.clock.now).toISOString(),
  })
  expect(tried.json<AlarmTryAnswer>()).toMatchObject({ count: 0, devices: 0, reason: 'no-devices' })
})
const ruleBody = (): object => Object.fromEntries(Object.entries(rule).filter(([key]) => key !== 'premises'))

test('rules: who may change them, what is refused with its place, versions, and what is off raises nothing', async () => {
  const towns: Device = {
    id: 'kunnan',
    premises: 'talo',
    ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1' } }],
    points: secret.points!,
  }
  await api.fill({ devices: [towns] })
  expect((await put('teho', rule, tenant)).status).toBe(403)
  expect((await put('teho', rule, await api.token('virasto', ['manager']))).status).toBe(403)
  expect((await put('teho', rule, other)).status).toBe(404)
  const own = await api.token('virasto', ['manager'])
  expect((await put('oma', { ...rule, target: { kind: 'device', device: 'kamera' } }, own)).status).toBe(201)
  for (const [change, pointer] of [
    [{ condition: { kind: 'threshold', point: 'power' } }, '/condition'],
    [{ condition: { kind: 'threshold', point: 'power', above: '5', below: '4', hysteresis: '1' } }, '/condition/below'],
    [{ condition: { kind: 'expression', expression: 'power > ' } }, '/condition/expression'],
    [{ condition: { kind: 'no-data', for: 'P12W9D' } }, '/condition/for'],
    [{ target: { kind: 'device', device: 'muu-mittari' } }, '/target/device'],
    [{ condition: { kind: 'missing-price' }, target: { kind: 'device', device: 'mittari' } }, '/target'],
    [{ maintenance: [{ from: '2026-05-02', to: '2026-05-01' }] }, '/maintenance/0/to'],
    [
      { condition: { kind: 'peak-forecast', meter: { device: 'x', point: 'power' }, above: '5', interval: 'PT15M' } },
      '/condition/meter/device',
    ],
  ] as const) {
    const refused = await put('vaara', { ...rule, ...change })
    expect([refused.status, refused.problem().problems?.[0]?.pointer]).toEqual([400, pointer])
  }
  await ruleIsThere('teho', rule)
  expect((await put('teho', { ...rule, on: false })).status).toBe(428)
  await send('mittari', { power: 150 })
  await engine.settled()
  const shown = (await api.request(tenant, 'GET', '/alarm-rules?premises=talo')).json<AlarmRulePage>().items
  expect(shown.map(({ id, devices, standing: now, mayChange }) => [id, devices, now, mayChange])).toEqual([
    ['oma', 1, 0, false],
    ['teho', 3, 1, false],
  ])
  expect((await api.request(landlord, 'GET', '/alarm-rules/teho')).json<AlarmRuleShown>()).toMatchObject({
    mayChange: true,
    targetName: { fi: 'Talo' },
    advice: rule.advice,
  })
  expect((await api.request(landlord, 'GET', '/alarm-rules?device=kamera')).json<AlarmRulePage>().items).toEqual([])
  expect((await put('teho', { ...rule, on: false }, landlord, { 'if-match': '"v1"' })).status).toBe(200)
  await new Promise((resolve) => setTimeout(resolve, 350))
  await engine.settled()
  expect(await alarms(landlord, '&standing=true')).toEqual([])
  expect((await api.request(tenant, 'DELETE', '/alarm-rules/teho')).status).toBe(403)
  expect((await api.request(landlord, 'DELETE', '/alarm-rules/teho')).status).toBe(204)
  expect((await api.request(landlord, 'GET', '/alarm-rules/teho')).status).toBe(404)
})

test('suggested rules are switched on once; a rule is tried on what has been', async () => {
  const items = (await api.request(landlord, 'GET', '/premises/talo/alarm-rules/suggested')).json<AlarmRulesSuggested>()
    .items
  expect(items.map(({ id, there }) => [id, there])).toEqual([
    ['talo-counter-back', false],
    ['talo-power-range', false],
    ['talo-missing-price', false],
  ])
  expect(
    (
      await api.request(landlord, 'POST', '/premises/talo/alarm-rules/suggested', { only: ['talo-counter-back'] })
    ).json(),
  ).toEqual({ created: ['talo-counter-back'] })
  expect((await api.request(landlord, 'POST', '/premises/talo/alarm-rules/suggested', {})).json()).toEqual({
    created: ['talo-power-range', 'talo-missing-price'],
  })
  expect((await api.request(landlord, 'POST', '/premises/talo/alarm-rules/suggested', {})).json()).toEqual({
    created: [],
  })
  expect((await api.request(other, 'POST', '/premises/talo/alarm-rules/suggested', {})).status).toBe(404)

  const series = api.telemetry.seriesOf('mittari', 'power')
  const HOUR = 3_600_000
  const start = api.clock.now - 48 * HOUR
  for (let i = 0; i < 48; i++)
    api.telemetry.add(series, start + i * HOUR, i % 12 === 5 ? 150 : 20, 'measured', start + i * HOUR, false)
  await api.telemetry.commit()
  const time = { from: new Date(start).toISOString(), to: new Date(api.clock.now).toISOString() }
  const tried = (
    await api.request(landlord, 'POST', '/alarm-rules/try', { premises: 'talo', rule: ruleBody(), ...time })
  ).json<AlarmTryAnswer>()
  expect(tried).toMatchObject({ count: 4, complete: true, reason: null, readings: expect.any(Number) })
  expect(tried.alarms[0]).toMatchObject({
    device: 'mittari',
    value: '150',
    limit: '100',
    unit: 'kW',
    raisedAt: new Date(start + 5 * HOUR).toISOString(),
    clearedAt: new Date(start + 6 * HOUR).toISOString(),
  })
  const peak = {
    ...ruleBody(),
    condition: { kind: 'peak-forecast', meter: { device: 'mittari', point: 'power' }, above: '100', interval: 'PT1H' },
  }
  expect(
    (
      await api.request(landlord, 'POST', '/alarm-rules/try', { premises: 'talo', rule: peak, ...time })
    ).json<AlarmTryAnswer>().count,
  ).toBeGreaterThan(1)
  const wrong = await api.request(landlord, 'POST', '/alarm-rules/try', {
    premises: 'talo',
    rule: { ...ruleBody(), condition: { kind: 'expression', expression: '(' } },
    ...time,
  })
  expect(wrong.problem().problems?.[0]?.pointer).toBe('/rule/condition/expression')
  expect(
    (
      await api.request(landlord, 'POST', '/alarm-rules/try', { id: 'talo-missing-price', ...time })
    ).json<AlarmTryAnswer>().reason,
  ).toBe('needs-today')
  expect((await api.request(landlord, 'POST', '/alarm-rules/try', { ...time })).status).toBe(400)
})
