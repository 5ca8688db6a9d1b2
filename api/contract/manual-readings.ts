// A reading that a person took from a meter.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, PointKey } from './common.ts'

export const ManualReading = closed({
  point: PointKey,
  value: Type.String({ minLength: 1, maxLength: 64, description: 'As the meter shows it; a decimal comma or point' }),
  at: Type.Optional(Instant),
  note: Type.Optional(Type.String({ maxLength: 500 })),
  /** Digest of a photo sent to POST /files. */
  photo: Type.Optional(Type.String({ pattern: '^sha256:[0-9a-f]{64}$' })),
  /** The person has looked again: what is odd but possible is taken. */
  sure: Type.Optional(Type.Boolean()),
})
export const ManualReadingTaken = closed({ import: Id, at: Instant, value: Type.String() })
export type ManualReading = Static<typeof ManualReading>
export type ManualReadingTaken = Static<typeof ManualReadingTaken>
