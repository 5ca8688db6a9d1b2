// Invoices in XML: Finvoice 3.0 (Finance Finland) and UBL 2.1 (Peppol BIS Billing 3), one row per VAT group.
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { Failure } from '#domain/failure.ts'
import type { ImportTable } from '#domain/imports/import.ts'

type Node = { [name: string]: unknown }
const HEADER = [
  'supplier',
  'number',
  'invoiceDate',
  'serviceFrom',
  'lastDay',
  'payer',
  'net',
  'vatRate',
  'vatCategory',
  'vatBasis',
  'gross',
  'currency',
] as const
type InvoiceRow = Record<(typeof HEADER)[number], string>

/** Elements within elements; a real invoice has some ten. */
const MAX_DEPTH = 60

/** @throws Failure 'invalid-body' for XML that is broken, has a document type (and with it entities), or is no invoice. */
export function readInvoiceXml(text: string): ImportTable {
  if (/<!(DOCTYPE|ENTITY)/i.test(text))
    throw new Failure('invalid-body', 'The XML has a document type. Invoices have none; it is not read.')
  checkDepth(text)
  const valid = XMLValidator.validate(text)
  if (valid !== true)
    throw new Failure('invalid-body', `The XML is broken at line ${valid.err.line}: ${valid.err.msg}`, {
      problems: [{ pointer: `/lines/${valid.err.line}`, code: valid.err.code, message: valid.err.msg }],
    })
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: true,
  })
  const document = parser.parse(text) as Node
  const invoices = [
    ...all(document['Finvoice']).map(finvoiceRows),
    ...all(document['Invoice']).map((node) => ublRows(node, false)),
    ...all(document['CreditNote']).map((node) => ublRows(node, true)),
  ].flat()
  if (invoices.length === 0)
    throw new Failure(
      'invalid-body',
      'The XML is neither a Finvoice nor a UBL invoice or credit note with a VAT breakdown.',
    )
  return {
    header: [...HEADER],
    rows: invoices.map((row) => HEADER.map((key) => row[key])),
    lines: invoices.map((_row, i) => i + 1),
  }
}

