// What a change of a registered object answers, and how its versions are listed.
import { Type, type Static } from 'typebox'
import { closed, Instant, itemsOf, LocalDate } from './common.ts'

export const Changed = closed({ created: Type.Boolean(), version: Type.Integer() })
/** Versions of an object, newest first. */
export const History = itemsOf(
  closed({ version: Type.Integer(), recordedAt: Instant, recordedBy: Type.String(), recordedByName: Type.String() }),
)
/** `?knownAt=`: as the platform knew it at that instant. */
export const KnownAtQuery = closed({ knownAt: Type.Optional(Instant) })
/** And `?at=`: only what is in force on that date. */
export const AtQuery = closed({ at: Type.Optional(LocalDate), ...KnownAtQuery.properties })

export type Changed = Static<typeof Changed>
export type History = Static<typeof History>
