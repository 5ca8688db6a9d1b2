// All documents of a closed month, made by those who give them, held against the month's transfers to the cent, and against public rules.
import { expect } from 'vitest'
import type { DocumentShown, MadeDocuments, MonthDocuments } from '#contract/documents.ts'
import type { Settlement } from '#contract/settlements.ts'
import { verifyProof, type Proof } from '#verify/verify.mjs'
import type { Cast } from './actors.ts'
import { inAdvance } from './advances.ts'
import { HOUSE, LANDLORD, partiesOf } from './house.ts'
import { cents, euros, sum } from './money.ts'

export const pathOf = (month: string): string => `/premises/${HOUSE}/settlements/${month}`
export type LedgerLine = { entry: string; counterparty: string; debit: string; credit: string; account: string | null }

/** Makes the documents of every payer of a month; they add up to the transfers, and nobody else sees them. */
export async function makeDocuments(cast: Cast, month: string, settlement: Settlement): Promise<DocumentShown[]> {
  const transfers = settlement.transfers.filter((one) => !inAdvance(one))
  const path = `${pathOf(month)}/documents`
  const all: DocumentShown[] = []
  for (const seller of [...new Set(transfers.map(({ to }) => to))].toSorted()) {
    const step = { by: `${seller}.controller`, method: 'POST' as const, path }
    const refused = { [`${seller}.manager`]: 403, [`${seller}.signatory`]: 403, operator: 403 }
    const made = await cast.step<MadeDocuments>({ ...step, refused })
    expect(made.made).toBe(made.items.length)
    expect((await cast.step<MadeDocuments>({ ...step, again: true })).made).toBe(0)
    all.push(...made.items)
  }
  for (const { from, to, net, gross } of transfers) {
    const own = all.filter(({ seller, buyer }) => seller === to && buyer === from)
    expect([
      month,
      from,
      to,
      euros(sum(own.map((one) => cents(one.net)))),
      euros(sum(own.map((one) => cents(one.gross)))),
    ]).toEqual([month, from, to, net, gross])
  }
  const listed = await cast.read<MonthDocuments>('operator', path)
  const numbers = listed.items.map(({ number }) => number)
  expect(all.map(({ number }) => number).filter((number) => !numbers.includes(number))).toEqual([])
  // What waits is what the year's true-up settles, and nothing else.
  const waits = settlement.transfers.filter(inAdvance).map(({ gross }) => cents(gross))
  expect(listed.planned.filter(({ coveredBy }) => coveredBy === null)).toEqual([])
  expect([month, sum(listed.planned.map(({ gross }) => cents(gross)))]).toEqual([month, sum(waits)])
  for (const { breakdown, net, vat, gross } of all) {
    expect([
      euros(sum(breakdown.map((one) => cents(one.net)))),
      euros(sum(breakdown.map((one) => cents(one.vat)))),
    ]).toEqual([net, vat])
    expect(cents(net) + cents(vat)).toBe(cents(gross))
  }
  return all
}

/** Reads a document's files as its buyer; a third party of the building finds nothing. */
export async function filesOf(cast: Cast, document: DocumentShown, month: string): Promise<Record<string, string>> {
  const third = [LANDLORD, ...partiesOf(month)].find((one) => one !== document.seller && one !== document.buyer)!
  const found: Record<string, string> = {}
  for (const [i, name] of document.files.entries()) {
    const path = `/documents/${document.id}/files/${name}`
    const refused = { [`${third}.controller`]: 404 }
    found[name] = (await cast.file({ by: `${document.buyer}.controller`, path, refused, again: i > 0 })).text
  }
  return found
}

/** Everybody's ledger: balanced, and what one owes is what the other is owed, as the transfers say. */
export async function checkLedgers(cast: Cast, month: string, { transfers }: Settlement): Promise<void> {
  const owed = new Map<string, bigint>()
  const bodies = [LANDLORD, ...partiesOf(month)]
  for (const party of bodies) {
    const other = bodies.find((one) => one !== party)!
    const { items } = await cast.step<{ items: LedgerLine[] }>({
      by: `${party}.controller`,
      path: `${pathOf(month)}/ledger?party=${party}`,
      refused: { [`${other}.controller`]: 404 },
    })
    expect(sum(items.map(({ debit }) => cents(debit)))).toBe(sum(items.map(({ credit }) => cents(credit))))
    for (const { entry, counterparty, debit, credit } of items)
      if (entry === 'receivable' || entry === 'payable') {
        const key = `${counterparty} ${party}`
        owed.set(key, (owed.get(key) ?? 0n) + cents(debit) - cents(credit))
      }
  }
  for (const { from, to, gross } of transfers) {
    expect([month, from, to, euros(owed.get(`${from} ${to}`)!)]).toEqual([month, from, to, gross])
    expect(owed.get(`${to} ${from}`)).toBe(-cents(gross))
  }
}

/** The statement in all forms, the ledger as tables, and the public record, each by whoever may have it. */
export async function checkPapers(cast: Cast, month: string, { statements }: Settlement): Promise<void> {
  const [first] = statements
  for (const [format, start] of [
    ['pdf', '%PDF-1'],
    ['xlsx', 'PK'],
    ['csv', ''],
    ['html', '<!doctype html>'],
  ] as const) {
    const path = `${pathOf(month)}/document?format=${format}&party=${first!.party}&language=sv`
    const { text } = await cast.file({ by: `${first!.party}.viewer`, path })
    expect([format, text.slice(0, start.length).toLowerCase()]).toEqual([format, start.toLowerCase()])
    if (format === 'csv') expect(text).toContain(first!.gross.replace('.', ','))
  }
  for (const format of ['csv', 'xlsx'])
    await cast.file({
      by: `${first!.party}.viewer`,
      path: `${pathOf(month)}/ledger?party=${first!.party}&format=${format}`,
    })
  const record = await cast.file({
    by: 'poliisi.controller',
    path: `${pathOf(month)}/public-record?language=en`,
    refused: { 'poliisi.viewer': 403, 'kuusamo.signatory': 403 },
  })
  const [, proof] = /id="samtila-proof">([\s\S]*?)<\/script>/.exec(record.text) ?? []
  expect(verifyProof(JSON.parse(proof ?? '') as Proof)).toMatchObject({ ok: true, differences: [] })
  // Of a protected space only its id and area are told.
  expect(record.text.includes('Viestiliikennetila')).toBe(false)
}
