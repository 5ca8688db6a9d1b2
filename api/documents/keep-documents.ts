// Keeps documents with their numbers and files in one transaction, and what every document needs: ids, dates, another try.
import { createHash } from 'node:crypto'
import { Failure } from '#domain/failure.ts'
import {
  DOCUMENT,
  numberOf,
  referenceOf,
  seriesOf,
  type DocumentBody,
  type IssuedDocument,
} from '#domain/documents/document.ts'
import type { InvoicingDetails } from '#domain/documents/invoicing-details.ts'
import type { Actor } from '#domain/ports/records.ts'
import { dayNumber, formatDay } from '#domain/quantity/local-date.ts'
import type { Id, Premises } from '#domain/registry/bundle.ts'
import type { RouteParts } from '#api/parts.ts'
import { documentFiles } from './document-files.ts'

/** How often making is tried again when somebody else takes a number meanwhile. */
const MAX_TRIES = 5

export const idOf = (of: readonly string[]): Id =>
  `document-${createHash('sha256').update(of.join('\n')).digest('hex').slice(0, 24)}`
export const creditIdOf = (id: Id): Id => idOf(['credit', id])

/** Does the work again when somebody else has taken its number, or made its document, meanwhile. */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= MAX_TRIES || !(error instanceof Failure) || error.code !== 'changed-meanwhile') throw error
    }
  }
}

/** Numbers, files and papers in one transaction: a number is never taken without its document. Drafts have their prefix as number. */
export async function keepDocuments(
  parts: RouteParts,
  documents: readonly { id: Id; document: IssuedDocument }[],
  actor: Actor,
  action: string,
): Promise<void> {
  const { records, now } = parts
  const numbers: { series: string; number: number }[] = []
  const papers = []
  for (const { id, document } of documents) {
    const year = document.date.slice(0, 4)
    const series = seriesOf(document.seller.id, year, document.type)
    const number = (numbers.findLast((one) => one.series === series)?.number ?? (await records.lastNumber(series))) + 1
    numbers.push({ series, number })
    const text = numberOf(year, number, document.number, document.type)
    const numbered = { ...document, number: text, reference: referenceOf(text) }
    const digests: DocumentBody['files'] = {}
    for (const { kind, ...file } of await documentFiles(numbered, now())) digests[kind] = await records.putFile(file)
    papers.push({
      kind: DOCUMENT,
      paper: {
        id,
        premises: document.premises.id,
        audience: [document.seller.id, document.buyer.id],
        state: document.type,
        dueAt: null,
        body: { document: numbered, files: digests } satisfies DocumentBody,
      },
      expectedVersion: 0,
      files: Object.values(digests),
    })
  }
  await records.changePapers({ papers, numbers }, actor, action)
}

/** Its date, today at the premises, and the day on which it is to be paid. */
export function dated(
  { now }: RouteParts,
  { timeZone }: Premises,
  details: InvoicingDetails | undefined,
): Pick<IssuedDocument, 'date' | 'dueDate'> {
  const date = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
  return { date, dueDate: formatDay(dayNumber(date) + (details?.paymentDays ?? 0)) }
}
