// Finnish identifiers of invoicing and their check digits: business id (Y-tunnus), OVT, VAT number, IBAN, reference number, RF.

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2]

/** A business id as `1234567-8`, an old one of six digits with its leading zero; null when the form or the check digit is wrong. */
export function parseBusinessId(text: string): string | null {
  const match = /^(\d{6,7})-?(\d)$/.exec(text.trim())
  if (match?.[1] === undefined) return null
  const digits = match[1].padStart(7, '0')
  const rest = WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11
  // With a remainder of 1 no number is issued.
  if (rest === 1 || (11 - rest) % 11 !== Number(match[2])) return null
  return `${digits}-${match[2]}`
}

/** Numbers from 9990000 on are not given to anybody: examples use them. */
export const isExampleBusinessId = (businessId: string): boolean => businessId.startsWith('999')

/** `FI12345678` of `1234567-8`. */
export const vatNumberOf = (businessId: string): string => `FI${businessId.replace('-', '')}`

/** An e-invoice address by organisation: 0037, eight digits of the business id, up to five signs of a part of the organisation. */
export function parseOvt(text: string): { ovt: string; businessId: string; suffix: string } | null {
  const match = /^0037(\d{7})(\d)([A-Z0-9]{0,5})$/i.exec(text.replaceAll(' ', ''))
  if (match === null) return null
  const businessId = parseBusinessId(`${match[1]}-${match[2]}`)
  return businessId === null
    ? null
    : { ovt: match[0].toUpperCase(), businessId, suffix: (match[3] ?? '').toUpperCase() }
}

/** Letters as 10 to 35, then the remainder by 97, digit by digit so that no length is too long. */
const mod97 = (text: string): number =>
  Array.from(text).reduce(
    (rest, sign) => Array.from(String(Number.parseInt(sign, 36))).reduce((r, d) => (r * 10 + Number(d)) % 97, rest),
    0,
  )

/** An IBAN without blanks; null when its length (Finnish: 18) or its check digits are wrong (ISO 13616). */
export function parseIban(text: string): string | null {
  const iban = text.replaceAll(' ', '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return null
  if (iban.startsWith('FI') && !/^FI\d{16}$/.test(iban)) return null
  return mod97(iban.slice(4) + iban.slice(0, 4)) === 1 ? iban : null
}

export const isBic = (text: string): boolean => /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(text)

/** The national reference number of some digits (3 to 19): weights 7, 3, 1 from the right, and the check digit at the end. */
export function referenceNumber(digits: string): string {
  const base = digits.replace(/^0+/, '')
  if (!/^\d{3,19}$/.test(base)) throw new Error(`no reference number can be made of ${digits}`)
  const sum = Array.from(base)
    .toReversed()
    .reduce((total, digit, i) => total + Number(digit) * ([7, 3, 1][i % 3] ?? 0), 0)
  return `${base}${(10 - (sum % 10)) % 10}`
}
export const isReferenceNumber = (text: string): boolean =>
  /^[1-9]\d{3,19}$/.test(text) && referenceNumber(text.slice(0, -1)) === text

/** The international form of a reference number (ISO 11649): `RF`, two check digits, the number. */
export const rfReference = (reference: string): string =>
  `RF${String(98 - mod97(`${reference}RF00`)).padStart(2, '0')}${reference}`
export const isRfReference = (text: string): boolean =>
  /^RF\d{2}[A-Z0-9]{1,21}$/.test(text) && mod97(text.slice(4) + text.slice(0, 4)) === 1
