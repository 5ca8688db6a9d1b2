// Budget, power peak and prices over the API: a rule looks at what is stored, its alarm is seen by whom it concerns, and is over when what is stored is mended.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AlarmPage } from '#contract/alarms.ts'
import type { Tariff } from '#domain/registry/bundle.ts'
import { alarmLimits } from '#server/alarms/limits.ts'
import { openAlarms, type OpenAlarms } from '#server/alarms/open-alarms.ts'
import { startApi, twoHouses, type TestApi } from '#tests/api/start-api.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Ten days of March are over in Helsinki. */
const NOW = Date.parse('2026-03-11T06:00:00Z')
const BUDGET = '/premises/talo/years/2026/budget'
let api: TestApi
let alarms: OpenAlarms
const tokens: Record<string, string> = {}

beforeEach(async () => {
  api = await startApi({
    now: NOW,
    alarms: (parts) => (alarms = openAlarms({ ...parts, limits: alarmLimits() })),
  })
  await api.fill({ ...twoHouses, readings: [], invoices: [] })
  for (const id of ['kunta', 'virasto', 'muu'])
    tokens[id] = await api.token(id, ['manager', 'controller', 'technician'])
  alarms.follow(() => true)
  await alarms.look(NOW)
})
afterEach(async () => {
  await alarms.stop()
  await api.close()
})

const ok = async (who: string, path: string, body: object, status: number, headers = {}): Promise<void> => {
  const answer = await api.request(tokens[who] ?? null, 'PUT', path, body, headers)
  expect([answer.status, answer.status === status ? '' : answer.text]).toEqual([status, ''])
}
const rule = async (id: string, condition: object, who = 'kunta'): Promise<void> => {
  const before = alarms.counts().rules
  await ok(
    who,
    `/alarm-rules/${id}`,
    {
      premises: 'talo',
      name: { fi: id },
      on: true,
      severity: 'warning',
      target: { kind: 'premises' },
      condition,
    },
    201,
  )
  for (const end = Date.now() + 3_000; alarms.counts().rules === before && Date.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 25))
}
/** Readings of a counter that grows evenly. */
async function count(from: number, to: number, step: number, perHour: number, start = 1_000): Promise<void> {
  const series = api.telemetry.seriesOf('mittari', 'energy')
  for (let at = from; at <= to; at += step)
    api.telemetry.add(
      series,
      at,
      { decimal: (start + ((at - from) / HOUR_MS) * perHour).toFixed(3) },
      'measured',
      at,
      false,
    )
  await api.telemetry.commit()
}
/** Runs of the job until an organisation sees so many standing alarms. */
async function standing(who: string, wanted: number): Promise<string[]> {
  let items: AlarmPage['items'] = []
  for (const end = Date.now() + 3_000; Date.now() < end;) {
    await alarms.look(api.clock.now)
    await new Promise((resolve) => setTimeout(resolve, 25))
    items = (await api.request(tokens[who] ?? null, 'GET', '/alarms?premises=talo&standing=true')).json<AlarmPage>()
      .items
    if (items.length === wanted) break
  }
  return items.map(({ rule: of, value, limit, unit }) => `${of} ${value} ${limit} ${unit ?? ''}`.trim())
}

test('a month that will pass the stored budget of a party is told to that party, and is over when its budget grows', async () => {
  // 10 kWh an hour at 0.10 €, of which the agency bears 40 %: 96.00 € in the ten days that are over, 297.60 € in the month.
  await count(Date.parse('2026-03-01T00:00:00+02:00'), NOW, HOUR_MS, 10)
  await ok(
    'virasto',
    BUDGET,
    { lines: [{ category: 'electricity', year: '3600', spread: 'even' }], shared: false },
    201,
  )
  await rule(
    'budjetti',
    { kind: 'budget-forecast', party: 'virasto', category: 'electricity', overPercent: '10' },
    'virasto',
  )
  expect(await standing('virasto', 0)).toEqual([])

  await ok(
    'virasto',
    BUDGET,
    { lines: [{ category: 'electricity', year: '2400', spread: 'even' }], shared: false },
    200,
    {
      'if-match': '"v1"',
    },
  )
  expect(await standing('virasto', 1)).toEqual(['budjetti 297.60 220.00 €'])
  expect(await standing('kunta', 0)).toEqual([])
  expect(await standing('muu', 0)).toEqual([])

  await ok(
    'virasto',
    BUDGET,
    { lines: [{ category: 'electricity', year: '4800', spread: 'even' }], shared: false },
    200,
    {
      'if-match': '"v2"',
    },
  )
  expect(await standing('virasto', 0)).toEqual([])
})

test('a quarter hour that will pass its limit is told from stored readings of the meter, and is over with it', async () => {
  await rule('huippu', {
    kind: 'peak-forecast',
    meter: { device: 'mittari', point: 'energy' },
    above: '60',
    interval: 'PT15M',
  })
  api.clock.now = NOW + 5 * MINUTE_MS
  await count(NOW - HOUR_MS, api.clock.now, MINUTE_MS, 90)
  expect(await standing('virasto', 1)).toEqual(['huippu 90 60 kW'])
  const last = 1_000 + (65 / 60) * 90
  await count(api.clock.now + MINUTE_MS, NOW + 25 * MINUTE_MS, MINUTE_MS, 6, last)
  api.clock.now = NOW + 25 * MINUTE_MS
  expect(await standing('virasto', 0)).toEqual([])
})

test('a tariff that ends before the next month is told to the landlord alone, and is over when its next version is there', async () => {
  const tariff = twoHouses.tariffs![0]!
  const [version] = tariff.versions
  const put = (versions: Tariff['versions'], match: string): Promise<void> =>
    ok('operator', '/tariffs/sahko', { ...tariff, versions }, 200, { 'if-match': match })
  tokens['operator'] = await api.token(null, ['admin', 'manager', 'controller'])
  await put([{ ...version!, to: '2026-04-01' }], '"v1"')
  await rule('hinta', { kind: 'missing-price' })
  expect(await standing('kunta', 1)).toEqual(['hinta sahko 2026-04-01'])
  expect(await standing('virasto', 0)).toEqual([])
  await put(
    [
      { ...version!, to: '2026-04-01' },
      { ...version!, from: '2026-04-01' },
    ],
    '"v2"',
  )
  expect(await standing('kunta', 0)).toEqual([])
  // The day passes, and what was enough for this month is for the next as well.
  api.clock.now += 30 * 24 * HOUR_MS
  expect(await standing('kunta', 0)).toEqual([])
})
