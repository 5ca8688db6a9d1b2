// Months of the demonstration, from its own readings through the settlement engine: nothing is blocked, and the
// metered quantities behind it are the simulator's truth.
import { expect, it } from 'vitest'
import { backfill } from '#sim/backfill.ts'
import { demoBundle, demoFleet } from '#sim/demo/demo-bundle.ts'
import { World } from '#tests/cases/world.ts'

// That of the meter change, and the first of the agreement's second version.
const MONTHS = [5, 7]

it('past months settle', async () => {
  const now = new Date('2026-11-22T04:00:00Z')
  const bundle = demoBundle(now)
  const fleet = demoFleet(bundle)
  const meters = {
    ...fleet,
    devices: fleet.devices.filter((device) =>
      ['electricity-meter', 'heat-meter', 'water-meter'].includes(device.type ?? ''),
    ),
  }
  const first = Temporal.PlainYearMonth.from('2025-10')
  const world = new World()
  world.import(bundle)
  const columns = new Map<string, { device: string; point: string; values: [string, number][] }>()
  const [from, to] = [MONTHS[0] ?? 0, (MONTHS.at(-1) ?? 0) + 1].map(
    (months) => first.add({ months }).toPlainDate({ day: 1 }).toZonedDateTime('Europe/Helsinki').epochMilliseconds,
  )
  for await (const { device, readings } of backfill(meters, from ?? 0, to ?? 0)) {
    for (const { point, at, value } of readings) {
      if (typeof value !== 'number' || !['energy', 'volume'].includes(point)) continue
      const name = `${device}/${point}`
      const column = columns.get(name) ?? { device, point, values: [] }
      columns.set(name, column)
      column.values.push([new Date(at).toISOString(), value])
    }
  }
  world.import({ readings: [...columns.values()] })
  for (const i of MONTHS) {
    const month = first.add({ months: i })
    const settlement = world.settle('virastotalo', month.toString())
    expect(settlement.blocked).toEqual([])
    expect(settlement.items.length).toBeGreaterThan(20)
    expect(
      settlement.items.filter((item) => item.source === 'metered').map((item) => [item.id, item.estimated]),
    ).toEqual([
      ['metered:kaukolampo', '0'],
      ['metered:sahko', '0'],
      ['metered:vesi', '0'],
    ])
    // Heat in Wh by the truth, at the season's price of the month's version.
    const [from, to] = [month, month.add({ months: 1 })].map(
      (each) => each.toPlainDate({ day: 1 }).toZonedDateTime('Europe/Helsinki').epochMilliseconds,
    )
    const mwh = fleet.truth('hm-main', 'energy', from ?? 0, to ?? 0) / 1e6
    const late = i >= 3
    const season = [12, 1, 2, 3].includes(month.month) ? 0 : [6, 7, 8].includes(month.month) ? 2 : 1
    const price = (late ? [91.9, 74.3, 50.6] : [89.4, 72.1, 49.8])[season] ?? 0
    const heat = settlement.items.find((item) => item.id === 'metered:kaukolampo')
    expect(Number(heat?.net)).toBeCloseTo(mwh * price + (late ? 622.5 : 605), 1)
  }
  // A month whose readings are still to come waits for them.
  expect(new Set(world.settle('virastotalo', '2026-06').blocked.map((each) => each.code))).toEqual(
    new Set(['too-much-estimated']),
  )
})
