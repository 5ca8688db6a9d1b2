// Whether one device is silent, or everything that comes by the same way: a gateway, or the network of a premises.
import type { Id } from '#domain/registry/bundle.ts'

export type Heard = {
  id: Id
  /** Milliseconds since 1970 when something was received from it; 0: never. */
  heardAt: number
  intervalMs: number
}
/** `silent`: nothing comes by this way; `alive`: others were heard since; `unknown`: too little was expected of the others yet. */
export type WayState = 'silent' | 'alive' | 'unknown'

/** So many messages of others must be missing before a way counts as silent. */
const MISSING = 5
/** Of one device at most so many count: it may be broken by itself. */
const MISSING_OF_ONE = 3
/** Within this many of its intervals before the way fell silent a device must have been heard to count. */
const ALIVE_INTERVALS = 3
/** A device whose message is late by half of its interval is not missed yet. */
const LATE = 1.5

/** `members` come by the same way, `silent` among them. */
export function wayState(members: readonly Heard[], silent: Heard, now: number): WayState {
  let lastAt = 0
  for (const one of members) if (one.heardAt > lastAt) lastAt = one.heardAt
  let expected = 0
  let others = 0
  for (const one of members) {
    if (one.id === silent.id || !wasAlive(one, lastAt)) continue
    others++
    const missed = (now - lastAt) / one.intervalMs
    // What is polled together comes together: only who is late by itself counts.
    if (missed >= LATE) expected += Math.min(missed, MISSING_OF_ONE)
  }
  if (others === 0) return 'alive'
  if (expected >= Math.min(MISSING, MISSING_OF_ONE * others)) return 'silent'
  return lastAt > silent.heardAt + LATE * silent.intervalMs ? 'alive' : 'unknown'
}

/** Those that fell silent with their way: heard shortly before it did. */
export function fallenSilent(members: readonly Heard[]): Id[] {
  const lastAt = members.reduce((last, one) => Math.max(last, one.heardAt), 0)
  return members.filter((one) => wasAlive(one, lastAt)).map(({ id }) => id)
}

const wasAlive = (one: Heard, lastAt: number): boolean =>
  one.heardAt > 0 && lastAt - one.heardAt <= ALIVE_INTERVALS * one.intervalMs
