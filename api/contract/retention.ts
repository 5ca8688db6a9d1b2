// Retention: what is kept how long, what may be deleted, legal holds.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, LocalDate, orNull } from './common.ts'

const Kind = Type.String({ pattern: '^[a-z][a-z-]{0,62}$' })
export const RetentionState = closed({
  classes: Type.Array(closed({ kind: Kind, class: Type.String(), years: Type.Integer() })),
  due: Type.Array(
    closed({
      kind: Kind,
      id: Type.String(),
      premises: orNull(Id),
      class: Type.String(),
      changedAt: Instant,
      until: LocalDate,
      /** The hold that keeps it. */
      hold: orNull(Type.String()),
    }),
  ),
  /** There are more than one answer holds. */
  more: Type.Boolean(),
  holds: Type.Array(
    closed({
      id: Type.String(),
      state: Type.Union([Type.Literal('on'), Type.Literal('released')]),
      reason: Type.String(),
      premises: orNull(Id),
      kinds: Type.Array(Kind),
      createdAt: Instant,
      changedAt: Instant,
      version: Type.Integer(),
    }),
  ),
  exports: Type.Array(
    closed({
      id: Type.String(),
      state: Type.Union([Type.Literal('exported'), Type.Literal('deleted')]),
      createdAt: Instant,
      papers: Type.Integer(),
      digest: orNull(Type.String()),
    }),
  ),
})
export const HoldWanted = closed({
  reason: Type.String({ minLength: 1, maxLength: 2000 }),
  premises: orNull(Id),
  kinds: Type.Array(Kind, { maxItems: 50 }),
})
export const PaperIdParams = closed({ id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }) })
export const HoldMade = closed({ id: Type.String(), state: Type.String() })
export const ExportMade = closed({ id: orNull(Type.String()), digest: orNull(Type.String()), papers: Type.Integer() })
export const DeletionWanted = closed({ digest: Type.String({ pattern: '^sha256:[0-9a-f]{64}$' }) })
export const DeletionDone = closed({
  deleted: Type.Integer(),
  kept: Type.Array(
    closed({ kind: Kind, id: Type.String(), why: Type.Union([Type.Literal('changed'), Type.Literal('held')]) }),
  ),
})
export type RetentionState = Static<typeof RetentionState>
export type HoldWanted = Static<typeof HoldWanted>
export type ExportMade = Static<typeof ExportMade>
export type DeletionDone = Static<typeof DeletionDone>
