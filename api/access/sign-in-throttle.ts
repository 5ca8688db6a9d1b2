// Slows the guessing of passwords: counts failures per login and address, per address, and per login, in a sliding window.
import { Failure } from '#domain/failure.ts'
import type { ApiLimits } from '#api/limits.ts'

const WINDOW_MS = 15 * 60_000
const MAX_KEYS = 20_000

export type SignInThrottle = {
  /** @throws Failure 'too-many-requests' when there were too many failures of late; the same for logins that do not exist. */
  check(login: string, address: string, now: number): void
  failed(login: string, address: string, now: number): void
  succeeded(login: string, address: string): void
}

export function createSignInThrottle(limits: ApiLimits): SignInThrottle {
  const failures = new Map<string, { count: number; since: number }>()
  const keysOf = (login: string, address: string): [string, number][] => {
    const name = login.toLowerCase().slice(0, 254)
    return [
      [`both ${address} ${name}`, limits.signInFailures],
      [`address ${address}`, limits.signInFailuresPerAddress],
      [`login ${name}`, limits.signInFailuresPerLogin],
    ]
  }
  const forget = (now: number): void => {
    for (const [key, entry] of failures) if (now - entry.since >= WINDOW_MS) failures.delete(key)
    // Still too many: the oldest go first, so that memory stays bounded under an attack from many addresses.
    for (const key of failures.keys()) {
      if (failures.size < MAX_KEYS) break
      failures.delete(key)
    }
  }
  return {
    check(login, address, now) {
      for (const [key, limit] of keysOf(login, address)) {
        const entry = failures.get(key)
        if (entry === undefined || entry.count < limit) continue
        const retryAfterMs = entry.since + WINDOW_MS - now
        if (retryAfterMs > 0)
          throw new Failure('too-many-requests', 'Too many wrong passwords; try again later.', { retryAfterMs })
      }
    },
    failed(login, address, now) {
      if (failures.size >= MAX_KEYS - 3) forget(now)
      for (const [key] of keysOf(login, address)) {
        const entry = failures.get(key)
        if (entry === undefined || now - entry.since >= WINDOW_MS) failures.set(key, { count: 1, since: now })
        else entry.count++
      }
    },
    succeeded(login, address) {
      failures.delete(keysOf(login, address)[0]?.[0] ?? '')
    },
  }
}
