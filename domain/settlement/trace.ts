// What the engine keeps of its own computing, exactly, so that every share can be explained and replayed.
import type { Id, LocalDate, PointRef, SplitMethod } from '#domain/registry/bundle.ts'
import type { VatTreatment } from '#domain/agreement/tariff.ts'
import type { Figures } from '#domain/agreement/components/amount.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import type { BlockCode, ItemSource } from './settlement.ts'

/** One part of a division by largest remainder; `exact`, `base` and `cents` are in cents. */
export type PartTrace = {
  key: string
  weight: Fraction
  exact: Fraction
  base: bigint
  rank: number | null
  cents: bigint
}

/** The readings that a quantity goes by. `digest` is SHA-256 of their canonical text (see readings-text.ts). */
export type ReadingsTrace = {
  first: { at: string; value: string } | null
  last: { at: string; value: string } | null
  count: number
  meterChanges: number
  digest: string
}
/** A meter's quantity on some days, in `unit`, multiplier included; `estimated` is a part, 0 to 1, over all the item's days. */
export type MeterTrace = PointRef & {
  kind: 'counter' | 'interval'
  meterUnit: string
  unit: string
  multiplier: Fraction
  quantity: Fraction
  estimated: Fraction
  simulated: boolean
  readings: Lazy<ReadingsTrace>
}
/** Made only when an explanation is asked for; hashing comes from outside. */
export type Lazy<T> = (sha256: Sha256) => T
export type Sha256 = (text: string) => string

/** A fact that gives a party weight; what it gives follows from its own figures. */
export type WeightFact =
  | { fact: 'number'; party: Id; number: Fraction }
  | { fact: 'party'; party: Id }
  | {
      fact: 'space'
      party: Id
      space: Id
      type: string | null
      areaM2: Fraction
      useWeight: Fraction
      from: LocalDate
      to: LocalDate
      days: number
      vacant: boolean
    }
  | { fact: 'headcount'; party: Id; people: Fraction; from: LocalDate; to: LocalDate; days: number }
  | { fact: 'usage'; party: Id; device: Id; from: string; to: string; hours: Fraction }
  | {
      fact: 'ownership'
      party: Id
      device: Id
      number: Fraction
      rowSum: Fraction
      from: LocalDate
      to: LocalDate
      days: number
    }

export type WeighedMethod = Exclude<SplitMethod['by'], 'metered' | 'mix'>
export type SplitTrace =
  | { by: WeighedMethod; cents: bigint; facts: WeightFact[]; parts: PartTrace[] }
  | {
      by: 'metered'
      cents: bigint
      /** How the remainder came about: what the main meter has over its sub-meters, nothing (they are the whole, or exceed it), or everything. */
      case: 'main' | 'sub-meters-are-the-whole' | 'sub-meters-reach-main' | 'nothing-metered'
      main: MeterTrace | null
      subMeters: { party: Id; meters: MeterTrace[] }[]
      /** Sub-metered parties in agreement order, then `remainder`. */
      parts: PartTrace[]
      remainder: SplitTrace
    }
  | { by: 'mix'; cents: bigint; parts: PartTrace[]; splits: SplitTrace[] }

/** A piece of a metered cost: the days of one tariff version within one segment. Amounts are exact euros. */
export type PieceTrace = {
  segment: LocalDate
  from: LocalDate
  to: LocalDate
  versionFrom: LocalDate
  components: { id: Id; figures: Figures; amount: Fraction }[]
}
export type NetTrace =
  | { kind: 'invoice'; totalCents: bigint; months: (PartTrace & { days: number })[]; month: string; cents: bigint }
  | { kind: 'recurring'; monthly: Fraction; days: number; monthDays: number; exact: Fraction; cents: bigint }
  | {
      kind: 'depreciation'
      costCents: bigint
      residualCents: bigint
      usefulLifeMonths: number
      firstMonth: string
      /** 1 for the first month of the useful life. */
      number: number
      exact: Fraction
      base: bigint
      oddCents: bigint
      cents: bigint
    }
  | { kind: 'metered'; meter: MeterTrace; tariff: Id; pieces: PieceTrace[]; exact: Fraction; cents: bigint }

export type SegmentTrace = PartTrace & { days: number }
export type ShareCents = { party: Id; cents: bigint }
/** How an item of a settlement came about. `exact` amounts are in cents. */
export type ItemTrace = {
  item: string
  source: ItemSource
  category: string
  payer: Id
  vat: VatTreatment | null
  /** The item's days in this segment. */
  from: LocalDate
  to: LocalDate
  segment: { from: LocalDate; to: LocalDate }
  /** How the whole item's cents came about; null when a meter or a price is missing. */
  net: NetTrace | null
  /** How they fell on the month's segments, keyed by first date: a metered cost's by exact cents, any other's by the item's days in them. */
  segments: SegmentTrace[]
  cents: bigint | null
  estimated: Fraction
  agreement: { id: Id; version: number } | null
  rule: { category: string; by: SplitMethod['by'] } | null
  split: SplitTrace | null
  shares: ShareCents[]
  blocked: BlockCode | null
  detail: string
}
/** How an adjustment came about: the differences between what the month gives today and what was settled. */
export type AdjustmentTrace = {
  item: string
  source: 'adjustment'
  month: string
  of: string
  closed: ShareCents[]
  adjusted: { period: string; shares: ShareCents[] }[]
  recomputed: ItemTrace | null
  shares: ShareCents[]
  blocked: BlockCode | null
  detail: string
}
