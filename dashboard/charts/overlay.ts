// What is drawn over a chart: the same point in another period, or other points in the same one. Pure: alignment only, no query, no canvas.
import { addDays, clockTime, datesOf, startOfDate } from '#dashboard/format/zone.ts'
import type { Bucket } from '#dashboard/client/series.ts'
import { localDate } from '#domain/writing/date.ts'
import type { Period } from './period.ts'

export const COMPARES = ['previous', 'year'] as const
export type Compare = (typeof COMPARES)[number]
/** Points of one chart at most, its own included: more lines nobody tells apart. */
export const CHART_POINTS = 5

/** Values parallel to the columns of the chart; a gap is null. `second`: by the axis on the right. */
export type Overlay = {
  key: string
  name: string
  unit: string | null
  values: (number | null)[]
  dashed: boolean
  second: boolean
  /** Place in the chart palette. */
  look: number
}

const DAYS_OF_52_WEEKS = 364

/**
 * The period to compare with: the one before, or the same of last year (of a week the one 52 weeks before, so that weekdays stand on
 * weekdays). A zoomed part is compared with the part of the same length before it, or at the same place a year before.
 */
export const comparedSpan = (
  { range, date, from, to, zoomed }: Period,
  compare: Compare,
  timeZone: string,
): { from: number; to: number } => {
  const yearBefore = (day: string): string =>
    range === 'week' || range === 'hour'
      ? addDays(day, -DAYS_OF_52_WEEKS)
      : `${Number(day.slice(0, 4)) - 1}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`
  if (zoomed || range === 'hour') {
    if (compare === 'previous') return { from: from - (to - from), to: from }
    const day = localDate(from, timeZone)
    const minutes = Math.floor((from - startOfDate(day, timeZone)) / 60_000)
    const start = clockTime(yearBefore(day), minutes, timeZone)
    return { from: start, to: start + (to - from) }
  }
  const dates = datesOf(range, date)
  const other = datesOf(range, compare === 'previous' ? addDays(dates.from, -1) : yearBefore(dates.from))
  return { from: startOfDate(other.from, timeZone), to: startOfDate(other.to, timeZone) }
}

/**
 * Means of other buckets at the columns of the chart: the bucket of the same number in its span. Buckets past the end of a shorter
 * span (February beside March) are left out.
 * @param starts starts of the chart's own buckets, all of them
 */
export const overlayValues = (
  columnsFrom: readonly number[],
  starts: readonly number[],
  buckets: readonly Bucket[],
  endMs: number = Number.POSITIVE_INFINITY,
): (number | null)[] => {
  const placeOf = new Map(starts.map((from, i) => [from, i]))
  return columnsFrom.map((from) => {
    const bucket = buckets[placeOf.get(from) ?? -1]
    return bucket === undefined || bucket.from >= endMs ? null : bucket.mean
  })
}

/** `device/point` of the address, known ones only, each once. */
export const readPoints = (text: string | null): { device: string; point: string }[] =>
  [...new Set((text ?? '').split(','))].flatMap((one) => {
    const match = /^([a-z0-9][a-z0-9-]{0,62})\/([A-Za-z0-9_][A-Za-z0-9_.:-]{0,63})$/.exec(one)
    return match === null ? [] : [{ device: match[1] ?? '', point: match[2] ?? '' }]
  })

/**
 * Values as they are drawn: between two readings of a point that sends more rarely than the chart's buckets are long the line goes on
 * (undefined), over a longer silence it breaks (null).
 */
export const bridged = (values: readonly (number | null)[]): (number | null | undefined)[] => {
  const filled = values.flatMap((value, i) => (value === null ? [] : [i]))
  const distances = filled.slice(1).map((at, i) => at - (filled[i] ?? at))
  const usual = distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 1
  const drawn: (number | null | undefined)[] = [...values]
  distances.forEach((distance, i) => {
    if (distance <= 3 * usual) drawn.fill(undefined, (filled[i] ?? 0) + 1, (filled[i] ?? 0) + distance)
  })
  return drawn
}
