// What an organisation says once so that it can invoice and be invoiced: addresses, account, references. A paper of each organisation.
import type { Problem } from '#domain/failure.ts'
import { paperKind } from '#domain/ports/papers.ts'
import type { Id, Language } from '#domain/registry/bundle.ts'
import { isBic, parseBusinessId, parseIban, parseOvt } from './identifiers.ts'

/** What a buyer wants to find on invoices: the state asks for an order or contract number, others for their own reference. */
export type BuyerWishes = { buyerReference?: string; orderNumber?: string; contractNumber?: string }
export type InvoicingDetails = {
  address: { street: string; postCode: string; town: string; country: string }
  /** E-invoice address with its suffix, `0037…`, and the operator (its OVT, BIC or code). */
  ovt: string
  operator: string
  /** Where it is paid; only who is owed something needs them. */
  iban?: string
  bic?: string
  vatRegistered: boolean
  /** Days from the date of an invoice to its due date. */
  paymentDays: number
  /** Begins its invoice numbers, so that several organisations of one business id can be told apart. */
  numberPrefix?: string
  /** In which its invoices are written. */
  language: Language
  asBuyer?: BuyerWishes & { fromSellers?: (BuyerWishes & { seller: Id })[] }
}
export const INVOICING_DETAILS = paperKind<InvoicingDetails>('invoicing-details')

/** What is wrong with them, with JSON Pointers; `businessId` is that of the organisation, if it has one. */
export function checkInvoicingDetails(details: InvoicingDetails, businessId: string | undefined): Problem[] {
  const problems: Problem[] = []
  const say = (pointer: string, code: string, message: string): void => void problems.push({ pointer, code, message })
  const ovt = parseOvt(details.ovt)
  if (ovt === null)
    say(
      '/ovt',
      'ovt',
      'is no OVT: 0037, the eight digits of the business id with the right check digit, up to five more signs',
    )
  else if (businessId !== undefined && parseBusinessId(businessId) !== ovt.businessId)
    say('/ovt', 'ovt', `is of the business id ${ovt.businessId}, the organisation’s is ${businessId}`)
  if (details.iban !== undefined && parseIban(details.iban) === null)
    say('/iban', 'iban', 'is no IBAN: its length or check digits are wrong (a Finnish one has FI and 16 digits)')
  if (details.bic !== undefined && !isBic(details.bic))
    say('/bic', 'bic', 'is no BIC: eight or eleven capital letters and digits')
  if (details.iban !== undefined && details.bic === undefined) say('/bic', 'required', 'is needed with an IBAN')
  if (!/^[A-Za-z0-9]{0,8}$/.test(details.numberPrefix ?? ''))
    say('/numberPrefix', 'form', 'has up to eight letters or digits, so that a number has at most 20 signs')
  const sellers = (details.asBuyer?.fromSellers ?? []).map(({ seller }) => seller)
  for (const [i, seller] of sellers.entries())
    if (sellers.indexOf(seller) !== i) say(`/asBuyer/fromSellers/${i}/seller`, 'twice', `${seller} is there twice`)
  return problems
}

/** As they are kept: identifiers without blanks. */
export const plainDetails = (details: InvoicingDetails): InvoicingDetails => ({
  ...details,
  ovt: parseOvt(details.ovt)?.ovt ?? details.ovt,
  ...(details.iban === undefined ? {} : { iban: parseIban(details.iban) ?? details.iban }),
})

/** What a buyer wants on the invoices of a seller: what it says for that seller, else what it says for all. */
export function wishesFor(buyer: InvoicingDetails, seller: Id): BuyerWishes {
  const { fromSellers = [], ...all } = buyer.asBuyer ?? {}
  const { seller: _seller, ...own } = fromSellers.find((one) => one.seller === seller) ?? { seller }
  return { ...all, ...own }
}
