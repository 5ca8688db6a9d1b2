// A document of a closed month: invoice, credit note or memo voucher, made once and never changed; the paper that carries its files.
import { paperKind } from '#domain/ports/papers.ts'
import type { Decimal, Id, Language, LocalDate } from '#domain/registry/bundle.ts'
import { referenceNumber, rfReference } from './identifiers.ts'
import type { BuyerWishes, InvoicingDetails } from './invoicing-details.ts'
import { negated, type DocumentLine, type DocumentVat } from './transfer-parts.ts'

export type DocumentType = 'invoice' | 'credit-note' | 'memo'
/** A party as it was when the document was made. */
export type DocumentParty = {
  id: Id
  name: string
  businessId: string
  /** Null on a memo voucher between two that have none. */
  details: Omit<InvoicingDetails, 'asBuyer' | 'numberPrefix' | 'paymentDays' | 'language'> | null
}
export type LineText = { text: string; link: string }
export type VatReason = { reason: string | null; code: string | null }
/** Amounts as the seller asks for them: those of a credit note are below zero in sum. */
export type IssuedDocument = {
  type: DocumentType
  /** An advance payment or the year's true-up of them; absent: what a month came to. */
  about?: 'advance' | 'true-up'
  /** The plan of advance payments that it belongs to. */
  plan?: Id
  number: string
  date: LocalDate
  dueDate: LocalDate
  language: Language
  seller: DocumentParty
  buyer: DocumentParty
  wishes: BuyerWishes
  premises: { id: Id; name: string }
  period: string
  /** First and last day of the month. */
  days: { first: LocalDate; last: LocalDate }
  /** The digest of the closed month that it rests on. */
  settlementDigest: string
  reference: { national: string; rf: string }
  lines: (DocumentLine & LineText)[]
  breakdown: (DocumentVat & VatReason)[]
  net: Decimal
  vat: Decimal
  gross: Decimal
  /** What a credit note takes back. */
  credits: { id: string; number: string; date: LocalDate } | null
  demonstration: boolean
  simulated: boolean
}
/** What of a document can be had, by name of the file's kind. */
export const DOCUMENT_FILES = ['pdf', 'finvoice', 'ubl'] as const
export type DocumentFile = (typeof DOCUMENT_FILES)[number]
export type DocumentBody = { document: IssuedDocument; files: { [F in DocumentFile]?: string } }
export const DOCUMENT = paperKind<DocumentBody>('document')

/** The series whose numbers have no gap: of one payer, one year and one sort of document. */
export const seriesOf = (seller: Id, year: string, type: DocumentType): string =>
  `${type === 'memo' ? 'memo' : 'invoice'}:${seller}:${year}`
/** `2026-00012`, with the organisation's prefix and an M for a memo voucher; at most 20 signs. */
export const numberOf = (year: string, count: number, prefix: string, type: DocumentType): string =>
  `${prefix}${type === 'memo' ? 'M' : ''}${year}-${String(count).padStart(5, '0')}`
/** The reference that belongs to a number: its digits with their check digit. */
export function referenceOf(number: string): IssuedDocument['reference'] {
  const national = referenceNumber(number.replaceAll(/\D/g, '').slice(-19))
  return { national, rf: rfReference(national) }
}

/** What takes a whole document back, usually a credit note; its reference follows from its number. */
export function creditOf(
  original: IssuedDocument,
  id: string,
  given: { number: string; date: LocalDate; dueDate: LocalDate },
): IssuedDocument {
  return {
    ...original,
    ...given,
    // A credit note that a transfer itself made is taken back by an invoice.
    type: original.type === 'memo' ? 'memo' : original.type === 'invoice' ? 'credit-note' : 'invoice',
    lines: original.lines.map((line) => ({ ...line, net: negated(line.net) })),
    breakdown: original.breakdown.map((one) => ({ ...one, net: negated(one.net), vat: negated(one.vat) })),
    net: negated(original.net),
    vat: negated(original.vat),
    gross: negated(original.gross),
    credits: { id, number: original.number, date: original.date },
  }
}

/** Exemption reasons: the written basis when there is one, else the words of the category; codes of the VATEX list. */
export function vatReason(
  category: DocumentVat['category'],
  basis: string | undefined,
  words: Record<'E' | 'O' | 'AE', string>,
): VatReason {
  if (category === 'S' || category === 'Z') return { reason: null, code: null }
  const code = category === 'O' ? 'VATEX-EU-O' : category === 'AE' ? 'VATEX-EU-AE' : null
  return { reason: basis?.trim() || words[category], code }
}
