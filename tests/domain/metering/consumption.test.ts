// Consumption by steps for charts: the settlement's rules, gaps as null, multiplied exactly.
import { describe, expect, test } from 'vitest'
import type { Point } from '#domain/registry/bundle.ts'
import type { MeterReadings } from '#domain/ports/telemetry.ts'
import { consumption } from '#domain/metering/consumption.ts'
import { parseInstant } from '#domain/quantity/instant.ts'

const ZONE = 'Europe/Helsinki'
const at = (text: string): number => parseInstant(`${text}+03:00`)!
const days = [1, 2, 3, 4, 5].map((day) => at(`2026-04-0${day}T00:00:00`))
function readingsOf(rows: readonly (readonly [number, bigint])[]): MeterReadings {
  return {
    at: Float64Array.from(rows, ([instant]) => instant),
    micro: BigInt64Array.from(rows, ([, micro]) => micro * 1_000_000n),
    simulated: false,
    qualities: new Uint8Array(rows.length),
  }
}
const counter: Point = { key: 'e', kind: 'counter', unit: 'kWh', multiplier: '0.5' }

describe('consumption by steps', () => {
  test('a counter: nothing before the first reading, a fall hides its steps, the end is estimated', () => {
    const steps = consumption(
      counter,
      readingsOf([
        [days[1]!, 10n],
        [at('2026-04-02T12:00:00'), 22n],
        [at('2026-04-03T12:00:00'), 40n],
        [at('2026-04-03T18:00:00'), 46n],
      ]),
      days,
      ZONE,
    )
    expect(steps.map(({ quantity, estimated }) => [quantity, estimated])).toEqual([
      [null, '0'],
      ['10.5', '0'],
      // 31 to 46, then 6 h at 36 in 42 h.
      ['10.0714285', '0.2553'],
      ['10.2857145', '1'],
    ])
    const fallen = consumption(
      counter,
      readingsOf([
        [days[0]!, 10n],
        [days[1]!, 5n],
        [days[4]!, 8n],
      ]),
      days,
      ZONE,
    )
    expect(fallen.map(({ micro }) => micro)).toEqual([null, 500_000n, 500_000n, 500_000n])
    expect(consumption(counter, null, days, ZONE).every(({ micro }) => micro === null)).toBe(true)
  })
  test('an interval point over two months, hours in quarters', () => {
    const point: Point = { key: 'e', kind: 'interval', interval: 'PT1H', unit: 'kWh' }
    const edges = [at('2026-03-31T23:00:00'), at('2026-03-31T23:15:00'), at('2026-04-01T00:15:00')]
    const readings = readingsOf([
      [at('2026-03-31T23:00:00'), 2n],
      [at('2026-04-01T00:00:00'), 6n],
    ])
    expect(consumption(point, readings, edges, ZONE).map(({ quantity }) => quantity)).toEqual(['0.5', '3'])
    const march = consumption(point, readingsOf([[at('2026-03-31T23:00:00'), 2n]]), edges, ZONE)
    expect(march.map(({ quantity }) => quantity)).toEqual(['0.5', null])
    const missing = consumption(point, readingsOf([[at('2026-03-30T23:00:00'), 2n]]), edges.slice(0, 2), ZONE)
    expect(missing).toMatchObject([{ quantity: '0.5', estimated: '1' }])
  })
})
