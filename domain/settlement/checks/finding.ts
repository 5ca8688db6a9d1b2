// What a check before issue has found: how grave it is, which lines it is about, and its figures as text.
export type Severity = 'hinders' | 'warn' | 'note'
export const FINDING_CODES = [
  'not-over',
  'blocked',
  'estimated',
  'changed-category',
  'changed-item',
  'remainder-outside-band',
  'no-reading-near-end',
  'interpolated',
  'vacant-without-landlord',
  'invoice-missing',
  'price-missing',
  'readings-damaged',
  'unapproved-meter',
  'supplier-invoice',
] as const
export type FindingCode = (typeof FINDING_CODES)[number]
/** `figures`: amounts and quantities as decimals, parts as fractions of one, dates and instants in ISO form, ids. */
export type Finding = {
  code: FindingCode
  severity: Severity
  items: readonly string[]
  figures: Readonly<Record<string, string>>
}

const ORDER: readonly Severity[] = ['hinders', 'warn', 'note']
/** The gravest first, then in the order of the codes. */
export const inOrder = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted(
    (a, b) =>
      ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) ||
      FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code),
  )
