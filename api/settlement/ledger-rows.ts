// What the rows of a premises' ledger say: newest row of a month, its last issue, where its figures were frozen, the end of the chain.
import type { LedgerEntry } from '#domain/ports/records.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'

export const bodyOf = (entry: LedgerEntry): Settlement => JSON.parse(entry.body) as Settlement
export const newestOf = (ledger: readonly LedgerEntry[], period: string): LedgerEntry | null =>
  ledger.findLast((entry) => entry.period === period) ?? null
export const lastDigest = (ledger: readonly LedgerEntry[]): string | null =>
  ledger.findLast(({ status }) => status === 'closed')?.digest ?? null
/** The newest issue of a month: what the parties were shown. */
export const issueOf = (ledger: readonly LedgerEntry[], period: string): LedgerEntry | null =>
  ledger.findLast((entry) => entry.period === period && entry.status === 'issued') ?? null
/** The row in which the figures of a month were frozen: its last issue, or the closing of a month that was never issued. */
export const frozenFiguresOf = (ledger: readonly LedgerEntry[], period: string): LedgerEntry | null =>
  issueOf(ledger, period) ?? ledger.findLast((entry) => entry.period === period) ?? null
/** The ledger as it was before a row. */
export const before = (ledger: readonly LedgerEntry[], entry: LedgerEntry): LedgerEntry[] =>
  ledger.slice(0, ledger.indexOf(entry))
