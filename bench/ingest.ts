// Measures the path of a reading: broker and store in this process, the load in another, on the same processors.
// node bench/ingest.ts [--seconds N] [--small] [--window N] [--stores embedded,whole,rows,none,stack-b,influx1] [--rounds N]
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BrokerTelemetry } from '#broker/broker-telemetry.ts'
import { hashToken } from '#broker/credentials.ts'
import { brokerLimits } from '#broker/limits.ts'
import { openBroker } from '#broker/open-broker.ts'
import { openEmbeddedRecords } from '#store/embedded/open-records.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { openInflux1Telemetry } from '#store/influx1/open-telemetry.ts'
import type { LoadOrder } from './ingest-load.ts'
import { openNothing, openRows } from './ingest-rows.ts'
import { bytesIn as bytesOfTelemetry, openBenchServer, report, runLoad, watchLive } from './whole-server.ts'
import { missingForStackB, openInfluxd, runStackB } from './stack-b.ts'

const READINGS_PER_MESSAGE = 4
const ACTOR = { kind: 'system', id: 'bench', name: 'bench', organisation: null } as const
/** `whole` is a whole server with the embedded store: alarm rules and a watcher of the live feed too. */
const STORES = ['embedded', 'whole', 'rows', 'none', 'stack-b', 'influx1'] as const
type StoreName = (typeof STORES)[number]

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '15' },
    window: { type: 'string', default: '16' },
    stores: { type: 'string', default: 'embedded,rows' },
    rounds: { type: 'string', default: '1' },
    messages: { type: 'string' },
    small: { type: 'boolean', default: false },
    append: { type: 'boolean', default: false },
  },
})
const seconds = options.small ? 3 : Number(options.seconds)
const connections = options.small ? 50 : 200

type Figures = {
  store: StoreName
  'readings/s': number
  'PUBACK p50 ms': number
  'PUBACK p99 ms': number
  'CPU µs/reading': number
  'bytes/reading': number
  lost: number
}

/** A store under the name, with what is needed to check and weigh it afterwards. */
async function openStore(name: Exclude<StoreName, 'stack-b' | 'whole'>, folder: string) {
  if (name === 'embedded') {
    const telemetry = await openEmbeddedTelemetry({ folder })
    return {
      telemetry: telemetry as BrokerTelemetry,
      settle: () => telemetry.settle(),
      /** Readings that queries find. */
      async queryable(devices: string[]): Promise<number> {
        let found = 0
        for (const device of devices) {
          for (const { series } of telemetry.seriesOfDevice(device)) {
            const [[bucket] = []] = await telemetry.buckets([series], [0, Date.now() + 86_400_000])
            found += bucket?.count ?? 0
          }
        }
        return found
      },
      close: () => telemetry.close(),
    }
  }
  if (name === 'influx1') return openOnInflux(folder)
  const store = name === 'rows' ? openRows(folder) : openNothing()
  return {
    telemetry: store as BrokerTelemetry,
    settle: async () => {},
    queryable: async () => store.readings(),
    close: async () => store.close(),
  }
}

/** Our broker with its readings on an InfluxDB of this machine, whose processor time is not in the figure. */
async function openOnInflux(folder: string) {
  const influxd = await openInfluxd(folder)
  const address = { url: influxd.url, database: 'bench', user: null, password: null }
  const telemetry = await openInflux1Telemetry(address, { spoolFolder: join(folder, 'spool') })
  return {
    telemetry: telemetry as BrokerTelemetry,
    settle: async () => {},
    queryable: () => influxd.count('bench', 'received'),
    async close(): Promise<void> {
      await telemetry.close()
      await influxd.end()
    },
  }
}

async function measure(name: StoreName): Promise<Figures> {
  if (name === 'stack-b') return measureStackB()
  if (name === 'whole') return measureWhole()
  const folder = mkdtempSync(join(tmpdir(), 'samtila-bench-'))
  const store = await openStore(name, folder)
  const records = await openEmbeddedRecords({ folder: mkdtempSync(join(folder, 'records-')) })
  const devices = devicesOfLoad()
  await records.change(
    {
      objects: [
        { kind: 'organisations', id: 'town', value: { id: 'town', name: { en: 'Town' } } },
        {
          kind: 'premises',
          id: 'hall',
          value: { id: 'hall', name: { en: 'Hall' }, timeZone: 'Europe/Helsinki', landlord: 'town' },
        },
        ...devices.map(({ id }) => ({
          kind: 'devices' as const,
          id,
          value: {
            id,
            premises: 'hall',
            points: [
              { key: 'energy', kind: 'counter', unit: 'kWh' },
              ...['power', 'temperature', 'co2'].map((key) => ({ key, kind: 'gauge' })),
            ],
          },
        })),
      ],
    },
    ACTOR,
    'import',
  )
  await records.putCredentials(
    devices.map(({ id, password }) => ({
      id: `credential-${id}`,
      device: id,
      hash: hashToken(password),
      gateway: false,
      createdAt: Date.now(),
      revokedAt: null,
    })),
    ACTOR,
  )
  const broker = await openBroker({
    settings: {
      tcp: { host: '127.0.0.1', port: 0 },
      tls: null,
      allowedOrigins: [],
      // The load is to be slowed by the broker, not by the pace that a single device is allowed.
      limits: brokerLimits({ messagesPerSecond: 1_000_000, messagesBurst: 1_000_000 }),
    },
    telemetry: store.telemetry,
    records,
    now: Date.now,
    log: console.error,
  })
  const port = broker.state().tcp?.port ?? 0
  const order = { port, ...orderOfLoad(devices) }
  const before = process.cpuUsage()
  const answer = await runLoad(order)
  const cpu = process.cpuUsage(before)
  await store.settle()
  const readings = answer.acknowledged * READINGS_PER_MESSAGE
  const queryable = await store.queryable(devices.map(({ id }) => id))
  await broker.close()
  await store.close()
  const bytes = name === 'none' || name === 'influx1' ? Number.NaN : bytesIn(folder)
  await records.close()
  rmSync(folder, { recursive: true })
  return {
    store: name,
    'readings/s': Math.round(queryable / answer.seconds),
    'PUBACK p50 ms': round(answer.ack.p50),
    'PUBACK p99 ms': round(answer.ack.p99),
    'CPU µs/reading': round((cpu.user + cpu.system) / readings),
    'bytes/reading': round(bytes / readings),
    lost: Math.max(0, readings - queryable),
  }
}

