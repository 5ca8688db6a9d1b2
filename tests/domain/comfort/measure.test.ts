// Hours within limits: only open hours with readings count, and an hour counts when at least half of it is open.
import { expect, test } from 'vitest'
import { co2Range, COMFORT_LIMITS, temperatureRange } from '#domain/comfort/limits.ts'
import { measure } from '#domain/comfort/measure.ts'
import { comfortPoint } from '#domain/comfort/sensors.ts'

const HOUR = 3_600_000
const hours = (...means: (number | null)[]) => means.map((mean, i) => ({ from: i * HOUR, to: (i + 1) * HOUR, mean }))

test('open hours within, below and above the limits', () => {
  const found = measure(hours(19, 20, 22, null, 25, 26, 30), [{ from: 0, to: 5.5 * HOUR }], () => [20, 25])
  expect(found).toEqual({ hours: 5, hoursWithin: 3, hoursBelow: 1, hoursAbove: 1, least: 19, most: 26, mean: 22.4 })
  expect(measure(hours(19, 30), null, () => [20, 25])).toMatchObject({ hours: 2, hoursWithin: 0 })
  expect(measure(hours(21), [], () => [20, 25])).toMatchObject({ hours: 0, mean: null })
  expect(measure(hours(21, 21), [{ from: 0.6 * HOUR, to: 1.4 * HOUR }], () => [20, 25]).hours).toBe(0)
})

test('the limits of both decrees by season', () => {
  expect(temperatureRange(COMFORT_LIMITS['new-building'], 1)).toEqual([20, 25])
  expect(temperatureRange(COMFORT_LIMITS['new-building'], 7)).toEqual([20, 27])
  expect(temperatureRange(COMFORT_LIMITS.action, 7)).toEqual([18, 32])
  expect([co2Range(COMFORT_LIMITS['new-building'])[1], co2Range(COMFORT_LIMITS.action)[1]]).toEqual([1220, 1570])
})

test('only the air of the space is comfort', () => {
  const device = { id: 'a', premises: 't', space: 'k1', points: [{ key: 'supply-temperature', unit: '°C' }, { key: 'temperature', unit: '°C' }, { key: 'co2', unit: 'ppm' }] } // prettier-ignore
  expect(comfortPoint(device, 'temperature')?.key).toBe('temperature')
  expect(comfortPoint(device, 'co2')?.key).toBe('co2')
  expect(comfortPoint({ ...device, space: null }, 'co2')).toBeNull()
  expect(comfortPoint({ ...device, type: 'weather-station' }, 'temperature')).toBeNull()
})
