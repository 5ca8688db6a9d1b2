// What a device and a page notice of load: PUBACK and answers of the API at half of the top speed, how soon a reading is found, how soon one is acknowledged and a command arrives.
// `npm run bench -- speed [--seconds=N]`
import { existsSync, readFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { deviceOf } from './server-child.ts'
import { bytesIn, openBenchServer, percentileOf, report, runLoad, watchLive } from './whole-server.ts'
import type { BenchServer, Row } from './whole-server.ts'
import type { LoadAnswer } from './ingest-load.ts'
import { openRaw } from './raw-device.ts'

const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, small: { type: 'boolean' }, append: { type: 'boolean' } },
})
const seconds = options.small === true ? 3 : Number(options.seconds)
const CONNECTIONS = 200
const REQUESTS_PER_SECOND = 200
/** A server that has run for some minutes has compiled what it needs; so long it is asked before it is measured. */
const WARM_SECONDS = 15
const devices = Array.from({ length: CONNECTIONS }, (_, index) => deviceOf(index))
const DAY_MS = 86_400_000
const PAGES = ['/premises', '/premises/:id', '/devices', '/devices/:id', '/latest', '/series', '/alarms', '/overview']

const server = await openBenchServer({ devices: CONNECTIONS + 1, settings: API_LIMITS() })
const live = await watchLive(server)
const order = { port: server.mqttPort, window: 16, devices, seconds }
await api(server, options.small === true ? 1 : WARM_SECONDS)
const alone = await api(server, Math.min(seconds, 5))
const before = await server.usage()
const top = await runLoad({ ...order, startAt: Date.now() - 60 * DAY_MS })
const after = await server.usage()
const perSecond = top.acknowledged / top.seconds
const messagesPerSecond = perSecond / 2
// What the top speed left to be put in order would take its share of the half for some six seconds; by itself the half leaves none.
await server.settle()
const quietFrom = await server.usage()
const busyBefore = machineMicros()
const hostBefore = hostTicks()
const halfFrom = performance.now()
const half = await runLoad({ ...order, startAt: Date.now() - 40 * DAY_MS, messagesPerSecond })
const quietTo = await server.usage()
const others = machineMicros() - busyBefore - (quietTo.cpuMicros - quietFrom.cpuMicros) - half.cpuMicros
const halfSeconds = (performance.now() - halfFrom) / 1_000
const stolen = stolenShare(hostBefore, hostTicks())
const withApi = runLoad({ ...order, startAt: Date.now() - 30 * DAY_MS, messagesPerSecond })
const clientBefore = process.cpuUsage()
const busy = await api(server, seconds - 1)
const client = process.cpuUsage(clientBefore)
const halfBusy = await withApi
const busyTo = await server.usage()
const halfAgain = runLoad({ ...order, startAt: Date.now() - 10 * DAY_MS, messagesPerSecond, seconds: 4 })
const found = await untilFound(server)
await halfAgain
const idle = await acknowledgedAlone(server)
const down = await commandDown(server)
live.stop()
await server.settle()
const bytes = bytesIn(server.folder) / (await server.usage()).stored
await server.close()

