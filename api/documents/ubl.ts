// A document as Peppol BIS Billing 3.0 (UBL 2.1 Invoice or CreditNote by EN 16931): amounts with a point, dates with hyphens.
import type { DocumentParty, IssuedDocument } from '#domain/documents/document.ts'
import { vatNumberOf } from '#domain/documents/identifiers.ts'
import { negated, type DocumentVat } from '#domain/documents/transfer-parts.ts'
import type { DetailsOf, SellerDetails } from './parties.ts'
import { typeCode } from './type-code.ts'
import { atMost, orNothing, xmlText, type XmlNode } from './xml.ts'

const OVT_SCHEME = '0216'
const BUSINESS_ID_SCHEME = '0212'
const NAMES = {
  '@xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  '@xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
}
const VAT_SCHEME = { 'cac:TaxScheme': { 'cbc:ID': 'VAT' } }

/** The UBL document. What a credit note gives back is above zero in it, as the standard wants. */
export function ublXml(document: IssuedDocument, seller: SellerDetails, buyer: DetailsOf): string {
  const credit = document.type === 'credit-note'
  const root = credit ? 'CreditNote' : 'Invoice'
  const signed = (value: string): string => (credit ? negated(value) : value)
  const amount = (value: string): XmlNode => ({ '@currencyID': 'EUR', '#': signed(value) })
  const { wishes, credits } = document
  const quantity = credit ? 'cbc:CreditedQuantity' : 'cbc:InvoicedQuantity'
  return xmlText({
    [root]: {
      '@xmlns': `urn:oasis:names:specification:ubl:schema:xsd:${root}-2`,
      ...NAMES,
      'cbc:CustomizationID': 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
      'cbc:ProfileID': 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
      'cbc:ID': document.number,
      'cbc:IssueDate': document.date,
      ...(credit ? {} : { 'cbc:DueDate': document.dueDate }),
      [credit ? 'cbc:CreditNoteTypeCode' : 'cbc:InvoiceTypeCode']: typeCode(document),
      'cbc:Note': `${document.premises.name}, ${document.period}. ${document.settlementDigest}`,
      'cbc:DocumentCurrencyCode': 'EUR',
      // A reference to the order or the buyer's own must stand there (PEPPOL-EN16931-R003).
      'cbc:BuyerReference':
        orNothing(wishes.buyerReference, 70) ?? (wishes.orderNumber === undefined ? document.buyer.id : undefined),
      'cac:InvoicePeriod': { 'cbc:StartDate': document.days.first, 'cbc:EndDate': document.days.last },
      ...(wishes.orderNumber === undefined ? {} : { 'cac:OrderReference': { 'cbc:ID': wishes.orderNumber } }),
      ...(credits === null
        ? {}
        : {
            'cac:BillingReference': {
              'cac:InvoiceDocumentReference': { 'cbc:ID': credits.number, 'cbc:IssueDate': credits.date },
            },
          }),
      ...(wishes.contractNumber === undefined
        ? {}
        : { 'cac:ContractDocumentReference': { 'cbc:ID': wishes.contractNumber } }),
      'cac:AccountingSupplierParty': { 'cac:Party': partyXml(document.seller, seller, document.breakdown, true) },
      'cac:AccountingCustomerParty': { 'cac:Party': partyXml(document.buyer, buyer, document.breakdown, false) },
      'cac:PaymentMeans': {
        'cbc:PaymentMeansCode': '58',
        'cbc:PaymentID': document.reference.national,
        'cac:PayeeFinancialAccount': {
          'cbc:ID': seller.iban,
          'cbc:Name': document.seller.name,
          'cac:FinancialInstitutionBranch': { 'cbc:ID': seller.bic },
        },
      },
      ...(credit ? { 'cac:PaymentTerms': { 'cbc:Note': document.dueDate } } : {}),
      'cac:TaxTotal': {
        'cbc:TaxAmount': amount(document.vat),
        'cac:TaxSubtotal': document.breakdown.map((one) => ({
          'cbc:TaxableAmount': amount(one.net),
          'cbc:TaxAmount': amount(one.vat),
          'cac:TaxCategory': {
            'cbc:ID': one.category,
            ...percentOf(one),
            ...(one.code === null ? {} : { 'cbc:TaxExemptionReasonCode': one.code }),
            ...(one.reason === null ? {} : { 'cbc:TaxExemptionReason': one.reason }),
            ...VAT_SCHEME,
          },
        })),
      },
      'cac:LegalMonetaryTotal': {
        'cbc:LineExtensionAmount': amount(document.net),
        'cbc:TaxExclusiveAmount': amount(document.net),
        'cbc:TaxInclusiveAmount': amount(document.gross),
        'cbc:PayableAmount': amount(document.gross),
      },
      [credit ? 'cac:CreditNoteLine' : 'cac:InvoiceLine']: document.lines.map((line, i) => {
        const net = signed(line.net)
        return {
          'cbc:ID': String(i + 1),
          ...(line.link === '' ? {} : { 'cbc:Note': line.link }),
          // The price is never below zero: the quantity is.
          [quantity]: { '@unitCode': 'C62', '#': net.startsWith('-') ? '-1' : '1' },
          'cbc:LineExtensionAmount': { '@currencyID': 'EUR', '#': net },
          'cac:Item': {
            'cbc:Name': atMost(line.text, 100),
            'cac:SellersItemIdentification': { 'cbc:ID': line.item },
            'cac:ClassifiedTaxCategory': { 'cbc:ID': line.vat.category, ...percentOf(line.vat), ...VAT_SCHEME },
          },
          'cac:Price': { 'cbc:PriceAmount': { '@currencyID': 'EUR', '#': net.replace('-', '') } },
        }
      }),
    },
  })
}

/** What is outside the scope of VAT has no rate. */
const percentOf = ({ category, rate }: Pick<DocumentVat, 'category' | 'rate'>): XmlNode =>
  category === 'O' ? {} : { 'cbc:Percent': rate }

function partyXml(
  { name, businessId }: DocumentParty,
  details: DetailsOf,
  breakdown: readonly DocumentVat[],
  isSeller: boolean,
): XmlNode {
  const outside = breakdown.every(({ category }) => category === 'O')
  const vat = { 'cbc:CompanyID': vatNumberOf(businessId), ...VAT_SCHEME }
  const tax = { 'cbc:CompanyID': businessId, 'cac:TaxScheme': { 'cbc:ID': 'TAX' } }
  return {
    'cbc:EndpointID': { '@schemeID': OVT_SCHEME, '#': details.ovt },
    'cac:PartyName': { 'cbc:Name': name },
    'cac:PostalAddress': {
      'cbc:StreetName': details.address.street,
      'cbc:CityName': details.address.town,
      'cbc:PostalZone': details.address.postCode,
      'cac:Country': { 'cbc:IdentificationCode': details.address.country },
    },
    ...(details.vatRegistered && !outside
      ? { 'cac:PartyTaxScheme': vat }
      : isSeller && !outside
        ? { 'cac:PartyTaxScheme': tax }
        : {}),
    'cac:PartyLegalEntity': {
      'cbc:RegistrationName': name,
      'cbc:CompanyID': { '@schemeID': BUSINESS_ID_SCHEME, '#': businessId },
    },
  }
}
