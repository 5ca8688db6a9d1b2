// What changed since a closed month was settled, and so made an adjustment.
import { Type, type Static } from 'typebox'
import type * as Domain from '#domain/settlement/causes.ts'
import { closed, Instant, orNull } from './common.ts'

/** What was or is not there is null; any JSON else. */
const Held = Type.Unknown()
export const Cause = closed({
  kind: Type.Union([Type.Literal('fact'), Type.Literal('price'), Type.Literal('usage'), Type.Literal('reading')]),
  /** List of the bundle and id in it; of readings `device/point`. */
  object: closed({ kind: Type.String(), id: Type.String() }),
  /** JSON Pointer into the object as it is now (as it was, if gone); rows are named by their instant. */
  pointer: Type.String(),
  before: Held,
  after: Held,
  recordedAt: orNull(Instant),
  recordedBy: orNull(Type.String()),
})
export const Causes = closed({
  /** When the closed month was settled last. */
  since: Instant,
  /** When the adjusting month was frozen; null while it is a draft. */
  until: orNull(Instant),
  /** How many there are; `items` has the first ones. */
  counts: closed({ fact: Type.Integer(), price: Type.Integer(), usage: Type.Integer(), reading: Type.Integer() }),
  items: Type.Array(Cause),
})

export type Cause = Static<typeof Cause>
export type Causes = Static<typeof Causes>

/**
 * Fails to compile when the schema is not what the engine gives.
 * @public Only the compiler looks at it.
 */
export const CAUSES_AS_DOMAIN: Domain.Causes extends Causes ? true : never = true
