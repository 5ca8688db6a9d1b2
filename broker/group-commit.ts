// Joins waiting messages into one durable write: while one write runs, the next group gathers.

export type GroupCommit<Item> = {
  /** Settled after a write that began after this call. */
  join(item: Item): void
  /** Items that wait, in the running write and for the next. */
  waiting(): number
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>
}

/**
 * After a group of so many items the next gathers for a while: its messages then share reads of sockets, commits and writes of
 * PUBACKs, which cost more than what happens to the readings. Whoever sends little waits for nothing.
 */
export const LARGE_GROUP = 64

/**
 * `write` makes durable what was added so far; `settle` then gets the whole group, in the order of joining, with the
 * result or the error. `gatherMs` is the least time from the beginning of a large write to that of the next. The next write starts before `settle`, so that disk and processor work at the same time.
 */
export function createGroupCommit<Item, Result>(
  write: () => Promise<Result>,
  settle: (items: Item[], outcome: { result: Result } | { error: Error }) => void,
  gatherMs: number,
): GroupCommit<Item> {
  let gathering: Item[] = []
  let running: Item[] = []
  let busy = false
  let scheduled = false
  let idlers: (() => void)[] = []
  let startedAt = -Infinity
  let wasLarge = false

  function start(): void {
    scheduled = false
    if (busy || gathering.length === 0) return
    const now = performance.now()
    if (wasLarge && now - startedAt < gatherMs) {
      scheduled = true
      return void setTimeout(startNow, gatherMs - (now - startedAt))
    }
    startNow()
  }

  function startNow(): void {
    scheduled = false
    if (busy || gathering.length === 0) return
    startedAt = performance.now()
    wasLarge = gathering.length >= LARGE_GROUP
    busy = true
    running = gathering
    gathering = []
    write().then(
      (result) => finish({ result }),
      (error: unknown) => finish({ error: error instanceof Error ? error : new Error(String(error)) }),
    )
  }

  function finish(outcome: { result: Result } | { error: Error }): void {
    const items = running
    running = []
    busy = false
    start()
    settle(items, outcome)
    if (busy || gathering.length > 0) return
    const waiters = idlers
    idlers = []
    for (const waiter of waiters) waiter()
  }

  return {
    join(item) {
      gathering.push(item)
      if (busy || scheduled) return
      scheduled = true
      // After the packets of this turn of the event loop: one socket read may carry hundreds.
      setImmediate(start)
    },
    waiting: () => gathering.length + running.length,
    idle: () => (busy || gathering.length > 0 ? new Promise((resolve) => idlers.push(resolve)) : Promise.resolve()),
  }
}
