// A party joins, leaves or is succeeded: the act that is asked for, what it changes, and the paper that keeps it.
import type { AgreementHead, VersionContent } from '#domain/agreement/content.ts'
import { paperKind } from '#domain/ports/papers.ts'
import type { Bundle, Decimal, Id, Instant, LocalDate, ObjectKind, PointRef } from '#domain/registry/bundle.ts'

export type Join = { act: 'join'; organisation: Id; from: LocalDate; spaces: Id[]; people?: Decimal }
export type Leave = {
  act: 'leave'
  organisation: Id
  from: LocalDate
  /** Who goes on with the costs that it pays; the landlord if absent. */
  costsTo?: Id
  /** Who takes its share of a device, and what it financed; by device. Absent: who financed it, else the greatest other owner, else the landlord. */
  buyers?: Record<Id, Id>
}
export type Succeed = { act: 'succession'; organisation: Id; successor: Id; from: LocalDate }
export type Act = Join | Leave | Succeed

export const EFFECT_CODES = [
  'tenancy-begins',
  'tenancy-ends',
  'headcount-begins',
  'headcount-ends',
  'roles-end',
  'ownership-passes',
  'payer-passes',
  'cost-continues',
  'cut-inside-month',
  'agreement-replaced',
  'rule-without-share',
  'rule-to-landlord',
  'invoice-stays',
  'succession',
] as const
export type EffectCode = (typeof EFFECT_CODES)[number]
/** One thing that changes, or deliberately stays. `values` are the names and dates that a sentence about it needs. */
export type Effect = { code: EffectCode; kind: ObjectKind; id: Id; values: Record<string, string> }

/**
 * What becomes of a device that a leaving body owns a part of, or financed. `bookValue` is what is not yet depreciated at the start of
 * the day; whoever pays the depreciation's cost has financed that. `shareValue` is the leaver's part of it, `stillOwed` what it has not paid
 * of that part yet because depreciation would have charged it later; `price` is what the buyer pays the leaver. All net, in euros.
 */
export type BuyOut = {
  device: Id
  buyer: Id
  /** Its part as an exact fraction, such as 1/3; 0 where it only financed. */
  share: string
  bookValue: Decimal | null
  shareValue: Decimal | null
  stillOwed: Decimal | null
  price: Decimal | null
  financed: boolean
}
/** A closing reading that is demanded at the first instant of the day; `there`: a reading of the day around it exists. */
export type ClosingReading = PointRef & { at: Instant; state: 'there' | 'given' | 'missing' | 'to-come' }

export type Plan = {
  changes: Bundle
  effects: Effect[]
  /** The agreement that is to be proposed; null: none is needed. */
  agreement: { agreement: AgreementHead; version: VersionContent; replaces?: Id } | null
  buyOuts: BuyOut[]
  /** Sub-meters of which closing readings are demanded. */
  closing: PointRef[]
  /** By `<kind>/<id>`: what is new must really be new. */
  expectedVersions: ReadonlyMap<string, number>
}

/** What was done, as it was when it was done. */
export type PartyChange = {
  act: Act
  by: Id | null
  at: Instant
  effects: Effect[]
  buyOuts: BuyOut[]
  closing: ClosingReading[]
  proposal: Id | null
}
export const PARTY_CHANGE = paperKind<PartyChange>('party-change')
