// Drafts of documents: parties as they are now, lines and VAT reasons in the seller's language, and what is missing for them.
import { Failure, type Problem } from '#domain/failure.ts'
import { vatReason, type DocumentParty, type IssuedDocument, type LineText } from '#domain/documents/document.ts'
import { isExampleBusinessId, parseBusinessId } from '#domain/documents/identifiers.ts'
import { INVOICING_DETAILS, wishesFor, type InvoicingDetails } from '#domain/documents/invoicing-details.ts'
import type { DocumentLine, TransferPart } from '#domain/documents/transfer-parts.ts'
import { DOCUMENTS_WORDS } from '#domain/documents/words/documents-words.ts'
import type { Id, Language, LocalDate, Organisation, Premises } from '#domain/registry/bundle.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { pickName } from '#domain/writing/names.ts'
import type { RouteParts } from '#api/parts.ts'
import { dated } from './keep-documents.ts'

const LANGUAGE = 'fi'

/** What a document is about, besides the amounts of its part. */
export type DraftOf = Pick<IssuedDocument, 'about' | 'plan' | 'period' | 'days' | 'settlementDigest' | 'simulated'> & {
  /** When it is to be paid, if not by the seller's days of payment; never before its own date. */
  dueDate?: LocalDate
  textsOf: (language: Language) => Promise<(line: DocumentLine) => LineText>
  /** The written ground of a line's VAT treatment. */
  basisOf: (line: DocumentLine) => string | undefined
}

/** Then one does not invoice the other: it is booked by a memo voucher. */
export async function haveOneBusinessId({ records }: RouteParts, one: Id, other: Id): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map(async (id) =>
      parseBusinessId((await records.getObject(ALL, 'organisations', id))?.value.businessId ?? ''),
    ),
  )
  return a !== undefined && a !== null && a === b
}

/** Makes drafts of documents (their number is the prefix until one is taken) and notes what is missing for them. */
export function createDrafter(parts: RouteParts, premises: Premises, demonstration: boolean) {
  const { records } = parts
  const problems = new Map<string, Problem>()
  const say = (of: Id, field: string, code: string, message: string): void =>
    void problems.set(`/${of}/${field}`, { pointer: `/${of}/${field}`, code, message })

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

  const draft = async (part: TransferPart, memo: boolean, of: DraftOf): Promise<IssuedDocument> => {
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
    const { textsOf, basisOf, dueDate, ...given } = of
    const textOf = await textsOf(language)
    const words = DOCUMENTS_WORDS[language]
    const dates = dated(parts, premises, sells)
    const reasonOf = (category: string, rate: string): string | undefined => {
      const bases = part.lines.filter(({ vat }) => vat.category === category && vat.rate === rate).map(basisOf)
      return [...new Set(bases.filter((basis) => basis !== undefined))].join('; ') || undefined
    }
    return {
      type: memo ? 'memo' : part.gross.startsWith('-') ? 'credit-note' : 'invoice',
      number: sells?.numberPrefix ?? '',
      ...dates,
      ...(dueDate === undefined ? {} : { dueDate: dueDate < dates.date ? dates.date : dueDate }),
      language,
      seller: sellerParty,
      buyer: buyerParty,
      wishes: buys === undefined ? {} : wishesFor(buys, part.seller),
      premises: { id: premises.id, name: pickName(premises.name, language, premises.id).text },
      ...given,
      reference: { national: '', rf: '' },
      lines: part.lines.map((line) => ({ ...line, ...textOf(line) })),
      breakdown: part.breakdown.map((one) => ({
        ...one,
        ...vatReason(one.category, reasonOf(one.category, one.rate), words.reasons),
      })),
      net: part.net,
      vat: part.vat,
      gross: part.gross,
      credits: null,
      demonstration,
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
  return { draft, refuseProblems }
}
