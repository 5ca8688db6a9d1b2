// What of an issued settlement is payable now and what waits for the end of a dispute, for each party and each transfer, to the cent.
import type { Id } from '#domain/registry/bundle.ts'
import { plainDecimal } from '#domain/quantity/decimal.ts'
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import type { Settlement, Statement, Transfer } from './settlement.ts'
import { statementsOf, transfersOf } from './statements.ts'
import { vatGroups, type TaxedItem } from './vat.ts'

/** Lines that a party disputes; `*` is the whole. */
export type DisputedLines = { party: Id; disputedItems: readonly string[] }
export type Amounts = Pick<Statement, 'net' | 'vat' | 'gross'>
export type PayableStatement = { party: Id; payable: Amounts; disputed: Amounts }
/** Between two organisations: with everything, now, and what is left for later. A figure below zero flows the other way. */
export type PayableTransfer = {
  from: Id
  to: Id
  payable: Pick<Transfer, 'net' | 'gross'>
  disputed: Pick<Transfer, 'net' | 'gross'>
}
export type Payable = { statements: PayableStatement[]; transfers: PayableTransfer[] }

const WHOLE = '*'

/**
 * A party's disputed shares are left out and VAT is computed anew on the rest, by the same rule; what is disputed is the
 * difference to the whole, so that both add up to the settlement exactly.
 */
export function payableOf(settlement: Settlement, disputed: readonly DisputedLines[]): Payable {
  const lines = new Map(disputed.map(({ party, disputedItems }) => [party, new Set(disputedItems)]))
  const isDisputed = (party: Id, item: string): boolean => {
    const own = lines.get(party)
    return own !== undefined && (own.has(WHOLE) || own.has(item))
  }
  const undisputed = settlement.items.map(({ id, payer, vat, shares }): TaxedItem => ({
    payer,
    vat: vat === null ? null : { category: vat.category, rate: plainDecimal(vat.rate) ?? vat.rate },
    shares: shares.map(({ party, net }) => ({ party, cents: isDisputed(party, id) ? 0n : (parseCents(net) ?? 0n) })),
  }))
  const groups = vatGroups(undisputed)
  const now = new Map(
    statementsOf(
      settlement.statements.map(({ party }) => party),
      groups,
    ).map((statement) => [statement.party, statement]),
  )
  return {
    statements: settlement.statements.map((whole) => {
      const { net, vat, gross } = now.get(whole.party) ?? { net: '0.00', vat: '0.00', gross: '0.00' }
      return {
        party: whole.party,
        payable: { net, vat, gross },
        disputed: { net: less(whole.net, net), vat: less(whole.vat, vat), gross: less(whole.gross, gross) },
      }
    }),
    transfers: transfersNow(settlement.transfers, transfersOf(groups)),
  }
}

function transfersNow(whole: readonly Transfer[], now: readonly Transfer[]): PayableTransfer[] {
  const between = (list: readonly Transfer[], from: Id, to: Id): Pick<Transfer, 'net' | 'gross'> => {
    const there = list.find((one) => one.from === from && one.to === to)
    const back = list.find((one) => one.from === to && one.to === from)
    if (there !== undefined) return { net: there.net, gross: there.gross }
    return back === undefined
      ? { net: '0.00', gross: '0.00' }
      : { net: less('0.00', back.net), gross: less('0.00', back.gross) }
  }
  // Pairs that are even with everything may not be so now.
  const onlyNow = now.filter(
    ({ from, to }) =>
      !whole.some((one) => (one.from === from && one.to === to) || (one.from === to && one.to === from)),
  )
  return [...whole, ...onlyNow].map(({ from, to }) => {
    const all = between(whole, from, to)
    const payable = between(now, from, to)
    return { from, to, payable, disputed: { net: less(all.net, payable.net), gross: less(all.gross, payable.gross) } }
  })
}

const less = (a: string, b: string): string => formatCents((parseCents(a) ?? 0n) - (parseCents(b) ?? 0n))
