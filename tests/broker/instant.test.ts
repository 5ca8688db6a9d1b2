// The quick way of reading instants gives what the whole grammar gives.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseInstant } from '#broker/codecs/instant.ts'

const two = (value: number): string => String(value).padStart(2, '0')

test('any fields, fractions and offsets: as Date.parse has it, or refused alike', () => {
  const fields = fc.record({
    year: fc.integer({ min: 1, max: 9_999 }),
    month: fc.integer({ min: 0, max: 13 }),
    day: fc.integer({ min: 0, max: 32 }),
    hour: fc.integer({ min: 0, max: 24 }),
    minute: fc.integer({ min: 0, max: 60 }),
    second: fc.integer({ min: 0, max: 59 }),
    fraction: fc.option(fc.stringMatching(/^\d{1,9}$/)),
  })
  fc.assert(
    fc.property(fields, ({ year, month, day, hour, minute, second, fraction }) => {
      const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
      const time = `${two(hour)}:${two(minute)}:${two(second)}${fraction === null ? '' : `.${fraction}`}`
      // The blank leads round the quick way.
      const whole = parseInstant(`${date} ${time}Z`)
      expect(parseInstant(`${date}T${time}Z`)).toBe(whole)
      expect(parseInstant(`${date}T${time}+00:00`)).toBe(whole)
    }),
    { numRuns: 5_000 },
  )
})

test.each([
  '2026-01-01T00:00:00',
  '2026-01-01T00:00:00.Z',
  '2026-01-01T00:00:00,5Z',
  '2026/01/01T00:00:00Z',
  'Z',
  '+00:00',
])('%s goes the long way', (text) => expect(parseInstant(text)).toBe(parseInstant(text.replace('T', ' '))))
