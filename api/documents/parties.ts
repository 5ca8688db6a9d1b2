// What the e-invoices need of both parties, made sure of before a number is taken.
import type { DocumentParty } from '#domain/documents/document.ts'

export type DetailsOf = NonNullable<DocumentParty['details']>
export type SellerDetails = DetailsOf & { iban: string; bic: string }
