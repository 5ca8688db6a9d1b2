// What a rule would have raised over readings that are past: the same steps as while it runs, with the readings' own time as the clock.
import type { ExpressionValue } from './expression.ts'
import { dueAt, type Effect } from './machine.ts'
import { freshState, takeReading, takeTime, type Watcher, type WatchState } from './watch.ts'

export type Replayed = {
  raisedAt: number
  clearedAt: number | null
  flapping: boolean
  point: string | null
  value: string | null
  limit: string | null
}
export type PastReading = { point: string; value: ExpressionValue; at: number }

/** Takes in readings page by page, in their order. */
export function createReplay(
  watcher: Watcher,
  from: number,
): { take(readings: readonly PastReading[]): void; end(to: number): Replayed[] } {
  const state: WatchState = freshState(from)
  const raised: Replayed[] = []
  // Whoever was heard shortly before `from` is not missed from the first instant on.
  if (watcher.byReceived) state.machine = { ...state.machine, phase: 'pending', since: from }
  const note = (effect: Effect | null): void => {
    if (effect?.kind === 'raise') {
      const { point = null, value = null, limit = null } = state.seen ?? {}
      raised.push({ raisedAt: effect.at, clearedAt: null, flapping: effect.flapping, point, value, limit })
    }
    const last = raised.at(-1)
    if (effect?.kind === 'return' && last !== undefined) last.clearedAt = effect.at
  }
  const until = (at: number): void => {
    const due = dueAt(state.machine, watcher.timing)
    if (due !== null && due <= at) note(takeTime(watcher, state, at))
  }
  return {
    take(readings) {
      for (const reading of readings) {
        until(reading.at)
        note(takeReading(watcher, state, reading, reading.at))
      }
    },
    end(to) {
      until(to)
      return raised
    },
  }
}