/** Elements are opened at most so deep; one pass, before anything recursive sees the text. */
function checkDepth(text: string): void {
  let depth = 0
  for (const [tag] of text.matchAll(/<[^!?][^>]*>/g)) {
    if (tag.startsWith('</')) depth -= 1
    else if (!tag.endsWith('/>')) depth += 1
    if (depth > MAX_DEPTH) throw new Failure('invalid-body', `The XML is nested deeper than ${MAX_DEPTH} elements.`)
  }
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const all = (value: unknown): Node[] => (Array.isArray(value) ? value : [value]).filter(isNode)
const at = (node: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((inner, name) => {
    const [first] = Array.isArray(inner) ? inner : [inner]
    return isNode(first) ? first[name] : undefined
  }, node)
function textAt(node: unknown, ...path: string[]): string {
  const found = at(node, ...path)
  const [first] = (Array.isArray(found) ? found : [found]) as unknown[]
  const text = isNode(first) ? first['#text'] : first
  return typeof text === 'string' ? text : ''
}
const attributeAt = (node: unknown, name: string, attribute: string): string => textAt(at(node, name), attribute)
const firstOf = (...texts: string[]): string => texts.find((text) => text !== '') ?? ''
/** `FI02454372` and `02454372` are the business id 0245437-2. */
function businessId(text: string): string {
  const match = /^(?:FI)?(\d{7})-?(\d)$/.exec(text.trim())
  return match === null ? text : `${match[1]}-${match[2]}`
}

function finvoiceRows(finvoice: Node): InvoiceRow[] {
  const details = at(finvoice, 'InvoiceDetails')
  const seller = at(finvoice, 'SellerPartyDetails')
  const buyer = at(finvoice, 'BuyerPartyDetails')
  const rows = all(finvoice['InvoiceRow'])
  const common = {
    supplier: firstOf(textAt(seller, 'SellerOrganisationName'), textAt(seller, 'SellerPartyIdentifier')),
    number: textAt(details, 'InvoiceNumber'),
    invoiceDate: textAt(details, 'InvoiceDate'),
    serviceFrom: firstOf(
      textAt(details, 'InvoicingPeriodStartDate'),
      textAt(finvoice, 'DeliveryDetails', 'DeliveryPeriodDetails', 'StartDate'),
      leastOf(rows.map((row) => firstOf(textAt(row, 'StartDate'), textAt(row, 'RowDeliveryDate')))),
    ),
    lastDay: firstOf(
      textAt(details, 'InvoicingPeriodEndDate'),
      textAt(finvoice, 'DeliveryDetails', 'DeliveryPeriodDetails', 'EndDate'),
      mostOf(rows.map((row) => firstOf(textAt(row, 'EndDate'), textAt(row, 'RowDeliveryDate')))),
    ),
    payer: firstOf(businessId(textAt(buyer, 'BuyerPartyIdentifier')), textAt(buyer, 'BuyerOrganisationName')),
  }
  return all(at(details, 'VatSpecificationDetails')).map((group) => ({
    ...common,
    net: textAt(group, 'VatBaseAmount'),
    vatRate: firstOf(textAt(group, 'VatRatePercent'), '0'),
    vatCategory: textAt(group, 'VatCode'),
    vatBasis: firstOf(textAt(group, 'VatFreeText'), textAt(group, 'VatExemptionReasonText')),
    gross: '',
    currency: firstOf(attributeAt(group, 'VatBaseAmount', '@AmountCurrencyIdentifier'), 'EUR'),
  }))
}
const leastOf = (texts: readonly string[]): string => texts.filter((text) => text !== '').toSorted()[0] ?? ''
const mostOf = (texts: readonly string[]): string =>
  texts
    .filter((text) => text !== '')
    .toSorted()
    .at(-1) ?? ''

function ublRows(invoice: Node, credit: boolean): InvoiceRow[] {
  const seller = at(invoice, 'AccountingSupplierParty', 'Party')
  const buyer = at(invoice, 'AccountingCustomerParty', 'Party')
  const lines = all(invoice[credit ? 'CreditNoteLine' : 'InvoiceLine'])
  const common = {
    supplier: firstOf(textAt(seller, 'PartyName', 'Name'), textAt(seller, 'PartyLegalEntity', 'RegistrationName')),
    number: textAt(invoice, 'ID'),
    invoiceDate: textAt(invoice, 'IssueDate'),
    serviceFrom: firstOf(
      textAt(invoice, 'InvoicePeriod', 'StartDate'),
      leastOf(lines.map((line) => textAt(line, 'InvoicePeriod', 'StartDate'))),
      textAt(invoice, 'Delivery', 'ActualDeliveryDate'),
    ),
    lastDay: firstOf(
      textAt(invoice, 'InvoicePeriod', 'EndDate'),
      mostOf(lines.map((line) => textAt(line, 'InvoicePeriod', 'EndDate'))),
      textAt(invoice, 'Delivery', 'ActualDeliveryDate'),
    ),
    payer: firstOf(
      businessId(textAt(buyer, 'PartyLegalEntity', 'CompanyID')),
      businessId(textAt(buyer, 'PartyTaxScheme', 'CompanyID')),
      textAt(buyer, 'PartyLegalEntity', 'RegistrationName'),
      textAt(buyer, 'PartyName', 'Name'),
    ),
    gross: '',
  }
  const groups = all(invoice['TaxTotal']).flatMap((total) => all(total['TaxSubtotal']))
  return groups.map((group) => {
    const net = textAt(group, 'TaxableAmount')
    const category = textAt(group, 'TaxCategory', 'ID')
    return {
      ...common,
      net: credit ? negated(net) : net,
      vatRate: firstOf(textAt(group, 'TaxCategory', 'Percent'), '0'),
      vatCategory: category,
      vatBasis: firstOf(
        textAt(group, 'TaxCategory', 'TaxExemptionReason'),
        textAt(group, 'TaxCategory', 'TaxExemptionReasonCode'),
      ),
      currency: firstOf(
        attributeAt(group, 'TaxableAmount', '@currencyID'),
        textAt(invoice, 'DocumentCurrencyCode'),
        'EUR',
      ),
    }
  })
}
const negated = (amount: string): string =>
  amount.startsWith('-') ? amount.slice(1) : amount === '' ? '' : `-${amount}`
