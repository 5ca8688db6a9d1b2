// Every codec gives what its fixtures say, and no payload makes one throw.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CODECS, decodePayload } from '#broker/codecs/registry.ts'
import type { DecodeAnswer, PayloadEncoding } from '#broker/codecs/registry.ts'

type Fixture = {
  name: string
  topic: string
  payload: string
  encoding?: PayloadEncoding
  codec?: string
  receivedAt?: string
  expected: Omit<DecodeAnswer, 'problems'> & { problems: string[] }
}

describe.each(CODECS.map(({ name }) => name))('codec %s', (family) => {
  const file = new URL(`../../broker/codecs/${family}/fixtures.json`, import.meta.url)
  const fixtures = JSON.parse(readFileSync(file, 'utf8')) as Fixture[]

  test.each(fixtures)('$name', ({ topic, payload, encoding, codec, receivedAt, expected }) => {
    const at = Date.parse(receivedAt ?? '2026-06-01T12:00:00Z')
    const told = { ...(encoding === undefined ? {} : { encoding }), ...(codec === undefined ? {} : { codec }) }
    const answer = decodePayload({ topic, payload, ...told }, at)
    expect({ ...answer, problems: answer.problems.map(({ code }) => code) }).toEqual(expected)
  })

  test('takes any bytes without throwing', () => {
    const codec = CODECS.find(({ name }) => name === family)
    const seeds = fixtures.map(({ payload, encoding }) => Buffer.from(payload, encoding === 'hex' ? 'hex' : 'utf8'))
    const change = fc.record({
      of: fc.nat(seeds.length - 1),
      at: fc.nat(200),
      remove: fc.nat(3),
      insert: fc.uint8Array({ maxLength: 4 }),
    })
    fc.assert(
      fc.property(change, ({ of, at, remove, insert }) => {
        const seed = seeds[of] as Buffer
        const bytes = Buffer.concat([seed.subarray(0, at), insert, seed.subarray(at + remove)])
        const context = { receivedAt: 0, device: null, readingsLimit: 100 }
        const decoded = codec?.decode('zigbee2mqtt/x', bytes, context)
        expect(decoded?.readings.every(({ point }) => point !== '' && point !== '__proto__')).toBe(true)
        codec?.recognises('a/b', bytes)
      }),
      { numRuns: 3_000 },
    )
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })
})

test('F17: deep, large and hostile payloads are named problems', () => {
  const codeOf = (payload: string, topic = 'samtila/v1/d/telemetry'): string | undefined =>
    decodePayload({ topic, payload, codec: 'native' }, 0).problems[0]?.code
  expect(codeOf(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)).toBe('too-deep')
  expect(codeOf(`{"values":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`)).toBe('too-deep')
  expect(codeOf(`{"values":{"a":"${'x'.repeat(10_000_000)}"}}`)).toBe('too-large')
  expect(codeOf(`[${'{"values":{"a":1}},'.repeat(10_001)}{}]`)).toBe('too-many-readings')
  expect(codeOf('\ufeff{"values":{}}')).toBe('not-json')
  const cbor = Buffer.alloc(100_000, 0x81).toString('hex')
  expect(decodePayload({ payload: cbor, encoding: 'hex', codec: 'senml' }, 0).problems[0]?.code).toMatch(
    /too-deep|not-cbor/,
  )
  const claims = '9bffffffffffffffff'
  expect(decodePayload({ payload: claims, encoding: 'hex', codec: 'senml' }, 0).problems).toHaveLength(1)
})

test('decoding without storing: encodings, unknown codecs, unreadable text', () => {
  const asked = { topic: 'samtila/v1/d/telemetry', payload: '{"values":{"a":1}}' }
  const base64 = Buffer.from(asked.payload).toString('base64')
  const readings = [{ device: 'd', point: 'a', value: 1, unit: null, at: null }]
  expect(decodePayload(asked, 0).readings).toEqual(readings)
  expect(decodePayload({ ...asked, payload: base64, encoding: 'base64' }, 0).readings).toEqual(readings)
  expect(decodePayload({ ...asked, payload: { values: { a: 1 } }, encoding: 'json' }, 0).readings).toEqual(readings)
  expect(decodePayload({ ...asked, codec: 'morse' }, 0).problems[0]?.code).toBe('unknown-codec')
  expect(decodePayload({ ...asked, payload: 'xyz', encoding: 'hex' }, 0).problems[0]?.code).toBe('wrong-shape')
  expect(decodePayload({ ...asked, payload: 7 }, 0).problems[0]?.code).toBe('wrong-shape')
})
