// The state machine by its laws, over random courses: raise and return alternate, nothing is raised too early, a copy goes on the same way.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  dueAt,
  normalState,
  see,
  tick,
  type Effect,
  type MachineState,
  type Sight,
  type Timing,
} from '#domain/alarms/machine.ts'

type Event = { at: number; sight: Sight | null }
const timings = fc.record({
  forMs: fc.constantFrom(0, 30_000, 300_000),
  flapTimes: fc.integer({ min: 2, max: 5 }),
  flapWithinMs: fc.constantFrom(60_000, 1_800_000),
})
/** Seconds since the event before, and what is seen; null: time alone. */
const courses = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 120 }), fc.constantFrom<Sight | null>('wrong', 'between', 'right', null)), {
    maxLength: 200,
  })
  .map((steps) => {
    let at = 1_000
    return steps.map(([seconds, sight]): Event => ({ at: (at += seconds * 1_000), sight }))
  })
const apply = (state: MachineState, { at, sight }: Event, timing: Timing): Effect | null =>
  sight === null ? tick(state, at, timing) : see(state, sight, at, timing)

/** The first law that a course breaks; null when it keeps all. */
function brokenLaw(events: readonly Event[], timing: Timing): string | null {
  const state = normalState(0)
  let copy = normalState(0)
  let isRaised = false
  let wrongSince: number | null = null
  for (const event of events) {
    // While it is wrong without a break, it counts from the first such reading.
    if (event.sight === 'wrong') wrongSince ??= event.at
    const before = state.phase
    const effect = apply(state, event, timing)
    if (event.sight !== null && event.sight !== 'wrong') wrongSince = null
    copy = JSON.parse(JSON.stringify(copy)) as MachineState
    if (JSON.stringify([apply(copy, event, timing), copy]) !== JSON.stringify([effect, state]))
      return 'a kept state goes on the same way'
    if (effect?.kind === 'raise') {
      if (isRaised) return 'it is not raised twice'
      isRaised = true
      if (wrongSince === null || effect.at - wrongSince < timing.forMs)
        return 'it is raised when it was wrong for long enough'
      if (effect.at > event.at) return 'it is not raised in the future'
    }
    if (effect?.kind === 'return') {
      if (!isRaised) return 'it returns when it was raised'
      isRaised = false
      if (event.sight !== 'right' && before !== 'raised') return 'it returns from being raised'
    }
    if (effect?.kind === 'again' && !isRaised) return 'it comes back while it stands'
    if (isRaised !== (state.phase === 'raised')) return 'what is told is what it is'
    if (state.raises.length > timing.flapTimes) return 'it remembers no more than it needs'
    const due = dueAt(state, timing)
    // What came back in the same instant is raised at the next look.
    if (due !== null && effect?.kind !== 'return' && due <= event.at) return 'nothing that is due is left over'
  }
  // Whatever came before: right for long enough, and it is over.
  const end = (events.at(-1)?.at ?? 0) + 1_000
  see(state, 'right', end, timing)
  tick(state, end + timing.flapWithinMs, timing)
  return state.phase === 'normal' ? null : 'it is over at the end'
}

test('over random courses', () => {
  fc.assert(
    fc.property(courses, timings, (events, timing) => {
      const broken = brokenLaw(events, timing)
      if (broken !== null) throw new Error(broken)
    }),
    { numRuns: 1_000 },
  )
})

test('it flaps: one alarm, counted, over when it is quiet', () => {
  const timing: Timing = { forMs: 0, flapTimes: 3, flapWithinMs: 600_000 }
  const state = normalState(0)
  const seen: string[] = []
  const take = (effect: Effect | null): void =>
    void (effect !== null && seen.push(effect.kind === 'raise' && effect.flapping ? 'flaps' : effect.kind))
  for (let i = 0; i < 8; i++) {
    take(see(state, 'wrong', i * 60_000, timing))
    take(see(state, 'right', i * 60_000 + 30_000, timing))
  }
  expect(seen).toEqual(['raise', 'return', 'raise', 'return', 'flaps', 'again', 'again', 'again', 'again', 'again'])
  take(tick(state, 8 * 60_000 + 500_000, timing))
  expect(seen.at(-1)).toBe('again')
  take(tick(state, 8 * 60_000 + 600_000, timing))
  expect(seen.at(-1)).toBe('return')
})
