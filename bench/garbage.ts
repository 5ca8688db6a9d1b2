// What one bad gateway costs the others: good devices with and without a gateway that sends garbage as fast as TCP takes it, side by side.
// node bench/garbage.ts [--seconds N] [--small]
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hashToken } from '#broker/credentials.ts'
import { brokerLimits } from '#broker/limits.ts'
import { openBroker } from '#broker/open-broker.ts'
import { openEmbeddedRecords } from '#store/embedded/open-records.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import type { GarbageAnswer, GarbageOrder } from './garbage-load.ts'

const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '8' }, small: { type: 'boolean', default: false } },
})
const seconds = options.small ? 2 : Number(options.seconds)
const ACTOR = { kind: 'system', id: 'bench', name: 'bench', organisation: null } as const
const GOOD = Array.from({ length: 10 }, (_, i) => `meter-${i}`)
const GATEWAY = 'gateway'

const folder = mkdtempSync(join(tmpdir(), 'samtila-bench-garbage-'))
const records = await openEmbeddedRecords({ folder: mkdtempSync(join(folder, 'records-')) })
const telemetry = await openEmbeddedTelemetry({ folder: mkdtempSync(join(folder, 'telemetry-')) })
await records.change(
  {
    objects: [
      { kind: 'organisations', id: 'town', value: { id: 'town', name: { en: 'Town' } } },
      {
        kind: 'premises',
        id: 'hall',
        value: { id: 'hall', name: { en: 'Hall' }, timeZone: 'Europe/Helsinki', landlord: 'town' },
      },
      ...GOOD.map((id) => ({
        kind: 'devices' as const,
        id,
        value: { id, premises: 'hall', points: [{ key: 'power', kind: 'gauge' as const, unit: 'W' }] },
      })),
    ],
  },
  ACTOR,
  'import',
)
await records.putCredentials(
  [...GOOD, GATEWAY].map((id) => ({
    id: `credential-${id}`,
    device: id,
    hash: hashToken(`token of ${id}`),
    gateway: id === GATEWAY,
    createdAt: Date.now(),
    revokedAt: null,
  })),
  ACTOR,
)
const place = { credential: GATEWAY, premises: 'hall', deviceMap: {}, acceptUnknown: false }
await records.putConnector({ id: 'tasmota', name: 'Tasmota', topicFilter: 'tele/#', codec: 'tasmota', ...place }, ACTOR)
const broker = await openBroker({
  settings: { tcp: { host: '127.0.0.1', port: 0 }, tls: null, allowedOrigins: [], limits: brokerLimits() },
  telemetry,
  records,
  now: Date.now,
  log: (line) => console.error(line),
})

function load(bad: string[]): Promise<GarbageAnswer> {
  const child = fork(join(import.meta.dirname, 'garbage-load.ts'), { execArgv: [] })
  const order: GarbageOrder = { port: broker.state().tcp?.port ?? 0, seconds, good: GOOD, bad }
  return new Promise((resolve) => {
    child.once('message', (answer: GarbageAnswer) => {
      child.disconnect()
      resolve(answer)
    })
    child.send(order)
  })
}

type Row = {
  gateway: string
  'good messages': number
  'p50 ms': string
  'p99 ms': string
  'set aside': number
  'MiB taken': string
  'RSS MiB': number
}
const rows: Row[] = []
await load([])
for (const [name, bad] of [
  ['none', []],
  ['garbage', [GATEWAY]],
  ['none', []],
  ['garbage', [GATEWAY]],
] as const) {
  const asideBefore = broker.state().counters.readingsQuarantined
  const answer = await load([...bad])
  const aside = broker.state().counters.readingsQuarantined - asideBefore
  rows.push({
    gateway: name,
    'good messages': answer.acknowledged,
    'p50 ms': answer.p50.toFixed(2),
    'p99 ms': answer.p99.toFixed(2),
    'set aside': aside,
    'MiB taken': (answer.garbageBytes / 2 ** 20).toFixed(1),
    'RSS MiB': Math.round(process.memoryUsage().rss / 2 ** 20),
  })
}
console.table(rows)
await broker.close()
await telemetry.close()
await records.close()
rmSync(folder, { recursive: true, force: true })
