// What one party books of a closed month: its shares of the others' payments and theirs of its own, balanced to the cent.
import { formatCents } from '#domain/quantity/money.ts'
import type { Decimal, Id, PartyAccount, VatCategory } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { centsOf, groupsOf } from './transfer-parts.ts'

export const LEDGER_ENTRIES = ['cost', 'recovered', 'vat-in', 'vat-out', 'receivable', 'payable'] as const
export type LedgerEntryWord = (typeof LEDGER_ENTRIES)[number]
export type LedgerLine = {
  entry: LedgerEntryWord
  counterparty: Id
  item: string | null
  category: string | null
  vat: { category: VatCategory; rate: Decimal } | null
  account: string | null
  costCentre: string | null
  /** One of both is 0.00; neither is below zero. */
  debit: Decimal
  credit: Decimal
}

/**
 * Lines of a party, by counterparty: a line per item share, per VAT group, and what is owed in each direction; the set-off of a
 * transfer is between receivable and payable. Its own shares of its own payments are in its books already. Debit equals credit.
 */
export function ledgerLines(settlement: Settlement, party: Id, accounts: readonly PartyAccount[]): LedgerLine[] {
  const groups = groupsOf(settlement).filter((group) => group.payer !== group.party)
  const others = [
    ...new Set(
      groups.flatMap(({ payer, party: bears }) => (payer === party ? [bears] : bears === party ? [payer] : [])),
    ),
  ]
  const accountOf = (category: string): Pick<LedgerLine, 'account' | 'costCentre'> => {
    const own = accounts.filter((one) => one.party === party)
    const found = own.find((one) => one.category === category) ?? own.find((one) => one.category === '*')
    return { account: found?.account ?? null, costCentre: found?.costCentre ?? null }
  }
  return others
    .toSorted()
    .flatMap((other) => [
      ...direction(settlement, groups, other, party, other, accountOf),
      ...direction(settlement, groups, party, other, other, accountOf),
    ])
}

type Groups = ReturnType<typeof groupsOf>
/** What `bears` bears of what `payer` paid, in the books of whichever of both is not `counterparty`. */
function direction(
  settlement: Settlement,
  groups: Groups,
  payer: Id,
  bears: Id,
  counterparty: Id,
  accountOf: (category: string) => Pick<LedgerLine, 'account' | 'costCentre'>,
): LedgerLine[] {
  const buys = payer === counterparty
  const line = (
    entry: LedgerEntryWord,
    isDebit: boolean,
    cents: bigint,
    of: Partial<Pick<LedgerLine, 'item' | 'category' | 'vat' | 'account' | 'costCentre'>> = {},
  ): LedgerLine[] => {
    if (cents === 0n) return []
    const debit = isDebit === cents > 0n
    const amount = formatCents(cents < 0n ? -cents : cents)
    return [
      {
        entry,
        counterparty,
        item: null,
        category: null,
        vat: null,
        account: null,
        costCentre: null,
        ...of,
        debit: debit ? amount : '0.00',
        credit: debit ? '0.00' : amount,
      },
    ]
  }
  const own = groups.filter((group) => group.payer === payer && group.party === bears)
  const gross = own.reduce((sum, { netCents, vatCents }) => sum + netCents + vatCents, 0n)
  return [
    ...settlement.items
      .filter((item) => item.payer === payer && item.vat !== null)
      .flatMap(({ id, category, vat, shares }) =>
        shares
          .filter(({ party }) => party === bears)
          .flatMap(({ net }) =>
            line(buys ? 'cost' : 'recovered', buys, centsOf(net), { item: id, category, vat, ...accountOf(category) }),
          ),
      ),
    ...own.flatMap(({ category, rate, vatCents }) =>
      line(buys ? 'vat-in' : 'vat-out', buys, vatCents, { vat: { category: category as VatCategory, rate } }),
    ),
    ...line(buys ? 'payable' : 'receivable', !buys, gross),
  ]
}
