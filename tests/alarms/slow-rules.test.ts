// The rules that a job looks at: the night, the meters against each other, the peak, prices, the budget; found once, cleared when it is over.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AlarmCondition } from '#domain/alarms/rule.ts'
import { fraction, ZERO } from '#domain/quantity/fraction.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { forecastCents, passedOf } from '#api/alarms/budget-look.ts'
import { createSlowRules } from '#server/alarms/slow-rules.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { startEngine, type TestEngine } from './start-engine.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const meter = (id: string) => ({
  id,
  premises: 'talo',
  points: [
    { key: 'energy', unit: 'kWh', kind: 'counter' },
    { key: 'power', unit: 'W', kind: 'gauge' },
  ],
})
const bundle: Bundle = {
  organisations: [{ id: 'virasto', name: { fi: 'Virasto' } }],
  premises: [{ id: 'talo', name: { fi: 'Talo' }, timeZone: 'Europe/Helsinki', landlord: 'virasto' }],
  devices: [meter('paa'), meter('ala-1'), meter('ala-2')],
  tariffs: [
    {
      id: 'sahko',
      unit: 'kWh',
      versions: [
        {
          from: '2026-01-01',
          to: '2026-05-01',
          vat: { category: 'S', rate: '25.5' },
          components: [{ id: 'e', kind: 'energy', price: '0.1' }],
        },
      ],
    },
  ],
  meteredCosts: [
    {
      id: 'sahko',
      premises: 'talo',
      category: 'electricity',
      meter: { device: 'paa', point: 'energy' },
      tariff: 'sahko',
      payer: 'virasto',
      from: '2026-01-01',
      to: null,
    },
  ],
}
/** 8.00 in Helsinki. */
const NOW = Date.parse('2026-03-16T06:00:00Z')
let api: TestEngine
beforeEach(async () => {
  api = await startEngine(bundle, { now: NOW })
})
afterEach(() => api.close())

const fill = async (
  device: string,
  point: string,
  from: number,
  to: number,
  step: number,
  value: (at: number) => number,
): Promise<void> => {
  const series = api.telemetry.seriesOf(device, point)
  for (let at = from; at <= to; at += step) api.telemetry.add(series, at, value(at), 'measured', at, false)
  await api.telemetry.commit()
}
async function looked(id: string, condition: AlarmCondition): Promise<() => Promise<string[]>> {
  await api.rule(id, { condition })
  const { records, telemetry, clock } = api
  const job = createSlowRules({ records, telemetry, now: () => clock.now }, api.engine, () => null)
  return async () => {
    await job.run(api.clock.now)
    return (await api.standing()).map(
      ({ body }) => `${body.device ?? ''} ${body.reason.value} ${body.reason.limit} ${body.reason.unit ?? ''}`,
    )
  }
}

test('the night base load against its own usual', async () => {
  const nights = 20
  // 4 kW by night and 20 by day, until the last night, in which something stayed on.
  await fill('paa', 'power', NOW - nights * DAY, NOW, HOUR / 4, (at) =>
    new Date(at).getUTCHours() < 4 || new Date(at).getUTCHours() >= 22
      ? at > NOW - 12 * HOUR
        ? 7_000
        : 4_000
      : 20_000,
  )
  const look = await looked('yo', { kind: 'night-base-load', point: 'power', overUsualPercent: '30' })
  expect(await look()).toEqual(['paa 7 5.2 kW'])
  api.clock.now += DAY
  await fill('paa', 'power', NOW + 1, api.clock.now, HOUR / 4, () => 4_000)
  expect(await look()).toEqual([])
})

test('the main meter against its sub-meters, over the day that is over', async () => {
  for (const [id, perHour] of [
    ['paa', 10],
    ['ala-1', 5],
    ['ala-2', 3],
  ] as const)
    await fill(id, 'energy', NOW - 3 * DAY, NOW, HOUR, (at) => ((at - NOW + 3 * DAY) / HOUR) * perHour)
  const subs = [
    { device: 'ala-1', point: 'energy' },
    { device: 'ala-2', point: 'energy' },
  ]
  const main = { device: 'paa', point: 'energy' }
  expect(await (await looked('tase', { kind: 'main-against-subs', main, subs, overPercent: '15' }))()).toEqual([
    'paa 20 15 %',
  ])
  expect(await (await looked('vaha', { kind: 'main-against-subs', main, subs, overPercent: '25' }))()).toEqual([
    'paa 20 15 %',
  ])
})

test('the quarter hour that will pass its limit, before it does', async () => {
  api.clock.now = NOW + 5 * 60_000
  // 30 kW before, 90 kW since the quarter began.
  await fill(
    'paa',
    'energy',
    NOW - HOUR,
    api.clock.now,
    60_000,
    (at) => (at <= NOW ? ((at - NOW) / HOUR) * 30 : ((at - NOW) / HOUR) * 90) + 100,
  )
  const look = await looked('huippu', {
    kind: 'peak-forecast',
    meter: { device: 'paa', point: 'energy' },
    above: '60',
    interval: 'PT15M',
  })
  expect(await look()).toEqual(['paa 90 60 kW'])
  api.clock.now = NOW + 20 * 60_000
  await fill('paa', 'energy', NOW + 6 * 60_000, api.clock.now, 60_000, () => 107.5)
  expect(await look()).toEqual([])
})

test('a tariff that ends before the next month', async () => {
  const look = await looked('hinta', { kind: 'missing-price' })
  expect(await look()).toEqual([])
  api.clock.now = Date.parse('2026-04-02T06:00:00Z')
  expect(await look()).toEqual([' sahko 2026-05-01  '])
  expect((await api.standing())[0]?.audience).toEqual(['virasto'])
})

test('a month that goes on as it has: what is metered grows with its own days, everything else stands', () => {
  const item = (id: string, category: string, net: string) => ({
    id,
    category,
    source: 'metered' as const,
    payer: 'virasto',
    net,
    vat: null,
    estimated: '0',
    shares: [{ party: 'virasto', net }],
    blocked: null,
  })
  const items = [item('metered:sahko', 'electricity', '100.00'), item('siivous', 'cleaning', '50.00')]
  const cost = bundle.meteredCosts![0]!
  const day = (text: string): number => dayNumber(text)
  const { cost: passed, factor } = passedOf(cost, '2026-04', day('2026-04-11'))
  expect([passed.to, factor]).toEqual(['2026-04-11', fraction(3n)])
  const growth = new Map([['metered:sahko', factor]])
  expect(forecastCents({ items }, 'virasto', undefined, growth)).toEqual({ cents: 35_000n, isWhole: true })
  expect(forecastCents({ items }, 'virasto', 'electricity', growth).cents).toBe(30_000n)
  expect(forecastCents({ items }, 'muu', undefined, growth).cents).toBe(0n)
  const blocked = [{ ...items[0]!, shares: [], blocked: 'no-price' as const }, items[1]!]
  expect(forecastCents({ items: blocked }, 'virasto', undefined, growth)).toEqual({ cents: 5_000n, isWhole: false })
  // One that ended in the month, one that begins in it, one that has not begun.
  expect(passedOf({ ...cost, to: '2026-04-06' }, '2026-04', day('2026-04-11')).factor).toEqual(fraction(1n))
  expect(passedOf({ ...cost, from: '2026-04-06' }, '2026-04', day('2026-04-11')).factor).toEqual(fraction(5n))
  expect(passedOf({ ...cost, from: '2026-04-20' }, '2026-04', day('2026-04-11'))).toEqual({
    cost: { ...cost, from: '2026-04-20', to: '2026-04-20' },
    factor: ZERO,
  })
})
