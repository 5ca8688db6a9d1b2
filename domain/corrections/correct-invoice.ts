// A closed invoice with a wrong payer or VAT: credited as it was, entered anew as it should be, both on the invoice's own days.
import { nextMonth } from '#domain/quantity/local-date.ts'
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import { plainDecimal } from '#domain/quantity/decimal.ts'
import type { Decimal, Id, Invoice, Vat } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'

export type InvoiceCorrection = { payer?: Id; vat?: Vat; net?: Decimal }
/** Of the premises: months that are closed, and all that have been issued at least. */
export type MonthsDone = { closed: ReadonlySet<string>; frozen: ReadonlySet<string> }
export type CorrectionRefusal = 'nothing-to-correct' | 'not-closed' | 'only-net'
export type CorrectionPlan = {
  /** The open month in which both come to the parties, as adjustments of the closed months. */
  month: string
  /** The invoice with its right net, where that is wrong too: the difference becomes an adjustment of its own months. */
  changed: Invoice | null
  credit: Invoice
  entry: Invoice
}

/**
 * Credit and entry have the invoice's own days, so that they are shared by the rules, parties and weights by which it was shared
 * then, also when those are others today: every party's net ties out to zero, and what moves is who is owed and the VAT. In closed
 * months they become adjustments of the first month without a frozen settlement after the last closed one that holds the invoice.
 */
export function correctInvoice(
  invoice: Invoice,
  { payer = invoice.payer, vat = invoice.vat, net = invoice.net }: InvoiceCorrection,
  { closed, frozen }: MonthsDone,
): { ok: true; plan: CorrectionPlan } | { ok: false; reason: CorrectionRefusal } {
  const isNetRight = parseCents(net) === parseCents(invoice.net)
  if (payer === invoice.payer && sameVat(vat, invoice.vat))
    return { ok: false, reason: isNetRight ? 'nothing-to-correct' : 'only-net' }
  const held = monthsOf(invoice).filter((month) => closed.has(month))
  const last = held.at(-1)
  if (last === undefined) return { ok: false, reason: 'not-closed' }
  let month = nextMonth(last)
  while (frozen.has(month)) month = nextMonth(month)
  const changed = isNetRight ? null : { ...invoice, net }
  const right = changed ?? invoice
  const negative = formatCents(-(parseCents(right.net) ?? 0n))
  return {
    ok: true,
    plan: {
      month,
      changed,
      credit: { ...right, id: idWith(invoice.id, 'credit'), net: negative },
      entry: { ...right, id: idWith(invoice.id, 'anew'), payer, vat },
    },
  }
}

const MAX_ID_LENGTH = 63
const idWith = (id: Id, word: string): Id => `${id.slice(0, MAX_ID_LENGTH - word.length - 1)}-${word}`
const sameVat = (a: Vat, b: Vat): boolean => a.category === b.category && plainDecimal(a.rate) === plainDecimal(b.rate)

function monthsOf({ serviceFrom, serviceTo }: Invoice): string[] {
  const months: string[] = []
  for (let month = serviceFrom.slice(0, 7); `${month}-01` < serviceTo; month = nextMonth(month)) months.push(month)
  return months
}

export type Moved = { party: Id; net: Decimal; vat: Decimal; gross: Decimal }
/** What a change does to each party's statement: after less before. */
export function statementsMoved(before: Settlement, after: Settlement): Moved[] {
  const parties = new Set([...before.statements, ...after.statements].map(({ party }) => party))
  return [...parties].map((party) => {
    const moved = (key: 'net' | 'vat' | 'gross'): Decimal => {
      const of = ({ statements }: Settlement): bigint =>
        parseCents(statements.find((one) => one.party === party)?.[key] ?? '0') ?? 0n
      return formatCents(of(after) - of(before))
    }
    return { party, net: moved('net'), vat: moved('vat'), gross: moved('gross') }
  })
}
