// Real payloads of the families: recognised without being told, their source's values given, nothing thrown.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { codecOf, decodePayload } from '#broker/codecs/registry.ts'
import type { DecodeAnswer } from '#broker/codecs/registry.ts'
import { notRun } from '#tests/not-run.ts'

type Row = { id: string; family: string; topic: string | null; payload: string; encoding: string; expected?: unknown }
type Expected = { value: number | null; unit: string | null; point: string | null }

const FILE = new URL('../../../shared/data/payloads.jsonl', import.meta.url)
const RECEIVED_AT = Date.parse('2026-11-01T12:00:00Z')
/** Families whose folder is called otherwise. */
const CODEC_OF: Record<string, string> = {
  'chirpstack-v4': 'chirpstack',
  'tts-v3': 'tts',
  'dsmr-p1': 'dsmr',
  'shelly-gen1': 'shelly',
  'shelly-gen2': 'shelly',
  'ruuvi-gateway': 'ruuvi',
  'ruuvi-raw': 'ruuvi',
}
const JUDGED = new Set(['tasmota', 'shelly', 'wmbusmeters', 'ruuvi', 'dsmr', 'ha-discovery'])
const SYMBOLS: Record<string, string> = { degC: '°C', C: '°C', '%RH': '%', pct: '%', VAr: 'var' }
const RIGHT_SHARE = 0.95

describe.runIf(existsSync(FILE))('real payloads', () => {
  const rows = existsSync(FILE)
    ? readFileSync(FILE, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Row)
    : []
  const codecName = ({ family }: Row): string => CODEC_OF[family] ?? family
  const known = rows.filter((row) => codecOf(codecName(row)) !== null)

  test('is recognised by topic and bytes', () => {
    const wrong = known.filter((row) => decode(row).codec !== codecName(row)).map(({ id }) => id)
    expect(known.length).toBeGreaterThan(150)
    expect(wrong.length / known.length, wrong.join(' ')).toBeLessThanOrEqual(1 - RIGHT_SHARE)
  })

  test('no family takes what is another one’s', () => {
    const stolen = rows.filter((row) => JUDGED.has(decode(row).codec ?? '') && decode(row).codec !== codecName(row))
    expect(stolen.map(({ id }) => id)).toEqual([])
  })

  test('is recognised by its bytes alone where it is JSON, a telegram or bytes with a mark', () => {
    const silent = known.filter(
      (row) => JUDGED.has(codecName(row)) && !['text', 'text-number', 'json-broken'].includes(row.encoding),
    )
    const wrong = silent.filter((row) => decode({ ...row, topic: null }).codec !== codecName(row)).map(({ id }) => id)
    expect(wrong.length / silent.length, wrong.join(' ')).toBeLessThanOrEqual(1 - RIGHT_SHARE)
  })

  test.each(rows.filter((row) => JUDGED.has(codecName(row)) && row.expected != null))('$id gives its values', (row) => {
    const answer = decode(row)
    expect(answer.problems).toEqual([])
    for (const expected of expectedOf(row.expected)) {
      const found = answer.readings.find((reading) => isSame(reading, expected))
      if (expected.value === null) expect(answer.ignored).toContain(expected.point)
      else expect(found, JSON.stringify(expected)).toBeDefined()
    }
  })

  test('refuses what is broken, by name, and reads all the rest', () => {
    for (const row of rows.filter((row) => JUDGED.has(codecName(row)))) {
      const { problems, readings } = decode(row)
      if (row.encoding === 'json-broken')
        expect([row.id, problems[0]?.code, readings]).toEqual([row.id, 'not-json', []])
      else expect([row.id, problems]).toEqual([row.id, []])
    }
  })
})

test.skipIf(existsSync(FILE))('real payloads', (context) => {
  notRun(
    context,
    'payloads of real devices',
    'put the developer data beside the project: ../shared/data/payloads.jsonl',
    true,
  )
})

function decode({ topic, payload, encoding }: Row): DecodeAnswer {
  const written = encoding.includes('base64') ? 'base64' : encoding === 'hex' ? 'hex' : 'text'
  return decodePayload({ topic: topic ?? '', payload, encoding: written }, RECEIVED_AT)
}

/** `[{name | obis, value, unit}]`, or `{temperature_C: …}` whose keys end with the unit. */
function expectedOf(expected: unknown): Expected[] {
  if (Array.isArray(expected)) {
    return (expected as { name?: string; obis?: string; value: number; unit: string }[]).map(
      ({ name, obis, value, unit }) => ({
        value,
        unit: unit === 'count' || unit === '1' ? null : (SYMBOLS[unit] ?? unit),
        point: obis ?? name ?? null,
      }),
    )
  }
  return Object.entries(expected as Record<string, number | null>).map(([key, value]) => {
    const [name = key, unit] = key.split('_')
    return { value, unit: unit === undefined ? null : (SYMBOLS[unit] ?? unit), point: name }
  })
}

function isSame({ point, value, unit }: DecodeAnswer['readings'][number], expected: Expected): boolean {
  const isNamed = expected.point === null || point === expected.point || point.endsWith(`.${expected.point}`)
  return isNamed && value === expected.value && unit === expected.unit
}
