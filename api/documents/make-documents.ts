// Makes the documents of a closed month for one payer: invoices and credit notes with their e-invoices, or memo vouchers. Each is made once.
import { createHash } from 'node:crypto'
import { Failure, type Problem } from '#domain/failure.ts'
import {
  creditOf,
  DOCUMENT,
  numberOf,
  referenceOf,
  seriesOf,
  vatReason,
  type DocumentBody,
  type DocumentParty,
  type IssuedDocument,
} from '#domain/documents/document.ts'
import { isExampleBusinessId, parseBusinessId } from '#domain/documents/identifiers.ts'
import { INVOICING_DETAILS, wishesFor, type InvoicingDetails } from '#domain/documents/invoicing-details.ts'
import { transferParts, type TransferPart } from '#domain/documents/transfer-parts.ts'
import { DOCUMENTS_WORDS } from '#domain/documents/words/documents-words.ts'
import type { Actor, LedgerEntry } from '#domain/ports/records.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import { dayNumber, formatDay, monthDays } from '#domain/quantity/local-date.ts'
import type { Bundle, Id, Organisation, Premises } from '#domain/registry/bundle.ts'
import { factsOfPremises } from '#domain/registry/facts-of-premises.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { itemName } from '#domain/writing/item-name.ts'
import { pickName } from '#domain/writing/names.ts'
import type { RouteParts } from '#api/parts.ts'
import { bodyOf, newestOf } from '#api/settlement/ledger-rows.ts'
import { itemNames, writerFor } from '#api/settlement/names.ts'
import { documentFiles } from './document-files.ts'
import { vatBasis } from './vat-basis.ts'

/** How often making is tried again when somebody else takes a number meanwhile. */
const MAX_TRIES = 5
const LANGUAGE = 'fi'

export type Paper = StoredPaper<DocumentBody>
type Planned = { id: Id; part: TransferPart; memo: boolean; made: Paper | null }

/** What a payer has made, or is to make, of a closed month. @throws Failure 'settlement-state' while the month is open. */
export async function plannedDocuments(parts: RouteParts, premises: Premises, period: string): Promise<Planned[]> {
  const settlement = bodyOf(await closedEntry(parts, premises.id, period))
  const planned: Planned[] = []
  for (const transfer of settlement.transfers) {
    const memo = await haveOneBusinessId(parts, transfer.from, transfer.to)
    for (const part of transferParts(settlement, transfer, memo)) {
      // One that was credited whole is made anew under an id of its own.
      for (let turn = 0; ; turn++) {
        const id = idOf([premises.id, period, transfer.from, transfer.to, part.part, String(turn)])
        const made = await parts.records.getPaper(ALL, DOCUMENT, id)
        if (made !== null && (await parts.records.getPaper(ALL, DOCUMENT, creditIdOf(id))) !== null) continue
        planned.push({ id, part, memo, made })
        break
      }
    }
  }
  return planned
}
/** Then one does not invoice the other: it is booked by a memo voucher. */
async function haveOneBusinessId({ records }: RouteParts, one: Id, other: Id): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map(async (id) =>
      parseBusinessId((await records.getObject(ALL, 'organisations', id))?.value.businessId ?? ''),
    ),
  )
  return a !== undefined && a !== null && a === b
}
const idOf = (of: readonly string[]): Id =>
  `document-${createHash('sha256').update(of.join('\n')).digest('hex').slice(0, 24)}`
export const creditIdOf = (id: Id): Id => idOf(['credit', id])

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
    const open = own.filter(({ made }) => made === null)
    if (open.length > 0) {
      const draft = await drafter(parts, premises, period, entry)
      const documents: { id: Id; document: IssuedDocument }[] = []
      for (const { id, part, memo } of open) documents.push({ id, document: await draft(part, memo) })
      draft.refuseProblems()
      await keep(parts, documents, actor, 'document.make')
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
    await keep(parts, [{ id, document: credit }], actor, 'document.credit')
    const kept = await records.getPaper(ALL, DOCUMENT, id)
    if (kept === null) throw new Error(`the credit note ${id} was not kept`)
    return kept
  })
}

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= MAX_TRIES || !(error instanceof Failure) || error.code !== 'changed-meanwhile') throw error
    }
  }
}

