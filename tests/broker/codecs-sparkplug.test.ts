// Sparkplug B with memory: births, aliases, sequence, deaths; and broken payloads.
import { describe, expect, test } from 'vitest'
import { codecOf } from '#broker/codecs/registry.ts'
import { decodePayloadBytes, encodePayload } from '#broker/codecs/sparkplug-b/payload.ts'
import { SparkplugSession, rebirthCommand } from '#broker/codecs/sparkplug-b/sparkplug-session.ts'
import type { SessionResult } from '#broker/codecs/sparkplug-b/sparkplug-session.ts'

const T = 1_770_091_506_789
const at = (receivedAt: number) => ({ receivedAt, device: null, readingsLimit: 1_000 })

class Line {
  readonly session = new SparkplugSession({ nodes: 3, rebirthPauseMs: 1_000 })
  now = T
  take(type: string, payload: { [key: string]: unknown }, device = ''): SessionResult {
    const topic = `spBv1.0/Town/${type}/plant-1${device}`
    return this.session.take(topic, encodePayload({ timestamp: T, ...payload }), at(this.now++))
  }
  birth(bdSeq = 0): SessionResult {
    return this.take('NBIRTH', {
      seq: 0,
      metrics: [
        { name: 'bdSeq', datatype: 4, longValue: bdSeq },
        {
          name: 'Temperature',
          alias: 1,
          datatype: 2,
          intValue: 20,
          properties: { keys: ['engUnit'], values: [{ type: 12, stringValue: '°C' }] },
        },
      ],
    })
  }
}
const readings = ({ decoded }: SessionResult) => decoded.readings.map(({ point, value, unit }) => [point, value, unit])

