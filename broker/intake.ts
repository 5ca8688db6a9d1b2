// How many messages of all connections are under way at once: beyond, no more is read from their sockets, and TCP slows the senders.
// And for how long messages are read in one turn of the event loop: then answers, other requests and the next commit get theirs.

export type Intake = {
  isFull(): boolean
  entered(): void
  left(): void
  /** Calls `read` when there is room again, in the order of asking. */
  whenRoom(read: () => void): void
  forget(read: () => void): void
}

/** `limit` messages at once; `turnMs` milliseconds of reading in one turn of the event loop. */
export function createIntake(limit: number, turnMs: number): Intake {
  let underWay = 0
  /** When the first message of this turn was read; null before it. */
  let turnFrom: number | null = null
  const asking = new Set<() => void>()
  let isDue = false
  let isLooking = false

  const mayNot = (): boolean => underWay >= limit || (turnFrom !== null && performance.now() - turnFrom > turnMs)

  function look(): void {
    isDue = false
    isLooking = true
    for (const read of asking) {
      if (mayNot()) break
      asking.delete(read)
      read()
    }
    isLooking = false
  }
  function lookSoon(): void {
    if (asking.size === 0 || isDue || underWay >= limit) return
    isDue = true
    // After what is acknowledged in this turn has gone out.
    setImmediate(look)
  }
  function endTurn(): void {
    turnFrom = null
    lookSoon()
  }

  return {
    // Whoever comes while others ask already comes after them.
    isFull: () => mayNot() || (asking.size > 0 && !isLooking),
    entered() {
      underWay++
      if (turnFrom !== null) return
      turnFrom = performance.now()
      setImmediate(endTurn)
    },
    left() {
      underWay--
      lookSoon()
    },
    whenRoom: (read) => void asking.add(read),
    forget: (read) => void asking.delete(read),
  }
}
