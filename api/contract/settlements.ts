// Settlements: exactly the form of docs/MONEY.md, what stands around it, and what parties do with it.
import { Type, type Static } from 'typebox'
import type * as Domain from '#domain/settlement/settlement.ts'
import { Causes } from './causes.ts'
import {
  closed,
  Decimal,
  Id,
  Instant,
  itemsOf,
  LanguageCode,
  LongText,
  Month,
  Names,
  orNull,
  VatCategory,
} from './common.ts'
import { SettlementState } from './premises.ts'

const ItemId = Type.String({ minLength: 1, maxLength: 400 })
export const BlockCode = Type.Union([
  Type.Literal('no-readings'),
  Type.Literal('counter-went-back'),
  Type.Literal('too-much-estimated'),
  Type.Literal('no-price'),
  Type.Literal('no-agreement'),
  Type.Literal('no-rule'),
  Type.Literal('submeters-exceed-main'),
  Type.Literal('no-weight'),
])
export const Share = closed({ party: Id, net: Decimal })
export const Item = closed({
  id: ItemId,
  category: Type.String(),
  source: Type.Union([
    Type.Literal('invoice'),
    Type.Literal('metered'),
    Type.Literal('recurring'),
    Type.Literal('depreciation'),
    Type.Literal('adjustment'),
  ]),
  payer: Id,
  net: orNull(Decimal),
  vat: orNull(closed({ category: VatCategory, rate: Decimal })),
  estimated: Decimal,
  shares: Type.Array(Share),
  blocked: orNull(BlockCode),
})
export const Statement = closed({ party: Id, net: Decimal, vat: Decimal, gross: Decimal })
export const Transfer = closed({ from: Id, to: Id, net: Decimal, gross: Decimal })
export const Blocked = closed({ item: Type.String(), code: BlockCode, detail: Type.String() })
export const Settlement = closed({
  premises: Id,
  period: Month,
  status: SettlementState,
  items: Type.Array(Item),
  statements: Type.Array(Statement),
  transfers: Type.Array(Transfer),
  blocked: Type.Array(Blocked),
  digest: orNull(Type.String()),
})

export const SettlementsQuery = closed({ from: Month, to: Month })
export const SettlementSummary = closed({
  period: Month,
  status: SettlementState,
  /** Sum of the items' net; null when every item is blocked without an amount. */
  net: orNull(Decimal),
  blocked: Type.Integer(),
  statements: Type.Array(Statement),
  /** Some quantity of the month is estimated. */
  estimated: Type.Boolean(),
  byCategory: Type.Array(closed({ category: Type.String(), net: Decimal })),
})
export const SettlementSummaries = itemsOf(SettlementSummary)

export const ResponseAnswer = Type.Union([
  Type.Literal('accepted'),
  Type.Literal('disputed'),
  Type.Literal('withdrawn'),
  Type.Literal('comment'),
])
export const PartyResponseShown = closed({
  issue: Type.Integer(),
  party: Id,
  item: orNull(Type.String()),
  answer: ResponseAnswer,
  text: Type.String(),
  at: Instant,
  by: Type.String(),
})
export const SettlementCondition = closed({
  /** What must not be: not-over, blocked, estimated (more than agreed), simulated, not-issued, not-accepted, disputed, already-closed, empty. */
  code: Type.String(),
  /** Which of the two it hinders. */
  hinders: Type.Array(Type.Union([Type.Literal('issue'), Type.Literal('close')])),
  message: Type.String(),
  parties: Type.Array(Id),
  items: Type.Array(Type.String()),
})
const Amounts = closed({ net: Decimal, vat: Decimal, gross: Decimal })
const Flow = closed({ net: Decimal, gross: Decimal })
/** What is payable now and what waits for the end of a dispute; both add up to the settlement to the cent. */
export const Payable = closed({
  statements: Type.Array(closed({ party: Id, payable: Amounts, disputed: Amounts })),
  /** A figure below zero flows the other way. */
  transfers: Type.Array(closed({ from: Id, to: Id, payable: Flow, disputed: Flow })),
})
export const SettlementDetails = closed({
  settlement: Settlement,
  /** Some reading used comes from a simulator; of a frozen month as it was then. */
  simulated: Type.Boolean(),
  /** The premises is marked as a demonstration; of a frozen month as it was then. */
  demonstration: Type.Boolean(),
  /** 1, 2, … per month; 0 before it is issued. */
  issue: Type.Integer(),
  issuedAt: orNull(Instant),
  closedAt: orNull(Instant),
  /** Days that each side of a dispute has when it is its turn. */
  answerDays: Type.Integer(),
  /** Until when parties may comment; null before it is issued. */
  commentsUntil: orNull(Instant),
  /** Waiver of the acceptances by an administrator, shown to every party. */
  force: orNull(closed({ reason: Type.String(), by: Type.String(), at: Instant })),
  acceptances: Type.Array(
    closed({ party: Id, accepted: Type.Boolean(), at: orNull(Instant), disputedItems: Type.Array(Type.String()) }),
  ),
  responses: Type.Array(PartyResponseShown),
  conditions: Type.Array(SettlementCondition),
  payable: Payable,
  /** What changed since the adjusted months were settled, by adjustment item. */
  causes: Type.Record(Type.String({ pattern: '^.{1,400}$' }), Causes, { additionalProperties: false }),
  /** Names of the organisations in it, by id. */
  organisations: Type.Record(Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }), Names, {
    additionalProperties: false,
  }),
  /** Names of what its items stand for, by item id, where there is one. */
  itemNames: Type.Record(Type.String({ pattern: '^.{1,400}$' }), Names, { additionalProperties: false }),
})

