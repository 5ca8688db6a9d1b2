// A transfer as what an invoice says: lines per cost item in both directions, VAT per category and rate, to the cent of the settlement.
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import type { Decimal, Id, VatCategory } from '#domain/registry/bundle.ts'
import type { Item, ItemSource, Settlement, Transfer } from '#domain/settlement/settlement.ts'
import { vatGroups, type VatGroup } from '#domain/settlement/vat.ts'

export type DocumentLine = {
  item: string
  source: ItemSource
  category: string
  /** Below zero: what the seller owes the buyer of what the buyer paid, set off here; or a credited share. */
  net: Decimal
  vat: { category: VatCategory; rate: Decimal }
  /** Who paid the supplier. */
  payer: Id
}
export type DocumentVat = { category: VatCategory; rate: Decimal; net: Decimal; vat: Decimal }
/** Amounts as the seller asks for them; below zero in sum it is a credit note. */
export type TransferPart = {
  seller: Id
  buyer: Id
  /** VAT category O may not stand on one invoice with others (EN 16931, BR-O-11): it has a document of its own. A memo voucher holds all. */
  part: 'taxed' | 'outside' | 'all'
  lines: DocumentLine[]
  breakdown: DocumentVat[]
  net: Decimal
  vat: Decimal
  gross: Decimal
}

/**
 * The documents of a transfer; their gross adds up to it. Who is owed is the seller, and what it owes of the other's payments
 * are its negative lines. Where it paid for nothing at all, the other one credits: then that one is the seller. Between two of
 * one business id it is a single memo voucher.
 */
export function transferParts(settlement: Settlement, { from, to }: Transfer, memo = false): TransferPart[] {
  const shared = settlement.items.flatMap((item) => sharedOf(item, from, to))
  const seller = shared.some(({ payer }) => payer === to) ? to : from
  const buyer = seller === to ? from : to
  const sign = (payer: Id): bigint => (payer === seller ? 1n : -1n)
  const groups = groupsOf(settlement).filter(({ payer, party }) => isPair(payer, party, from, to))
  const parts: TransferPart['part'][] = memo ? ['all'] : ['taxed', 'outside']
  return parts.flatMap((part): TransferPart[] => {
    const ofPart = (category: string): boolean => memo || (category === 'O') === (part === 'outside')
    const lines = shared
      .filter(({ vat }) => ofPart(vat.category))
      .map(({ cents, ...line }): DocumentLine => ({ ...line, net: formatCents(sign(line.payer) * cents) }))
    if (lines.length === 0) return []
    const breakdown = breakdownOf(
      groups.filter(({ category }) => ofPart(category)),
      sign,
    )
    const net = sumOf(breakdown.map((one) => one.net))
    const vat = sumOf(breakdown.map((one) => one.vat))
    return [
      {
        seller,
        buyer,
        part,
        lines,
        breakdown,
        net: formatCents(net),
        vat: formatCents(vat),
        gross: formatCents(net + vat),
      },
    ]
  })
}

type Shared = Omit<DocumentLine, 'net'> & { cents: bigint }
const isPair = (payer: Id, party: Id, from: Id, to: Id): boolean =>
  (payer === to && party === from) || (payer === from && party === to)

/** The share of an item that one of two bears of what the other paid; nothing when it is 0.00. */
function sharedOf({ id, source, category, payer, vat, shares }: Item, from: Id, to: Id): Shared[] {
  if (vat === null) return []
  return shares.flatMap(({ party, net }): Shared[] => {
    const cents = centsOf(net)
    if (cents === 0n || !isPair(payer, party, from, to)) return []
    return [{ item: id, source, category, payer, vat, cents }]
  })
}

/** The groups of which the settlement's VAT was computed, from its items. */
export const groupsOf = (settlement: Settlement): VatGroup[] =>
  vatGroups(
    settlement.items.map(({ payer, vat, shares }) => ({
      payer,
      vat,
      shares: shares.map(({ party, net }) => ({ party, cents: centsOf(net) })),
    })),
  )

function breakdownOf(groups: readonly VatGroup[], sign: (payer: Id) => bigint): DocumentVat[] {
  const sums = new Map<string, { category: VatCategory; rate: Decimal; net: bigint; vat: bigint }>()
  for (const { payer, category, rate, netCents, vatCents } of groups) {
    const key = `${category} ${rate}`
    const sum = sums.get(key) ?? { category: category as VatCategory, rate, net: 0n, vat: 0n }
    sum.net += sign(payer) * netCents
    sum.vat += sign(payer) * vatCents
    sums.set(key, sum)
  }
  return [...sums.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { category, rate, net, vat }]) => ({ category, rate, net: formatCents(net), vat: formatCents(vat) }))
}

export function centsOf(amount: Decimal): bigint {
  const cents = parseCents(amount)
  if (cents === null) throw new Error(`${amount} is no amount of money`)
  return cents
}
export const sumOf = (amounts: readonly Decimal[]): bigint => amounts.reduce((sum, amount) => sum + centsOf(amount), 0n)
export const negated = (amount: Decimal): Decimal => formatCents(-centsOf(amount))
