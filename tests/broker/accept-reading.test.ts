// The rule that decides about one reading.
import { describe, expect, test } from 'vitest'
import {
  CLOCK_AHEAD_MS,
  CLOCK_SUSPECT_MS,
  READING_REFUSALS,
  acceptReading,
  acceptingKind,
  isAccepted,
} from '#domain/metering/accept-reading.ts'
import type { AcceptingKind } from '#domain/metering/accept-reading.ts'
import type { Value } from '#domain/ports/telemetry.ts'

const NOW = Date.UTC(2026, 5, 1)
const KINDS: AcceptingKind[] = ['counter', 'interval', 'gauge', 'state', null]
const verdicts = (value: Value): string[] => KINDS.map((kind) => acceptReading(kind, value, NOW, NOW))

describe('values, by kind counter, interval, gauge, state, undeclared', () => {
  test.each<[string, Value, string[]]>([
    ['a number', 1.5, ['measured', 'measured', 'measured', 'measured', 'measured']],
    ['minus zero', -0, ['measured', 'measured', 'measured', 'measured', 'measured']],
    ['the largest certain integer', Number.MAX_SAFE_INTEGER, Array.from({ length: 5 }, () => 'measured')],
    ['2^53', 2 ** 53, Array.from({ length: 5 }, () => 'number-too-large')],
    ['-2^63', -(2 ** 63), Array.from({ length: 5 }, () => 'number-too-large')],
    ['NaN', Number.NaN, Array.from({ length: 5 }, () => 'not-finite')],
    ['infinity', Number.NEGATIVE_INFINITY, Array.from({ length: 5 }, () => 'not-finite')],
    ['a boolean', true, ['wrong-type', 'wrong-type', 'wrong-type', 'measured', 'measured']],
    ['a text', 'open', ['wrong-type', 'wrong-type', 'wrong-type', 'measured', 'measured']],
    ['a number as text', '12.5', ['number-as-text', 'number-as-text', 'number-as-text', 'measured', 'number-as-text']],
    [
      'a Finnish number as text',
      ' -12,5 ',
      ['number-as-text', 'number-as-text', 'number-as-text', 'measured', 'number-as-text'],
    ],
    [
      'an exponent as text',
      '1e3',
      ['number-as-text', 'number-as-text', 'number-as-text', 'measured', 'number-as-text'],
    ],
    ['a version as text', '1.2.3', ['wrong-type', 'wrong-type', 'wrong-type', 'measured', 'measured']],
    ['a text of 256', 'x'.repeat(256), ['wrong-type', 'wrong-type', 'wrong-type', 'measured', 'measured']],
    ['a text of 257', 'x'.repeat(257), ['wrong-type', 'wrong-type', 'wrong-type', 'text-too-long', 'text-too-long']],
    ['exact digits', { decimal: '9007199254.740993' }, Array.from({ length: 5 }, () => 'measured')],
    [
      'too many digits',
      { decimal: '9007199254740993123.5' },
      ['number-too-large', 'number-too-large', 'number-too-large', 'number-too-large', 'number-too-large'],
    ],
  ])('%s', (_name, value, expected) => {
    expect(verdicts(value)).toEqual(expected)
  })
})

test.each<[string, number, string]>([
  ['now', NOW, 'measured'],
  ['ten years ago', NOW - 10 * 365 * 86_400_000, 'measured'],
  ['a clock that was never set', 12_345, 'suspect'],
  ['1970', 0, 'suspect'],
  ['before 1970', -1, 'instant-out-of-range'],
  ['no number', Number.NaN, 'instant-out-of-range'],
  ['a little ahead', NOW + CLOCK_SUSPECT_MS, 'measured'],
  ['more ahead', NOW + CLOCK_SUSPECT_MS + 1, 'suspect'],
  ['a day ahead', NOW + CLOCK_AHEAD_MS, 'suspect'],
  ['more than a day ahead', NOW + CLOCK_AHEAD_MS + 1, 'clock-ahead'],
  ['infinitely ahead', Number.POSITIVE_INFINITY, 'clock-ahead'],
])('instant: %s', (_name, at, expected) => {
  expect(acceptReading('counter', 1, at, NOW)).toBe(expected)
})

test('every refusal has its sentence, and is none of the acceptances', () => {
  for (const [reason, sentence] of Object.entries(READING_REFUSALS)) {
    expect(isAccepted(reason as keyof typeof READING_REFUSALS)).toBe(false)
    expect(sentence.length).toBeGreaterThan(10)
  }
  expect(isAccepted('measured') && isAccepted('suspect')).toBe(true)
  expect(['counter', 'temperature', undefined].map(acceptingKind)).toEqual(['counter', null, null])
})
