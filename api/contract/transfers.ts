// Transfers and loans of devices: offered, answered, returned.
import { Type, type Static } from 'typebox'
import { Grant } from './bundle.ts'
import { closed, Decimal, Id, Instant, LocalDate, Names, orNull, pageOf, pageQuery, PositiveDecimal } from './common.ts'

const Note = Type.String({ minLength: 1, maxLength: 2000 })
export const TransferWanted = Type.Union([
  closed({
    kind: Type.Literal('transfer'),
    receiver: Id,
    from: LocalDate,
    price: Type.Optional(PositiveDecimal),
    note: Type.Optional(Note),
  }),
  closed({ kind: Type.Literal('loan'), receiver: Id, from: LocalDate, to: LocalDate, note: Type.Optional(Note) }),
])
/** With `apply: false` nothing is written; the figures are shown. */
export const TransferOffer = closed({ device: Id, wanted: TransferWanted, apply: Type.Boolean() })
export const TransferState = Type.Union([
  Type.Literal('preview'),
  Type.Literal('offered'),
  Type.Literal('accepted'),
  Type.Literal('declined'),
  Type.Literal('withdrawn'),
  Type.Literal('returned'),
])
export const TransferShown = closed({
  /** Null in a preview. */
  id: orNull(Id),
  state: TransferState,
  version: Type.Integer(),
  device: Id,
  deviceName: orNull(Names),
  premises: Id,
  premisesName: Names,
  timeZone: Type.String(),
  giver: Id,
  wanted: TransferWanted,
  figures: closed({
    share: orNull(Type.String()),
    bookValue: orNull(Decimal),
    shareValue: orNull(Decimal),
    price: orNull(Decimal),
    financed: Type.Boolean(),
    encumbering: Type.Array(Grant),
  }),
  /** Documents of the device; with its history and money facts they go along. */
  documents: Type.Integer(),
  events: Type.Array(
    closed({
      what: Type.Union([
        Type.Literal('offered'),
        Type.Literal('accepted'),
        Type.Literal('declined'),
        Type.Literal('withdrawn'),
        Type.Literal('returned'),
      ]),
      at: Instant,
      by: Type.String(),
    }),
  ),
  reason: orNull(Type.String()),
  /** Until when it can be answered; of an accepted loan, when it is to be back. */
  dueAt: orNull(Instant),
  /** What the asker may do now. */
  may: Type.Array(
    Type.Union([Type.Literal('accept'), Type.Literal('decline'), Type.Literal('withdraw'), Type.Literal('return')]),
  ),
})
export const TransferPage = pageOf(TransferShown)
export const TransferQuery = pageQuery({ device: Type.Optional(Id), state: Type.Optional(TransferState) })
export const TransferReason = closed({ reason: Type.Optional(Note) })
export type TransferShown = Static<typeof TransferShown>
export type TransferPage = Static<typeof TransferPage>
