// Keeps telegrams while the store takes none: bounded, for a bounded time, and lets one try before all.
import type { BrokerLimits } from './limits.ts'
import type { Telegram } from './telegram.ts'

export type Hold = {
  isClosed(): boolean
  /** The store refused: from now on telegrams wait. */
  close(): void
  /** The store took something: everything that waits goes on. */
  open(): void
  keep(telegram: Telegram): void
  waiting(): number
  stop(): void
}

/** How often the store is tried while it is away. */
const TRY_MS = 500

/** `go` sends a telegram on its way again; `giveUp` ends it unacknowledged. */
export function createHold(
  limits: BrokerLimits,
  now: () => number,
  go: (telegram: Telegram) => void,
  giveUp: (telegram: Telegram) => void,
): Hold {
  let held: Telegram[] = []
  let timer: NodeJS.Timeout | null = null
  /** The one that tries whether the store is back; refused again, it stays the first. */
  let trying: Telegram | null = null

  function tryAgain(): void {
    const oldest = now() - limits.holdMs
    const expired = held.filter(({ receivedAt }) => receivedAt < oldest)
    if (expired.length > 0) held = held.filter(({ receivedAt }) => receivedAt >= oldest)
    for (const telegram of expired) giveUp(telegram)
    const first = held.shift()
    if (first === undefined) return open()
    trying = first
    go(first)
  }

  function open(): void {
    if (timer === null) return
    clearInterval(timer)
    timer = null
    const waiting = held
    held = []
    for (const telegram of waiting) go(telegram)
  }

  return {
    isClosed: () => timer !== null,
    close() {
      timer ??= setInterval(tryAgain, TRY_MS)
    },
    open,
    keep(telegram) {
      if (telegram === trying) held.unshift(telegram)
      else if (held.length >= limits.heldMessages) giveUp(telegram)
      else held.push(telegram)
    },
    waiting: () => held.length,
    stop() {
      if (timer !== null) clearInterval(timer)
      timer = null
      const waiting = held
      held = []
      for (const telegram of waiting) giveUp(telegram)
    },
  }
}
