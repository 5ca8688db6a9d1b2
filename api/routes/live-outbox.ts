// What waits for one reader of a live stream: written at once while it keeps up, the newest per key while it does not.
import type { ServerResponse } from 'node:http'

export type Outbox = {
  /** A later text with the same key replaces one that still waits. */
  send(key: string, text: string): void
  /** Whether the reader has taken nothing for so long although something waits, or more keys wait than are kept. */
  isStalled(limitMs: number): boolean
}

/** Keys that may wait; together with `bufferBytes` the most memory that one reader can hold. */
const MAX_WAITING = 10_000

export function createOutbox(response: ServerResponse, bufferBytes: number): Outbox {
  const waiting = new Map<string, string>()
  let takenAt = performance.now()
  let isOverflown = false
  const hasRoom = (): boolean => response.writableLength <= bufferBytes
  /** The socket has taken a text: there may be room again. */
  const taken = (): void => {
    takenAt = performance.now()
    for (const [key, text] of waiting) {
      if (!hasRoom()) return
      waiting.delete(key)
      response.write(text, taken)
    }
  }
  return {
    send(key, text) {
      if (response.destroyed || isOverflown) return
      if (waiting.size === 0 && hasRoom()) {
        // The time counts from when something waits again.
        if (response.writableLength === 0) takenAt = performance.now()
        response.write(text, taken)
        return
      }
      waiting.delete(key)
      waiting.set(key, text)
      isOverflown = waiting.size > MAX_WAITING
    },
    isStalled: (limitMs) => isOverflown || (response.writableLength > 0 && performance.now() - takenAt > limitMs),
  }
}
