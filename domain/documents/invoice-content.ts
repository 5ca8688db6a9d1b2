// An invoice, credit note or memo voucher as a document to read: parties, payment, lines, VAT.
import {
  contentTable,
  factsOf,
  heading,
  moneyColumn,
  textColumn,
  type Block,
  type Content,
} from '#domain/explain/content.ts'
import type { Writer } from '#domain/explain/writer.ts'
import type { DocumentParty, IssuedDocument } from './document.ts'
import { vatNumberOf } from './identifiers.ts'
import type { DocumentLine } from './transfer-parts.ts'
import { DOCUMENTS_WORDS, type DocumentsWords } from './words/documents-words.ts'

/** What it says, in its own language. */
export function invoiceContent(document: IssuedDocument, writer: Writer): Content {
  const words = DOCUMENTS_WORDS[document.language]
  const { seller, buyer, wishes, credits } = document
  const memo = document.type === 'memo'
  return {
    language: document.language,
    title: words.title(typeWord(document, words), document.number),
    premises: document.premises.name,
    state: writer.date(document.date),
    marks: [...(document.simulated ? [words.simulated] : []), ...(document.demonstration ? [words.demonstration] : [])],
    blocks: [
      factsOf([
        [words.number, document.number],
        [words.date, writer.date(document.date)],
        [words.dueDate, memo ? null : writer.date(document.dueDate)],
        [words.premises, document.premises.name],
        document.about === 'true-up'
          ? [words.year, document.period.slice(0, 4)]
          : [words.period, writer.month(document.period)],
        [words.credits, credits === null ? null : `${credits.number}, ${writer.date(credits.date)}`],
        [words.orderNumber, wishes.orderNumber],
        [words.contractNumber, wishes.contractNumber],
        [words.buyerReference, wishes.buyerReference],
        [words.digest, document.settlementDigest === '' ? null : document.settlementDigest],
      ]),
      ...(document.demonstration ? [{ is: 'notice', text: words.demonstrationText } as const] : []),
      ...(memo ? [{ is: 'notice', text: words.memoText } as const] : []),
      ...(document.about === undefined ? [] : [{ is: 'notice', text: words.aboutTexts[document.about] } as const]),
      heading(2, words.seller),
      partyFacts(seller, document, true),
      heading(2, words.buyer),
      partyFacts(buyer, document, false),
      heading(2, words.lines),
      ...linesPart(document, writer),
      heading(2, words.vatBreakdown),
      vatPart(document, writer),
      factsOf([
        [words.net, writer.money(document.net)],
        [words.vat, writer.money(document.vat)],
        [words.total, writer.money(document.gross)],
      ]),
    ],
  }
}

/** What it is called: an advance, the year's true-up, or what its type says. */
const typeWord = ({ type, about }: IssuedDocument, words: DocumentsWords): string =>
  about === undefined || type === 'memo' ? words.types[type] : words.aboutTypes[about][type]

function partyFacts({ name, businessId, details }: DocumentParty, document: IssuedDocument, isSeller: boolean): Block {
  const words = DOCUMENTS_WORDS[document.language]
  const taxed = details?.vatRegistered === true && document.breakdown.some(({ category }) => category !== 'O')
  const pays = isSeller && document.type !== 'memo'
  return factsOf([
    [isSeller ? words.seller : words.buyer, name],
    [words.businessId, businessId === '' ? null : businessId],
    [words.vatNumber, taxed ? vatNumberOf(businessId) : null],
    [
      words.address,
      details === null ? null : `${details.address.street}, ${details.address.postCode} ${details.address.town}`,
    ],
    [words.ovt, details?.ovt],
    [words.operator, details?.operator],
    [words.iban, pays ? details?.iban : null],
    [words.bic, pays ? details?.bic : null],
    [words.reference, pays ? document.reference.national : null],
    [words.rf, pays ? document.reference.rf : null],
  ])
}

function linesPart({ lines, language, type, about }: IssuedDocument, writer: Writer): Block[] {
  const words = DOCUMENTS_WORDS[language]
  const setOff = about === undefined && type === 'invoice' && lines.some(({ net }) => net.startsWith('-'))
  return [
    contentTable(words.lines, lines, [
      textColumn(words.line, ({ text }) => text),
      ...(about === undefined
        ? [textColumn<DocumentLine>(words.category, ({ category }) => writer.category(category))]
        : []),
      textColumn(words.vat, ({ vat }) => writer.costs.vatCategories[vat.category](writer.decimal(vat.rate))),
      moneyColumn(words.net, ({ net }) => net, writer.money),
    ]),
    ...(setOff ? [{ is: 'text', text: words.setOff } as const] : []),
  ]
}

const vatPart = ({ breakdown, language }: IssuedDocument, writer: Writer): Block => {
  const words = DOCUMENTS_WORDS[language]
  return contentTable(words.vatBreakdown, breakdown, [
    textColumn(words.rate, ({ category, rate }) => writer.costs.vatCategories[category](writer.decimal(rate))),
    textColumn(words.reason, ({ reason, code }) => [reason, code].filter((one) => one !== null).join(', ')),
    moneyColumn(words.base, ({ net }) => net, writer.money),
    moneyColumn(words.vat, ({ vat }) => vat, writer.money),
  ])
}
