// What a rule would have raised over readings that are past: the same steps as while it runs, with the readings' own time as the clock.
import type { ExpressionValue } from './expression.ts'
import { dueAt, type Effect } from './machine.ts'
import { freshState, takeReading, takeTime, valueSeen, type Watcher, type WatchState } from './watch.ts'

export type Replayed = {
  raisedAt: number
  clearedAt: number | null
  flapping: boolean
  point: string | null
  value: string | null
  limit: string | null
}
export type PastReading = { point: string; value: ExpressionValue; at: number }

/** Takes in readings page by page, in their order. `waits`: how long silence after each of them lasts until it counts. */
export function createReplay(
  watcher: Watcher,
  from: number,
): { take(readings: readonly PastReading[], waits?: readonly number[]): void; end(to: number): Replayed[] } {
  const state: WatchState = freshState(from)
  let { timing } = watcher
  const raised: Replayed[] = []
  // Whoever was heard shortly before `from` is not missed from the first instant on.
  if (watcher.byReceived) state.machine = { ...state.machine, phase: 'pending', since: from }
  const note = (effect: Effect | null): void => {
    if (effect?.kind === 'raise') {
      const { point = null, limit = null } = state.seen ?? {}
      const value = valueSeen(state)
      raised.push({ raisedAt: effect.at, clearedAt: null, flapping: effect.flapping, point, value, limit })
    }
    const last = raised.at(-1)
    if (effect?.kind === 'return' && last !== undefined) last.clearedAt = effect.at
  }
  const until = (at: number): void => {
    const due = dueAt(state.machine, timing)
    if (due !== null && due <= at) note(takeTime({ ...watcher, timing }, state, at))
  }
  return {
    take(readings, waits) {
      for (const [place, reading] of readings.entries()) {
        until(reading.at)
        note(takeReading(watcher, state, reading, reading.at))
        const forMs = waits?.[place]
        if (forMs !== undefined && forMs !== timing.forMs) timing = { ...timing, forMs }
      }
    },
    end(to) {
      until(to)
      return raised
    },
  }
}
