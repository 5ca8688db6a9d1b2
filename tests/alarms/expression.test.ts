// Expressions: what they say, what they refuse, and that no text stops the process.
import { expect, test } from 'vitest'
import { parseExpression, type ExpressionValue } from '#domain/alarms/expression.ts'

function evaluate(text: string, values: Record<string, ExpressionValue> = {}): ExpressionValue | null {
  const read = parseExpression(text)
  if (!read.ok) throw new Error(read.problem.message)
  return read.expression.evaluate((key) => values[key])
}
const problem = (text: string): { at: number; message: string } | null => {
  const read = parseExpression(text)
  return read.ok ? null : read.problem
}

test('arithmetic, comparisons and words, by their precedence', () => {
  const values = { a: 7, b: 2, on: true, 'supply-temperature': 15.5, state: 'alarm' }
  for (const [text, expected] of [
    ['a + b * 3', 13],
    ['(a + b) * 3', 27],
    ['a - b - 1', 4],
    ['-a + b', -5],
    ['a / b', 3.5],
    ['a > b and not (a = 7)', false],
    ['a > b or b > a and false', true],
    ['[supply-temperature] < 16 and on', true],
    ['state == "alarm"', true],
    ['state != "ok" AND a >= 7', true],
    ['abs(b - a) + max(a, b, 20) - min(a, b)', 23],
    ['on + 1', 2],
  ] as const)
    expect([text, evaluate(text, values)]).toEqual([text, expected])
})

test('what is not known stays unknown, unless the other side decides', () => {
  expect(evaluate('a > 1')).toBeNull()
  expect(evaluate('a > 1 or b', { b: true })).toBe(true)
  expect(evaluate('a > 1 and b', { b: false })).toBe(false)
  expect(evaluate('a > 1 and b', { b: true })).toBeNull()
  expect(evaluate('a / b > 1', { a: 1, b: 0 })).toBeNull()
  expect(evaluate('a > 1', { a: 'open' })).toBeNull()
})

test('problems have their place, and there are bounds', () => {
  expect(problem('co2 > ')).toEqual({ at: 6, message: 'ends too early' })
  expect(problem('co2 >> 3')?.at).toBe(5)
  expect(problem('1 > 2')?.message).toBe('asks for no point')
  expect(problem('co2 > 3 temperature')?.at).toBe(8)
  expect(problem('abs co2')?.message).toContain('brackets')
  expect(problem('(co2 > 3')?.message).toContain('closing bracket')
  expect(problem('co2 ; 3')?.at).toBe(4)
  expect(problem(`${'('.repeat(60)}a${')'.repeat(60)}`)?.message).toContain('nested')
  expect(problem(`${'not '.repeat(60)}a`)?.message).toContain('nested')
  expect(problem(`${'-'.repeat(60)}a`)?.message).toContain('nested')
  expect(problem(Array.from({ length: 150 }, () => 'a').join(' + '))?.message).toContain('parts')
  expect(problem(Array.from({ length: 30 }, (_, i) => `p${i}`).join(' + '))?.message).toContain('points')
  expect(problem('a'.repeat(2_000))?.message).toContain('longer')
})

test('nothing but the points that it names can be reached', () => {
  for (const text of ['constructor', '__proto__ > 1', 'toString', '[__proto__] = 1']) {
    const read = parseExpression(text)
    expect([text, read.ok ? read.expression.evaluate(() => undefined) : 'refused']).toEqual([text, null])
  }
})

test('random text is read or refused, never more', () => {
  const letters = 'ab1.()[]"<>=!-+*/, andornot\\\u0000ä'
  let state = 7
  for (let i = 0; i < 5_000; i++) {
    let text = ''
    for (let j = 0; j < 30; j++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      text += letters[(state >>> 16) % letters.length]
    }
    const read = parseExpression(text)
    if (read.ok) read.expression.evaluate(() => 1)
    else expect(read.problem.at).toBeLessThanOrEqual(text.length)
  }
})
