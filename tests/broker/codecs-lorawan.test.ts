// LoRaWAN: what network servers and device models must give, and what must never be guessed.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { codecOf, decodePayload, recognise } from '#broker/codecs/registry.ts'
import { MODELS } from '#broker/codecs/lorawan-raw/models/all.ts'
import { readModel } from '#broker/codecs/lorawan-raw/read-model.ts'
import { modelOf, recogniseFrame } from '#broker/codecs/lorawan-raw/recognise-model.ts'
import { notRun } from '#tests/not-run.ts'

const CONTEXT = { receivedAt: 0, device: null, readingsLimit: 1_000 }
const UNKNOWN = { names: [], port: null, devEui: null }

/** Bytes of a fixed sequence, the same on every run. */
function noise(length: number, seed: number): Uint8Array {
  let state = seed * 2_654_435_761 + 1
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 24
  })
}

describe('device models', () => {
  test('names are one model’s only', () => {
    const names = MODELS.flatMap(({ id, names: others }) => [id, ...(others ?? [])]).map((name) =>
      name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''),
    )
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  test.each([
    ['EM300-TH', 'milesight-em300-th'],
    ['Milesight EM300-TH class A', 'milesight-em300-th'],
    ['milesight_am307', 'milesight-am307'],
    ['elsys/ERS', 'elsys-ers'],
    ['Chirpstack default device profile', null],
    ['Test device-profile', null],
    ['', null],
  ])('%s is %s', (name, id) => {
    expect(modelOf(name)?.id ?? null).toBe(id)
  })

  test('every model withstands any bytes: no exception, no number out of its range', () => {
    for (const model of MODELS) {
      for (let seed = 0; seed < 100; seed++) {
        const result = readModel(model, noise(seed % 52, seed), true)
        if (result.problem !== null) continue
        expect(result.readings.every(({ value }) => typeof value !== 'number' || Number.isFinite(value))).toBe(true)
      }
    }
  })

  test('chance bytes are of no model', () => {
    const claimed = Array.from({ length: 1_000 }, (_, seed) => noise(4 + (seed % 45), seed + 7)).filter(
      (bytes) => recogniseFrame(bytes, UNKNOWN).isRecognised,
    )
    expect(claimed.length).toBeLessThanOrEqual(1)
  })

  test('what models read differently is not read', () => {
    const { readings, problems } = recogniseFrame(Buffer.from('017550030001', 'hex'), { ...UNKNOWN, port: 85 })
    expect(readings.map(({ point, value }) => [point, value])).toEqual([['battery', 80]])
    expect(problems.map(({ code }) => code)).toEqual(['unknown-model'])
  })

  test('a value that its data sheet does not allow is a problem, the others are read', () => {
    const facts = { ...UNKNOWN, names: ['EM300-TH'] }
    const { readings, problems } = recogniseFrame(Buffer.from('0175500468fa', 'hex'), facts)
    expect(readings.map(({ point }) => point)).toEqual(['battery'])
    expect(problems.map(({ code }) => code)).toEqual(['bad-value'])
  })
})

test('copies of an uplink through several gateways have the same device and counter', () => {
  const uplink = (gateway: string): string =>
    JSON.stringify({
      deduplicationId: gateway,
      time: '2026-02-03T04:05:06Z',
      deviceInfo: { tenantId: 't', deviceProfileName: 'EM300-TH', devEui: '24e124136b502217' },
      fCnt: 82,
      fPort: 85,
      data: 'AXVkA2cYAQ==',
      rxInfo: [{ gatewayId: gateway }],
    })
  const decode = (gateway: string) => codecOf('chirpstack')?.decode('', Buffer.from(uplink(gateway)), CONTEXT)
  expect(decode('a')?.uplink).toEqual({ device: '24e124136b502217', counter: 82 })
  expect(decode('a')).toEqual(decode('b'))
  const tts = { end_device_ids: { device_id: 'd', application_ids: {} }, uplink_message: { frm_payload: 'AQ==' } }
  expect(codecOf('tts')?.decode('', Buffer.from(JSON.stringify(tts)), CONTEXT).uplink?.counter).toBe(0)
})

const FAMILIES = ['chirpstack', 'tts', 'thingpark', 'loriot', 'lorawan-raw']
describe.each(FAMILIES)('broken %s', (family) => {
  type Fixture = { name: string; topic: string; payload: string; encoding?: string }
  const file = new URL(`../../broker/codecs/${family}/fixtures.json`, import.meta.url)
  const fixtures = JSON.parse(readFileSync(file, 'utf8')) as Fixture[]
  const codec = codecOf(family)

  test.each(fixtures)('$name', ({ topic, payload, encoding }) => {
    const bytes = Buffer.from(payload, encoding === 'hex' ? 'hex' : 'utf8')
    for (let end = 0; end < bytes.length; end++) {
      const cut = codec?.decode(topic, bytes.subarray(0, end), CONTEXT)
      if (family !== 'lorawan-raw') expect([end, cut?.readings]).toEqual([end, []])
    }
    for (let index = 0; index < bytes.length; index++) {
      for (const flip of [0x01, 0x90]) {
        const changed = Buffer.from(bytes)
        changed[index] = (changed[index] as number) ^ flip
        recognise(topic, changed)
        expect(codec?.decode(topic, changed, CONTEXT).codec).toBe(family)
      }
    }
  })
})

const FILE = new URL('../../../shared/data/payloads.jsonl', import.meta.url)
describe.runIf(existsSync(FILE))('real uplinks', () => {
  type Row = { id: string; family: string; topic: string | null; payload: string; encoding: string; expected?: unknown }
  const rows = (existsSync(FILE) ? readFileSync(FILE, 'utf8').trim().split('\n') : [])
    .map((line) => JSON.parse(line) as Row)
    .filter(({ family }) => /^(?:chirpstack|tts|lorawan-raw)/.test(family))
  /** Where the source's decoder departs from the maker's description: humidity is half per cent, 0x7fff is no probe, all gases count. */
  const DEPARTS = new Set(['humidity', 'TempC_DS', 'CO2', 'VOC'])
  const decode = ({ topic, payload, encoding }: Row, codec?: string) =>
    decodePayload(
      {
        topic: topic ?? '',
        payload,
        encoding: encoding === 'hex' ? 'hex' : 'text',
        ...(codec === undefined ? {} : { codec }),
      },
      0,
    )

  test('are recognised', () => {
    const names = rows.map((row) => [row.family.split('-v')[0], decode(row).codec])
    expect(names.filter(([family, codec]) => family !== codec).length / rows.length).toBeLessThanOrEqual(0.05)
  })

  test.each(rows)('$id', (row) => {
    const answer = decode(row, row.family.split('-v')[0])
    const sources = [row.expected ?? []].flat() as { ts?: number; values?: object }[]
    const wrong = sources.flatMap((source) => {
      const at = source.ts === undefined ? null : new Date(source.ts).toISOString()
      return Object.entries(source.values ?? source).filter(([point, value]) => {
        if (typeof value !== 'number' || DEPARTS.has(point)) return false
        const found = answer.readings.find((one) => one.point === point && (at === null || one.at === at))
        return found !== undefined && found.value !== value
      })
    })
    expect(wrong).toEqual([])
  })

  test('their numbers are read', () => {
    let numbers = 0
    let read = 0
    for (const row of rows) {
      const { readings } = decode(row, row.family.split('-v')[0])
      const values = new Set(readings.map(({ value }) => value))
      for (const source of [row.expected ?? []].flat() as { ts?: number; values?: object }[]) {
        for (const [point, value] of Object.entries(source.values ?? source)) {
          if (typeof value !== 'number' || DEPARTS.has(point)) continue
          numbers++
          if (values.has(value)) read++
        }
      }
    }
    expect(numbers).toBeGreaterThan(100)
    expect(read / numbers).toBeGreaterThan(0.75)
  })
})
test.skipIf(existsSync(FILE))('real uplinks', (context) => {
  notRun(context, 'real uplinks', 'put payloads.jsonl into ../shared/data', true)
})
