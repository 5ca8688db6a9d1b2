// Invariant 1: domain/ does no I/O and reads no clock. Invariant 3: only domain/quantity/ rounds.
import { expect, test } from 'vitest'
import { readSourceFiles } from './source-files.ts'

const IMPURE: [what: string, pattern: RegExp][] = [
  ['reads the clock', /\bDate\.now\(|\bnew Date\(\s*\)|\bTemporal\.Now\b|\bperformance\.now\(/],
  ['is random', /\bMath\.random\(|\bcrypto\b/],
  ['waits', /\bsetTimeout\(|\bsetInterval\(|\bsetImmediate\(/],
  ['knows the process', /\bprocess\.|\bglobalThis\.process\b/],
  ['writes out', /\bconsole\./],
  ['fetches', /\bfetch\(/],
]
const ROUNDS = /\.toFixed\(|\bMath\.round\(|\.toPrecision\(/

const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')

test('domain/ does no I/O and reads no clock', () => {
  const files = readSourceFiles('domain')
  expect(files.length).toBeGreaterThan(30)
  const problems = files.flatMap(({ path, text }) =>
    IMPURE.filter(([, pattern]) => pattern.test(code(text))).map(([what]) => `${path} ${what}`),
  )
  expect(problems).toEqual([])
})

test('only domain/quantity/ rounds', () => {
  const files = readSourceFiles('domain').filter(({ path }) => !path.startsWith('domain/quantity/'))
  expect(files.length).toBeGreaterThan(20)
  expect(files.filter(({ text }) => ROUNDS.test(code(text))).map(({ path }) => path)).toEqual([])
})

test('the dashboard computes no money: only the geometry of a bar makes numbers of amounts', () => {
  const files = readSourceFiles('dashboard').filter(({ path }) => !path.startsWith('dashboard/charts/'))
  expect(files.length).toBeGreaterThan(20)
  const money =
    /Number(?:\.parseFloat)?\(\s*[\w.?]*\.(?:net|vat|gross|amount)\b|parseFloat\(\s*[\w.?]*\.(?:net|vat|gross|amount)\b|\+[\w.]+\.(?:net|gross)\b/
  expect(files.filter(({ text }) => money.test(code(text))).map(({ path }) => path)).toEqual([])
})

test('the dashboard does without Temporal: not every browser that people have knows it', () => {
  const users = readSourceFiles('dashboard').filter(({ text }) => /\bTemporal\./.test(code(text)))
  expect(users.map(({ path }) => path)).toEqual([])
})
