// What belongs to a year and is not in a party's books at its end: shares of months that are not closed, and costs that did not come.
import { paperKind } from '#domain/ports/papers.ts'
import { fraction, round } from '#domain/quantity/fraction.ts'
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import type { Decimal, Id, LocalDate } from '#domain/registry/bundle.ts'
import type { Item, Settlement } from '#domain/settlement/settlement.ts'
import type { MissingCost } from './missing-costs.ts'

/** Why it is accrued: the month is not closed, or a cost that came every month did not. */
export const ACCRUAL_GROUNDS = ['open-month', 'missing-cost'] as const
export type AccrualGround = (typeof ACCRUAL_GROUNDS)[number]
export type AccrualLine = {
  /** The same for the same line each time it is computed. */
  key: string
  ground: AccrualGround
  month: string
  category: string
  /** Whether the party bears it, or gets it back from another one of what it pays itself. */
  side: 'cost' | 'recovered'
  /** Who pays, or who bears; null for the supplier of a cost that the party pays itself. */
  counterparty: Id | null
  supplier: string | null
  /** Of an open month: its state when it was computed. */
  state: 'draft' | 'issued' | null
  /** Of a missing cost: the months whose mean it is. */
  basis: { month: string; net: Decimal }[]
  /** Without VAT; below zero it is less cost, or less to get back. */
  net: Decimal
}
export type VoucherPosting = { number: string; date: LocalDate; at: number; by: string }
export type Accrual = {
  year: number
  party: Id
  /** The last day that belongs to it. */
  cutOff: LocalDate
  lines: AccrualLine[]
  /** Keys of lines that the party takes out, each with its reason. */
  leftOut: { key: string; reason: string }[]
  /** Accounts of accrued liabilities and receivables; without them their names stand. */
  liabilityAccount: string | null
  receivableAccount: string | null
  posted: VoucherPosting | null
  reversed: VoucherPosting | null
}
export const ACCRUAL_STATES = ['draft', 'posted', 'reversed', 'withdrawn'] as const
export type AccrualState = (typeof ACCRUAL_STATES)[number]
export const ACCRUAL = paperKind<Accrual>('accrual')

export type AccrualFigures = {
  party: Id
  /** Months up to the cut-off, in order. */
  months: readonly string[]
  /** Of these months and of those that missing costs are estimated by. */
  settlements: ReadonlyMap<string, Settlement>
  missing: readonly MissingCost[]
}

/** Lines by month; nothing that is 0.00. Both parties to a line compute the same amount. */
export function accrualLines({ party, months, settlements, missing }: AccrualFigures): AccrualLine[] {
  return months.flatMap((month) => {
    const settlement = settlements.get(month)
    const open = settlement === undefined || settlement.status === 'closed' ? [] : openLines(settlement, party)
    const lacking = missing.filter((one) => one.month === month)
    return [...open, ...lacking.flatMap((one) => missingLines(one, party, settlements))]
  })
}

