// Slows the guessing of codes: counts what was wrong per address in a window.
import { Failure } from '#domain/failure.ts'

const WINDOW_MS = 15 * 60_000
const MAX_ADDRESSES = 20_000

export type GuessThrottle = {
  /** @throws Failure 'too-many-requests' when too much was wrong of late. */
  check(address: string, now: number): void
  failed(address: string, now: number): void
}

/** `most` wrong codes from one address within 15 minutes. */
export function createGuessThrottle(most: number): GuessThrottle {
  const wrong = new Map<string, { count: number; since: number }>()
  return {
    check(address, now) {
      const entry = wrong.get(address)
      if (entry === undefined || entry.count < most) return
      const retryAfterMs = entry.since + WINDOW_MS - now
      if (retryAfterMs > 0)
        throw new Failure('too-many-requests', 'Too many wrong codes from here; try again later.', { retryAfterMs })
    },
    failed(address, now) {
      const entry = wrong.get(address)
      if (entry !== undefined && now - entry.since < WINDOW_MS) {
        entry.count++
        return
      }
      if (wrong.size >= MAX_ADDRESSES) {
        const oldest = wrong.keys().next()
        if (!oldest.done) wrong.delete(oldest.value)
      }
      wrong.delete(address)
      wrong.set(address, { count: 1, since: now })
    },
  }
}
