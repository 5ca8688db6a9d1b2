// Depreciation: straight line from the month after acquisition, odd cents to the earlier months; and the book value of any day.
import type { Acquisition, Device } from '#domain/registry/bundle.ts'
import { vatTreatment } from '#domain/agreement/tariff.ts'
import { fraction } from '#domain/quantity/fraction.ts'
import { dayNumber, monthIndex, monthOfDay, monthOfIndex } from '#domain/quantity/local-date.ts'
import { parseCents } from '#domain/quantity/money.ts'
import type { CostItem, Month } from './cost-item.ts'
import { itemByDays } from './cost-item.ts'

/** The month of depreciation of a device that was bought; null before and after its useful life. */
export function depreciationItem(device: Device, month: Month): CostItem | null {
  const { acquisition } = device
  if (acquisition === undefined) return null
  const plan = depreciationPlan(acquisition)
  const number = monthIndex(month.month) - plan.firstMonthIndex + 1
  if (number < 1 || number > acquisition.usefulLifeMonths) return null
  return itemByDays(
    month,
    {
      id: `depreciation:${device.id}`,
      source: 'depreciation',
      category: acquisition.category ?? 'equipment',
      payer: acquisition.payer,
      device: device.id,
      firstDay: month.firstDay,
      endDay: month.endDay,
    },
    vatTreatment(acquisition.vat),
    {
      kind: 'depreciation',
      costCents: plan.costCents,
      residualCents: plan.residualCents,
      usefulLifeMonths: acquisition.usefulLifeMonths,
      firstMonth: monthOfIndex(plan.firstMonthIndex),
      number,
      exact: fraction(plan.costCents - plan.residualCents, BigInt(acquisition.usefulLifeMonths)),
      base: plan.base,
      oddCents: plan.oddCents,
      cents: depreciationOfMonth(plan, number),
    },
  )
}

/** `base` cents every month, one more (less, when below zero) in each of the first `oddCents` months. */
export type DepreciationPlan = {
  costCents: bigint
  residualCents: bigint
  firstMonthIndex: number
  months: number
  base: bigint
  oddCents: bigint
}

export function depreciationPlan(acquisition: Acquisition): DepreciationPlan {
  const costCents = parseCents(acquisition.cost)!
  const residualCents = parseCents(acquisition.residual ?? '0')!
  const months = BigInt(acquisition.usefulLifeMonths)
  const total = costCents - residualCents
  // Every month's exact share is the same, so largest remainder gives the cents left over to the earliest months.
  return {
    costCents,
    residualCents,
    firstMonthIndex: monthIndex(acquisition.date.slice(0, 7)) + 1,
    months: acquisition.usefulLifeMonths,
    base: total / months,
    oddCents: total % months,
  }
}

/** Cents of month `number` (1 is the first) of a plan. */
export function depreciationOfMonth(
  { base, oddCents }: Pick<DepreciationPlan, 'base' | 'oddCents'>,
  number: number,
): bigint {
  const odd = oddCents < 0n ? -oddCents : oddCents
  return BigInt(number) <= odd ? base + (oddCents < 0n ? -1n : 1n) : base
}

/**
 * What an asset is worth in the books at the start of a local date, past or future: its cost less the months of
 * depreciation that have ended by then. Null before it was acquired.
 */
export function bookValue(acquisition: Acquisition, date: string): bigint | null {
  const day = dayNumber(date)
  if (day < dayNumber(acquisition.date)) return null
  const plan = depreciationPlan(acquisition)
  const ended = Math.max(0, Math.min(plan.months, monthIndex(monthOfDay(day)) - plan.firstMonthIndex))
  const odd = plan.oddCents < 0n ? -plan.oddCents : plan.oddCents
  const oddEnded = BigInt(ended) < odd ? BigInt(ended) : odd
  return plan.costCents - plan.base * BigInt(ended) - (plan.oddCents < 0n ? -oddEnded : oddEnded)
}
