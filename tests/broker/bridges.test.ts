// Bridges: a real Mosquitto as the other broker; what it acknowledges is durable here, and an interruption loses and doubles nothing.
import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync, type MqttClient } from 'mqtt'
import { expect, onTestFinished, test, type TestContext } from 'vitest'
import { checkBridge } from '#broker/bridges/check-bridge.ts'
import { isRefusedAddress } from '#broker/bridges/address.ts'
import { brokerLimits } from '#broker/limits.ts'
import { openBroker, type Broker } from '#broker/open-broker.ts'
import { BRIDGE, type Bridge } from '#domain/bridges/bridge.ts'
import type { BrokerTelemetry } from '#broker/broker-telemetry.ts'
import type { Records } from '#domain/ports/records.ts'
import { createSealer } from '#server/sealer.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'
import { notRun } from '#tests/not-run.ts'
import { ACTOR } from './fill-records.ts'
import { startOther, type Other } from './other-broker.ts'
import { SEALING_KEY, bridgeOf, bridgeRecords } from './bridge-records.ts'

async function otherBroker(context: TestContext, options: Parameters<typeof startOther>[0] = {}): Promise<Other> {
  const other = await startOther(options)
  if (other === null) notRun(context, 'a Mosquitto', 'apt-get install mosquitto')
  onTestFinished(() => other.stop())
  return other
}
async function publisher(other: Other): Promise<MqttClient> {
  const client = await connectAsync(other.url, { ...other.access, reconnectPeriod: 0 })
  onTestFinished(() => client.endAsync(true).then(() => {}))
  return client
}
async function openBridged(
  records: Records,
  options: { telemetry?: BrokerTelemetry; limits?: Parameters<typeof brokerLimits>[0] } = {},
): Promise<{ broker: Broker; telemetry: ReturnType<typeof openMemoryTelemetry>; close(): Promise<void> }> {
  const telemetry = openMemoryTelemetry()
  const broker = await openBroker({
    settings: {
      tcp: null,
      tls: null,
      allowedOrigins: [],
      limits: brokerLimits({ bridgePauseMs: 1_000, ...options.limits }),
    },
    telemetry: options.telemetry ?? telemetry,
    records,
    sealer: createSealer(SEALING_KEY),
    now: Date.now,
    log: () => {},
  })
  let isOpen = true
  const close = async (): Promise<void> => {
    if (!isOpen) return
    isOpen = false
    await broker.close()
  }
  onTestFinished(close)
  return { broker, telemetry, close }
}
async function until(what: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await what())) {
    if (Date.now() > end) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
const isConnected = (broker: Broker) => (): boolean => broker.bridgeStanding('silta')?.state === 'connected'
const energy = (telemetry: ReturnType<typeof openMemoryTelemetry>) => async (): Promise<number[]> => {
  const series = telemetry.findSeries('meter-a', 'energy')
  return series === null ? [] : (await telemetry.readings(series, 0, 7e12, 100_000)).map(({ value }) => Number(value))
}
const reading = (value: number): string =>
  JSON.stringify([{ bn: 'meter-a:', bt: Date.UTC(2026, 0, 1) / 1_000 + value, n: 'energy', u: 'kWh', v: value }])

test('readings come over the bridge by a connector; what no connector covers is set aside; secrets are never in its state', async (context) => {
  const other = await otherBroker(context)
  const records = await bridgeRecords(other)
  const { broker, telemetry } = await openBridged(records)
  await until(isConnected(broker))
  const client = await publisher(other)
  await client.publishAsync('kunta/meter-a', reading(1), { qos: 1 })
  await client.publishAsync('kunta/muu/aihe', 'jotain', { qos: 1 })
  await until(async () => (await energy(telemetry)()).length === 1)
  await until(async () => (await records.listQuarantine({ organisation: null }, { limit: 10 })).items.length === 1)
  const [row] = (await records.listQuarantine({ organisation: null }, { limit: 10 })).items
  expect(row).toMatchObject({ credential: 'silta', topic: 'kunta/muu/aihe', reason: 'no-connector' })
  const standing = broker.bridgeStanding('silta')
  expect(standing).toMatchObject({ state: 'connected', messages: 2, lastError: null })
  expect(JSON.stringify(standing)).not.toContain(other.access.password)
})

test('while the store takes nothing, nothing is acknowledged to the other broker; when it is back, everything is there once', async (context) => {
  const other = await otherBroker(context)
  const records = await bridgeRecords(other)
  const memory = openMemoryTelemetry()
  let isAway = true
  const telemetry: BrokerTelemetry = {
    seriesOf: memory.seriesOf,
    seriesOfDevice: memory.seriesOfDevice,
    latest: memory.latest,
    add: memory.add,
    commit: () => (isAway ? Promise.reject(new Error('away')) : memory.commit()),
  }
  const { broker } = await openBridged(records, { telemetry, limits: { holdMs: 700 } })
  await until(isConnected(broker))
  const client = await publisher(other)
  for (let i = 1; i <= 30; i++) await client.publishAsync('kunta/meter-a', reading(i), { qos: 1 })
  // Held too long, the connection is given up without an acknowledgement: the other broker keeps what it has.
  await until(() => broker.bridgeStanding('silta')?.lastError !== null)
  expect(await energy(memory)()).toEqual([])
  isAway = false
  await until(async () => (await energy(memory)()).length === 30)
  expect(await energy(memory)()).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
})

test(
  'kill -9 in mid-flow, again and again: every reading that the other broker had is here, once',
  { timeout: 90_000 },
  async (context) => {
    const other = await otherBroker(context)
    const folder = mkdtempSync(join(tmpdir(), 'samtila-bridge-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const start = async (): Promise<ChildProcess> => {
      const child = fork(
        new URL('bridge-server.ts', import.meta.url),
        [folder, String(other.port), other.access.password],
        {
          execArgv: [],
          stdio: 'inherit',
        },
      )
      await new Promise<void>((resolve, reject) => {
        child.once('message', () => resolve())
        child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
      })
      return child
    }
    // The session of the bridge must be there before anything is sent.
    let child = await start()
    const client = await publisher(other)
    const sent = 5_000
    let next = 1
    const sending = (async () => {
      while (next <= sent) {
        const batch = Array.from({ length: Math.min(50, sent - next + 1) }, () => next++)
        await Promise.all(batch.map((value) => client.publishAsync('kunta/meter-a', reading(value), { qos: 1 })))
      }
    })()
    const count = (): Promise<{ count: number; superseded: number; first: number; last: number }> =>
      new Promise((resolve) => {
        child.once('message', (message) => resolve(message as never))
        child.send('count')
      })
    const beforeKill: number[] = []
    for (let round = 0; round < 3; round++) {
      await new Promise((resolve) => setTimeout(resolve, 150))
      beforeKill.push((await count()).count)
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
      child = await start()
    }
    expect(beforeKill.some((one) => one > 0 && one < sent)).toBe(true)
    await sending
    await until(async () => (await count()).count >= sent, 40_000)
    expect(await count()).toEqual({ count: sent, superseded: 0, first: 1, last: sent })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  },
)

test('the other broker goes and comes back: the bridge resumes its session with growing pauses', async (context) => {
  const other = await otherBroker(context)
  const records = await bridgeRecords(other)
  const { broker, telemetry } = await openBridged(records)
  await until(isConnected(broker))
  await other.halt()
  await until(() => broker.bridgeStanding('silta')?.state === 'waiting')
  expect(broker.bridgeStanding('silta')?.lastError).not.toBeNull()
  await other.resume()
  await until(isConnected(broker))
  const client = await publisher(other)
  await client.publishAsync('kunta/meter-a', reading(5), { qos: 1 })
  await until(async () => (await energy(telemetry)()).length === 1)
})

test('TLS with an own authority and a client certificate; without them it does not connect, and says why', async (context) => {
  const other = await otherBroker(context, { tls: true })
  const records = await bridgeRecords(other)
  const { broker, telemetry } = await openBridged(records)
  await until(isConnected(broker))
  const client = await connectAsync(other.url, { ...other.access, ...other.clientTls, reconnectPeriod: 0 })
  onTestFinished(() => client.endAsync(true).then(() => {}))
  await client.publishAsync('kunta/meter-a', reading(1), { qos: 1 })
  await until(async () => (await energy(telemetry)()).length === 1)

  const put = async (changes: Partial<Bridge>): Promise<void> => {
    const paper = await records.getPaper({ organisation: null }, BRIDGE, 'silta')
    if (paper === null) throw new Error('no bridge')
    const { id, premises, audience, state, dueAt, body } = paper
    await records.changePapers(
      { papers: [{ kind: BRIDGE, paper: { id, premises, audience, state, dueAt, body: { ...body, ...changes } } }] },
      ACTOR,
      'test',
    )
  }
  await put({ ca: null })
  await until(() => /certificate/.test(broker.bridgeStanding('silta')?.lastError ?? ''))
  expect(broker.bridgeStanding('silta')?.state).not.toBe('connected')
})

test('a wrong password is told, and tried with pauses', async (context) => {
  const other = await otherBroker(context)
  const records = await bridgeRecords(other, {
    password: createSealer(SEALING_KEY).seal('väärä', 'bridge/silta/password'),
  })
  const { broker } = await openBridged(records)
  await until(() => broker.bridgeStanding('silta')?.state === 'waiting')
  expect(broker.bridgeStanding('silta')?.lastError).toMatch(/[Nn]ot authorized|authori/)
})

test('MQTT 5 works as 3.1.1 does; switched off, it is off', async (context) => {
  const other = await otherBroker(context)
  const records = await bridgeRecords(other, { version: '5' })
  const { broker, telemetry } = await openBridged(records)
  await until(isConnected(broker))
  const client = await publisher(other)
  for (let i = 1; i <= 200; i++) void client.publishAsync('kunta/meter-a', reading(i), { qos: 1 })
  await until(async () => (await energy(telemetry)()).length === 200)
  expect(broker.bridgeStanding('silta')).toMatchObject({ messages: 200, inFlight: 0 })
  const paper = await records.getPaper({ organisation: null }, BRIDGE, 'silta')
  if (paper === null) throw new Error('no bridge')
  const { id, premises, audience, dueAt, body } = paper
  await records.changePapers(
    { papers: [{ kind: BRIDGE, paper: { id, premises, audience, dueAt, body, state: 'off' } }] },
    ACTOR,
    'test',
  )
  await until(() => broker.bridgeStanding('silta')?.state === 'off')
})

test('addresses and settings that no bridge may have', () => {
  for (const address of [
    '169.254.169.254',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    'fe80::1',
    '::',
    'ff02::1',
    '::ffff:169.254.169.254',
  ])
    expect([address, isRefusedAddress(address)]).toEqual([address, true])
  for (const address of ['10.1.2.3', '192.168.1.1', '127.0.0.1', '::1', 'fd12::1', '193.166.1.1'])
    expect([address, isRefusedAddress(address)]).toEqual([address, false])
  const limits = brokerLimits()
  const fine = { ...bridgeOf(1883), password: null, key: null }
  expect(checkBridge(fine, limits)).toEqual([])
  const pointers = (changes: object): string[] =>
    checkBridge({ ...fine, ...changes }, limits).map(({ pointer }) => pointer)
  expect(pointers({ host: '169.254.169.254' })).toEqual(['/host'])
  expect(pointers({ host: 'http://x/' })).toEqual(['/host'])
  expect(pointers({ host: '127.1' })).toEqual(['/host'])
  expect(pointers({ topicFilters: ['a/#/b', '$SYS/#', '#'] })).toEqual(['/topicFilters/0', '/topicFilters/1'])
  expect(pointers({ tls: true, ca: 'roska', certificate: 'roska', key: 'roska' })).toEqual([
    '/ca',
    '/certificate',
    '/key',
  ])
  expect(pointers({ ca: 'roska' })).toEqual(['/tls', '/ca'])
})
