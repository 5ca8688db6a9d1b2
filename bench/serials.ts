// Compares what was acknowledged with what is stored, reading by reading: one that is lost and one that is there twice never cancel out.
import type { Telemetry } from '#domain/ports/telemetry.ts'

/** The instants at which a series must have exactly one reading each, and those at which it may have one (sent, never acknowledged). */
export type Expected = { acknowledged: Iterable<number>; sent: (at: number) => boolean }
export type Found = { stored: number; lost: number; twice: number; unknown: number }

const PAGE = 100_000

/** `lost`: acknowledged and not there; `twice`: there more than once; `unknown`: there and never sent. Looks at [from, to). */
export async function compareStored(
  telemetry: Pick<Telemetry, 'readings'>,
  series: number,
  [from, to]: readonly [number, number],
  { acknowledged, sent }: Expected,
): Promise<Found> {
  const times = new Map<number, number>()
  const found: Found = { stored: 0, lost: 0, twice: 0, unknown: 0 }
  for (let next = from; ;) {
    const page = await telemetry.readings(series, next, to, PAGE)
    for (const { at } of page) times.set(at, (times.get(at) ?? 0) + 1)
    found.stored += page.length
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) break
    next = last.at + 1
  }
  for (const at of acknowledged) if (!times.has(at)) found.lost++
  for (const [at, count] of times) {
    if (count > 1) found.twice += count - 1
    if (!sent(at)) found.unknown++
  }
  return found
}

export const sumOf = (all: readonly Found[]): Found => ({
  stored: all.reduce((sum, one) => sum + one.stored, 0),
  lost: all.reduce((sum, one) => sum + one.lost, 0),
  twice: all.reduce((sum, one) => sum + one.twice, 0),
  unknown: all.reduce((sum, one) => sum + one.unknown, 0),
})
