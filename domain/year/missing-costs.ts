// Supplier invoices that came for every month and not for this one: which, and what they came to in the last three months.
import { dayNumber, monthDays, monthIndex, monthOfIndex } from '#domain/quantity/local-date.ts'
import type { Id, Invoice } from '#domain/registry/bundle.ts'

/** So many months before must each have had the cost; the estimate is their mean. */
export const MEAN_MONTHS = 3
/** A cost is missed for so many months up to the cut-off. */
const MISSED_MONTHS = 3
export type MissingCost = {
  month: string
  category: string
  supplier: string
  payer: Id
  /** The months whose figures it is estimated by, with the invoices that cover them. */
  basis: { month: string; invoices: Id[] }[]
}

const covers = (invoice: Invoice, month: string): boolean => {
  const { first, end } = monthDays(month)
  return dayNumber(invoice.serviceFrom) < end && dayNumber(invoice.serviceTo) > first
}

/**
 * Costs by payer, category and supplier, of the last three of the months: what has not come for longer has ended, or has its season.
 * A month that is estimated counts as one that had the cost, for the month after it.
 */
export function missingCosts(invoices: readonly Invoice[], months: readonly string[]): MissingCost[] {
  const groups = Map.groupBy(invoices, ({ payer, category, supplier }) =>
    JSON.stringify([payer, category, supplier ?? '']),
  )
  return [...groups].flatMap(([key, own]) => {
    const [payer = '', category = '', supplier = ''] = JSON.parse(key) as string[]
    const estimated = new Set<string>()
    const invoicesOf = (month: string): Id[] => own.filter((one) => covers(one, month)).map(({ id }) => id)
    return months.slice(-MISSED_MONTHS).flatMap((month): MissingCost[] => {
      if (invoicesOf(month).length > 0) return []
      const before = [...Array(MEAN_MONTHS).keys()].map((i) => monthOfIndex(monthIndex(month) - 1 - i))
      if (!before.every((one) => estimated.has(one) || invoicesOf(one).length > 0)) return []
      estimated.add(month)
      const basis: MissingCost['basis'] = []
      for (let index = monthIndex(month) - 1; basis.length < MEAN_MONTHS; index--) {
        const found = invoicesOf(monthOfIndex(index))
        if (found.length > 0) basis.unshift({ month: monthOfIndex(index), invoices: found })
      }
      return [{ month, category, supplier, payer, basis }]
    })
  })
}
