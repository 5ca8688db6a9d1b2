// Acknowledged means durable: the process is killed right after PUBACKs, and every acknowledged reading is there, once.
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openBroker } from '#broker/open-broker.ts'
import { brokerLimits } from '#broker/limits.ts'
import type { BrokerTelemetry } from '#broker/broker-telemetry.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import type { CommitResult } from '#domain/ports/telemetry.ts'
import { eventually, openFixture } from './broker-fixture.ts'
import { connectOf, publishOf } from './packets.ts'

const AT = Date.UTC(2026, 0, 1)
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 5)

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-broker-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A broker on the embedded store in a process of its own; gives its port. */
async function startServer(folder: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(new URL('durability-server.ts', import.meta.url), [folder], { execArgv: [], stdio: 'inherit' })
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)))
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return { child, port }
}

/** Sends readings numbered from `first` without pause until the connection ends; gives the numbers that were acknowledged. */
function sendUntilEnd(port: number, device: string, first: number): { acknowledged: number[]; ended: Promise<void> } {
  const acknowledged: number[] = []
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  let next = first
  const numbers = new Map<number, number>()
  const send = (): void => {
    const packets: Buffer[] = []
    for (let i = 0; i < 20; i++) {
      const number = next++
      const messageId = (number % 65_535) + 1
      numbers.set(messageId, number)
      const body = `{"ts":${AT + number},"values":{"energy":${number}}}`
      packets.push(publishOf(`samtila/v1/${device}/telemetry`, body, messageId))
    }
    socket.write(Buffer.concat(packets))
  }
  let rest: Buffer = Buffer.alloc(0)
  let isConnected = false
  let waiting = 20
  socket.on('connect', () => socket.write(connectOf(device)))
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, Buffer.from(chunk)])
    while (rest.length >= 4) {
      if (!isConnected) {
        isConnected = true
        send()
      } else {
        acknowledged.push(numbers.get(rest.readUInt16BE(2)) as number)
        if (--waiting === 0) {
          waiting = 20
          send()
        }
      }
      rest = rest.subarray(4)
    }
  })
  socket.on('error', () => {})
  return { acknowledged, ended: new Promise((resolve) => socket.once('close', () => resolve())) }
}

test(
  `kill -9 under load, ${ROUNDS} times: every acknowledged reading is there, once`,
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder()
    const expected = new Map<string, Set<number>>([
      ['meter-a', new Set()],
      ['meter-b', new Set()],
    ])
    for (let round = 0; round < ROUNDS; round++) {
      const { child, port } = await startServer(folder)
      const senders = [...expected.keys()].map((device) => ({
        device,
        ...sendUntilEnd(port, device, round * 1_000_000),
      }))
      await eventually(() => senders.every(({ acknowledged }) => acknowledged.length > 0), 10_000)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 600))
      child.kill('SIGKILL')
      await Promise.all(senders.map(({ ended }) => ended))
      for (const { device, acknowledged } of senders) {
        expect(acknowledged.length).toBeGreaterThan(0)
        for (const number of acknowledged) expected.get(device)?.add(number)
      }
    }
    const telemetry = await openEmbeddedTelemetry({ folder })
    for (const [device, numbers] of expected) {
      const series = telemetry.findSeries(device, 'energy')
      expect(series).not.toBeNull()
      const stored: number[] = []
      for (let from = AT; ;) {
        const page = await telemetry.readings(series as number, from, AT + 1e10, 100_000)
        stored.push(...page.map(({ value }) => value as number))
        if (page.length < 100_000) break
        from = (page.at(-1)?.at ?? 0) + 1
      }
      const found = new Set(stored)
      expect(found.size).toBe(stored.length)
      const missing = [...numbers].filter((number) => !found.has(number)).slice(0, 5)
      expect({ device, acknowledged: numbers.size, missing }).toEqual({
        device,
        acknowledged: numbers.size,
        missing: [],
      })
    }
    await telemetry.close()
  },
)

test('no PUBACK before the commit is durable', { timeout: 30_000 }, async () => {
  const store = await openEmbeddedTelemetry({ folder: temporaryFolder() })
  // The real store, its commits only begun later: whoever acknowledges early is seen.
  let durableAt = 0
  const delayed: BrokerTelemetry = {
    seriesOf: (device, point) => store.seriesOf(device, point),
    seriesOfDevice: (device) => store.seriesOfDevice(device),
    latest: (series) => store.latest(series),
    add: (...reading) => store.add(...reading),
    async commit(): Promise<CommitResult> {
      await new Promise((resolve) => setTimeout(resolve, 150))
      const result = await store.commit()
      durableAt = performance.now()
      return result
    },
  }
  const fixture = await openFixture({ telemetry: delayed })
  const raw = await fixture.raw()
  raw.write(connectOf('meter-a'))
  await raw.untilBytes(4)
  const body = (number: number): string => `{"ts":${AT + number},"values":{"energy":${number}}}`
  for (const [messageId, qos] of [
    [1, 1],
    [2, 2],
  ] as const) {
    const before = raw.received.length
    durableAt = 0
    raw.write(publishOf('samtila/v1/meter-a/telemetry', body(messageId), messageId, qos))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(raw.received.length).toBe(before)
    expect(await raw.untilBytes(before + 4)).toBe(true)
    expect(durableAt).toBeGreaterThan(0)
    // PUBACK, or PUBREC.
    expect(raw.received[before]).toBe(qos === 1 ? 0x40 : 0x50)
    expect(await store.readings(store.findSeries('meter-a', 'energy') as number, AT, AT + 10, 10)).toHaveLength(
      messageId,
    )
  }
  await fixture.broker.close()
  await store.close()
})

test(
  'closing acknowledges what was received, and what was not acknowledged is not lost',
  { timeout: 30_000 },
  async () => {
    const folder = temporaryFolder()
    const telemetry = await openEmbeddedTelemetry({ folder })
    const { records } = await openFixture()
    const broker = await openBroker({
      settings: { tcp: { host: '127.0.0.1', port: 0 }, tls: null, allowedOrigins: [], limits: brokerLimits() },
      telemetry,
      records,
      now: Date.now,
      log: () => {},
    })
    const sender = sendUntilEnd(broker.state().tcp?.port ?? 0, 'meter-a', 0)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await broker.close()
    await sender.ended
    const series = telemetry.findSeries('meter-a', 'energy') as number
    const stored = new Set((await telemetry.readings(series, AT, AT + 1e9, 100_000)).map(({ value }) => value))
    expect(sender.acknowledged.length).toBeGreaterThan(0)
    expect(sender.acknowledged.filter((number) => !stored.has(number))).toEqual([])
    await telemetry.close()
  },
)
