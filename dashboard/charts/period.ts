// The period of a chart as it stands in the address: a range around a date, or a part of it that was zoomed into.
import { addDays, datesOf, RANGES, startOfDate, type Range } from '#dashboard/format/zone.ts'
import { localDate } from '#domain/writing/date.ts'

/** Milliseconds [from, to); `zoomed` when it is only a part of the range. */
export type Period = { range: Range; date: string; from: number; to: number; zoomed: boolean }

const HOUR_MS = 3_600_000
/** The nearest that a chart zooms to. */
const SHORTEST_MS = 60_000
/** The last hour moves on in steps, so that not every render asks anew. */
const HOUR_STEP_MS = 10_000

const parseRange = (text: string | null): Range => RANGES.find((range) => range === text) ?? 'day'
const parseDate = (text: string | null): string | null =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null
const parseInstant = (text: string | null): number | null => {
  const ms = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}

/** Reads the period of an address: `range`, `date`, and `from`/`to` for a part. What is missing or wrong falls back to today. */
export const readPeriod = (get: (key: string) => string | null, nowMs: number, timeZone: string): Period => {
  const range = parseRange(get('range'))
  const date = parseDate(get('date')) ?? localDate(nowMs, timeZone)
  const [from, to] = [parseInstant(get('from')), parseInstant(get('to'))]
  if (from !== null && to !== null && to - from >= SHORTEST_MS) return { range, date, from, to, zoomed: true }
  return { range, date, ...wholeRange(range, date, nowMs, timeZone), zoomed: false }
}

export const wholeRange = (
  range: Range,
  date: string,
  nowMs: number,
  timeZone: string,
): { from: number; to: number } => {
  if (range === 'hour') {
    const to = Math.ceil(nowMs / HOUR_STEP_MS) * HOUR_STEP_MS
    return { from: to - HOUR_MS, to }
  }
  const dates = datesOf(range, date)
  return { from: startOfDate(dates.from, timeZone), to: startOfDate(dates.to, timeZone) }
}

/** The period after zooming by `factor` (below 1: nearer) around an instant, never past the whole range; null: the whole range. */
export const zoomPeriod = (
  { from, to }: { from: number; to: number },
  whole: { from: number; to: number },
  factor: number,
  around: number | null,
): { from: number; to: number } | null => {
  const middle = around ?? (from + to) / 2
  const span = Math.max(SHORTEST_MS, (to - from) * factor)
  if (span >= whole.to - whole.from) return null
  const share = (middle - from) / (to - from)
  const start = Math.min(whole.to - span, Math.max(whole.from, middle - span * share))
  return { from: Math.round(start), to: Math.round(start + span) }
}

/** One step back or forth: half of the span where a part is shown, else the whole range; null where that would be all to come. */
export const panPeriod = (
  { range, date, from, to, zoomed }: Period,
  direction: 1 | -1,
  nowMs: number,
  timeZone: string,
): { date: string | null; from: number; to: number } | null => {
  if (zoomed) {
    const step = (direction * (to - from)) / 2
    if (direction === 1 && to >= nowMs) return null
    const moved = { from: Math.round(from + step), to: Math.round(to + step) }
    // The last hour has no date; of the others the range goes along, so that zooming out shows what is around.
    return { date: range === 'hour' ? null : localDate(moved.from, timeZone), ...moved }
  }
  if (range === 'hour') return null
  const dates = datesOf(range, date)
  const next = direction === 1 ? dates.to : addDays(dates.from, -1)
  if (direction === 1 && next > localDate(nowMs, timeZone)) return null
  return { date: next, ...wholeRange(range, next, nowMs, timeZone) }
}