/** Numbers, files and papers in one transaction: a number is never taken without its document. Drafts have their prefix as number. */
async function keep(
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

function dated(
  { now }: RouteParts,
  { timeZone }: Premises,
  details: InvoicingDetails | undefined,
): Pick<IssuedDocument, 'date' | 'dueDate'> {
  const date = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
  return { date, dueDate: formatDay(dayNumber(date) + (details?.paymentDays ?? 0)) }
}

/** Makes drafts of documents (their number is the prefix until one is taken) and notes what is missing for them. */
async function drafter(parts: RouteParts, premises: Premises, period: string, entry: LedgerEntry) {
  const { records, settings } = parts
  const settlement = bodyOf(entry)
  const facts = (await factsOfPremises(records, premises.id, { range: { from: 0, to: 0 } })) ?? ({} satisfies Bundle)
  const names = await itemNames(records, premises.id, settlement)
  const problems = new Map<string, Problem>()
  const say = (of: Id, field: string, code: string, message: string): void =>
    void problems.set(`/${of}/${field}`, { pointer: `/${of}/${field}`, code, message })
  const { first, end } = monthDays(period)
  const demonstration = entry.grounds?.demonstration === true

  const organisationOf = async (id: Id): Promise<Organisation> =>
    (await records.getObject(ALL, 'organisations', id))?.value ?? { id, name: {} }
  const partyOf = (
    organisation: Organisation,
    details: InvoicingDetails | undefined,
    language: 'fi' | 'sv' | 'en',
  ): DocumentParty => ({
    id: organisation.id,
    name: pickName(organisation.name, language, organisation.id).text,
    businessId: parseBusinessId(organisation.businessId ?? '') ?? '',
    details:
      details === undefined
        ? null
        : {
            address: details.address,
            ovt: details.ovt,
            operator: details.operator,
            vatRegistered: details.vatRegistered,
            ...(details.iban === undefined ? {} : { iban: details.iban }),
            ...(details.bic === undefined ? {} : { bic: details.bic }),
          },
  })

  const draft = async (part: TransferPart, memo: boolean): Promise<IssuedDocument> => {
    const [seller, buyer] = [await organisationOf(part.seller), await organisationOf(part.buyer)]
    const [sells, buys] = await Promise.all(
      [part.seller, part.buyer].map(async (id) => (await records.getPaper(ALL, INVOICING_DETAILS, id))?.body),
    )
    const language = sells?.language ?? LANGUAGE
    const [sellerParty, buyerParty] = [partyOf(seller, sells, language), partyOf(buyer, buys, language)]
    if (!memo) {
      for (const [party, details] of [
        [sellerParty, sells],
        [buyerParty, buys],
      ] as const) {
        if (party.businessId === '')
          say(party.id, 'businessId', 'required', 'a business id with its check digit is needed')
        else if (!demonstration && isExampleBusinessId(party.businessId))
          say(party.id, 'businessId', 'example', 'is an id of examples, which only a demonstration may use')
        if (details === undefined)
          say(party.id, 'details', 'required', 'invoicing details are needed: address, OVT, operator')
      }
      if (sells !== undefined && sells.iban === undefined)
        say(part.seller, 'iban', 'required', 'the account to pay to is needed')
      if (sells?.vatRegistered === false && part.breakdown.some(({ category }) => category === 'S'))
        say(part.seller, 'vatRegistered', 'vat', 'it is not registered for VAT, but has costs with VAT to pass on')
    }
    const writer = await writerFor(records, premises, language, settlement)
    const words = DOCUMENTS_WORDS[language]
    const link = (item: string): string =>
      `${settings.publicUrl}/costs/${premises.id}/${period}/items/${item.replaceAll(':', '/').replaceAll('@', '_')}`
    const basisOf = (category: string, rate: string): string | undefined => {
      const bases = part.lines
        .filter(({ vat }) => vat.category === category && vat.rate === rate)
        .map(({ item }) => vatBasis(facts, item, formatDay(first)))
      return [...new Set(bases.filter((basis) => basis !== undefined))].join('; ') || undefined
    }
    return {
      type: memo ? 'memo' : part.gross.startsWith('-') ? 'credit-note' : 'invoice',
      number: sells?.numberPrefix ?? '',
      ...dated(parts, premises, sells),
      language,
      seller: sellerParty,
      buyer: buyerParty,
      wishes: buys === undefined ? {} : wishesFor(buys, part.seller),
      premises: { id: premises.id, name: pickName(premises.name, language, premises.id).text },
      period,
      days: { first: formatDay(first), last: formatDay(end - 1) },
      settlementDigest: settlement.digest ?? '',
      reference: { national: '', rf: '' },
      lines: part.lines.map((line) => ({
        ...line,
        text: itemName({ id: line.item, source: line.source }, names[line.item], writer.costs.sources, language),
        link: link(line.item),
      })),
      breakdown: part.breakdown.map((one) => ({
        ...one,
        ...vatReason(one.category, basisOf(one.category, one.rate), words.reasons),
      })),
      net: part.net,
      vat: part.vat,
      gross: part.gross,
      credits: null,
      demonstration,
      simulated: entry.grounds?.simulated === true,
    }
  }
  const refuseProblems = (): void => {
    if (problems.size > 0)
      throw new Failure(
        'conflict',
        'The documents can’t be made yet; nothing was made. Say what is missing in the invoicing details.',
        {
          problems: [...problems.values()],
        },
      )
  }
  return Object.assign(draft, { refuseProblems })
}
