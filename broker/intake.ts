// How many messages of all connections are under way at once: beyond, no more is read from their sockets, and TCP slows the senders.

export type Intake = {
  isFull(): boolean
  entered(): void
  left(): void
  /** Calls `read` when there is room again, in the order of asking. */
  whenRoom(read: () => void): void
  forget(read: () => void): void
}

export function createIntake(limit: number): Intake {
  let underWay = 0
  const asking = new Set<() => void>()
  let isLooking = false

  function look(): void {
    isLooking = false
    for (const read of asking) {
      if (underWay >= limit) return
      asking.delete(read)
      read()
    }
  }

  return {
    isFull: () => underWay >= limit,
    entered() {
      underWay++
    },
    left() {
      underWay--
      if (asking.size === 0 || isLooking || underWay >= limit) return
      isLooking = true
      // After what is acknowledged in this turn has gone out.
      setImmediate(look)
    },
    whenRoom: (read) => void asking.add(read),
    forget: (read) => void asking.delete(read),
  }
}
