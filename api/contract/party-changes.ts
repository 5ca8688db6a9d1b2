// A party joins, leaves or is succeeded: one guided act, with a preview of all its effects before anything is written.
import { Type, type Static } from 'typebox'
import type * as Domain from '#domain/party-change/party-change.ts'
import {
  closed,
  Decimal,
  Id,
  Instant,
  itemsOf,
  LocalDate,
  Month,
  Names,
  orNull,
  PointKey,
  PositiveDecimal,
} from './common.ts'
import { ProposalDraft } from './proposals.ts'

const optional = Type.Optional
const ofParty = { organisation: Id, from: LocalDate }
const JoinAct = closed({
  act: Type.Literal('join'),
  ...ofParty,
  spaces: Type.Array(Id, { maxItems: 1000 }),
  people: optional(PositiveDecimal),
})
const LeaveAct = closed({
  act: Type.Literal('leave'),
  ...ofParty,
  costsTo: optional(Id),
  buyers: optional(
    Type.Record(Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }), Id, {
      additionalProperties: false,
      maxProperties: 1000,
    }),
  ),
})
const SuccessionAct = closed({ act: Type.Literal('succession'), ...ofParty, successor: Id })
export const PartyAct = Type.Union([JoinAct, LeaveAct, SuccessionAct])
/** Closing readings by hand, at the first instant of the date; `apply` false only shows what would be. */
export const PartyChangeWanted = closed({
  act: PartyAct,
  readings: optional(Type.Array(closed({ device: Id, point: PointKey, value: Decimal }), { maxItems: 1000 })),
  apply: Type.Boolean(),
})
export const PartyEffect = closed({
  code: Type.String(),
  kind: Type.String(),
  id: Id,
  /** What a sentence about it needs: names, dates; `text` is a sentence of the succession in English. */
  values: Type.Record(Type.String(), Type.String()),
})
export const BuyOutShown = closed({
  device: Id,
  buyer: Id,
  share: Type.String(),
  bookValue: orNull(Decimal),
  shareValue: orNull(Decimal),
  stillOwed: orNull(Decimal),
  price: orNull(Decimal),
  financed: Type.Boolean(),
})
export const ClosingReadingShown = closed({
  device: Id,
  point: PointKey,
  at: Instant,
  state: Type.Union([Type.Literal('there'), Type.Literal('given'), Type.Literal('missing'), Type.Literal('to-come')]),
})
const PartyFigure = closed({
  party: Id,
  net: Decimal,
  gross: Decimal,
  netDifference: Decimal,
  grossDifference: Decimal,
})
/** A month as it would be with the act, everything approved, against how it is or was. */
export const PartyMonth = closed({
  period: Month,
  parties: Type.Array(PartyFigure),
  categories: Type.Array(closed({ category: Type.String(), parties: Type.Array(PartyFigure) })),
  blocked: Type.Array(
    closed({
      item: Type.String(),
      category: Type.String(),
      code: Type.String(),
      detail: Type.String(),
      net: orNull(Decimal),
    }),
  ),
})
export const Hindrance = closed({ code: Type.String(), message: Type.String(), values: Type.Array(Type.String()) })
export const PartyChangeAnswer = closed({
  applied: Type.Boolean(),
  effects: Type.Array(PartyEffect),
  /** What must be done before it can be applied. */
  hindrances: Type.Array(Hindrance),
  closing: Type.Array(ClosingReadingShown),
  buyOuts: Type.Array(BuyOutShown),
  /** The agreement that would be proposed; null: none is needed. */
  agreement: orNull(ProposalDraft),
  /** The month that the date falls in: each one's pro-rata part; null: nothing is known of it yet. */
  month: orNull(PartyMonth),
  /** The last closed month, had it been so all the month; null: none is closed, or it is a succession. */
  lastClosed: orNull(PartyMonth),
  /** The draft of the agreement that was made; null before. */
  proposal: orNull(Id),
  /** The record of the act; null before. */
  id: orNull(Id),
  /** Names of devices, spaces and agreements that are spoken of, by `devices/<id>`, `spaces/<id>`, `agreements/<id>`. */
  names: Type.Record(Type.String({ pattern: '^(devices|spaces|agreements)/[a-z0-9-]{1,63}$' }), Names, {
    additionalProperties: false,
  }),
  organisations: Type.Record(Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }), Names, {
    additionalProperties: false,
  }),
})
export const PartyChangeShown = closed({
  id: Id,
  act: PartyAct,
  by: orNull(Id),
  at: Instant,
  effects: Type.Array(PartyEffect),
  buyOuts: Type.Array(BuyOutShown),
  closing: Type.Array(ClosingReadingShown),
  proposal: orNull(Id),
})
export const PartyChangeList = itemsOf(PartyChangeShown)

export type PartyChangeWanted = Static<typeof PartyChangeWanted>
export type PartyChangeAnswer = Static<typeof PartyChangeAnswer>
export type PartyMonth = Static<typeof PartyMonth>
export type PartyChangeShown = Static<typeof PartyChangeShown>
export type Hindrance = Static<typeof Hindrance>

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
/** @public Only the compiler looks at it. */
export const PARTY_ACT_SAME_AS_DOMAIN: Same<Static<typeof PartyAct>, Domain.Act> = true
