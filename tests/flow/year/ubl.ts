// UBL invoices as this test reads them: their sort, and that their sums are exact, which an engine with binary floats can't tell.
import { cents, sum } from './money.ts'

/** Rules of EN 16931 that compare sums of lines, of groups and of the whole. */
export const SUM_RULES = /^BR-(CO-1[0-6]|(S|Z|E|AE|O)-08)$/
const texts = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<cbc:${name}[^>]*>([^<]*)<`, 'g'))].map(([, text]) => text ?? '')
const partsOf = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<cac:${name}>[\\s\\S]*?</cac:${name}>`, 'g'))].map(([part]) => part)
export const linesOf = (xml: string): string[] => partsOf(xml, '(?:Invoice|CreditNote)Line')
const categoryOf = (part: string): string =>
  [...part.matchAll(/<cac:(?:Classified)?TaxCategory>\s*<cbc:ID>(\w+)<[\s\S]*?<cbc:Percent>([\d.]+)</g)].map(
    ([, id, rate]) => `${id} ${Number(rate)}`,
  )[0] ?? 'O'
const amount = (part: string, name: string): bigint => cents(Number(texts(part, name)[0]).toFixed(2))

/** What decides which rules bite: kind of document, VAT, signs, references. */
export const sortOf = (xml: string): string =>
  [
    /<(?:\w+:)?(Invoice|CreditNote) /.exec(xml)?.[1],
    ...texts(xml, '(?:Invoice|CreditNote)TypeCode'),
    ...new Set(linesOf(xml).map(categoryOf).toSorted()),
    linesOf(xml).some((line) => amount(line, 'LineExtensionAmount') < 0n),
    ...['OrderReference', 'ContractDocumentReference', 'BillingReference'].filter((name) =>
      xml.includes(`<cac:${name}>`),
    ),
  ].join()

/** Sums that don't add up, in cents: lines to groups, groups to the whole, VAT to the whole, and the whole to what is payable. */
export function sumsOf(xml: string): string[] {
  const [whole = ''] = partsOf(xml, 'LegalMonetaryTotal')
  const lines = linesOf(xml).map((line) => ({ category: categoryOf(line), net: amount(line, 'LineExtensionAmount') }))
  const groups = partsOf(xml, 'TaxSubtotal').map((part) => ({
    category: categoryOf(part),
    net: amount(part, 'TaxableAmount'),
    vat: amount(part, 'TaxAmount'),
  }))
  const net = sum(lines.map((line) => line.net))
  const vat = sum(groups.map((group) => group.vat))
  const wrong = groups.flatMap((group) =>
    sum(lines.filter(({ category }) => category === group.category).map((line) => line.net)) === group.net
      ? []
      : [group.category],
  )
  for (const [name, expected] of [
    ['LineExtensionAmount', net],
    ['TaxExclusiveAmount', net],
    ['TaxInclusiveAmount', net + vat],
    ['PayableAmount', net + vat],
  ] as const)
    if (amount(whole, name) !== expected) wrong.push(name)
  return groups.length === 0 || lines.length === 0 ? ['no lines or groups'] : wrong
}
