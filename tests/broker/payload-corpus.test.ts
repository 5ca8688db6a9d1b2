// Real payloads of the developer data, which is no part of the project: what their sources say must come out.
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodePayload } from '#broker/codecs/registry.ts'
import { notRun } from '#tests/not-run.ts'

const FILE = '../shared/data/payloads.jsonl'

type Line = {
  id: string
  family: string
  topic: string | null
  payload: string
  encoding: string
  expected?: { n: string; u?: string; t?: number; v?: number; vs?: string; vb?: boolean }[]
}

function lines(family: string): Line[] {
  const all = readFileSync(FILE, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  return all.filter((line) => line.family === family)
}

test('senml: the values and instants that the RFC resolves', (context) => {
  if (!existsSync(FILE)) notRun(context, 'SenML of the RFC', `put the developer data at ${FILE}`, true)
  const packs = lines('senml')
  expect(packs.length).toBeGreaterThan(8)
  for (const { id, payload, encoding, expected } of packs) {
    const answer = decodePayload({ payload, encoding: encoding.endsWith('base64') ? 'base64' : 'text' }, 0)
    expect([id, answer.codec, answer.problems]).toEqual([id, 'senml', []])
    if (expected === undefined) continue
    const values = answer.readings.map(({ value }) => value)
    expect([id, values]).toEqual([id, expected.map(({ v, vs, vb }) => v ?? vs ?? vb)])
    const instants = answer.readings.map(({ at }) => (at === null ? null : Date.parse(at)))
    // The RFC resolves "now" to the time of its writing; here the receive time counts.
    const wanted = expected.map(({ t }) =>
      t === 1_498_780_179 || t === 1_499_109_309 ? null : Math.round((t ?? 0) * 1_000),
    )
    expect([id, instants]).toEqual([id, wanted])
    const names = answer.readings.map(({ device, point }) => `${device} ${point}`)
    expect(new Set(names.map((name, index) => `${name} ${instants[index]}`)).size).toBe(names.length)
    for (const [index, { n }] of expected.entries())
      expect(n.startsWith(answer.readings[index]?.device ?? '?')).toBe(true)
  }
})

test('the CBOR form of a pack gives what its JSON form gives', (context) => {
  if (!existsSync(FILE)) notRun(context, 'SenML CBOR of the RFC', `put the developer data at ${FILE}`, true)
  const packs = lines('senml')
  const json = packs.find(({ id }) => id === 'senml-007')
  const cbor = packs.find(({ encoding }) => encoding.endsWith('base64'))
  const fromJson = decodePayload({ payload: json?.payload ?? '' }, 0).readings
  const fromCbor = decodePayload({ payload: cbor?.payload ?? '', encoding: 'base64' }, 0).readings
  expect(fromJson).toHaveLength(7)
  // The base time was written as a double in one and with a millisecond in the other.
  expect(fromCbor.map(({ at: _at, ...reading }) => reading)).toEqual(fromJson.map(({ at: _at, ...reading }) => reading))
})

test('zigbee2mqtt: every property of every payload is read or left out by name', (context) => {
  if (!existsSync(FILE)) notRun(context, 'zigbee2mqtt payloads', `put the developer data at ${FILE}`, true)
  const messages = lines('zigbee2mqtt')
  expect(messages.length).toBeGreaterThan(15)
  for (const { id, topic, payload } of messages) {
    const answer = decodePayload({ topic: topic ?? '', payload }, 0)
    expect([id, answer.codec, answer.problems]).toEqual([id, 'zigbee2mqtt', []])
    const properties = JSON.parse(payload) as Record<string, unknown>
    const seen = [...answer.readings.map(({ point }) => point), ...answer.ignored]
    expect([id, seen.sort()]).toEqual([id, Object.keys(properties).sort()])
    for (const { device, point, value } of answer.readings) {
      expect([id, device]).toEqual([id, topic?.slice('zigbee2mqtt/'.length)])
      const sent = properties[point]
      expect([id, point, value]).toEqual([id, point, typeof value === 'number' ? Number(sent) : sent])
    }
  }
  const first = decodePayload({ topic: 'zigbee2mqtt/MeterPdcPwm', payload: messages[0]?.payload ?? '' }, 0)
  expect(first.readings).toContainEqual({
    device: 'MeterPdcPwm',
    point: 'energy_b',
    value: 139.15,
    unit: 'kWh',
    at: null,
  })
})
