// Makes the documents of a closed month for one payer: invoices and credit notes with their e-invoices, or memo vouchers. Each is made once.
import { Failure } from '#domain/failure.ts'
import { creditOf, DOCUMENT, type DocumentBody, type IssuedDocument } from '#domain/documents/document.ts'
import { INVOICING_DETAILS } from '#domain/documents/invoicing-details.ts'
import { transferParts, type TransferPart } from '#domain/documents/transfer-parts.ts'
import type { Actor, LedgerEntry } from '#domain/ports/records.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import { formatDay, monthDays } from '#domain/quantity/local-date.ts'
import type { Bundle, Id, Premises } from '#domain/registry/bundle.ts'
import { factsOfPremises } from '#domain/registry/facts-of-premises.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { itemName } from '#domain/writing/item-name.ts'
import { covers } from '#domain/year/advances.ts'
import type { RouteParts } from '#api/parts.ts'
import { bodyOf, newestOf } from '#api/settlement/ledger-rows.ts'
import { itemNames, writerFor } from '#api/settlement/names.ts'
import { agreedPlans } from './agreed-plans.ts'
import { createDrafter, haveOneBusinessId } from './draft-document.ts'
import { again, creditIdOf, dated, idOf, keepDocuments } from './keep-documents.ts'
import { vatBasis } from './vat-basis.ts'

export type Paper = StoredPaper<DocumentBody>
type Planned = {
  id: Id
  part: TransferPart
  memo: boolean
  made: Paper | null
  /** The plan of advance payments that settles it with the year's true-up: no document of its own is made. */
  coveredBy: Id | null
}

/** What a payer has made, or is to make, of a closed month. @throws Failure 'settlement-state' while the month is open. */
export async function plannedDocuments(parts: RouteParts, premises: Premises, period: string): Promise<Planned[]> {
  const settlement = bodyOf(await closedEntry(parts, premises.id, period))
  const planned: Planned[] = []
  const plans = await agreedPlans(parts.records, premises.id, Number(period.slice(0, 4)))
  for (const transfer of settlement.transfers) {
    const covering = plans.find(({ body }) => covers(body, transfer.from, transfer.to, period))
    const memo = await haveOneBusinessId(parts, transfer.from, transfer.to)
    for (const part of transferParts(settlement, transfer, memo)) {
      // One that was credited whole is made anew under an id of its own.
      for (let turn = 0; ; turn++) {
        const id = idOf([premises.id, period, transfer.from, transfer.to, part.part, String(turn)])
        const made = await parts.records.getPaper(ALL, DOCUMENT, id)
        if (made !== null && (await parts.records.getPaper(ALL, DOCUMENT, creditIdOf(id))) !== null) continue
        planned.push({ id, part, memo, made, coveredBy: covering?.id ?? null })
        break
      }
    }
  }
  return planned
}
async function closedEntry({ records }: RouteParts, premises: Id, period: string): Promise<LedgerEntry> {
  const entry = newestOf(await records.ledger(premises), period)
  if (entry?.status !== 'closed') throw new Failure('settlement-state', 'Documents are made of a closed month.')
  return entry
}

/** Makes what the payer has not made yet, all or nothing, and gives all that it has of the month. @throws Failure 'conflict' with what is missing. */
export async function makeDocuments(
  parts: RouteParts,
  premises: Premises,
  period: string,
  seller: Id,
  actor: Actor,
): Promise<{ documents: Paper[]; made: number }> {
  const { records } = parts
  const entry = await closedEntry(parts, premises.id, period)
  return again(async () => {
    const own = (await plannedDocuments(parts, premises, period)).filter(({ part }) => part.seller === seller)
    const open = own.filter(({ made, coveredBy }) => made === null && coveredBy === null)
    if (open.length > 0) {
      const draft = await monthDrafter(parts, premises, period, entry)
      const documents: { id: Id; document: IssuedDocument }[] = []
      for (const { id, part, memo } of open) documents.push({ id, document: await draft(part, memo) })
      draft.refuseProblems()
      await keepDocuments(parts, documents, actor, 'document.make')
    }
    const ids = own.map(({ id }) => id)
    const documents = await Promise.all(ids.map((id) => records.getPaper(ALL, DOCUMENT, id)))
    return { documents: documents.filter((paper) => paper !== null), made: open.length }
  })
}

/** The credit note that takes an invoice back; made once. */
export async function creditDocument(
  parts: RouteParts,
  paper: Paper,
  premises: Premises,
  actor: Actor,
): Promise<Paper> {
  const { records } = parts
  const { document } = paper.body
  const id = creditIdOf(paper.id)
  return again(async () => {
    const made = await records.getPaper(ALL, DOCUMENT, id)
    if (made !== null) return made
    if (document.credits !== null)
      throw new Failure('conflict', 'A credit note is not credited: make the document anew.')
    const details = (await records.getPaper(ALL, INVOICING_DETAILS, document.seller.id))?.body
    const given = dated(parts, premises, details)
    const credit = creditOf(document, paper.id, { number: details?.numberPrefix ?? '', ...given })
    await keepDocuments(parts, [{ id, document: credit }], actor, 'document.credit')
    const kept = await records.getPaper(ALL, DOCUMENT, id)
    if (kept === null) throw new Error(`the credit note ${id} was not kept`)
    return kept
  })
}

/** Drafts of the documents of a month: their lines are cost items, each with a link to how it came about. */
async function monthDrafter(parts: RouteParts, premises: Premises, period: string, entry: LedgerEntry) {
  const { records, settings } = parts
  const settlement = bodyOf(entry)
  const facts = (await factsOfPremises(records, premises.id, { range: { from: 0, to: 0 } })) ?? ({} satisfies Bundle)
  const names = await itemNames(records, premises.id, settlement)
  const { first, end } = monthDays(period)
  const link = (item: string): string =>
    `${settings.publicUrl}/costs/${premises.id}/${period}/items/${item.replaceAll(':', '/').replaceAll('@', '_')}`
  const drafter = createDrafter(parts, premises, entry.grounds?.demonstration === true)
  const draft = async (part: TransferPart, memo: boolean): Promise<IssuedDocument> =>
    drafter.draft(part, memo, {
      period,
      days: { first: formatDay(first), last: formatDay(end - 1) },
      settlementDigest: settlement.digest ?? '',
      simulated: entry.grounds?.simulated === true,
      textsOf: async (language) => {
        const writer = await writerFor(records, premises, language, settlement)
        return ({ item, source }) => ({
          text: itemName({ id: item, source }, names[item], writer.costs.sources, language),
          link: link(item),
        })
      },
      basisOf: ({ item }) => vatBasis(facts, item, formatDay(first)),
    })
  return Object.assign(draft, { refuseProblems: drafter.refuseProblems })
}