const figures: Row[] = [
  { what: 'top speed with alarms and a live watcher, readings/s', measured: Math.round(perSecond * 4), goal: '' },
  {
    what: 'CPU per reading at top speed, µs',
    measured: (after.cpuMicros - before.cpuMicros) / (top.acknowledged * 4),
    goal: '',
  },
  { what: 'PUBACK p50 / p99 at half speed, ms', measured: ack(half), goal: 'p99 ≤ 50' },
  {
    what: `PUBACK p50 / p99 at half speed beside ${REQUESTS_PER_SECOND} requests/s, ms`,
    measured: ack(halfBusy),
    goal: '',
  },
  {
    what: 'of these, how late the event loops were: the server, the load (p99 / most), ms',
    measured: [quietTo.delayMs, half.ownDelayMs, busyTo.delayMs, halfBusy.ownDelayMs].map(late).join(', '),
    goal: '',
  },
  {
    what: 'cores in use at half speed, without and with the requests: server, load, asking client',
    measured: [
      cores(quietTo.cpuMicros - quietFrom.cpuMicros, half.seconds),
      cores(half.cpuMicros, half.seconds),
      cores(busyTo.cpuMicros - quietTo.cpuMicros, halfBusy.seconds),
      cores(halfBusy.cpuMicros, halfBusy.seconds),
      cores(client.user + client.system, seconds - 1),
    ].join(', '),
    goal: '',
  },
  {
    what: 'cores that other programs and the start of the load took meanwhile, without the requests',
    measured: cores(Math.max(0, others), halfSeconds),
    goal: '',
  },
  {
    what: 'processor time that the host of this machine gave to other machines meanwhile, %',
    measured: stolen === null ? 'not known' : stolen,
    goal: '',
  },
  {
    what: 'found by a query after sending, at half speed, ms (most of 20)',
    measured: Math.max(...found),
    goal: '≤ 1,000',
  },
  {
    what: 'PUBACK on one idle connection, disk included, ms (middle of 200)',
    measured: percentileOf(idle, 50),
    goal: '',
  },
  {
    what: 'publish → receive, nothing else going on, ms (middle of 200)',
    measured: percentileOf(down, 50),
    goal: '< 1',
  },
  { what: 'bytes a reading, free space in the file counted', measured: bytes, goal: '≤ 4 (from 4 million on)' },
  { what: `API alone p50 / p95 / p99 at ${REQUESTS_PER_SECOND} requests/s, ms`, measured: spread(alone.all), goal: '' },
  { what: 'the same while ingest runs at half speed, ms', measured: spread(busy.all), goal: 'p95 ≤ 50, p99 ≤ 150' },
]
report('Speed under load (`npm run bench -- speed`)', figures)
report(
  'The API while ingest runs at half speed, by address',
  [...busy.byPath].map(([path, times]) => ({
    path,
    requests: times.length,
    'p50 / p95 / p99 ms': spread(times),
    'alone, ms': spread(alone.byPath.get(path) ?? []),
    failed: busy.failed.get(path) ?? 0,
  })),
)

function API_LIMITS(): Record<string, string> {
  return { SAMTILA_LIMIT_REQUESTS_PER_MINUTE: '1000000' }
}

function ack({ ack: { p50, p99 } }: LoadAnswer): string {
  return `${p50.toFixed(1)} / ${p99.toFixed(1)}`
}
function late({ p99, most }: LoadAnswer['ownDelayMs']): string {
  return `${p99.toFixed(0)} / ${most.toFixed(0)}`
}
/** Processor time that all programs of the machine have taken, the kernel's included: what others take is not there for what is measured. */
function machineMicros(): number {
  return cpus().reduce((sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) * 1_000, 0)
}
/** Time of all processors since the start and what of it the host gave to others while somebody here waited for it; null where the system does not say. */
function hostTicks(): { all: number; stolen: number } | null {
  if (!existsSync('/proc/stat')) return null
  const ticks = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.trim().split(/\s+/).slice(1, 9).map(Number) ?? []
  return { all: ticks.reduce((sum, part) => sum + part, 0), stolen: ticks[7] ?? 0 }
}
function stolenShare(from: ReturnType<typeof hostTicks>, to: ReturnType<typeof hostTicks>): number | null {
  return from === null || to === null ? null : (100 * (to.stolen - from.stolen)) / Math.max(1, to.all - from.all)
}
function cores(micros: number, overSeconds: number): string {
  return (micros / 1e6 / overSeconds).toFixed(2)
}

function spread(times: readonly number[]): string {
  return [50, 95, 99].map((part) => percentileOf(times, part).toFixed(1)).join(' / ')
}

type Answers = { all: number[]; byPath: Map<string, number[]>; failed: Map<string, number> }

