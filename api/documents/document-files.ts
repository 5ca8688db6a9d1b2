// The files of a document as they are kept with it: PDF always, both e-invoices unless it is a memo voucher.
import type { DocumentFile, IssuedDocument } from '#domain/documents/document.ts'
import { invoiceContent } from '#domain/documents/invoice-content.ts'
import { createWriter } from '#domain/explain/writer.ts'
import type { StoredFile } from '#domain/ports/papers.ts'
import { finvoiceXml } from './finvoice.ts'
import type { DetailsOf, SellerDetails } from './parties.ts'
import { contentPdf } from './pdf.ts'
import { ublXml } from './ubl.ts'

export type NamedFile = Omit<StoredFile, 'digest'> & { kind: DocumentFile }

/** `madeAt` in milliseconds since 1970. */
export async function documentFiles(document: IssuedDocument, madeAt: number): Promise<NamedFile[]> {
  // No name is asked for: an issued document holds those of its time.
  const writer = createWriter(document.language, 'Europe/Helsinki', () => undefined)
  const { seller, buyer } = document
  const file = (kind: DocumentFile, mediaType: string, end: string, bytes: Uint8Array): NamedFile => ({
    kind,
    mediaType,
    name: `${document.seller.id}-${document.number}${end}`,
    bytes,
  })
  const pdf = file('pdf', 'application/pdf', '.pdf', await contentPdf(invoiceContent(document, writer), madeAt))
  if (document.type === 'memo' || !isSeller(seller.details) || buyer.details === null) return [pdf]
  return [
    pdf,
    file(
      'finvoice',
      'application/xml',
      '.finvoice.xml',
      Buffer.from(finvoiceXml(document, seller.details, buyer.details, madeAt)),
    ),
    file('ubl', 'application/xml', '.ubl.xml', Buffer.from(ublXml(document, seller.details, buyer.details))),
  ]
}

const isSeller = (details: DetailsOf | null): details is SellerDetails =>
  details !== null && details.iban !== undefined && details.bic !== undefined
