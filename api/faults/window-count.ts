// Counts by key within a window that moves: for limits per address, per code and of all together.

export type WindowCount = {
  count(key: string, now: number): number
  add(key: string, now: number): void
  /** Milliseconds until the oldest counted is out of the window. */
  opensIn(key: string, now: number): number
}

const MAX_KEYS = 20_000
/** Slots that a window is cut into: what is counted leaves a slot at a time. */
const SLOTS = 12

/** `maxKeys` bounds the memory; the keys that were counted least lately go first. */
export function createWindowCount(windowMs: number, maxKeys = MAX_KEYS): WindowCount {
  const slotMs = windowMs / SLOTS
  const keys = new Map<string, Map<number, number>>()
  const slotsOf = (key: string, now: number): Map<number, number> | undefined => {
    const slots = keys.get(key)
    for (const slot of slots?.keys() ?? []) if (slot <= Math.floor(now / slotMs) - SLOTS) slots?.delete(slot)
    return slots
  }
  return {
    count: (key, now) => [...(slotsOf(key, now)?.values() ?? [])].reduce((sum, one) => sum + one, 0),
    add(key, now) {
      const slots = slotsOf(key, now) ?? new Map<number, number>()
      keys.delete(key)
      if (keys.size >= maxKeys) keys.delete(keys.keys().next().value ?? '')
      const slot = Math.floor(now / slotMs)
      slots.set(slot, (slots.get(slot) ?? 0) + 1)
      keys.set(key, slots)
    },
    opensIn(key, now) {
      const [oldest] = slotsOf(key, now)?.keys() ?? []
      return oldest === undefined ? 0 : (oldest + SLOTS) * slotMs - now
    },
  }
}
