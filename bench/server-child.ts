// A whole Samtila in a process of its own for the benches: authentication, rights, alarm rules and the live feed are on as in service.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readSettings } from '#config'
import { ALARM_RULE, type AlarmRule } from '#domain/alarms/rule.ts'
import { hashToken } from '#broker/credentials.ts'
import { LIMITS } from '#server/limits.ts'
import { createLog } from '#server/log.ts'
import { openServer, type Server } from '#server/open-server.ts'
import type { EmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { STEP_MS } from './load-step.ts'
import type { LoadAnswer } from './ingest-load.ts'
import { compareStored, sumOf, type Found } from './serials.ts'

export type ServerOrder = { folder: string; devices: number; settings?: Record<string, string> }
export type ServerReady = { mqttPort: number; url: string; token: string }
export type Usage = {
  cpuMicros: number
  rssBytes: number
  /** Of the main thread: in use, as it stands between two collections. */
  heapBytes: number
  bufferBytes: number
  connections: number
  stored: number
  /** Messages read from sockets, of every QoS. */
  received: number
  acknowledged: number
  lostQos0: number
  /** How late the event loop was since the last question. */
  delayMs: { p50: number; p99: number; most: number }
  held: number
}
/** What the first devices of the load sent and had acknowledged (ingest-load.ts), to be compared with what is stored. */
export type Compare = { compare: LoadAnswer['devices']; startAt: number }
export type ServerAsk = 'usage' | 'settle' | 'close' | Compare

const ACTOR = { kind: 'system', id: 'bench', name: 'bench', organisation: null } as const
const AT_ONCE = 2_000
const YEAR_MS = 365 * 86_400_000
export const deviceOf = (index: number): { id: string; password: string } => ({
  id: `meter-${index}`,
  password: `token-${index}`,
})

async function fill({ records }: Server, count: number): Promise<void> {
  const hall = { id: 'hall', name: { en: 'Hall' }, timeZone: 'Europe/Helsinki', landlord: 'town' }
  await records.change(
    {
      objects: [
        { kind: 'organisations', id: 'town', value: { id: 'town', name: { en: 'Town' } } },
        { kind: 'premises', id: 'hall', value: hall },
      ],
    },
    ACTOR,
    'import',
  )
  for (let from = 0; from < count; from += AT_ONCE) {
    const devices = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => deviceOf(from + index))
    const objects = devices.map(({ id }) => ({
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
    }))
    await records.change({ objects }, ACTOR, 'import')
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
  }
  const conditions: AlarmRule['condition'][] = [
    { kind: 'threshold', point: 'power', above: '1000000' },
    { kind: 'threshold', point: 'temperature', above: '35', for: 'PT5M' },
    { kind: 'no-data' },
  ]
  const papers = conditions.map((condition, index) => ({
    kind: ALARM_RULE,
    paper: {
      id: `rule-${index}`,
      premises: 'hall',
      audience: 'premises' as const,
      state: 'on',
      dueAt: null,
      body: {
        name: { en: `Rule ${index}` },
        on: true,
        severity: 'warning',
        target: { kind: 'premises' },
        condition,
      } as AlarmRule,
    },
  }))
  await records.changePapers({ papers }, ACTOR, 'bench')
}

async function open({ folder, devices, settings = {} }: ServerOrder): Promise<Server> {
  const read = readSettings(
    {
      SAMTILA_DATA: folder,
      SAMTILA_HTTP: '127.0.0.1:0',
      SAMTILA_MQTT: '127.0.0.1:0',
      SAMTILA_ADMIN_PASSWORD: 'kolmen-koivun-kuja-7',
      // The readings of the load are of the past: its alarm rules look at them all the same.
      SAMTILA_LIMIT_ALARM_LATE_MS: String(YEAR_MS),
      // The load is to be slowed by the server, not by the pace that a single device or asker is allowed.
      SAMTILA_LIMIT_MESSAGES_PER_SECOND: '1000000',
      SAMTILA_LIMIT_MESSAGES_BURST: '1000000',
      ...settings,
    },
    LIMITS,
  )
  if (!read.ok) throw new Error(read.problems.join('\n'))
  const server = await openServer(read.settings, { listen: true, log: createLog('error') })
  await fill(server, devices)
  return server
}

let server: Server | null = null

const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()

function usage(of: Server): Usage {
  const delayMs = { p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, most: delay.max / 1e6 }
  delay.reset()
  // What is garbage already is not memory that is needed.
  globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  const memory = process.memoryUsage()
  const { counters } = of.broker.state()
  return {
    cpuMicros: user + system,
    rssBytes: memory.rss,
    heapBytes: memory.heapUsed,
    bufferBytes: memory.arrayBuffers,
    connections: counters.connections,
    stored: counters.readingsStored,
    received: counters.messagesReceived,
    acknowledged: counters.messagesAcknowledged,
    lostQos0: counters.readingsLostQos0,
    delayMs,
    held: counters.messagesHeld,
  }
}

process.on('message', (message: ServerOrder | ServerAsk) => {
  void answer(message).then((reply) => process.send?.(reply))
})

/** Every point of every device, message by message. */
async function compare({ telemetry }: Server, { compare: devices, startAt }: Compare): Promise<Found> {
  const found: Found[] = []
  for (const [index, { sent, acknowledged }] of devices.entries()) {
    const atOf = (message: number): number => startAt + (message + 1) * STEP_MS
    const expected = Array.from({ length: acknowledged }, (_, message) => atOf(message))
    const isSent = (at: number): boolean => (at - startAt) % STEP_MS === 0 && at > startAt && at < atOf(sent)
    const { id } = deviceOf(index)
    for (const point of ['energy', 'power', 'temperature', 'co2']) {
      const series = telemetry.findSeries(id, point)
      if (series === null) found.push({ stored: 0, lost: acknowledged, twice: 0, unknown: 0 })
      else
        found.push(
          await compareStored(telemetry, series, [0, Date.now() + 1e12], { acknowledged: expected, sent: isSent }),
        )
    }
  }
  return sumOf(found)
}

async function answer(message: ServerOrder | ServerAsk): Promise<ServerReady | Usage | Found | { error: string }> {
  try {
    if (typeof message === 'object' && 'folder' in message) {
      server = await open(message)
      return { mqttPort: server.broker.state().tcp?.port ?? 0, url: server.urls.http, token: server.localToken }
    }
    if (server === null) throw new Error('not open')
    const { telemetry } = server
    if (typeof message === 'object') return await compare(server, message)
    if (message === 'settle') await (telemetry as Partial<EmbeddedTelemetry>).settle?.()
    const last = usage(server)
    if (message === 'close') {
      await server.close()
      setImmediate(() => process.disconnect?.())
    }
    return last
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
