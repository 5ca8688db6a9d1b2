// npm run sim as a process, against a real Mosquitto: what it publishes arrives, what it counts is true, and it ends cleanly.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mqtt from 'mqtt'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { OptionError, parseLoadOptions } from '#sim/load/options.ts'
import { notRun } from '#tests/not-run.ts'
import { type Mosquitto, startMosquitto } from './mosquitto.ts'

let mosquitto: Mosquitto | null = null
beforeAll(async () => {
  mosquitto = await startMosquitto()
})
afterAll(() => mosquitto?.stop())

const urlOf = (context: TestContext): string =>
  mosquitto?.url ?? notRun(context, 'mosquitto', 'apt-get install mosquitto')

type Ended = { code: number | null; out: string; err: string }
function sim(args: string[], stopAfterMs?: number): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['devices-sim/main.ts', ...args])
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    if (stopAfterMs !== undefined) setTimeout(() => child.kill('SIGINT'), stopAfterMs)
    child.on('close', (code) => resolve({ code, out, err }))
  })
}
/** All messages that a subscriber of the broker sees while `during` runs. */
async function listen(
  url: string,
  during: () => Promise<Ended>,
): Promise<{ ended: Ended; messages: { topic: string; payload: string }[] }> {
  const client = await mqtt.connectAsync(url)
  const messages: { topic: string; payload: string }[] = []
  client.on('message', (topic, payload) => messages.push({ topic, payload: payload.toString() }))
  await client.subscribeAsync('#', { qos: 1 })
  const ended = await during()
  await new Promise((resolve) => setTimeout(resolve, 300))
  await client.endAsync()
  return { ended, messages }
}
const number = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? 'NaN')

describe.each(['4', '5'])('MQTT version %s', (version) => {
  it('publishes at the rate asked and every message arrives', async (context) => {
    const url = urlOf(context)
    const args = [
      '--url',
      url,
      '--devices',
      '40',
      '--rate',
      '200',
      '--duration',
      '2',
      '--mqtt-version',
      version,
      '--connections',
      '8',
    ]
    const { ended, messages } = await listen(url, () => sim(args))
    expect(ended.err).toBe('')
    expect(ended.code).toBe(0)
    const published = number(ended.out, /: (\d+) messages published/)
    expect(published).toBeGreaterThan(200)
    expect(published).toBeLessThanOrEqual(410)
    expect(number(ended.out, /, (\d+) acknowledged/)).toBe(published)
    expect(messages).toHaveLength(published)
    expect(new Set(messages.map((each) => each.topic)).size).toBe(40)
    const counted = messages.flatMap(({ payload }) => {
      const parsed = JSON.parse(payload) as { ts: number; values: object } | { ts: number; values: object }[]
      return [parsed].flat().map((each) => Object.keys(each.values).length)
    })
    expect(counted.reduce((sum, each) => sum + each, 0)).toBe(published * 4)
    expect(ended.out).toMatch(
      /connected 8\/8 {2}published \d+\/s {2}acked \d+\/s {2}p50 .* ms {2}p99 .* ms {2}errors 0/,
    )
  })
})

it('speaks SenML, QoS 2, its own topic, and duplicates as told', async (context) => {
  const url = urlOf(context)
  const args = ['--url', url, '--devices', '10', '--rate', '100', '--duration', '3', '--format', 'senml', '--qos', '2']
  const { ended, messages } = await listen(url, () =>
    sim([...args, '--topic', 'lab/{device}', '--readings', '2', '--disturb', 'duplicate=1']),
  )
  expect(ended.code).toBe(0)
  expect(messages.length).toBe(number(ended.out, /: (\d+) messages published/))
  expect(new Set(messages.map((each) => each.payload)).size).toBeLessThan(messages.length - 50)
  const [first] = messages
  expect(first?.topic).toMatch(/^lab\/sim-0000\d$/)
  const pack = JSON.parse(first?.payload ?? '[]') as { bn?: string; bt?: number }[]
  expect(pack).toHaveLength(2)
  expect(pack[0]?.bn).toMatch(/^sim-0000\d\/$/)
})

it('uses a credentials file: one connection and client id a device', async (context) => {
  const url = urlOf(context)
  const folder = mkdtempSync(join(tmpdir(), 'samtila-sim-'))
  const file = join(folder, 'credentials.json')
  writeFileSync(
    file,
    JSON.stringify(['a-1', 'b-2', 'c-3'].map((device) => ({ device, username: device, password: 'p' }))),
  )
  const { ended, messages } = await listen(url, () =>
    sim(['--url', url, '--credentials', file, '--rate', '30', '--duration', '1']),
  )
  rmSync(folder, { recursive: true })
  expect(ended.code).toBe(0)
  expect([...new Set(messages.map((each) => each.topic))].toSorted()).toEqual(
    ['a-1', 'b-2', 'c-3'].map((each) => `samtila/v1/${each}/telemetry`),
  )
})

it('comes back after a herd and loses nothing', async (context) => {
  const url = urlOf(context)
  const { ended } = await listen(url, () =>
    sim(['--url', url, '--devices', '30', '--rate', '100', '--duration', '4', '--disturb', 'herd=1s']),
  )
  expect(ended.code).toBe(0)
  expect(ended.out).toMatch(/connected 0\/30/)
  expect(ended.out.trimEnd().split('\n').at(-2)).toMatch(/connected 30\/30/)
  expect(number(ended.out, /, (\d+) acknowledged/)).toBe(number(ended.out, /: (\d+) messages published/))
})

it('stops cleanly on Ctrl-C', async (context) => {
  const ended = await sim(['--url', urlOf(context), '--devices', '5', '--rate', '20'], 2500)
  expect(ended.code).toBe(0)
  expect(ended.out).toMatch(/Done in .* 0 given up, 0 errors/)
})

describe('refusals are one sentence', () => {
  it.each([
    [['--rate', 'fast'], '--rate fast: give a whole number'],
    [['--qos', '3'], '--qos 3: give 0 or 1 or 2.'],
    [['--topic', 'x'], '--topic x: the template needs {device}.'],
    [['--url', 'localhost'], '--url localhost: give mqtt://host:port'],
    [['--disturb', 'gremlins=1'], '--disturb: gremlins is unknown'],
    [['--credentials', '/nowhere.json'], '--credentials /nowhere.json: ENOENT'],
    [['--credentials', 'package.json'], '--credentials package.json: give a JSON array'],
    [['--nonsense'], "Unknown option '--nonsense'"],
  ])('%s', (args, sentence) => {
    expect(() => parseLoadOptions(args, 0)).toThrow(OptionError)
    expect(() => parseLoadOptions(args, 0)).toThrow(sentence)
  })

  it('a wrong option ends the program with 2', async () => {
    const ended = await sim(['--rate', 'fast'])
    expect(ended).toEqual({ code: 2, out: '', err: '--rate fast: give a whole number from 0 to 1000000.\n' })
  })

  it('nobody listens', async () => {
    const ended = await sim(['--url', 'mqtt://127.0.0.1:9', '--devices', '3'])
    expect(ended.code).toBe(1)
    expect(ended.err).toBe('no connection to mqtt://127.0.0.1:9: connect ECONNREFUSED 127.0.0.1:9\n')
  })
})
