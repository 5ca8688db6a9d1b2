// A document as Finvoice 3.0 (Finance Finland): decimal comma, dates CCYYMMDD, payment details always, credit notes below zero.
import type { DocumentParty, IssuedDocument } from '#domain/documents/document.ts'
import { vatNumberOf } from '#domain/documents/identifiers.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import type { DetailsOf, SellerDetails } from './parties.ts'
import { typeCode } from './type-code.ts'
import { atMost, orNothing, xmlText, type XmlNode } from './xml.ts'

const OVT_SCHEME = '0216'
const comma = (amount: string): string => amount.replace('.', ',')
const amount = (value: string): XmlNode => ({ '@AmountCurrencyIdentifier': 'EUR', '#': comma(value) })
const day = (date: string): XmlNode => ({ '@Format': 'CCYYMMDD', '#': date.replaceAll('-', '') })

/** The Finvoice message; `madeAt` is when it is made. Both parties have their details. */
export function finvoiceXml(document: IssuedDocument, seller: SellerDetails, buyer: DetailsOf, madeAt: number): string {
  const { wishes } = document
  const credit = document.type === 'credit-note'
  return xmlText({
    Finvoice: {
      '@Version': '3.0',
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@xsi:noNamespaceSchemaLocation': 'Finvoice3.0.xsd',
      MessageTransmissionDetails: {
        MessageSenderDetails: {
          FromIdentifier: { '@SchemeID': OVT_SCHEME, '#': seller.ovt },
          FromIntermediator: seller.operator,
        },
        MessageReceiverDetails: {
          ToIdentifier: { '@SchemeID': OVT_SCHEME, '#': buyer.ovt },
          ToIntermediator: buyer.operator,
        },
        MessageDetails: {
          MessageIdentifier: atMost(`${seller.ovt}-${document.number}`, 48),
          MessageTimeStamp: formatInstant(madeAt),
        },
      },
      SellerPartyDetails: {
        SellerPartyIdentifier: document.seller.businessId,
        SellerOrganisationName: atMost(document.seller.name, 70),
        SellerOrganisationTaxCode: taxCode(document.seller, seller, document),
        SellerPostalAddressDetails: {
          SellerStreetName: atMost(seller.address.street, 35),
          SellerTownName: atMost(seller.address.town, 35),
          SellerPostCodeIdentifier: seller.address.postCode,
          CountryCode: seller.address.country,
        },
      },
      SellerInformationDetails: {
        SellerAccountDetails: {
          SellerAccountID: { '@IdentificationSchemeName': 'IBAN', '#': seller.iban },
          SellerBic: { '@IdentificationSchemeName': 'BIC', '#': seller.bic },
        },
      },
      BuyerPartyDetails: {
        BuyerPartyIdentifier: document.buyer.businessId,
        BuyerOrganisationName: atMost(document.buyer.name, 70),
        BuyerOrganisationTaxCode: taxCode(document.buyer, buyer, document),
        BuyerPostalAddressDetails: {
          BuyerStreetName: atMost(buyer.address.street, 35),
          BuyerTownName: atMost(buyer.address.town, 35),
          BuyerPostCodeIdentifier: buyer.address.postCode,
          CountryCode: buyer.address.country,
        },
      },
      InvoiceDetails: {
        InvoiceTypeCode: { '@CodeListAgencyIdentifier': 'SPY', '#': credit ? 'INV02' : 'INV01' },
        InvoiceTypeCodeUN: typeCode(document),
        InvoiceTypeText: credit ? 'HYVITYSLASKU' : document.about === 'advance' ? 'ENNAKKOLASKU' : 'LASKU',
        OriginCode: 'Original',
        InvoiceNumber: document.number,
        InvoiceDate: day(document.date),
        ...(document.credits === null
          ? {}
          : {
              OriginalInvoiceReference: {
                InvoiceNumber: document.credits.number,
                InvoiceDate: day(document.credits.date),
              },
            }),
        InvoicingPeriodStartDate: day(document.days.first),
        InvoicingPeriodEndDate: day(document.days.last),
        SellerReferenceIdentifier: atMost(`${document.premises.id} ${document.period}`, 70),
        OrderIdentifier: orNothing(wishes.orderNumber, 70),
        AgreementIdentifier: orNothing(wishes.contractNumber, 70),
        BuyerReferenceIdentifier: orNothing(wishes.buyerReference, 70),
        RowsTotalVatExcludedAmount: amount(document.net),
        InvoiceTotalVatExcludedAmount: amount(document.net),
        InvoiceTotalVatAmount: amount(document.vat),
        InvoiceTotalVatIncludedAmount: amount(document.gross),
        VatSpecificationDetails: document.breakdown.map((one) => ({
          VatBaseAmount: amount(one.net),
          VatRatePercent: comma(one.rate),
          VatCode: one.category,
          VatRateAmount: amount(one.vat),
          VatFreeText: orNothing(one.reason ?? undefined, 70),
          VatExemptionReasonCode: one.code ?? undefined,
        })),
        InvoiceFreeText: atMost(`${document.premises.name}, ${document.period}. ${document.settlementDigest}`, 512),
        PaymentTermsDetails: { InvoiceDueDate: day(document.dueDate) },
      },
      InvoiceRow: document.lines.map((line, i) => ({
        ArticleIdentifier: atMost(line.item, 70),
        ArticleName: atMost(line.text, 100),
        ArticleInfoUrlText: orNothing(line.link, 512),
        InvoicedQuantity: { '@QuantityUnitCode': 'kpl', '@QuantityUnitCodeUN': 'C62', '#': sign(line.net) },
        StartDate: day(document.days.first),
        EndDate: day(document.days.last),
        UnitPriceAmount: { '@AmountCurrencyIdentifier': 'EUR', '#': comma(line.net.replace('-', '')) },
        RowPositionIdentifier: String(i + 1),
        RowVatRatePercent: comma(line.vat.rate),
        RowVatCode: line.vat.category,
        RowVatExcludedAmount: amount(line.net),
      })),
      EpiDetails: {
        EpiIdentificationDetails: { EpiDate: day(document.date), EpiReference: '' },
        EpiPartyDetails: {
          EpiBfiPartyDetails: { EpiBfiIdentifier: { '@IdentificationSchemeName': 'BIC', '#': seller.bic } },
          EpiBeneficiaryPartyDetails: {
            EpiNameAddressDetails: atMost(document.seller.name, 35),
            EpiAccountID: { '@IdentificationSchemeName': 'IBAN', '#': seller.iban },
          },
        },
        EpiPaymentInstructionDetails: {
          EpiRemittanceInfoIdentifier: { '@IdentificationSchemeName': 'SPY', '#': document.reference.national },
          EpiInstructedAmount: amount(document.gross),
          EpiCharge: { '@ChargeOption': 'SLEV', '#': 'SLEV' },
          EpiDateOptionDate: day(document.dueDate),
          EpiPaymentMeansCode: '58',
        },
      },
      ...(document.lines[0] === undefined || document.lines[0].link === ''
        ? {}
        : { InvoiceUrlText: atMost(document.lines[0].link.replace(/\/items\/.*$/, ''), 512) }),
    },
  })
}

const sign = (net: string): string => (net.startsWith('-') ? '-1' : '1')
/** What is outside the scope of VAT names no VAT number. */
const taxCode = (
  { businessId }: DocumentParty,
  details: DetailsOf,
  { breakdown }: IssuedDocument,
): string | undefined =>
  details.vatRegistered && breakdown.some(({ category }) => category !== 'O') ? vatNumberOf(businessId) : undefined
