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
  /** A JSONata expression, for the codec `mapped`. */
  mapping: Type.Optional(closed({ expression: Type.String({ minLength: 1, maxLength: 16_384 }) })),
})
export const CodecList = closed({ items: Type.Array(Type.String()) })
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
  /** Points that the message tells of without a reading (discovery configurations, births). */
  declares: Type.Optional(
    Type.Array(
      closed({
        device: orNull(Type.String()),
        point: Type.String(),
        name: orNull(Type.String()),
        unit: orNull(Type.String()),
        deviceClass: orNull(Type.String()),
        stateTopic: orNull(Type.String()),
        valueTemplate: orNull(Type.String()),
        deviceName: Type.Optional(orNull(Type.String())),
        manufacturer: Type.Optional(orNull(Type.String())),
        model: Type.Optional(orNull(Type.String())),
      }),
    ),
  ),
})

export type CodecList = Static<typeof CodecList>
export type DecodeWanted = Static<typeof DecodeWanted>
export type Decoded = Static<typeof Decoded>
