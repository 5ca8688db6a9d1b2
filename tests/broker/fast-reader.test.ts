// The fast reader either gives exactly what the plain codec gives, or leaves the message to it.
import { expect, test } from 'vitest'
import { nativeCodec } from '#broker/codecs/native/codec.ts'
import { FastReader } from '#broker/codecs/native/fast-reader.ts'
import { KeyTable } from '#broker/codecs/native/key-table.ts'

const KEYS = ['energy', 'power', 't', 'a.b:c-d', 'x'.repeat(64), ...Array.from({ length: 40 }, (_, i) => `k${i}`)]
/** FUZZ_RUNS and FUZZ_SEED in the environment make it longer, or repeat it. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 100_000)

/** mulberry32: the printed seed repeats a failure. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function payloadFrom(random: () => number): Buffer {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const space = (): string => (random() < 0.05 ? pick([' ', '\n', '\t ', '\r\n']) : '')
  const digits = (most: number): string =>
    Array.from({ length: 1 + Math.floor(random() * most) }, () => Math.floor(random() * 10)).join('')
  const number = (): string => {
    const sign = random() < 0.3 ? '-' : ''
    const whole = random() < 0.05 ? digits(18) : String(Number(digits(9)))
    const decimals = random() < 0.6 ? `.${digits(random() < 0.05 ? 18 : 6)}` : ''
    return sign + whole + decimals + (random() < 0.03 ? pick(['e5', 'E-3', 'e+2', 'e']) : '')
  }
  const value = (): string =>
    random() < 0.95 ? number() : pick(['true', 'false', 'null', '"on"', '"1.5"', '{}', '[1]', 'NaN', '-', '01'])
  const pairs = Array.from({ length: Math.floor(random() * 5) }, () => {
    const key = random() < 0.97 ? pick(KEYS) : pick(['unknown', 'en\\u0065rgy', '', 'ä'])
    return `${space()}"${key}"${space()}:${space()}${value()}${space()}`
  })
  const ts =
    random() < 0.8
      ? `"ts":${space()}${random() < 0.9 ? '1790000000000' : pick(['0', '-5', '1790000000000.5', '"2026-01-01T00:00:00Z"', '1e12', 'null'])},`
      : ''
  let text = `${space()}{${space()}${ts}${space()}"values":${space()}{${pairs.join(',')}}${space()}}${space()}`
  if (random() < 0.15) {
    const at = Math.floor(random() * text.length)
    text =
      text.slice(0, at) +
      pick(['', ',', '}', '"', '{', '0', '\\', '\u0000']) +
      text.slice(at + Math.floor(random() * 3))
  }
  return Buffer.from(text)
}

test(`${RUNS} random payloads: no mismatch with the plain codec`, () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000)
  const random = randomFrom(seed)
  const table = new KeyTable()
  for (const key of KEYS) table.add(key)
  const reader = new FastReader()
  let fast = 0
  const mismatches: unknown[] = []
  for (let run = 0; run < RUNS; run++) {
    const payload = payloadFrom(random)
    const count = reader.read(payload, table)
    if (count === -1) continue
    fast++
    const plain = nativeCodec.decode('', payload, { receivedAt: 0, device: null, readingsLimit: 1_000 })
    const readings = Array.from({ length: count }, (_, i) => [
      KEYS[reader.keys[i] as number],
      reader.values[i],
      reader.at,
    ])
    const expected = plain.readings.map(({ point, value, at }) => [point, value, at ?? -1])
    const isSame = plain.problems.length === 0 && JSON.stringify(readings) === JSON.stringify(expected)
    if (!isSame) mismatches.push({ payload: payload.toString(), readings, expected })
  }
  expect({ seed, mismatches }).toEqual({ seed, mismatches: [] })
  // Most everyday messages take the fast way; a reader that always gives up would prove nothing.
  expect(fast).toBeGreaterThan(RUNS / 4)
})

test('the everyday form is read fast, everything unusual is not', () => {
  const table = new KeyTable()
  table.add('energy')
  const reader = new FastReader()
  const read = (text: string): number => reader.read(Buffer.from(text), table)
  expect(read('{"ts":1790000000000,"values":{"energy":1234.5}}')).toBe(1)
  expect([reader.at, reader.values[0]]).toEqual([1_790_000_000_000, 1234.5])
  expect(read('{"values":{}}')).toBe(0)
  for (const text of [
    '',
    '{',
    '{"values":{"energy":1}',
    '{"values":{"energy":1}}x',
    '{"values":{"other":1}}',
    '{"values":{"energy":1,"energy":2}}',
    '{"values":{"energy":1e3}}',
    '{"values":{"energy":9007199254740993}}',
    '{"values":{"energy":"on"}}',
    '{"values":{"energy":null}}',
    '{"values":{"energy":1},"ts":5}',
    '[{"values":{"energy":1}}]',
  ]) {
    expect([text, read(text)]).toEqual([text, -1])
  }
})

test('a key table finds each of many keys, and no other', () => {
  const table = new KeyTable()
  const keys = Array.from({ length: 5_000 }, (_, i) => `key.${i * 7919}`)
  for (const key of keys) table.add(key)
  const reader = new FastReader()
  for (const [index, key] of keys.entries()) {
    expect(reader.read(Buffer.from(`{"values":{"${key}":1}}`), table)).toBe(1)
    expect(reader.keys[0]).toBe(index)
  }
  expect(reader.read(Buffer.from('{"values":{"key.1":1}}'), table)).toBe(-1)
})
