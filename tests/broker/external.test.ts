// Devices of a real Mosquitto, taken in by workers: shared, acknowledged when durable, whoever is killed; commands go down through the same broker.
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { connectAsync } from 'mqtt'
import type { MqttClient } from 'mqtt'
import { afterAll, afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { brokerLimits } from '#broker/limits.ts'
import { openBroker } from '#broker/open-broker.ts'
import type { Broker } from '#broker/open-broker.ts'
import type { DeviceMessage } from '#broker/publish.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'
import { notRun } from '#tests/not-run.ts'
import { fillRecords } from './fill-records.ts'
import { startOther } from './other-broker.ts'

const other = await startOther()
if (other === null) {
  test('an external broker', (context) => notRun(context, 'Mosquitto', 'apt-get install mosquitto'))
} else {
  const { port, url, access } = other
  const EVERYTHING = { organisation: null } as const
  const settings = {
    host: '127.0.0.1',
    port,
    tls: false,
    username: access.username,
    password: access.password,
    ca: null,
  }
  const command = { id: 'c1', name: 'identify', params: null, expiresAt: null }

  describe('an external broker', () => {
    const folders: string[] = []
    afterAll(async () => {
      await other.stop()
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    })
    const newFolder = (): string => {
      const folder = mkdtempSync(join(tmpdir(), 'samtila-worker-'))
      folders.push(folder)
      return folder
    }
    async function device(): Promise<MqttClient & { heard: string[] }> {
      const client = await connectAsync(url, { ...access, reconnectPeriod: 50, protocolVersion: 4 })
      client.on('error', () => {})
      const heard: string[] = []
      client.on('message', (topic, payload, { retain }) => void heard.push(`${topic} ${payload.toString()} ${retain}`))
      onTestFinished(() => client.endAsync(true))
      return Object.assign(client, { heard })
    }

    test.each(['5', '3.1.1'] as const)('readings, presence, answers and commands over MQTT %s', async (version) => {
      const records = openMemoryRecords()
      await fillRecords(records)
      const telemetry = openMemoryTelemetry()
      const messages: DeviceMessage[] = []
      const arrivals: string[] = []
      const broker: Broker = await openBroker({
        settings: { tcp: null, tls: null, allowedOrigins: [], limits: brokerLimits() },
        telemetry,
        records,
        external: { ...settings, version, clientId: `worker-${version}`, group: version === '5' ? 'alone' : null },
        now: Date.now,
        log: () => {},
        onMessage: (message) => void messages.push(message),
      })
      broker.followArrivals((id) => void arrivals.push(id))
      onTestFinished(async () => {
        await broker.close()
        await telemetry.close()
        await records.close()
      })
      await expect.poll(() => broker.externalStanding()?.connectedSince).toBeTypeOf('number')
      const client = await device()
      const below = 'samtila/v1/meter-a'
      await client.subscribeAsync([`${below}/commands/+`, `${below}/desired`], { qos: 1 })
      expect(await broker.publishToDevice('meter-a', { ...command, onlyNow: true })).toMatchObject({ sent: false })

      await client.publishAsync(`${below}/telemetry`, '{"ts":1780000000000,"values":{"energy":7}}', { qos: 1 })
      await client.publishAsync(`${below}/telemetry`, `{"values":{"power":70}}`, { qos: 0 })
      await client.publishAsync(`${below}/status`, 'online', { qos: 1, retain: true })
      await expect.poll(() => broker.presenceOf('meter-a').state).toBe('works')
      await expect.poll(() => arrivals).toEqual(['meter-a'])
      await expect.poll(() => telemetry.findSeries('meter-a', 'power')).not.toBeNull()
      const energy = await telemetry.readings(telemetry.findSeries('meter-a', 'energy')!, 0, 7e12, 10)
      expect(energy).toMatchObject([{ at: 1_780_000_000_000, value: 7 }])

      const sent = await broker.publishToDevice('meter-a', { ...command, onlyNow: true })
      expect(sent).toEqual({ sent: true, via: 'native', topic: `${below}/commands/c1` })
      await client.publishAsync(`${below}/commands/c1/result`, '{"ok":true}', { qos: 1 })
      await expect.poll(() => messages).toMatchObject([{ device: 'meter-a', use: 'result' }])
      await broker.publish(`${below}/desired`, '{"interval":60}', { retain: true, qos: 1 })
      await expect.poll(() => client.heard.length).toBe(2)
      expect(client.heard[0]).toBe(`${below}/commands/c1 {"name":"identify","params":null,"expiresAt":null} false`)
      const late = await device()
      await late.subscribeAsync(`${below}/desired`, { qos: 1 })
      await expect.poll(() => late.heard).toEqual([`${below}/desired {"interval":60} true`])

      // Whoever is not known here, or says what nobody understands, is set aside and holds nobody up.
      await client.publishAsync('samtila/v1/stranger/telemetry', '{"values":{"energy":1}}', { qos: 1 })
      await client.publishAsync('samtila/v1/stranger/reported', '{}', { qos: 1 })
      await client.publishAsync(`${below}/status`, 'perhaps', { qos: 1 })
      await client.publishAsync(`${below}/status`, 'offline', { qos: 1, retain: true })
      await expect.poll(() => broker.presenceOf('meter-a').state).toBe('offline')
      const reasons = async () =>
        (await records.listQuarantine(EVERYTHING, { limit: 10 })).items.map(({ reason }) => reason).sort()
      await expect.poll(reasons).toEqual(['bad-status', 'unknown-device', 'unknown-device'])
      await expect.poll(() => broker.externalStanding()?.inFlight).toBe(0)
      for (const topic of ['status', 'desired']) await client.publishAsync(`${below}/${topic}`, '', { retain: true })
    })

    describe('workers under load', () => {
      type Worker = { process: ChildProcess; folder: string; name: string; group: string }
      const workers: Worker[] = []
      const start = async (name: string, group: string, folder = newFolder()): Promise<Worker> => {
        const child = fork(
          'tests/broker/external-worker-program.ts',
          [folder, String(port), access.password, name, group],
          {
            execArgv: ['--disable-warning=ExperimentalWarning'],
          },
        )
        await new Promise((resolve) => child.once('message', resolve))
        return { process: child, folder, name, group }
      }
      const end = async ({ process: child }: Worker, signal: NodeJS.Signals): Promise<void> => {
        if (child.exitCode !== null || child.signalCode !== null) return
        const ended = new Promise((resolve) => child.once('exit', resolve))
        child.kill(signal)
        await ended
      }
      const told = ({ process: child }: Worker): Promise<{ values: number[]; superseded: number }> =>
        new Promise((resolve) => {
          child.once('message', (answer) => resolve(answer as { values: number[]; superseded: number }))
          child.send('tell')
        })
      afterEach(async () => {
        for (const worker of workers.splice(0)) await end(worker, 'SIGKILL')
      })

      /** Sends serial numbers without a pause; what the broker acknowledged stands in `acknowledged`. */
      function sendAll(client: MqttClient) {
        const acknowledged = new Set<number>()
        let serial = 0
        let isSending = true
        const send = async (): Promise<void> => {
          const value = ++serial
          const payload = JSON.stringify({ ts: 1_780_000_000_000 + value, values: { energy: value } })
          await client.publishAsync('samtila/v1/meter-a/telemetry', payload, { qos: 1 })
          acknowledged.add(value)
        }
        const sending = (async () => {
          while (isSending) {
            await Promise.all(Array.from({ length: 10 }, send))
            await delay(10)
          }
        })()
        return {
          acknowledged,
          send,
          async more(count: number): Promise<void> {
            const wanted = acknowledged.size + count
            while (acknowledged.size < wanted) await delay(10)
          },
          async stop(): Promise<void> {
            isSending = false
            await sending
          },
          /** What no worker has. */
          async missing(): Promise<number[]> {
            const answers = await Promise.all(workers.map(told))
            const stored = new Set(answers.flatMap(({ values }) => values))
            return [...acknowledged].filter((value) => !stored.has(value))
          },
        }
      }

      test(
        'two share the messages; one is killed: each acknowledged reading is at a worker',
        { timeout: 60_000 },
        async () => {
          workers.push(...(await Promise.all(['w1', 'w2'].map((name) => start(name, 'samtila')))))
          const load = sendAll(await device())
          await load.more(200)
          await end(workers[0]!, 'SIGKILL')
          await load.more(100)
          workers[0] = await start('w1', 'samtila', workers[0]!.folder)
          await load.more(100)
          await load.stop()
          await expect.poll(load.missing, { timeout: 10_000, interval: 200 }).toEqual([])
          const answers = await Promise.all(workers.map(told))
          // Each has its share; what came again after the kill changed nothing.
          for (const { values, superseded } of answers) {
            expect(values.length).toBeGreaterThan(100)
            expect([values.length, superseded]).toEqual([new Set(values).size, 0])
          }
        },
      )

      // Mosquitto forgets shared subscriptions when it restarts, until the workers are back; a plain one it keeps.
      test('Mosquitto restarts, then both are killed: nothing is lost by one worker', { timeout: 60_000 }, async () => {
        workers.push(await start('w3', ''))
        const load = sendAll(await device())
        await load.more(100)
        await other.halt()
        await other.resume()
        await load.more(100)
        await load.stop()
        await end(workers[0]!, 'SIGKILL')
        // With nobody to take them they wait at Mosquitto, which has them on its disk within a second.
        for (let count = 0; count < 50; count++) await load.send()
        await delay(1_500)
        await other.kill()
        await other.resume()
        workers[0] = await start('w3', '', workers[0]!.folder)
        await expect.poll(load.missing, { timeout: 10_000, interval: 200 }).toEqual([])
        expect((await told(workers[0])).superseded).toBe(0)
      })
    })
  })
}
