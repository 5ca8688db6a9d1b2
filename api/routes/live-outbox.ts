// What waits for one reader of a live stream: a few texts at once, beyond that the newest per key, ten times a second or when the reader has room.
import type { ServerResponse } from 'node:http'

export type Outbox = {
  /**
   * A later value with the same key replaces one that still waits. Its text is made when it is written, by `textOf`: of one kind of value the
   * same function each time, as most values are never written.
   */
  send<Value>(key: string, value: Value, textOf: (value: Value) => string): void
  /** Whether the reader has taken nothing for so long although something waits, or more keys wait than are kept. */
  isStalled(limitMs: number): boolean
  close(): void
}

/** Keys that may wait; together with `bufferBytes` the most memory that one reader can hold. */
const MAX_WAITING = 10_000
/** So many texts go out at once in each span of time; what comes beyond waits for its end and is written together. */
const AT_ONCE = 50
const SPAN_MS = 100

export function createOutbox(response: ServerResponse, bufferBytes: number): Outbox {
  /** The newest values by key, of each kind. */
  const waiting = new Map<(value: never) => string, Map<string, unknown>>()
  let takenAt = performance.now()
  let isWaiting = false
  let isOverflown = false
  let written = 0
  let span: NodeJS.Timeout | null = null
  const hasRoom = (): boolean => response.writableLength <= bufferBytes

  function write(text: string): void {
    // The time counts from when something waits again.
    if (response.writableLength === 0) takenAt = performance.now()
    response.write(text, taken)
    written += 1
    span ??= setTimeout(endSpan, SPAN_MS)
  }
  function endSpan(): void {
    span = null
    written = 0
    flush()
  }
  /** The socket has taken a text: there may be room again. */
  function taken(): void {
    takenAt = performance.now()
    if (span === null) flush()
  }
  function flush(): void {
    if (!isWaiting || response.destroyed || !hasRoom()) return
    isWaiting = false
    let text = ''
    for (const [textOf, values] of waiting) {
      for (const value of values.values()) text += textOf(value as never)
      values.clear()
    }
    write(text)
  }

  return {
    send(key, value, textOf) {
      if (response.destroyed || isOverflown) return
      if (!isWaiting && written < AT_ONCE && hasRoom()) return write(textOf(value))
      isWaiting = true
      let values = waiting.get(textOf)
      if (values === undefined) waiting.set(textOf, (values = new Map()))
      values.set(key, value)
      isOverflown = values.size > MAX_WAITING
    },
    isStalled: (limitMs) => isOverflown || (response.writableLength > 0 && performance.now() - takenAt > limitMs),
    close() {
      if (span !== null) clearTimeout(span)
      waiting.clear()
    },
  }
}
