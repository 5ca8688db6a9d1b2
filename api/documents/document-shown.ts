// A document as the API shows it: its figures and files, what it credits and what credits it.
import type { DocumentShown } from '#contract/documents.ts'
import { DOCUMENT, DOCUMENT_FILES, type DocumentBody } from '#domain/documents/document.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Records } from '#domain/ports/records.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { creditIdOf } from './keep-documents.ts'

export async function documentShown(
  records: Records,
  { id, body: { document, files }, createdAt }: StoredPaper<DocumentBody>,
): Promise<DocumentShown> {
  const { type, number, date, dueDate, period, net, vat, gross } = document
  const credit = await records.getPaper(ALL, DOCUMENT, creditIdOf(id))
  return {
    id,
    type,
    about: document.about ?? 'month',
    number,
    date,
    dueDate,
    period,
    net,
    vat,
    gross,
    seller: document.seller.id,
    buyer: document.buyer.id,
    premises: document.premises.id,
    reference: document.reference.national,
    breakdown: document.breakdown.map(({ category, rate, net, vat, reason }) => ({
      category,
      rate,
      net,
      vat,
      reason,
    })),
    madeAt: formatInstant(createdAt),
    files: DOCUMENT_FILES.filter((file) => files[file] !== undefined),
    credits: document.credits?.id ?? null,
    creditedBy: credit?.id ?? null,
  }
}
