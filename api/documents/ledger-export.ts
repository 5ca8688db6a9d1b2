// The ledger export of a party: its lines with names, as rows of CSV and a sheet of XLSX, with their sums.
import { ledgerLines, type LedgerLine } from '#domain/documents/ledger.ts'
import { DOCUMENTS_WORDS, type DocumentsWords } from '#domain/documents/words/documents-words.ts'
import { sumOf } from '#domain/documents/transfer-parts.ts'
import type { Writer } from '#domain/explain/writer.ts'
import { Failure } from '#domain/failure.ts'
import { formatCents } from '#domain/quantity/money.ts'
import { formatDay, monthDays } from '#domain/quantity/local-date.ts'
import type { Id, Language, PartyAccount, Premises } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { ItemSource } from '#domain/settlement/settlement.ts'
import { itemName } from '#domain/writing/item-name.ts'
import type { RouteParts } from '#api/parts.ts'
import { bodyOf, newestOf } from '#api/settlement/ledger-rows.ts'
import { itemNames, writerFor } from '#api/settlement/names.ts'
import type { CsvCell } from './csv.ts'
import type { XlsxSheet } from './xlsx.ts'

export type PartyLedger = {
  lines: LedgerLine[]
  party: string
  period: string
  /** The last day of the month, on which it is booked. */
  date: string
  named: (line: LedgerLine) => { counterparty: string; item: string; category: string }
  words: DocumentsWords['ledger']
}

/** @throws Failure 'settlement-state' of an open month, 'bad-request' for who has no part in it. */
export async function ledgerOf(
  { records }: RouteParts,
  premises: Premises,
  period: string,
  party: Id,
  language: Language,
): Promise<PartyLedger> {
  const entry = newestOf(await records.ledger(premises.id), period)
  if (entry?.status !== 'closed') throw new Failure('settlement-state', 'Only a closed month is exported to a ledger.')
  const settlement = bodyOf(entry)
  const known =
    settlement.statements.some((one) => one.party === party) || settlement.items.some(({ payer }) => payer === party)
  if (!known) throw new Failure('bad-request', `${party} has no part in this settlement.`)
  const names = await itemNames(records, premises.id, settlement)
  const writer = await writerFor(records, premises, language, settlement)
  const days = monthDays(period)
  const accounts: PartyAccount[] = []
  for await (const { versions } of listAll(records, 'agreements', { premises: premises.id }))
    for (const { from, to, terms } of versions.toReversed())
      if (from < formatDay(days.end) && (to === null || to > formatDay(days.first)))
        accounts.push(...(terms?.accounts ?? []))
  return {
    lines: ledgerLines(settlement, party, accounts),
    party: writer.named('organisations', party),
    period,
    date: formatDay(days.end - 1),
    named: (line) => ({
      counterparty: writer.named('organisations', line.counterparty),
      item: line.item === null ? '' : nameOf(line.item, names, writer),
      category: line.category === null ? '' : writer.category(line.category),
    }),
    words: DOCUMENTS_WORDS[language].ledger,
  }
}
const nameOf = (id: string, names: Awaited<ReturnType<typeof itemNames>>, { costs, language }: Writer): string =>
  itemName({ id, source: id.slice(0, id.indexOf(':')) as ItemSource }, names[id], costs.sources, language)

const headsOf = ({ words }: PartyLedger): string[] => [
  words.date,
  words.entry,
  words.account,
  words.costCentre,
  words.counterparty,
  words.item,
  words.text,
  words.category,
  words.vatCategory,
  words.vatRate,
  words.debit,
  words.credit,
]
function textsOf(ledger: PartyLedger, line: LedgerLine): string[] {
  const { counterparty, item, category } = ledger.named(line)
  return [
    ledger.words.entries[line.entry],
    line.account ?? '',
    line.costCentre ?? '',
    counterparty,
    line.item ?? '',
    item,
    category,
    line.vat?.category ?? '',
  ]
}
const totals = ({ lines }: PartyLedger): { debit: string; credit: string } => ({
  debit: formatCents(sumOf(lines.map(({ debit }) => debit))),
  credit: formatCents(sumOf(lines.map(({ credit }) => credit))),
})
const EMPTY = Array.from({ length: 9 }, () => '')

/** Heads, lines and a last row with both sums, which are equal. */
export function ledgerCsvRows(ledger: PartyLedger): CsvCell[][] {
  const { debit, credit } = totals(ledger)
  return [
    headsOf(ledger),
    ...ledger.lines.map((line): CsvCell[] => [
      ledger.date,
      ...textsOf(ledger, line),
      line.vat === null ? '' : { decimal: line.vat.rate },
      { decimal: line.debit },
      { decimal: line.credit },
    ]),
    [ledger.words.total, ...EMPTY, { decimal: debit }, { decimal: credit }],
  ]
}

export function ledgerSheet(ledger: PartyLedger): XlsxSheet {
  const { debit, credit } = totals(ledger)
  return {
    name: `${ledger.party} ${ledger.period}`,
    heads: headsOf(ledger),
    rows: [
      ...ledger.lines.map((line) => [
        { date: ledger.date },
        ...textsOf(ledger, line),
        line.vat === null ? '' : { decimal: line.vat.rate },
        { decimal: line.debit },
        { decimal: line.credit },
      ]),
      [ledger.words.total, ...EMPTY, { decimal: debit }, { decimal: credit }],
    ],
  }
}