/** As in service: authentication, rights, three alarm rules over all devices, somebody who watches them live. */
async function measureWhole(): Promise<Figures> {
  const server = await openBenchServer({ devices: connections })
  const live = await watchLive(server)
  const before = await server.usage()
  const answer = await runLoad({ port: server.mqttPort, ...orderOfLoad(devicesOfLoad()) })
  const after = await server.usage()
  await server.settle()
  live.stop()
  const readings = answer.acknowledged * READINGS_PER_MESSAGE
  const stored = after.stored - before.stored
  const bytes = bytesOfTelemetry(server.folder)
  await server.close()
  return {
    store: 'whole',
    'readings/s': Math.round(stored / answer.seconds),
    'PUBACK p50 ms': round(answer.ack.p50),
    'PUBACK p99 ms': round(answer.ack.p99),
    'CPU µs/reading': round((after.cpuMicros - before.cpuMicros) / readings),
    'bytes/reading': round(bytes / readings),
    lost: Math.max(0, readings - stored),
  }
}

type Devices = LoadOrder['devices']

const devicesOfLoad = (): Devices =>
  Array.from({ length: connections }, (_, index) => ({ id: `meter-${index}`, password: `token-${index}` }))

const orderOfLoad = (devices: Devices): Omit<LoadOrder, 'port'> => ({
  seconds,
  window: Number(options.window),
  ...(options.messages === undefined ? {} : { messages: Number(options.messages) }),
  startAt: Date.now() - 60 * 86_400_000,
  devices,
})

/** Readings a second until the last of them is on the InfluxDB; processor time of Mosquitto, consumer and InfluxDB together. */
async function measureStackB(): Promise<Figures> {
  const { queryable, seconds: taken, cpuMicros, bytes, load } = await runStackB(orderOfLoad(devicesOfLoad()), runLoad)
  const readings = load.acknowledged * READINGS_PER_MESSAGE
  return {
    store: 'stack-b',
    'readings/s': Math.round(queryable / taken),
    'PUBACK p50 ms': round(load.ack.p50),
    'PUBACK p99 ms': round(load.ack.p99),
    'CPU µs/reading': round(cpuMicros / readings),
    'bytes/reading': round(bytes / readings),
    lost: Math.max(0, readings - queryable),
  }
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(folder, entry.name)).size, 0)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

const named = options.stores.split(',').filter((name): name is StoreName => STORES.includes(name as StoreName))
const missing = named.includes('stack-b') || named.includes('influx1') ? missingForStackB() : null
if (missing !== null) console.log(missing)
const names = missing === null ? named : named.filter((name) => name !== 'stack-b' && name !== 'influx1')
const figures: Figures[] = []
// In turns, so that what else the machine does meets all of them alike.
for (let round = 0; round < Number(options.rounds); round++) {
  for (const name of names) figures.push(await measure(name))
}
console.log(`${connections} connections, QoS 1, ${READINGS_PER_MESSAGE} readings a message, ${seconds} s each:`)
console.table(figures)
if (options.append) report('Ingest (`npm run bench -- ingest`, `stack-b`)', figures)
compare(figures)

/** Ours against the comparison stack: the middle of the rounds of each. */
function compare(all: Figures[]): void {
  const middle = (store: StoreName, of: 'readings/s' | 'CPU µs/reading'): number => {
    const sorted = all
      .filter((one) => one.store === store)
      .map((one) => one[of])
      .sort((a, b) => a - b)
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
  }
  const ours = all.some(({ store }) => store === 'whole') ? 'whole' : 'embedded'
  const rate = middle(ours, 'readings/s') / middle('stack-b', 'readings/s')
  const cpu = middle(ours, 'CPU µs/reading') / middle('stack-b', 'CPU µs/reading')
  if (Number.isNaN(rate)) return
  console.log(
    `${ours} : stack-b — stored readings/s ${round(rate)} (goal ≥ 2), CPU per reading ${round(cpu)} (goal ≤ 0.5)`,
  )
}
