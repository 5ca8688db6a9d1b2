// Check digits of Finnish identifiers, with published numbers; a changed digit is found.
import { expect, test } from 'vitest'
import {
  isExampleBusinessId,
  isReferenceNumber,
  isRfReference,
  parseBusinessId,
  parseIban,
  parseOvt,
  referenceNumber,
  rfReference,
} from '#domain/documents/identifiers.ts'

const changed = (text: string, at: number): string =>
  text.slice(0, at) + String((Number(text[at]) + 1) % 10) + text.slice(at + 1)

test('business ids: weights, remainder 1, old numbers of six digits', () => {
  for (const id of ['0245440-1', '0245977-1', '0242746-2', '9990001-6']) {
    expect(parseBusinessId(id)).toBe(id)
    for (let at = 0; at < 7; at++) expect(parseBusinessId(changed(id, at))).toBeNull()
  }
  expect(parseBusinessId('245440-1')).toBe('0245440-1')
  for (let digit = 0; digit < 10; digit++) expect(parseBusinessId(`1234568-${digit}`)).toBeNull()
  expect([isExampleBusinessId('9990001-6'), isExampleBusinessId('0245440-1')]).toEqual([true, false])
})

test('OVT with and without a suffix', () => {
  expect(parseOvt('003702454401100')).toEqual({ ovt: '003702454401100', businessId: '0245440-1', suffix: '100' })
  expect(parseOvt('003702459771')?.suffix).toBe('')
  for (const wrong of ['003702454402', '0037024544011000001', '02454401', '']) expect(parseOvt(wrong)).toBeNull()
})

test('IBAN, reference numbers and their international form', () => {
  expect(parseIban('FI21 1234 5600 0007 85')).toBe('FI2112345600000785')
  expect(parseIban('DE89370400440532013000')).toBe('DE89370400440532013000')
  for (const wrong of ['FI2112345600000786', 'FI211234560000078', 'FI', '']) expect(parseIban(wrong)).toBeNull()
  expect(referenceNumber('202610001')).toBe('2026100018')
  expect(rfReference('2026100018')).toBe('RF632026100018')
  for (let n = 100; n < 2000; n++) {
    const reference = referenceNumber(String(n))
    expect(isReferenceNumber(reference) && isRfReference(rfReference(reference))).toBe(true)
    expect(isReferenceNumber(changed(reference, 1))).toBe(false)
  }
})