export const Force = closed({
  force: Type.Optional(Type.Boolean()),
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
})
export const PartyResponseWanted = closed({
  party: Id,
  item: orNull(ItemId),
  answer: ResponseAnswer,
  text: Type.Optional(LongText),
})
export const ExplanationParams = closed({ id: Id, period: Month, item: ItemId })

/** Answer of what was recorded and has nothing more to show. */
export const Recorded = closed({ recorded: Type.Literal(true) })

export const DocumentQuery = closed({
  language: Type.Optional(LanguageCode),
  party: Type.Optional(Id),
  /** html unless said. */
  format: Type.Optional(
    Type.Union([Type.Literal('html'), Type.Literal('pdf'), Type.Literal('xlsx'), Type.Literal('csv')]),
  ),
})

export const ChainLink = closed({
  period: Month,
  digest: Type.String(),
  previousDigest: orNull(Type.String()),
  closedAt: Instant,
  closedBy: Type.String(),
  force: orNull(closed({ reason: Type.String() })),
  /** The digest recomputed from the stored body is the same, and it follows the one before. */
  holds: Type.Boolean(),
  countersignatures: Type.Array(
    closed({
      party: Id,
      publicKey: Type.String(),
      /** Of the key: eight groups of four hexadecimal digits. */
      fingerprint: Type.String(),
      signature: Type.String(),
      at: Instant,
      by: Type.String(),
    }),
  ),
})
export const Chain = closed({ premises: Id, holds: Type.Boolean(), links: Type.Array(ChainLink) })
export const CountersignatureWanted = closed({
  party: Id,
  /** Ed25519, SPKI in base64. */
  publicKey: Type.String({ pattern: '^[A-Za-z0-9+/]{40,120}={0,2}$', maxLength: 128 }),
  /** Over the UTF-8 bytes of the digest, base64. */
  signature: Type.String({ pattern: '^[A-Za-z0-9+/]{80,120}={0,2}$', maxLength: 128 }),
})

export type Share = Static<typeof Share>
export type Item = Static<typeof Item>
export type Statement = Static<typeof Statement>
export type Transfer = Static<typeof Transfer>
export type Blocked = Static<typeof Blocked>
export type Settlement = Static<typeof Settlement>
export type SettlementSummary = Static<typeof SettlementSummary>
export type SettlementSummaries = Static<typeof SettlementSummaries>
export type PartyResponseShown = Static<typeof PartyResponseShown>
export type PartyResponseWanted = Static<typeof PartyResponseWanted>
export type SettlementCondition = Static<typeof SettlementCondition>
export type SettlementDetails = Static<typeof SettlementDetails>
export type Force = Static<typeof Force>
export type ChainLink = Static<typeof ChainLink>
export type Chain = Static<typeof Chain>
export type CountersignatureWanted = Static<typeof CountersignatureWanted>

/** Fails to compile when the schema and the engine's form drift apart. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
/** @public Only the compiler looks at it. */
export const SETTLEMENT_SAME_AS_DOMAIN: Same<Settlement, Domain.Settlement> = true
