// The states that one rule goes through for one device: normal, pending, raised, dismissed; flapping holds it together.
// Pure and plain JSON, so that it can be kept and gone on with; time comes in.

/** Whether what is seen is beyond the limit, back, or in the band of the hysteresis between. */
export type Sight = 'wrong' | 'between' | 'right'

export type Phase =
  | 'normal'
  /** Wrong, and not yet for as long as the rule says. */
  | 'pending'
  | 'raised'
  /** A person cleared it while it was wrong: it is not raised again before it was right once. */
  | 'dismissed'

export type MachineState = {
  phase: Phase
  /** Since when it is in this phase, by the readings' own time. */
  since: number
  /** When it was raised lately, for flapping. */
  raises: number[]
  flapping: boolean
  /** While flapping: since when it is quiet; null while it is wrong. */
  quietSince: number | null
}
export type Timing = {
  /** How long it must be wrong before it is raised. */
  forMs: number
  flapTimes: number
  flapWithinMs: number
}
/** `raise` with what it is now; `again`: it came back while it flaps; `return`: it is over. */
export type Effect =
  | { kind: 'raise'; at: number; flapping: boolean }
  | { kind: 'again'; at: number }
  | { kind: 'return'; at: number }

export const DEFAULT_FLAPPING = { times: 5, within: 'PT30M' } as const

export const normalState = (at: number): MachineState => ({
  phase: 'normal',
  since: at,
  raises: [],
  flapping: false,
  quietSince: null,
})

/** Whether nothing of it need be kept. */
export const isIdle = (state: MachineState): boolean =>
  state.phase === 'normal' && state.raises.length === 0 && !state.flapping

/** Takes in what was seen at an instant; `since` is from when on it was wrong, where that is earlier. Changes the state in place. */
export function see(state: MachineState, sight: Sight, at: number, timing: Timing, since = at): Effect | null {
  switch (state.phase) {
    case 'normal':
      if (sight !== 'wrong') return null
      enter(state, 'pending', since)
      return tick(state, at, timing)
    case 'pending':
      // A reading that came late enough shows that it was wrong for long enough before this one.
      if (sight === 'wrong') return tick(state, at, timing)
      enter(state, 'normal', at)
      return null
    case 'dismissed':
      if (sight === 'right') enter(state, 'normal', at)
      return null
    case 'raised':
      if (state.flapping) return seeFlapping(state, sight, at, timing)
      if (sight !== 'right') return null
      enter(state, 'normal', at)
      return { kind: 'return', at }
  }
}

function seeFlapping(state: MachineState, sight: Sight, at: number, timing: Timing): Effect | null {
  const over = tick(state, at, timing)
  if (over !== null) {
    // It was quiet for long enough before it came back: that is a new one, counted from here.
    if (sight === 'wrong') enter(state, 'pending', at)
    return over
  }
  if (sight === 'right') state.quietSince ??= at
  if (sight !== 'wrong' || state.quietSince === null) return null
  state.quietSince = null
  return { kind: 'again', at }
}

/** What time alone brings. */
export function tick(state: MachineState, now: number, timing: Timing): Effect | null {
  if (state.phase === 'pending' && now - state.since >= timing.forMs) {
    const at = state.since + timing.forMs
    state.raises = [...state.raises.filter((one) => at - one < timing.flapWithinMs), at].slice(-timing.flapTimes)
    state.flapping = state.raises.length >= timing.flapTimes
    state.quietSince = null
    enter(state, 'raised', at)
    return { kind: 'raise', at, flapping: state.flapping }
  }
  if (state.phase === 'raised' && state.quietSince !== null && now - state.quietSince >= timing.flapWithinMs) {
    const at = state.quietSince + timing.flapWithinMs
    state.flapping = false
    state.quietSince = null
    state.raises = []
    enter(state, 'normal', at)
    return { kind: 'return', at }
  }
  if (state.phase === 'normal' && state.raises.length > 0)
    state.raises = state.raises.filter((one) => now - one < timing.flapWithinMs)
  return null
}

/** When `tick` can bring something; null while only readings can. */
export function dueAt(state: MachineState, timing: Timing): number | null {
  if (state.phase === 'pending') return state.since + timing.forMs
  if (state.phase === 'raised' && state.quietSince !== null) return state.quietSince + timing.flapWithinMs
  return null
}

/** A person cleared it; `isOver`: what it was raised for is over. */
export function dismiss(state: MachineState, isOver: boolean, at: number): void {
  state.flapping = false
  state.quietSince = null
  state.raises = []
  enter(state, isOver ? 'normal' : 'dismissed', at)
}

function enter(state: MachineState, phase: Phase, since: number): void {
  state.phase = phase
  state.since = since
}
