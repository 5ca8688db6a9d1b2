// The type code of a document in the list UNTDID 1001, which both e-invoice forms use.
import type { IssuedDocument } from '#domain/documents/document.ts'

/** 380 invoice, 381 credit note, 386 prepayment invoice: each in the subset that EN 16931 and Peppol BIS Billing 3 allow. */
export const typeCode = ({ type, about }: Pick<IssuedDocument, 'type' | 'about'>): string =>
  type === 'credit-note' ? '381' : about === 'advance' ? '386' : '380'
