// Statements and transfers: what each party bears, and what it owes the one who paid for it, pair by pair.
import type { Id } from '#domain/registry/bundle.ts'
import { formatCents } from '#domain/quantity/money.ts'
import type { Statement, Transfer } from './settlement.ts'
import type { VatGroup } from './vat.ts'

/** One statement for each party, in the order given: net of its shares, VAT of its groups, also of what it paid itself. */
export function statementsOf(parties: readonly Id[], groups: readonly VatGroup[]): Statement[] {
  return parties.map((party) => {
    let net = 0n
    let vat = 0n
    for (const group of groups) {
      if (group.party !== party) continue
      net += group.netCents
      vat += group.vatCents
    }
    return { party, net: formatCents(net), vat: formatCents(vat), gross: formatCents(net + vat) }
  })
}

/**
 * Between each two organisations, what each bears of the other's payments is set off; who owes the gross difference is
 * `from`. None for an even pair; the net difference may be below zero. Sorted by `from`, then `to`.
 */
export function transfersOf(groups: readonly VatGroup[]): Transfer[] {
  const pairs = new Map<string, { one: Id; other: Id; net: bigint; gross: bigint }>()
  for (const { payer, party, netCents, vatCents } of groups) {
    if (payer === party) continue
    const [one, other, sign] = party < payer ? [party, payer, 1n] : [payer, party, -1n]
    const key = `${one} ${other}`
    const pair = pairs.get(key) ?? { one, other, net: 0n, gross: 0n }
    pair.net += sign * netCents
    pair.gross += sign * (netCents + vatCents)
    pairs.set(key, pair)
  }
  return [...pairs.values()]
    .filter(({ gross }) => gross !== 0n)
    .map(({ one, other, net, gross }) =>
      gross > 0n
        ? { from: one, to: other, net: formatCents(net), gross: formatCents(gross) }
        : { from: other, to: one, net: formatCents(-net), gross: formatCents(-gross) },
    )
    .sort((a, b) => (a.from === b.from ? (a.to < b.to ? -1 : 1) : a.from < b.from ? -1 : 1))
}
