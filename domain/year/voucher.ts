// The voucher of an accrual: two entries for each line, so that debit equals credit; its reversal has the same entries the other way.
import { formatCents } from '#domain/quantity/money.ts'
import { centsOf } from '#domain/documents/transfer-parts.ts'
import type { Decimal, Id, PartyAccount } from '#domain/registry/bundle.ts'
import type { Accrual, AccrualLine } from './accruals.ts'

export const VOUCHER_ENTRIES = ['cost', 'recovered', 'accrued-liability', 'accrued-receivable'] as const
export type VoucherEntry = {
  entry: (typeof VOUCHER_ENTRIES)[number]
  line: AccrualLine
  /** Null: the party has said none, and the entry’s name stands for it. */
  account: string | null
  costCentre: string | null
  debit: Decimal
  credit: Decimal
}

/** Accounts of the agreement by category, `*` for all others. */
export function voucherEntries(accrual: Accrual, accounts: readonly PartyAccount[], reversal = false): VoucherEntry[] {
  const leftOut = new Set(accrual.leftOut.map(({ key }) => key))
  const own = accounts.filter(({ party }) => party === accrual.party)
  return accrual.lines
    .filter(({ key }) => !leftOut.has(key))
    .flatMap((line): VoucherEntry[] => {
      const isCost = line.side === 'cost'
      const found = accountOf(own, line.category)
      const balance = isCost ? accrual.liabilityAccount : accrual.receivableAccount
      return [
        posted(line, isCost ? 'cost' : 'recovered', isCost !== reversal, found.account, found.costCentre),
        posted(line, isCost ? 'accrued-liability' : 'accrued-receivable', isCost === reversal, balance, null),
      ]
    })
}
const accountOf = (own: readonly PartyAccount[], category: Id): Pick<VoucherEntry, 'account' | 'costCentre'> => {
  const found = own.find((one) => one.category === category) ?? own.find((one) => one.category === '*')
  return { account: found?.account ?? null, costCentre: found?.costCentre ?? null }
}

function posted(
  line: AccrualLine,
  entry: VoucherEntry['entry'],
  isDebit: boolean,
  account: string | null,
  costCentre: string | null,
): VoucherEntry {
  const cents = centsOf(line.net)
  const amount = formatCents(cents < 0n ? -cents : cents)
  const debit = isDebit === cents > 0n
  return {
    entry,
    line,
    account,
    costCentre,
    debit: debit ? amount : '0.00',
    credit: debit ? '0.00' : amount,
  }
}
