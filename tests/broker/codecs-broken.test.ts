// Broken messages of every family: cut at every byte, one byte changed. Never an exception, and never a wrong value where a check sum stands.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from '#broker/codecs/json.ts'
import { CODECS } from '#broker/codecs/registry.ts'
import type { Codec, Decoded } from '#broker/codecs/codec.ts'

type Fixture = { name: string; topic: string; payload: string; encoding?: string; receivedAt?: string }

const FAMILIES = ['tasmota', 'shelly', 'wmbusmeters', 'ruuvi', 'dsmr', 'homie', 'ha-discovery', 'rtlamr']
const RECEIVED_AT = Date.parse('2026-06-01T12:00:00Z')

describe.each(FAMILIES)('broken %s', (family) => {
  const codec = CODECS.find(({ name }) => name === family) as Codec
  const file = new URL(`../../broker/codecs/${family}/fixtures.json`, import.meta.url)
  const fixtures = JSON.parse(readFileSync(file, 'utf8')) as Fixture[]

  test.each(fixtures)('$name', ({ topic, payload, encoding, receivedAt }) => {
    const bytes = Buffer.from(payload, encoding === 'hex' ? 'hex' : 'utf8')
    const at = Date.parse(receivedAt ?? '') || RECEIVED_AT
    const whole = keysOf(decode(codec, topic, bytes, at))
    const isChecked =
      whole.length > 0 &&
      family === 'dsmr' &&
      (bytes[0] === 0x7e || payload.startsWith('7e') || /![0-9A-F]{4}\s*$/.test(payload))
    const isJson = payload.startsWith('{') && payload.endsWith('}')
    for (let end = 0; end < bytes.length; end++) {
      const cut = decode(codec, topic, bytes.subarray(0, end), at)
      if (isChecked) expect(whole).toEqual(expect.arrayContaining(keysOf(cut)))
      if (isJson) expect([end, cut.readings]).toEqual([end, []])
    }
    for (let index = 0; index < bytes.length; index++) {
      for (const flip of [0x01, 0x10, 0x20]) {
        const changed = Buffer.from(bytes)
        changed[index] = (changed[index] as number) ^ flip
        codec.recognises(topic, changed)
        const decoded = decode(codec, topic, changed, at)
        const strange = isChecked ? keysOf(decoded).filter((key) => !whole.includes(key)) : []
        expect([index, flip, strange]).toEqual([index, flip, []])
      }
    }
  })
})

test('a key named twice is found wherever it stands, however it is written', () => {
  fc.assert(
    fc.property(
      fc.json({ maxDepth: 3 }),
      fc.json({ maxDepth: 3 }),
      fc.constantFrom('k', '__proto__', 'a"b', 'ä\\'),
      (a, b, key) => {
        const name = JSON.stringify(key)
        const escaped = `"${Array.from(key, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`
        expect(parseJson(Buffer.from(a)).problem).not.toBe('duplicate-key')
        for (const [first, second] of [
          [name, name],
          [name, escaped],
          [escaped, name],
        ]) {
          const text = `[${a}, {"x": {${first}: ${a}, "y": ${b}, ${second} : 1}}]`
          expect(parseJson(Buffer.from(text)).problem).toBe('duplicate-key')
          expect(parseJson(Buffer.from(text.replace(`${second} :`, '"other" :'))).problem).toBe(null)
        }
        expect(
          parseJson(Buffer.from(`{"a":{${name}:"x","y":${b},${escaped}: "x"}}`), { sameTwice: true }).problem,
        ).toBe(null)
        expect(parseJson(Buffer.from(`{${name}:"x","y":${b},${escaped}: "y"}`), { sameTwice: true }).problem).toBe(
          'duplicate-key',
        )
      },
    ),
    { numRuns: 200 },
  )
})

test('a telegram of the past keeps Central European time; the letter alone tells summer from winter', () => {
  const codec = CODECS.find(({ name }) => name === 'dsmr') as Codec
  const instantOf = (clock: string, receivedAt: string): string | null => {
    const telegram = `/ABC5\\1\r\n\r\n0-0:96.1.1(31)\r\n0-1:24.2.1(${clock})(00001.000*m3)\r\n!\r\n`
    const at = decode(codec, '', Buffer.from(telegram), Date.parse(receivedAt)).readings[0]?.at
    return at == null ? null : new Date(at).toISOString()
  }
  expect(instantOf('260115120000W', '2026-06-01T12:00:00Z')).toBe('2026-01-15T11:00:00.000Z')
  expect(instantOf('261025023000S', '2027-06-01T12:00:00Z')).toBe('2026-10-25T00:30:00.000Z')
  expect(instantOf('261025023000W', '2027-06-01T12:00:00Z')).toBe('2026-10-25T01:30:00.000Z')
  expect(instantOf('260115120000', '2026-06-01T12:00:00Z')).toBe(null)
  expect(instantOf('260230120000W', '2026-06-01T12:00:00Z')).toBe(null)
})

function decode(codec: Codec, topic: string, bytes: Uint8Array, receivedAt: number): Decoded {
  return codec.decode(topic, bytes, { receivedAt, device: null, readingsLimit: 10_000 })
}

function keysOf({ readings }: Decoded): string[] {
  return readings.map((reading) => JSON.stringify(reading))
}
