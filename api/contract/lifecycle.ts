// The life of a device: its timeline, and the step on.
import { Type, type Static } from 'typebox'
import { LifecycleState } from './bundle.ts'
import { closed, Id, Instant, LocalDate, orNull } from './common.ts'

const Note = Type.String({ minLength: 1, maxLength: 500 })
export const LifecycleShown = closed({
  /** On this day, by the clock of its premises. */
  state: LifecycleState,
  rows: Type.Array(
    closed({
      state: LifecycleState,
      from: LocalDate,
      note: orNull(Type.String()),
      /** When the platform learned it, and from whom. */
      recordedAt: Instant,
      recordedBy: Type.String(),
      recordedByName: Type.String(),
    }),
  ),
  /** What may come next. */
  next: Type.Array(LifecycleState),
})
export const LifecycleStep = closed({
  state: LifecycleState,
  /** Today if absent; a day to come is taken too. */
  from: Type.Optional(LocalDate),
  note: Type.Optional(Note),
})
export const LifecycleStepParams = closed({ id: Id, from: LocalDate })
export type LifecycleShown = Static<typeof LifecycleShown>
