// What a split method is given to weigh the parties of a segment by.
import type { Id } from '#domain/registry/bundle.ts'
import type { MeterMonth } from '#domain/metering/meter.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import type { Facts } from '#domain/settlement/facts.ts'
import type { WeightFact } from '#domain/settlement/trace.ts'

/** Days are day numbers, [first, end). */
export type Days = { firstDay: number; endDay: number }

export type SplitUse = {
  facts: Facts
  month: string
  /** In the agreement's order: it decides ties. */
  parties: readonly Id[]
  /** The item's days in the segment, and all its days in the month. */
  days: Days
  itemDays: Days
  device: Id | null
  meter: MeterMonth | null
}

/** The weight of each party, in order, and the facts behind them. */
export type Weighing = { weights: Fraction[]; facts: WeightFact[] }

/** The part of `days` that lies within a dated fact; null when there is none. */
export function overlap(days: Days, from: string, to: string | null): Days | null {
  const firstDay = Math.max(days.firstDay, dayNumber(from))
  const endDay = to === null ? days.endDay : Math.min(days.endDay, dayNumber(to))
  return firstDay < endDay ? { firstDay, endDay } : null
}