describe('session', () => {
  test('a birth names the aliases of later data, with datatype and unit', () => {
    const line = new Line()
    expect(line.birth().born).toEqual(['Town/plant-1'])
    const data = line.take('NDATA', { seq: 1, metrics: [{ alias: 1, intValue: 0xfffffffd }] })
    expect(readings(data)).toEqual([['Temperature', -3, '°C']])
    expect(data.rebirth).toBeNull()
  })

  test('devices have births of their own; death makes them stale', () => {
    const line = new Line()
    line.birth()
    const metric = { name: 'flow', alias: 7, datatype: 10, doubleValue: 1.5 }
    expect(line.take('DBIRTH', { seq: 1, metrics: [metric] }, '/pump').born).toEqual(['Town/plant-1/pump'])
    expect(readings(line.take('DDATA', { seq: 2, metrics: [{ alias: 7, doubleValue: 2 }] }, '/pump'))).toEqual([
      ['flow', 2, null],
    ])
    expect(line.take('DDEATH', { seq: 3 }, '/pump').died).toEqual(['Town/plant-1/pump'])
    expect(line.take('DDATA', { seq: 4, metrics: [] }, '/pump').rebirth?.reason).toBe('no-birth')
  })

  test('a gap, an unknown alias and data before the birth want a rebirth, once in a while', () => {
    const line = new Line()
    expect(line.take('NDATA', { seq: 8, metrics: [] }).rebirth).toEqual({ node: 'Town/plant-1', reason: 'no-birth' })
    expect(line.take('NDATA', { seq: 9, metrics: [] }).rebirth).toBeNull()
    line.now += 2_000
    expect(line.take('NDATA', { seq: 10, metrics: [] }).rebirth?.reason).toBe('no-birth')
    line.birth()
    const unknown = line.take('NDATA', { seq: 1, metrics: [{ alias: 99, intValue: 1 }] })
    expect(unknown.rebirth?.reason).toBe('unknown-alias')
    expect(unknown.decoded.problems.map(({ code }) => code)).toEqual(['unknown-alias'])
    line.birth()
    expect(line.take('NDATA', { seq: 3, metrics: [] }).rebirth?.reason).toBe('sequence-gap')
    expect(line.take('NDATA', { seq: 4, metrics: [] }).rebirth).toBeNull()
  })

  test('the sequence turns over after 255, and the same number again is no gap', () => {
    const line = new Line()
    line.birth()
    const wanted = Array.from({ length: 300 }, (_, i) => line.take('NDATA', { seq: (i + 1) % 256 }).rebirth)
    expect(wanted.every((one) => one === null)).toBe(true)
    expect(line.take('NDATA', { seq: 300 % 256 }).rebirth).toBeNull()
  })

  test('a new birth forgets the aliases before it', () => {
    const line = new Line()
    line.birth()
    line.take('DBIRTH', { seq: 1, metrics: [{ name: 'flow', alias: 7, datatype: 10, doubleValue: 1 }] }, '/pump')
    line.birth(1)
    expect(readings(line.take('DDATA', { seq: 1, metrics: [{ alias: 7, doubleValue: 2 }] }, '/pump'))).toEqual([])
  })

  test('a will of an earlier session kills nobody, its own kills the node and its devices', () => {
    const line = new Line()
    line.birth(5)
    line.take('DBIRTH', { seq: 1, metrics: [] }, '/pump')
    const death = (bdSeq: number) =>
      line.take('NDEATH', { metrics: [{ name: 'bdSeq', datatype: 4, longValue: bdSeq }] })
    expect(death(4).died).toEqual([])
    expect(line.session.isAlive('Town/plant-1/pump')).toBe(true)
    expect(death(5).died).toEqual(['Town/plant-1', 'Town/plant-1/pump'])
    expect(line.session.isAlive('Town/plant-1/pump')).toBe(false)
    expect(line.take('NDATA', { seq: 2, metrics: [] }).rebirth?.reason).toBe('no-birth')
  })

  test('nodes are limited', () => {
    const session = new SparkplugSession({ nodes: 2 })
    const birth = encodePayload({ timestamp: T, seq: 0, metrics: [{ name: 'a', alias: 1, datatype: 3, intValue: 1 }] })
    for (const node of ['a', 'b', 'c']) session.take(`spBv1.0/Town/NBIRTH/${node}`, birth, at(T))
    expect(['a', 'b', 'c'].map((node) => session.isAlive(`Town/${node}`))).toEqual([true, true, false])
  })

  test('the command for a rebirth is a Sparkplug message', () => {
    const { topic, payload } = rebirthCommand('Town/plant-1', T)
    expect(topic).toBe('spBv1.0/Town/NCMD/plant-1')
    const result = decodePayloadBytes(payload)
    expect('payload' in result && result.payload.metrics[0]).toMatchObject({
      name: 'Node Control/Rebirth',
      value: true,
    })
  })
})

test('cut and changed payloads never throw', () => {
  const metrics = Array.from({ length: 6 }, (_, i) => ({
    name: `m${i}`,
    alias: i,
    timestamp: T,
    datatype: i + 1,
    intValue: i,
    properties: { keys: ['engUnit'], values: [{ type: 12, stringValue: 'W' }] },
  }))
  const whole = encodePayload({ timestamp: T, seq: 1, metrics, body: Buffer.from('00', 'hex') })
  const codec = codecOf('sparkplug-b')
  const topic = 'spBv1.0/Town/NDATA/plant-1'
  for (let end = 0; end < whole.length; end++) {
    const points = codec?.decode(topic, whole.subarray(0, end), at(T)).readings ?? []
    expect(points.every(({ point, value }) => point === `m${value as number}`)).toBe(true)
  }
  for (let index = 0; index < whole.length; index++) {
    for (const flip of [1, 2, 4, 8, 16, 32, 64, 128]) {
      const changed = Uint8Array.from(whole)
      changed[index] = (changed[index] as number) ^ flip
      expect(codec?.decode(topic, changed, at(T)).codec).toBe('sparkplug-b')
    }
  }
})
