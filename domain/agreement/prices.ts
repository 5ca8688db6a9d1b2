// A price series by quarter of a month: the price of the shortest interval that covers each quarter.
import type { PriceSeries } from '#domain/registry/bundle.ts'
import { decimalOf } from '#domain/quantity/decimal.ts'
import type { ExactDecimal } from '#domain/quantity/decimal.ts'
import { parseDurationMs, parseInstant } from '#domain/quantity/instant.ts'
import { QUARTER_MS } from '#domain/quantity/quarters.ts'
import type { Quarters } from '#domain/quantity/quarters.ts'
import type { QuarterPrices } from '#domain/metering/quarter-values.ts'

/** Prices of a month; `missing` is 1 where no interval covers the quarter. */
export type MonthPrices = QuarterPrices & { missing: Uint8Array }
type PriceInterval = { from: number; to: number; price: ExactDecimal }
type ReadSeries = { intervals: PriceInterval[]; longestMs: number; months: Map<string, MonthPrices> }

const read = new WeakMap<PriceSeries, ReadSeries>()
/** Months of one series kept ready. */
const MONTHS_LIMIT = 60

/** The prices of a month, in the unit of the series. Read once per series object, kept while that object lives. */
export function monthPrices(series: PriceSeries, quarters: Quarters): MonthPrices {
  let known = read.get(series)
  if (known === undefined) read.set(series, (known = readSeries(series)))
  const key = `${quarters.month} ${quarters.timeZone}`
  let month = known.months.get(key)
  if (month === undefined) {
    if (known.months.size >= MONTHS_LIMIT) known.months.delete(known.months.keys().next().value!)
    known.months.set(key, (month = pricesByQuarter(known, quarters)))
  }
  return month
}

/** Of two prices with the same instant and interval the later listed stands. */
function readSeries(series: PriceSeries): ReadSeries {
  const byKey = new Map<string, PriceInterval>()
  let longestMs = 0
  for (const [at, interval, value] of series.values ?? []) {
    const from = parseInstant(at)
    const length = parseDurationMs(interval)
    const price = decimalOf(value)
    if (from === null || length === null || price === null)
      throw new Error(`price series ${series.id} has an unreadable value at ${at}`)
    longestMs = Math.max(longestMs, length)
    byKey.set(`${from} ${length}`, { from, to: from + length, price })
  }
  const intervals = [...byKey.values()].sort((a, b) => a.from - b.from)
  return { intervals, longestMs, months: new Map() }
}

function pricesByQuarter({ intervals, longestMs }: ReadSeries, quarters: Quarters): MonthPrices {
  const touching = intervals
    .slice(firstFrom(intervals, quarters.from - longestMs), firstFrom(intervals, quarters.to))
    .filter(({ to }) => to > quarters.from)
    // The shortest is laid on last; of equally long ones that start at different times the later start.
    .sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from)
  const scale = touching.reduce((most, { price }) => Math.max(most, price.scale), 0)
  const digits = touching.map(({ price }) => price.digits * 10n ** BigInt(scale - price.scale))
  const missing = new Uint8Array(quarters.count).fill(1)
  const index = new Int32Array(quarters.count).fill(-1)
  for (const [i, { from, to }] of touching.entries()) {
    const first = Math.max(0, Math.ceil((from - quarters.from) / QUARTER_MS))
    const end = Math.min(quarters.count, Math.floor((to - quarters.from) / QUARTER_MS))
    for (let q = first; q < end; q += 1) {
      index[q] = i
      missing[q] = 0
    }
  }
  const byQuarter = Array.from(index, (i) => (i < 0 ? 0n : digits[i]!))
  const absolute = byQuarter.reduce((total, price) => total + (price < 0n ? -price : price), 0n)
  const plain = absolute <= BigInt(Number.MAX_SAFE_INTEGER)
  return {
    digits: plain ? Float64Array.from(byQuarter, Number) : byQuarter,
    scale,
    absoluteSum: Number(absolute),
    missing,
  }
}

function firstFrom(intervals: readonly PriceInterval[], at: number): number {
  let low = 0
  let high = intervals.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (intervals[middle]!.from < at) low = middle + 1
    else high = middle
  }
  return low
}
