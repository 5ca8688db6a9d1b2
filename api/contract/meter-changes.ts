// Changes of meters: proposed with what both registers showed, confirmed or refused by the witness, undone before that.
import { Type, type Static } from 'typebox'
import { MeterFacts } from './bundle.ts'
import {
  closed,
  Id,
  Instant,
  LanguageCode,
  Month,
  Names,
  orNull,
  pageOf,
  pageQuery,
  PointKey,
  PositiveDecimal,
} from './common.ts'

export const Digest = Type.String({ pattern: '^sha256:[0-9a-f]{64}$' })
const Word = Type.String({ minLength: 1, maxLength: 200 })
const Note = Type.String({ minLength: 1, maxLength: 2000 })
export const MeterSide = closed({
  /** As the register showed it. */
  register: PositiveDecimal,
  /** Digest of a photo sent to POST /files. */
  photo: Digest,
  serial: Type.Optional(Word),
  seal: Type.Optional(Word),
})
export const ChangeReason = Type.Union([
  Type.Literal('verification'),
  Type.Literal('fault'),
  Type.Literal('renewal'),
  Type.Literal('move'),
  Type.Literal('other'),
])
export const MeterChangeWanted = closed({
  point: PointKey,
  at: Instant,
  old: MeterSide,
  new: MeterSide,
  /** Of the new meter; absent: what is recorded stays, but for the seal. */
  facts: Type.Optional(MeterFacts),
  reason: ChangeReason,
  note: Type.Optional(Note),
  /** The organisation of the other side that confirms. */
  witness: Id,
})
/** With `apply: false` nothing is written: the effect is shown. */
export const MeterChangeOffer = closed({ wanted: MeterChangeWanted, apply: Type.Boolean() })
export const MeterChangeState = Type.Union([
  Type.Literal('preview'),
  Type.Literal('proposed'),
  Type.Literal('confirmed'),
  Type.Literal('refused'),
  Type.Literal('undone'),
])
const Quantity = orNull(Type.String())
export const ChangeEffect = closed({
  period: Month,
  unit: orNull(Type.String()),
  /** Consumption of the month up to now without the change; null: not known, as where the counter went back. */
  without: Quantity,
  with: Quantity,
  oldMeter: Quantity,
  newMeter: Quantity,
  /** They stay as they are; the difference comes as an adjustment of a later month. */
  closedMonths: Type.Array(Month),
  warnings: Type.Array(Type.Union([Type.Literal('final-below-last'), Type.Literal('next-below-initial')])),
})
export const MeterChangeShown = closed({
  /** Null in a preview. */
  id: orNull(Id),
  state: MeterChangeState,
  version: Type.Integer(),
  device: Id,
  deviceName: orNull(Names),
  premises: Id,
  premisesName: Names,
  timeZone: Type.String(),
  wanted: MeterChangeWanted,
  by: orNull(Id),
  effect: ChangeEffect,
  events: Type.Array(
    closed({
      what: Type.Union([
        Type.Literal('proposed'),
        Type.Literal('confirmed'),
        Type.Literal('refused'),
        Type.Literal('undone'),
      ]),
      at: Instant,
      by: Type.String(),
      organisation: orNull(Id),
    }),
  ),
  refusal: orNull(Type.String()),
  /** What the asker may do now. */
  may: Type.Array(Type.Union([Type.Literal('confirm'), Type.Literal('refuse'), Type.Literal('undo')])),
})
export const MeterChangePage = pageOf(MeterChangeShown)
export const MeterChangeQuery = pageQuery({
  device: Type.Optional(Id),
  premises: Type.Optional(Id),
  state: Type.Optional(MeterChangeState),
})
export const MeterChangeRefusal = closed({ reason: Note })
export const ProtocolQuery = closed({ language: Type.Optional(LanguageCode) })
export const WitnessList = closed({ items: Type.Array(closed({ id: Id, name: Names })) })
export type MeterChangeShown = Static<typeof MeterChangeShown>
export type MeterChangePage = Static<typeof MeterChangePage>
export type MeterChangeWanted = Static<typeof MeterChangeWanted>
export type WitnessList = Static<typeof WitnessList>
