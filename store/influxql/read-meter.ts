// The readings of a meter that a settlement needs, fetched range by range; which of them count is chosen by domain/metering.
import { TAIL_MS, meterReadingsOf, microOf } from '#domain/metering/choose-meter-readings.ts'
import type { MeterReadings, Reading } from '#domain/ports/telemetry.ts'
import { LAST_INSTANT } from '#domain/ports/telemetry.ts'
import type { Engine } from './engine.ts'
import { PAGE_READINGS } from './limits.ts'
import { askPages, askReadings } from './questions.ts'
import type { Series } from './series-names.ts'

/** First look-ups of a neighbour fetch this many; texts among the readings of a meter are rare. */
const NEIGHBOURS = 8

export async function readMeter(engine: Engine, series: Series, from: number, to: number): Promise<MeterReadings> {
  const chosen: Reading[] = []
  const [before] = await numericBefore(engine, series, from + 1, 1)
  if (before !== undefined) chosen.push(before)
  for await (const page of askPages(engine, series, from + 1, to + 1)) chosen.push(...page)
  if (!chosen.some(({ at, value }) => at >= to && microOf(value) !== null)) {
    const after = await numericAfter(engine, series, Math.max(to, from) + 1)
    if (after !== null) chosen.push(after)
    else chosen.push(...(await tail(engine, series)))
  }
  const byInstant = new Map(chosen.map((reading) => [reading.at, reading]))
  return meterReadingsOf(
    [...byInstant.values()].sort((a, b) => a.at - b.at),
    from,
    to,
  )
}

/** The last two numeric readings of all, and the 28 days before the last one. */
async function tail(engine: Engine, series: Series): Promise<Reading[]> {
  const lastTwo = await numericBefore(engine, series, LAST_INSTANT + 1, 2)
  const last = lastTwo[0]
  if (last === undefined) return []
  const found = [...lastTwo]
  for await (const page of askPages(engine, series, last.at - TAIL_MS, last.at + 1)) found.push(...page)
  return found
}

/** The newest `count` numeric readings before an instant, newest first. */
async function numericBefore(engine: Engine, series: Series, before: number, count: number): Promise<Reading[]> {
  const found: Reading[] = []
  let limit = NEIGHBOURS
  for (let end = before; ;) {
    const page = await askReadings(engine, series, 0, end, limit, 'DESC')
    found.push(...page.filter(({ value }) => microOf(value) !== null))
    if (found.length >= count || page.length < limit) return found.slice(0, count)
    end = (page.at(-1) as Reading).at
    limit = PAGE_READINGS
  }
}

async function numericAfter(engine: Engine, series: Series, from: number): Promise<Reading | null> {
  let limit = NEIGHBOURS
  for (let start = from; ;) {
    const page = await askReadings(engine, series, start, LAST_INSTANT + 1, limit)
    const numeric = page.find(({ value }) => microOf(value) !== null)
    if (numeric !== undefined) return numeric
    if (page.length < limit) return null
    start = (page.at(-1) as Reading).at + 1
    limit = PAGE_READINGS
  }
}
