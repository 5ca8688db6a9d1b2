// Claim codes and label sheets: slips of the finger are found, and every label lies on its sheet.
import { expect, test } from 'vitest'
import { LABEL_SHEETS, placeOfLabel } from '#domain/claims/label-sheets.ts'
import {
  CLAIM_ALPHABET,
  CLAIM_RANDOM_CHARACTERS,
  claimCodeOf,
  formatClaimCode,
  readClaimCode,
} from '#domain/writing/claim-code.ts'
import { createClaimCode } from '#api/claims/claims.ts'

test('a code has at least 60 bits, and is read however it is typed', () => {
  expect(Math.log2(CLAIM_ALPHABET.length) * CLAIM_RANDOM_CHARACTERS).toBeGreaterThan(60)
  for (const look of '01OIL') expect(CLAIM_ALPHABET).not.toContain(look)
  const codes = Array.from({ length: 500 }, createClaimCode)
  expect(new Set(codes).size).toBe(500)
  for (const code of codes) {
    const shown = formatClaimCode(code)
    expect(shown).toMatch(/^[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{5}$/)
    for (const typed of [
      shown,
      code,
      shown.toLowerCase(),
      ` ${shown.replaceAll('-', ' ')} `,
      `https://a.fi/c/${shown}?lang=sv`,
    ])
      expect(readClaimCode(typed)).toEqual({ ok: true, code })
  }
})

test('every single wrong character and every two that change places are found', () => {
  const code = claimCodeOf([3, 14, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 30, 0])
  const known = Array.from(code)
  for (let place = 0; place < code.length; place++) {
    for (const other of CLAIM_ALPHABET) {
      if (other === known[place]) continue
      expect(readClaimCode(known.with(place, other).join(''))).toEqual({ ok: false, reason: 'wrong-check' })
    }
    for (let second = place + 1; second < code.length; second++) {
      if (known[second] === known[place]) continue
      const swapped = known.with(place, known[second]!).with(second, known[place]!).join('')
      expect(readClaimCode(swapped)).toEqual({ ok: false, reason: 'wrong-check' })
    }
  }
})

test('what is no code says why, however hostile', () => {
  const reason = (text: string): string => {
    const read = readClaimCode(text)
    return read.ok ? 'ok' : read.reason
  }
  expect(reason('')).toBe('wrong-length')
  expect(reason('ABC')).toBe('wrong-length')
  expect(reason('O0O0O-11111-LLLLL')).toBe('wrong-character')
  expect(reason('A'.repeat(100_000))).toBe('wrong-length')
  expect(reason('../../../etc/pw')).toBe('wrong-character')
  expect(reason('<script>ABCDEFG')).toBe('wrong-character')
  expect(reason('22222-22222-2222٢')).toBe('wrong-character')
})

test('labels lie on their sheet without touching, in the middle of it, and the next sheet goes on', () => {
  for (const sheet of LABEL_SHEETS) {
    const { columns, rows, labelWidthMm, labelHeightMm, leftMm, topMm, stepXMm, stepYMm, pageWidthMm, pageHeightMm } =
      sheet
    const right = leftMm + (columns - 1) * stepXMm + labelWidthMm
    const bottom = topMm + (rows - 1) * stepYMm + labelHeightMm
    expect(pageWidthMm - right, sheet.id).toBeCloseTo(leftMm, 6)
    expect(pageHeightMm - bottom, sheet.id).toBeCloseTo(topMm, 6)
    expect(stepXMm).toBeGreaterThanOrEqual(labelWidthMm)
    expect(stepYMm).toBeGreaterThanOrEqual(labelHeightMm)
    const count = columns * rows
    expect(placeOfLabel(sheet, 0)).toEqual({ page: 0, leftMm, topMm })
    expect(placeOfLabel(sheet, count)).toEqual({ page: 1, leftMm, topMm })
    expect(placeOfLabel(sheet, 0, count)).toMatchObject({ page: 0, leftMm: leftMm + (columns - 1) * stepXMm })
  }
})
