// What has come into a telemetry store since: for those who keep what they computed from readings and must know when it is old.
import type { Telemetry } from '#domain/ports/telemetry.ts'

const DAY_MS = 86_400_000
/** Days told apart per series; older ones are taken together, which can only call for more computing. */
const DAYS_APART = 64

export type Arrivals = {
  /** A mark of now: what is read after it and asked for by it later is sure to be known if it changed. */
  mark(): number
  /** No reading of the series at an instant before the one given (ms) has come in since the mark, up to a day; Infinity if none at all. */
  earliestSince(series: number, mark: number): number
}

/** Days and counts, both ascending: each day is the earliest that came in after the counts before it. */
type OfSeries = { days: number[]; counts: number[] }

/**
 * The store, telling what came in through it. Only for a store that nobody else writes into.
 * A reading counts once it can be found: its commit has ended, whatever its end.
 */
export function watchArrivals<T extends Telemetry>(telemetry: T): T & { arrivals: Arrivals } {
  const known = new Map<number, OfSeries>()
  let count = 0
  /** Marks before this one know nothing: readings were dropped. */
  let floor = 0
  let open = new Map<number, number>()

  const note = (series: number, day: number): void => {
    count += 1
    const { days, counts } = known.getOrInsertComputed(series, () => ({ days: [], counts: [] }))
    while (days.length > 0 && days.at(-1)! >= day) {
      days.pop()
      counts.pop()
    }
    days.push(day)
    counts.push(count)
    if (days.length <= DAYS_APART) return
    days.splice(1, 1)
    counts.splice(0, 1)
  }
  return {
    ...telemetry,
    add(series, at, ...more) {
      telemetry.add(series, at, ...more)
      const day = Math.floor(at / DAY_MS)
      const earliest = open.get(series)
      if (earliest === undefined || day < earliest) open.set(series, day)
    },
    async commit() {
      const mine = open
      if (mine.size > 0) open = new Map()
      try {
        return await telemetry.commit()
      } finally {
        for (const [series, day] of mine) note(series, day)
      }
    },
    async dropBefore(before, keep) {
      try {
        return await telemetry.dropBefore(before, keep)
      } finally {
        floor = ++count
      }
    },
    arrivals: {
      mark: () => count,
      earliestSince(series, mark) {
        if (mark < floor) return -Infinity
        const { days, counts } = known.get(series) ?? { days: [], counts: [] }
        const first = counts.findIndex((one) => one > mark)
        return first < 0 ? Infinity : days[first]! * DAY_MS
      },
    },
  }
}
