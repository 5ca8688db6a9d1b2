// The models: the same for the same seed, exact in whole base units, and plausible for a building in Kuusamo.
import { describe, expect, it } from 'vitest'
import { demoBundle, demoFleet } from '#sim/demo/demo-bundle.ts'
import { createFleet } from '#sim/fleet.ts'
import { createLocalClock, QUARTER_MS } from '#sim/local-clock.ts'
import { consumers, createCommonLoad, producers } from '#sim/models/electricity.ts'

const NOW = new Date('2026-11-22T10:00:00Z')
const bundle = demoBundle(NOW)
const fleet = demoFleet(bundle)
const local = (text: string): number =>
  Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Helsinki').epochMilliseconds
const counters = (bundle.devices ?? []).flatMap((device) =>
  (device.points ?? [])
    .filter((point) => point.kind === 'counter' || point.kind === 'interval')
    .map((point) => ({ device: device.id, point })),
)

describe('energy balance', () => {
  it('main meter = Σ sub-meters + common load − sun, exactly, in every quarter of a year', () => {
    const site = fleet.site('virastotalo')
    const common = createCommonLoad(site)
    const parts = consumers(site)
    const sources = producers(site)
    expect(parts.length).toBeGreaterThan(10)
    expect(sources).toEqual([{ device: 'pv-1', point: 'energy' }])
    let exported = 0
    const wrong: string[] = []
    const first = local('2025-11-01T00:00') / QUARTER_MS
    for (let quarter = first; quarter < first + 35_040; quarter++) {
      const from = quarter * QUARTER_MS
      const used = (each: { device: string; point: string }): number =>
        fleet.truth(each.device, each.point, from, from + QUARTER_MS)
      const load =
        parts.reduce((sum, each) => sum + used(each), common.used(quarter)) -
        sources.reduce((sum, each) => sum + used(each), 0)
      const export_ = used({ device: 'em-main', point: 'energy-export' })
      const import_ = used({ device: 'em-main', point: 'energy' })
      if (import_ - export_ !== load || (import_ > 0 && export_ > 0))
        wrong.push(`quarter ${from}: ${import_} − ${export_} ≠ ${load}`)
      exported += export_
    }
    expect(wrong).toEqual([])
    expect(exported).toBeGreaterThan(0)
  })

  it('sub-meters of the agreement never exceed the main meter over a month', () => {
    const rule = bundle.agreements?.[0]?.versions[1]?.rules.find((each) => each.category === 'electricity')
    if (rule?.method.by !== 'metered') throw new Error('no metered rule')
    const meters = Object.values(rule.method.meters).flat()
    for (let month = 1; month <= 12; month++) {
      const from = Temporal.PlainYearMonth.from('2025-11').add({ months: month - 1 })
      const [start, end] = [from, from.add({ months: 1 })].map((each) => local(`${each.toString()}-01T00:00`)) as [
        number,
        number,
      ]
      const sum = meters.reduce((total, each) => total + fleet.truth(each.device, each.point, start, end), 0)
      expect(sum).toBeLessThan(fleet.truth('em-main', 'energy', start, end))
    }
  })
})

describe('counters', () => {
  it('show exactly the truth, through roll-over and meter change, and never go back', () => {
    expect(counters.length).toBeGreaterThan(30)
    const from = local('2026-02-25T00:00')
    const unexplained: number[] = []
    for (const { device, point } of counters) {
      if (point.kind === 'interval') continue
      const steps = fleet.perUnit(device, point.key) * Number(point.multiplier ?? '1')
      const rollover = point.rollover === undefined ? 0 : Number(point.rollover) * steps
      let before = fleet.show(device, point.key, from) as number
      for (let at = from + QUARTER_MS; at < from + 30 * 86_400_000; at += QUARTER_MS * 3) {
        const value = fleet.show(device, point.key, at) as number
        const truth = fleet.truth(device, point.key, at === from + QUARTER_MS ? from : at - 3 * QUARTER_MS, at)
        expect(truth).toBeGreaterThanOrEqual(0)
        const step = Math.round(value * steps) - Math.round(before * steps)
        const changed = (point.meterChanges ?? []).some(
          (change) => Date.parse(change.at) <= at && Date.parse(change.at) > at - 3 * QUARTER_MS,
        )
        if (!changed && step !== truth) {
          unexplained.push(step + rollover - truth)
        }
        before = value
      }
    }
    // Only roll-overs differ, and they by exactly one register.
    expect(unexplained.filter((each) => each !== 0)).toEqual([])
    expect(unexplained.length).toBeLessThan(3)
  })

  it('a short register rolls over within the 13 months', () => {
    const values: number[] = []
    for (let at = fleet.start; at < NOW.getTime(); at += 6 * 3_600_000)
      values.push(fleet.show('em-kuusamo-1', 'energy', at) as number)
    expect(values.filter((value, index) => value < (values[index - 1] ?? 0)).length).toBeGreaterThan(0)
    expect(Math.max(...values)).toBeLessThan(10_000)
  })

  it('a changed meter starts at its initial value and its final value is what the old one showed', () => {
    const change = bundle.devices?.find((device) => device.id === 'em-vero')?.points?.[0]?.meterChanges?.[0]
    if (change === undefined) throw new Error('no meter change')
    const at = Date.parse(change.at)
    const before = fleet.show('em-vero', 'energy', at - 1) as number
    expect(Number(change.final)).toBeGreaterThanOrEqual(before)
    expect(Number(change.final) - before).toBeLessThan(0.01)
    expect(fleet.show('em-vero', 'energy', at)).toBe(0)
    expect(fleet.show('em-vero', 'energy', at + 3_600_000)).toBe(
      fleet.truth('em-vero', 'energy', at, at + 3_600_000) / 1000,
    )
  })

  it('truth adds up over any cuts, also inside a quarter', () => {
    const from = local('2026-03-29T00:00')
    const cuts = [0, 61_234, 900_000, 905_001, 3_599_999, 23 * 3_600_000]
    for (const { device, point } of counters) {
      let sum = 0
      for (let i = 1; i < cuts.length; i++)
        sum += fleet.truth(device, point.key, from + (cuts[i - 1] ?? 0), from + (cuts[i] ?? 0))
      expect(sum).toBe(fleet.truth(device, point.key, from, from + 23 * 3_600_000))
      expect(Number.isInteger(sum)).toBe(true)
    }
  })
})

