// The live feed of the dashboard: a connection that says nothing is given up and made again, one that says it is alive is not.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLiveFeed } from '#dashboard/client/live.ts'

/** Stands for the browser's own; Node has none. */
class Source extends EventTarget {
  static made: Source[] = []
  closed = false
  constructor() {
    super()
    Source.made.push(this)
  }
  close(): void {
    this.closed = true
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Source)
  Source.made = []
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a connection that nobody closed and that says nothing is made again, and the page knows', () => {
  const feed = createLiveFeed({ premises: 'hall' })
  const stop = feed.subscribe(() => {})
  const [first] = Source.made
  first?.dispatchEvent(new Event('open'))
  for (let seconds = 0; seconds < 120; seconds += 15) {
    vi.advanceTimersByTime(15_000)
    first?.dispatchEvent(new Event('alive'))
  }
  expect(feed.snapshot().connection.state).toBe('open')
  vi.advanceTimersByTime(39_000)
  expect(feed.snapshot().connection.state).toBe('open')
  vi.advanceTimersByTime(1_000)
  expect(feed.snapshot().connection.state).toBe('broken')
  expect(first?.closed).toBe(true)
  vi.advanceTimersByTime(1_000)
  expect(Source.made.length).toBe(2)
  // A server that takes the connection and never answers is given up too.
  vi.advanceTimersByTime(40_000)
  expect(Source.made[1]?.closed).toBe(true)
  stop()
  vi.advanceTimersByTime(120_000)
  expect(Source.made.length).toBe(2)
})
