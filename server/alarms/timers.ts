// A wheel of timers: what is due is found by its tick. Putting off costs nothing: who fires too early is filed anew.

export type Timed = {
  /** When it has to be looked at; null: not by time. */
  dueAt: number | null
  /** The tick under which it is filed; 0: none. */
  tick: number
}
export type Timers<T extends Timed> = {
  /** Files it by its `dueAt`, unless it is filed at least as early already. */
  file(item: T): void
  /** Gives every item that is due by now, each once. */
  advance(now: number, fire: (item: T) => void): void
}

export const TICK_MS = 250

export function createTimers<T extends Timed>(): Timers<T> {
  const wheel = new Map<number, T[]>()
  let reached = 0
  const file = (item: T): void => {
    if (item.dueAt === null) return
    const tick = Math.max(reached + 1, Math.ceil(item.dueAt / TICK_MS))
    if (item.tick !== 0 && item.tick <= tick) return
    item.tick = tick
    const items = wheel.get(tick)
    if (items === undefined) wheel.set(tick, [item])
    else items.push(item)
  }
  const open = (tick: number, now: number, fire: (item: T) => void): void => {
    const items = wheel.get(tick)
    if (items === undefined) return
    wheel.delete(tick)
    for (const item of items) {
      // Filed earlier since then, or fired already.
      if (item.tick !== tick) continue
      item.tick = 0
      if (item.dueAt !== null && item.dueAt <= now) fire(item)
      else file(item)
    }
  }
  return {
    file,
    advance(now, fire) {
      const last = Math.floor(now / TICK_MS)
      if (last <= reached) return
      const from = reached
      reached = last
      // After a long pause it is less work to look at what is filed than at every tick.
      if (last - from > wheel.size)
        for (const tick of [...wheel.keys()].filter((one) => one <= last).toSorted((a, b) => a - b))
          open(tick, now, fire)
      else for (let tick = from + 1; tick <= last; tick++) open(tick, now, fire)
    },
  }
}
