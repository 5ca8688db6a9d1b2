// Instants of clock times that carry no offset: over the October hour by the order of the rows, or refused with the reason.
import { parseInstant } from '#domain/quantity/instant.ts'

/** An instant, or a clock time as milliseconds (as if it were UTC) whose instant the rows around it decide. */
export type Stamp = { at: number } | { wall: number }
export type StampProblem = 'ambiguous-hour' | 'no-such-hour' | 'not-ascending'
export type Resolved = { at: number } | { problem: StampProblem }

const DAY_MS = 86_400_000
const CLOCK = '(?:[T\\s]+(?:klo\\s+|kl\\.?\\s+)?(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2})(?:[.,]\\d{1,9})?)?)?'
const ISO = new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})${CLOCK}$`)
const DAY_FIRST = new RegExp(`^(\\d{1,2})[./](\\d{1,2})[./](\\d{4})${CLOCK}$`)

/** Reads `2026-03-01T00:15:00Z`, `2026-03-01 00:15`, `1.3.2026 klo 0.15` or `01/03/2026 00:15:00` (day first); a date alone is its midnight. */
export function stampOf(text: string): Stamp | null {
  const at = parseInstant(text.replace(' ', 'T'))
  if (at !== null) return { at }
  const iso = ISO.exec(text)
  const match = iso ?? DAY_FIRST.exec(text)
  if (match === null) return null
  const [year, month, day] = iso === null ? [match[3], match[2], match[1]] : [match[1], match[2], match[3]]
  const [hour, minute, second] = [Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0)]
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), hour, minute, second)
  const same = new Date(wall)
  const real = same.getUTCMonth() === Number(month) - 1 && same.getUTCDate() === Number(day)
  return real && hour < 24 && minute < 60 && second < 60 ? { wall } : null
}

const offsets = new Map<string, [before: number, after: number]>()
/** Days whose offsets are kept. */
const OFFSETS_LIMIT = 20_000

const offsetAt = (atMs: number, zone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6

/** The offsets in force a day before and a day after this clock day: different only around a change. */
function offsetsAround(wall: number, zone: string): [number, number] {
  const day = Math.floor(wall / DAY_MS)
  const key = `${zone} ${day}`
  let found = offsets.get(key)
  if (found === undefined) {
    if (offsets.size >= OFFSETS_LIMIT) offsets.clear()
    found = [offsetAt((day - 1) * DAY_MS, zone), offsetAt((day + 2) * DAY_MS, zone)]
    offsets.set(key, found)
  }
  return found
}

/** The instants at which the clock shows this: none in March's gap, two in October's hour, earlier first. */
export function instantsOfWall(wall: number, zone: string): number[] {
  const [before, after] = offsetsAround(wall, zone)
  if (before === after) return [wall - before]
  const candidates = [...new Set([wall - before, wall - after])]
  return candidates.filter((at) => at + offsetAt(at, zone) === wall).sort((a, b) => a - b)
}

/**
 * The instants of the stamps of one series, in the order of the file (oldest or newest first). Where the clock shows an hour
 * twice, the second time begins where it goes back; without such a place nothing tells which of the two a row means.
 */
export function resolveStamps(stamps: readonly Stamp[], zone: string): Resolved[] {
  const walls = stamps.map((stamp) => ('wall' in stamp ? stamp.wall : null))
  return isDescending(walls) ? resolveAscending(stamps.toReversed(), zone).toReversed() : resolveAscending(stamps, zone)
}

function isDescending(walls: readonly (number | null)[]): boolean {
  let [up, down] = [0, 0]
  for (let i = 1; i < walls.length; i += 1) {
    const [a, b] = [walls[i - 1], walls[i]]
    if (a === null || b === null || a === undefined || b === undefined) continue
    if (b > a) up += 1
    if (b < a) down += 1
  }
  return down > up
}

function resolveAscending(stamps: readonly Stamp[], zone: string): Resolved[] {
  const resolved: Resolved[] = []
  let repeated: { index: number; wall: number; instants: number[] }[] = []
  const settleRepeated = (): void => {
    const back = repeated.flatMap(({ wall }, i) => (i > 0 && wall <= repeated[i - 1]!.wall ? [i] : []))
    for (const [i, { index, instants }] of repeated.entries())
      resolved[index] =
        back.length === 1
          ? { at: instants[i < back[0]! ? 0 : 1]! }
          : { problem: back.length === 0 ? 'ambiguous-hour' : 'not-ascending' }
    repeated = []
  }
  for (const [index, stamp] of stamps.entries()) {
    if ('at' in stamp) {
      resolved[index] = stamp
      continue
    }
    const instants = instantsOfWall(stamp.wall, zone)
    if (instants.length === 2) {
      const last = repeated.at(-1)
      if (last !== undefined && Math.abs(stamp.wall - last.wall) > DAY_MS) settleRepeated()
      repeated.push({ index, wall: stamp.wall, instants })
      continue
    }
    if (repeated.length > 0) settleRepeated()
    resolved[index] = instants.length === 1 ? { at: instants[0]! } : { problem: 'no-such-hour' }
  }
  settleRepeated()
  return resolved
}

/** What a person reads about a clock time that is no instant. */
export function stampSentence(problem: StampProblem, text: string, zone: string): string {
  if (problem === 'no-such-hour')
    return `${text} does not exist in ${zone}: the clock goes forward over it that night. Write the time with its offset, as in 2026-03-29T04:00:00+03:00.`
  if (problem === 'not-ascending')
    return `${text} is in the hour that ${zone} has twice, and the rows of that hour are in no order of time. Sort them, or write times with their offset.`
  return `${text} is in the hour that ${zone} has twice that night, but the file has it only once, so nothing tells which one it is. Write the time with its offset, as in 2026-10-25T03:00:00+03:00.`
}
