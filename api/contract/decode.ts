// What a payload would be read as, without storing.
import { Type, type Static } from 'typebox'
import { closed, Instant, orNull } from './common.ts'

export const DecodeWanted = closed({
  topic: Type.String({ minLength: 1, maxLength: 1024 }),
  payload: Type.String({ maxLength: 400_000 }),
  encoding: Type.Optional(
    Type.Union([Type.Literal('text'), Type.Literal('json'), Type.Literal('hex'), Type.Literal('base64')]),
  ),
  codec: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
})
export const Decoded = closed({
  codec: orNull(Type.String()),
  readings: Type.Array(
    closed({
      device: orNull(Type.String()),
      point: Type.String(),
      value: Type.Union([Type.Number(), Type.Boolean(), Type.String()]),
      unit: orNull(Type.String()),
      at: orNull(Instant),
    }),
  ),
  ignored: Type.Array(Type.String()),
  problems: Type.Array(closed({ code: Type.String(), message: Type.String() })),
})

export type DecodeWanted = Static<typeof DecodeWanted>
export type Decoded = Static<typeof Decoded>
