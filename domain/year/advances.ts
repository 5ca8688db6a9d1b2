// Advance payments between two for a year, and the year's true-up: what closed months came to less what was invoiced in advance.
import { paperKind } from '#domain/ports/papers.ts'
import { fraction, multiply, parseDecimalFraction, round } from '#domain/quantity/fraction.ts'
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import { formatDay, monthDays } from '#domain/quantity/local-date.ts'
import type { Problem } from '#domain/failure.ts'
import type { Decimal, Id, LocalDate, VatCategory } from '#domain/registry/bundle.ts'
import {
  centsOf,
  groupsOf,
  type DocumentLine,
  type DocumentVat,
  type TransferPart,
} from '#domain/documents/transfer-parts.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { monthsOfYear } from './party-figures.ts'

export type Vat = { category: VatCategory; rate: Decimal }
/** Euros a month without VAT, and how they are taxed. */
export type AdvanceLine = { net: Decimal; vat: Vat; basis?: string }
export type AdvancePlan = {
  year: number
  /** Who is paid in advance, and who pays. */
  seller: Id
  buyer: Id
  /** The first month of the year that it covers; it covers the rest of the year. */
  from: string
  /** Day of the month when an advance is due; the last one in a shorter month. */
  dueDay: number
  lines: AdvanceLine[]
  /** How the amount came about, for the other party. */
  text: string
}
/** The seller proposes, the buyer agrees; then it stands. */
export const ADVANCE_STATES = ['proposed', 'agreed', 'declined'] as const
export type AdvanceState = (typeof ADVANCE_STATES)[number]
export const ADVANCE_PLAN = paperKind<AdvancePlan>('advance-plan')

export const monthsOf = ({ year, from }: Pick<AdvancePlan, 'year' | 'from'>): string[] =>
  monthsOfYear(year).filter((month) => month >= from)
export const covers = (plan: AdvancePlan, one: Id, other: Id, month: string): boolean =>
  monthsOf(plan).includes(month) && isPair(plan, one, other)
const isPair = ({ seller, buyer }: Pick<AdvancePlan, 'seller' | 'buyer'>, one: Id, other: Id): boolean =>
  (seller === one && buyer === other) || (seller === other && buyer === one)

/** The day on which the advance of a month is due. */
export const dueOn = (month: string, dueDay: number): LocalDate => {
  const { first, end } = monthDays(month)
  return formatDay(Math.min(first + dueDay - 1, end - 1))
}

/** What is wrong with a plan, with JSON Pointers. */
export function checkPlan(plan: AdvancePlan): Problem[] {
  const problems: Problem[] = []
  const say = (pointer: string, code: string, message: string): void => void problems.push({ pointer, code, message })
  if (plan.seller === plan.buyer) say('/buyer', 'form', 'is another organisation than the one that is paid')
  if (!monthsOfYear(plan.year).includes(plan.from)) say('/from', 'form', `is a month of ${plan.year}`)
  const seen = new Set<string>()
  for (const [i, { net, vat }] of plan.lines.entries()) {
    const cents = parseCents(net)
    if (cents === null || cents <= 0n)
      say(`/lines/${i}/net`, 'money', 'is an amount above zero with at most two decimals')
    const taxed = vat.category === 'S'
    if (taxed !== /[1-9]/.test(vat.rate))
      say(`/lines/${i}/vat/rate`, 'vat', taxed ? 'is above zero in category S' : 'is 0 in every category but S')
    const key = keyOf(vat)
    if (seen.has(key)) say(`/lines/${i}/vat`, 'duplicate', 'has a line already')
    seen.add(key)
  }
  return problems
}

/** Net and VAT of one month's advance, a part for what is outside the scope of VAT: that has a document of its own (BR-O-11). */
export function advanceParts(plan: AdvancePlan, month: string, memo: boolean): TransferPart[] {
  const lines = plan.lines.map(({ net, vat }): Counted => {
    const cents = centsOf(net)
    const perHundred = multiply(parseDecimalFraction(vat.rate) ?? fraction(0n), fraction(1n, 100n))
    return {
      item: `advance:${month}:${keyOf(vat).replace(' ', '-')}`,
      vat,
      net: cents,
      tax: round(multiply(fraction(cents), perHundred)),
      payer: plan.seller,
    }
  })
  return partsOf(plan, lines, memo)
}

