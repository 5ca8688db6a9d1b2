// A spot price model: day-ahead quarter prices that look like Finland's (seasons, two peaks, wind, rare spikes, below zero).
import type { PriceSeries } from '#domain/registry/bundle.ts'
import { createLocalClock, DAY_MS, QUARTER_MS, weekdayOf } from '#sim/local-clock.ts'
import { hashName, randomAt, smoothNoise } from '#sim/random.ts'

/** EUR/MWh by month, before wind and time of day. */
const MONTH_LEVEL = [62, 66, 48, 42, 30, 26, 28, 38, 46, 52, 60, 64]
/** Factor by local hour on a working day. */
const HOUR_SHAPE = [
  0.62, 0.56, 0.54, 0.55, 0.62, 0.8, 1.12, 1.45, 1.6, 1.42, 1.2, 1.08, 1.0, 0.95, 0.94, 1.0, 1.16, 1.42, 1.6, 1.45, 1.2,
  1.0, 0.86, 0.72,
]

/** Prices in EUR/MWh without VAT for the quarters of [from, to), the same for the same seed. */
export function spotPrices(seed: number, from: number, to: number): NonNullable<PriceSeries['values']> {
  const clock = createLocalClock('Europe/Helsinki')
  const windKey = hashName(seed, 'wind')
  const stepKey = hashName(seed, 'spot-quarter')
  const values: NonNullable<PriceSeries['values']> = []
  for (let at = Math.ceil(from / QUARTER_MS) * QUARTER_MS; at < to; at += QUARTER_MS) {
    const day = clock.day(at)
    const minute = clock.minute(at)
    const hour = Math.floor(minute / 60)
    const wind = Math.max(
      0,
      0.5 + 0.7 * smoothNoise(windKey, at / (2.3 * DAY_MS)) + 0.2 * smoothNoise(windKey + 1, at / (0.4 * DAY_MS)),
    )
    const shape = (HOUR_SHAPE[hour] ?? 1) * (weekdayOf(day) >= 6 ? 0.78 : 1)
    const level = (MONTH_LEVEL[new Date(at).getUTCMonth()] ?? 45) * (1.75 - 1.35 * wind)
    const spike = randomAt(stepKey, day) > 0.975 && hour >= 7 && hour < 20 ? 4.2 : 1
    const quarter = 1 + 0.12 * (randomAt(stepKey, Math.floor(at / QUARTER_MS)) - 0.5)
    const surplus = wind > 0.95 ? 14 * (wind - 0.95) * 10 : 0
    const price = level * shape * spike * quarter - surplus
    values.push([new Date(at).toISOString().replace('.000Z', 'Z'), 'PT15M', price.toFixed(2)])
  }
  return values
}