/** Requests at a steady rate, whether answers come or not; the time counts from when a request was due. */
async function api({ url, token }: BenchServer, forSeconds: number): Promise<Answers> {
  /** Of another device each time, as people look at different ones. */
  const pathsOf = (device: string): string[] => [
    '/premises',
    '/premises/hall',
    '/devices?limit=50',
    `/devices/${device}`,
    `/latest?points=${device}/power,${device}/energy,${device}/co2`,
    `/series?points=${device}/power&from=${new Date(Date.now() - 60 * DAY_MS).toISOString()}&to=${new Date().toISOString()}&buckets=200`,
    '/alarms?limit=20',
    '/overview',
  ]
  const answers: Answers = { all: [], byPath: new Map(), failed: new Map() }
  const headers = { authorization: `Bearer ${token}` }
  // The plain client: `fetch` in this process would take as much of the two cores as the server does for the answer.
  const agent = new Agent({ keepAlive: true })
  const flying: Promise<void>[] = []
  const start = performance.now()
  for (let sent = 0; sent < forSeconds * REQUESTS_PER_SECOND; sent++) {
    const due = start + (sent * 1_000) / REQUESTS_PER_SECOND
    while (performance.now() < due)
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    const device = deviceOf(Math.floor(sent / PAGES.length) % CONNECTIONS).id
    const path = pathsOf(device)[sent % PAGES.length] as string
    const name = PAGES[sent % PAGES.length] as string
    flying.push(
      ask(`${url}/api/v1${path}`, headers, agent).then((isOk) => {
        if (!isOk) answers.failed.set(name, (answers.failed.get(name) ?? 0) + 1)
        const ms = performance.now() - due
        answers.all.push(ms)
        answers.byPath.getOrInsertComputed(name, () => []).push(ms)
      }),
    )
  }
  await Promise.all(flying)
  agent.destroy()
  return answers
}

/** Whether it was answered well, once all of the answer is there. */
function ask(url: string, headers: Record<string, string>, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    get(url, { headers, agent }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode === 200))
      response.on('error', () => resolve(false))
    }).on('error', () => resolve(false))
  })
}

/** Twenty readings, one after the other: until the API gives it as the newest. */
async function untilFound({ mqttPort, url, token }: BenchServer): Promise<number[]> {
  const { id, password } = deviceOf(CONNECTIONS)
  const device = await openRaw(mqttPort, id, password)
  const times: number[] = []
  for (let turn = 1; turn <= 20; turn++) {
    const sentAt = performance.now()
    device.publish(`samtila/v1/${id}/telemetry`, `{"values":{"power":${turn}}}`)
    for (;;) {
      const response = await fetch(`${url}/api/v1/latest?points=${id}/power`, {
        headers: { authorization: `Bearer ${token}` },
      })
      if ((await response.text()).includes(`"value":${turn}`)) break
      if (performance.now() - sentAt > 10_000) throw new Error(`${turn} is not found`)
    }
    times.push(performance.now() - sentAt)
  }
  device.close()
  return times
}

async function acknowledgedAlone({ mqttPort }: BenchServer): Promise<number[]> {
  const { id, password } = deviceOf(CONNECTIONS)
  const device = await openRaw(mqttPort, id, password)
  const times: number[] = []
  for (let turn = 0; turn < 200; turn++) {
    const from = performance.now()
    device.publish(`samtila/v1/${id}/telemetry`, `{"values":{"power":${1_000 + turn}}}`)
    await device.next()
    times.push(performance.now() - from)
  }
  device.close()
  return times
}

/** What comes and goes on one connection: a ThingsBoard device asks for attributes and gets its answer, through topics, rights and delivery. */
async function commandDown({ mqttPort }: BenchServer): Promise<number[]> {
  const { id, password } = deviceOf(CONNECTIONS)
  const device = await openRaw(mqttPort, id, password)
  device.subscribe('v1/devices/me/attributes/response/+')
  await device.next()
  const times: number[] = []
  for (let turn = 0; turn < 200; turn++) {
    const from = performance.now()
    device.publish(`v1/devices/me/attributes/request/${turn + 1}`, '{}', 0)
    await device.next()
    times.push(performance.now() - from)
  }
  device.close()
  return times
}