/** An invoice line of a true-up or an advance, with the VAT that belongs to it. */
type Counted = { item: string; vat: Vat; net: bigint; tax: bigint; payer: Id }
/** What was invoiced in advance under a number; a credit note is below zero. */
export type PaidAdvance = {
  number: string
  month: string
  breakdown: readonly Pick<DocumentVat, 'category' | 'rate' | 'net' | 'vat'>[]
}
export type TrueUpGroup = Vat & {
  actual: Amount
  advance: Amount
  balance: Amount
}
export type Amount = { net: Decimal; vat: Decimal }
export type TrueUp = {
  months: { month: string; net: Decimal; vat: Decimal; gross: Decimal }[]
  groups: TrueUpGroup[]
  net: Decimal
  vat: Decimal
  /** Above zero the buyer pays it, below zero the seller gives it back. */
  gross: Decimal
  parts: TransferPart[]
}

/** `settlements` are the closed months of the plan, all of them. Actual less advances equals the balance, for net and for VAT of each group. */
export function trueUp(
  plan: AdvancePlan,
  settlements: readonly Settlement[],
  advances: readonly PaidAdvance[],
  memo: boolean,
): TrueUp {
  const actual = settlements.flatMap((settlement): (Counted & { month: string })[] =>
    groupsOf(settlement)
      .filter(({ payer, party }) => payer !== party && isPair(plan, payer, party))
      .map(({ payer, category, rate, netCents, vatCents }) => {
        const sign = payer === plan.seller ? 1n : -1n
        const vat = { category: category as VatCategory, rate }
        const month = settlement.period
        return {
          month,
          item: `transfer:${month}:${keyOf(vat).replace(' ', '-')}`,
          vat,
          net: sign * netCents,
          tax: sign * vatCents,
          payer,
        }
      }),
  )
  const paid = advances.flatMap(({ number, breakdown }) =>
    breakdown.map(({ category, rate, net, vat }): Counted => ({
      item: `paid:${number}`,
      vat: { category, rate },
      net: -centsOf(net),
      tax: -centsOf(vat),
      payer: plan.seller,
    })),
  )
  const all = [...actual, ...paid]
  const groups = [...new Map(all.map(({ vat }) => [keyOf(vat), vat])).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, vat]): TrueUpGroup => {
      const [came, gone] = [amountOf(actual, key), amountOf(paid, key)]
      return {
        ...vat,
        actual: shown(came),
        advance: shown({ net: -gone.net, tax: -gone.tax }),
        balance: shown({ net: came.net + gone.net, tax: came.tax + gone.tax }),
      }
    })
  const whole = amountOf(all)
  return {
    months: settlements.map(({ period }) => {
      const { net, tax } = amountOf(actual.filter(({ month }) => month === period))
      return { month: period, net: formatCents(net), vat: formatCents(tax), gross: formatCents(net + tax) }
    }),
    groups,
    ...shown(whole),
    gross: formatCents(whole.net + whole.tax),
    parts: partsOf(plan, all, memo),
  }
}

const keyOf = ({ category, rate }: Vat): string => `${category} ${rate}`
const amountOf = (lines: readonly Counted[], key?: string): { net: bigint; tax: bigint } => {
  const own = key === undefined ? lines : lines.filter(({ vat }) => keyOf(vat) === key)
  return own.reduce((sum, { net, tax }) => ({ net: sum.net + net, tax: sum.tax + tax }), { net: 0n, tax: 0n })
}
const shown = ({ net, tax }: { net: bigint; tax: bigint }): Amount => ({ net: formatCents(net), vat: formatCents(tax) })

/** Documents of lines: the sums of each group stand as their breakdown. */
function partsOf({ seller, buyer }: AdvancePlan, lines: readonly Counted[], memo: boolean): TransferPart[] {
  const parts: TransferPart['part'][] = memo ? ['all'] : ['taxed', 'outside']
  return parts.flatMap((part): TransferPart[] => {
    const own = lines.filter(
      ({ vat, net, tax }) => (net !== 0n || tax !== 0n) && (memo || (vat.category === 'O') === (part === 'outside')),
    )
    if (own.length === 0) return []
    const vats = [...new Map(own.map(({ vat }) => [keyOf(vat), vat])).entries()].toSorted(([a], [b]) =>
      a < b ? -1 : 1,
    )
    const { net, tax } = amountOf(own)
    return [
      {
        seller,
        buyer,
        part,
        lines: own.map(({ item, vat, net: cents, payer }): DocumentLine => ({
          item,
          source: 'invoice',
          category: 'advance',
          net: formatCents(cents),
          vat,
          payer,
        })),
        breakdown: vats.map(([key, vat]) => ({ ...vat, ...shown(amountOf(own, key)) })),
        net: formatCents(net),
        vat: formatCents(tax),
        gross: formatCents(net + tax),
      },
    ]
  })
}
