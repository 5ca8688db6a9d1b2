// Budgets and accrual vouchers as tables: rows of CSV, sheets of XLSX.
import type { Writer } from '#domain/explain/writer.ts'
import { sumOf } from '#domain/documents/transfer-parts.ts'
import { formatCents } from '#domain/quantity/money.ts'
import type { Decimal, Language, LocalDate } from '#domain/registry/bundle.ts'
import type { BudgetReport, BudgetSums } from '#domain/year/budget-report.ts'
import type { AccrualLine } from '#domain/year/accruals.ts'
import type { VoucherEntry } from '#domain/year/voucher.ts'
import { YEAR_WORDS } from '#domain/year/words/year-words.ts'
import { csvText, type CsvCell } from './csv.ts'
import { xlsxBytes } from './xlsx.ts'

type Table = { name: string; heads: string[]; rows: CsvCell[][] }

export const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export const tableFile = async (table: Table, format: 'csv' | 'xlsx', language: Language): Promise<string | Buffer> =>
  format === 'csv' ? csvText([table.heads, ...table.rows], language) : xlsxBytes([table])

const money = (amount: Decimal | null): CsvCell => (amount === null ? '' : { decimal: amount })

/** A row for each cost type: the budget's twelve months first, so that the file can be read back. */
export function budgetTable(report: BudgetReport, writer: Writer): Table {
  const words = YEAR_WORDS[writer.language].budget
  const sums = (of: BudgetSums): CsvCell[] =>
    [of.budget, of.closed, of.open, of.soFar, of.lastYear, of.forecast, of.difference].map(money)
  return {
    name: `${writer.named('organisations', report.party)} ${report.year}`,
    heads: [
      words.category,
      ...report.months.map(({ month }) => writer.month(month)),
      words.yearSum,
      words.closed,
      words.open,
      words.soFar,
      words.lastYear,
      words.forecast,
      words.difference,
    ],
    rows: [
      ...report.rows.map((row): CsvCell[] => [
        writer.category(row.category),
        ...row.months.map(({ budget }) => money(budget)),
        ...sums(row),
      ]),
      [words.total, ...report.total.months.map(({ budget }) => money(budget)), ...sums(report.total)],
    ],
  }
}

/** Why a line is accrued, as a sentence. */
export function groundText(line: AccrualLine, writer: Writer): string {
  const words = YEAR_WORDS[writer.language].accrual
  if (line.ground === 'missing-cost')
    return words.missing(writer.list(line.basis.map(({ month }) => writer.month(month))))
  return line.state === 'issued' ? words.issued(writer.month(line.month)) : words.draft(writer.month(line.month))
}

/** The voucher with a last row of both sums, which are equal. */
export function voucherTable(entries: readonly VoucherEntry[], number: string, date: LocalDate, writer: Writer): Table {
  const words = YEAR_WORDS[writer.language].accrual
  return {
    name: number === '' ? words.title : number,
    heads: [
      words.voucher,
      words.date,
      words.entry,
      words.account,
      words.costCentre,
      words.counterparty,
      words.supplier,
      words.month,
      words.category,
      words.ground,
      words.debit,
      words.credit,
    ],
    rows: [
      ...entries.map(({ entry, line, account, costCentre, debit, credit }): CsvCell[] => [
        number,
        date,
        words.entries[entry],
        account ?? words.entries[entry],
        costCentre ?? '',
        line.counterparty === null ? '' : writer.named('organisations', line.counterparty),
        line.supplier ?? '',
        line.month,
        writer.category(line.category),
        groundText(line, writer),
        { decimal: debit },
        { decimal: credit },
      ]),
      [
        words.total,
        ...Array.from({ length: 9 }, () => ''),
        { decimal: formatCents(sumOf(entries.map(({ debit }) => debit))) },
        { decimal: formatCents(sumOf(entries.map(({ credit }) => credit))) },
      ],
    ],
  }
}