describe('sameness', () => {
  it('the same seed gives the same values, whatever was asked first', () => {
    const one = createFleet(bundle, { seed: 7 })
    const two = createFleet(bundle, { seed: 7 })
    const instants = [local('2026-07-15T12:00'), local('2026-01-10T08:07'), local('2026-10-25T03:30')]
    for (const device of one.devices) for (const at of instants) one.sample(device.id, at)
    for (const device of two.devices.toReversed())
      for (const at of instants.toReversed()) expect(two.sample(device.id, at)).toEqual(one.sample(device.id, at))
    const other = createFleet(bundle, { seed: 8 })
    expect(other.sample('em-main', instants[0] ?? 0)).not.toEqual(one.sample('em-main', instants[0] ?? 0))
  })
})

describe('plausibility', () => {
  const kwh = (device: string, from: string, to: string): number =>
    fleet.truth(device, 'energy', local(from), local(to)) / 1000

  it('a year costs as much energy as such a building does', () => {
    const area = (bundle.premises?.[0]?.spaces ?? []).reduce((sum, space) => sum + Number(space.areaM2), 0)
    expect(kwh('em-main', '2025-11-01T00:00', '2026-11-01T00:00') / area).toBeGreaterThan(30)
    expect(kwh('em-main', '2025-11-01T00:00', '2026-11-01T00:00') / area).toBeLessThan(110)
    expect(kwh('hm-main', '2025-11-01T00:00', '2026-11-01T00:00') / area).toBeGreaterThan(80)
    expect(kwh('hm-main', '2025-11-01T00:00', '2026-11-01T00:00') / area).toBeLessThan(200)
    expect(kwh('hm-main', '2026-01-01T00:00', '2026-02-01T00:00')).toBeGreaterThan(
      6 * kwh('hm-main', '2026-07-01T00:00', '2026-08-01T00:00'),
    )
  })

  it('tenants use more on a working day than on Independence Day, and nothing visits a closed house', () => {
    expect(kwh('em-vero', '2025-12-09T00:00', '2025-12-10T00:00')).toBeGreaterThan(
      1.5 * kwh('em-vero', '2025-12-06T00:00', '2025-12-07T00:00'),
    )
    expect(fleet.truth('people-1', 'entries', local('2026-06-19T00:00'), local('2026-06-21T00:00'))).toBe(0)
    expect(fleet.truth('people-1', 'entries', local('2026-06-17T00:00'), local('2026-06-18T00:00'))).toBeGreaterThan(20)
  })

  it('no sun at midwinter night, most in summer; CO₂ rises with people', () => {
    expect(kwh('pv-1', '2025-12-01T00:00', '2026-01-01T00:00')).toBeLessThan(60)
    expect(kwh('pv-1', '2026-06-01T00:00', '2026-07-01T00:00')).toBeGreaterThan(2000)
    const night = fleet.show('air-201', 'co2', local('2026-11-18T03:00')) as number
    const noon = fleet.show('air-201', 'co2', local('2026-11-18T11:00')) as number
    expect(noon).toBeGreaterThan(night + 100)
    expect(noon).toBeLessThan(2100)
  })

  it('a charging session takes its energy, once, and is in the usage records', () => {
    const clock = createLocalClock('Europe/Helsinki')
    const day = clock.day(local('2026-10-06T12:00'))
    const sessions = fleet.devices
      .filter((device) => device.type === 'ev-charger')
      .flatMap((device) => fleet.sessions(device.id, day).map((session) => ({ device, session })))
    expect(sessions.length).toBeGreaterThan(0)
    for (const { device, session } of sessions) {
      const taken = fleet.truth(device.id, 'energy', session.from, session.to)
      const room = ((session.to - session.from) / 3_600_000) * 11_000
      expect(Math.abs(taken - Math.min(session.energyWh, room))).toBeLessThanOrEqual(4)
      const instant = new Date(session.from).toISOString().replace('.000Z', 'Z')
      expect(
        bundle.usage?.some(
          (row) => row.device === device.id && row.from === instant && row.organisation === session.organisation,
        ),
      ).toBe(true)
    }
  })
})