/** What is between the party and others; its own shares of its own payments are in its books with the supplier's invoice. */
function openLines(settlement: Settlement, party: Id): AccrualLine[] {
  const { period: month, status } = settlement
  const sums = new Map<string, Pick<AccrualLine, 'category' | 'side' | 'counterparty'> & { cents: bigint }>()
  for (const { category, payer, shares } of settlement.items)
    for (const share of shares) {
      if (share.party === payer || (payer !== party && share.party !== party)) continue
      const side = share.party === party ? 'cost' : 'recovered'
      const counterparty = side === 'cost' ? payer : share.party
      const key = `${side} ${counterparty} ${category}`
      const sum = sums.get(key) ?? { category, side, counterparty, cents: 0n }
      sum.cents += parseCents(share.net) ?? 0n
      sums.set(key, sum)
    }
  return [...sums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .filter(([, { cents }]) => cents !== 0n)
    .map(([key, { cents, ...of }]) => ({
      key: `${month} open-month ${key}`,
      ground: 'open-month',
      month,
      ...of,
      supplier: null,
      state: status === 'issued' ? 'issued' : 'draft',
      basis: [],
      net: formatCents(cents),
    }))
}

/** A party's mean share; who pays accrues the supplier's whole invoice, and what the others will bear of it. */
function missingLines(
  { month, category, supplier, payer, basis }: MissingCost,
  party: Id,
  settlements: ReadonlyMap<string, Settlement>,
): AccrualLine[] {
  const shares = basis.map(({ month: of, invoices }) => {
    const ids = new Set(invoices.map((id) => `invoice:${id}`))
    return { month: of, byParty: sharesOf((settlements.get(of)?.items ?? []).filter(({ id }) => ids.has(plain(id)))) }
  })
  const bearers = [...new Set(shares.flatMap(({ byParty }) => [...byParty.keys()]))].toSorted()
  const meanOf = (of: readonly bigint[]): bigint =>
    round(
      fraction(
        of.reduce((sum, one) => sum + one, 0n),
        BigInt(of.length),
      ),
    )
  const line = (side: AccrualLine['side'], counterparty: Id | null, of: readonly Id[]): AccrualLine[] => {
    const cents = of.reduce((sum, bearer) => sum + meanOf(shares.map(({ byParty }) => byParty.get(bearer) ?? 0n)), 0n)
    if (cents === 0n) return []
    return [
      {
        key: `${month} missing-cost ${side} ${counterparty ?? '-'} ${category} ${supplier}`,
        ground: 'missing-cost',
        month,
        category,
        side,
        counterparty,
        supplier: supplier === '' ? null : supplier,
        state: null,
        basis: shares.map(({ month: then, byParty }) => ({
          month: then,
          net: formatCents(of.reduce((sum, bearer) => sum + (byParty.get(bearer) ?? 0n), 0n)),
        })),
        net: formatCents(cents),
      },
    ]
  }
  if (payer !== party) return bearers.includes(party) ? line('cost', payer, [party]) : []
  return [
    ...line('cost', null, bearers),
    ...bearers.filter((bearer) => bearer !== party).flatMap((bearer) => line('recovered', bearer, [bearer])),
  ]
}

/** The id of an item without the day on which a rule changed within the month. */
const plain = (id: string): string => id.replace(/@\d{4}-\d{2}-\d{2}$/, '')
function sharesOf(items: readonly Item[]): Map<Id, bigint> {
  const sums = new Map<Id, bigint>()
  for (const { shares } of items)
    for (const { party, net } of shares) sums.set(party, (sums.get(party) ?? 0n) + (parseCents(net) ?? 0n))
  return sums
}

/**
 * What closed months came to for a line, in cents; null while its month is open, or while nothing has come for a missing cost.
 * `closed` are all closed months: a cost that came after its month was closed is an adjustment of a later one. `late` are the
 * invoices that have come for missing costs: those of this line, or, for an open month, those of its other lines.
 */
export function actualOf(
  line: AccrualLine,
  party: Id,
  payer: Id,
  closed: readonly Settlement[],
  late: readonly Id[],
): bigint | null {
  const own = closed.find(({ period }) => period === line.month)
  if (own === undefined) return null
  const bears = (bearer: Id): boolean =>
    line.side === 'recovered' ? bearer === line.counterparty : line.counterparty === null || bearer === party
  const sum = (items: readonly Item[]): bigint =>
    items
      .flatMap(({ shares }) => shares)
      .reduce((cents, share) => (bears(share.party) ? cents + (parseCents(share.net) ?? 0n) : cents), 0n)
  const ids = new Set(late.map((id) => `invoice:${id}`))
  if (line.ground === 'open-month')
    return sum(
      own.items.filter((item) => item.payer === payer && item.category === line.category && !ids.has(plain(item.id))),
    )
  const adjusted = `adjustment:${line.month}:`
  const came = closed.flatMap(({ period, items }) =>
    items.filter(({ id }) =>
      period === line.month ? ids.has(plain(id)) : id.startsWith(adjusted) && ids.has(plain(id).slice(adjusted.length)),
    ),
  )
  return came.length === 0 ? null : sum(came)
}
