// The comparison stack: Mosquitto → tuned Node consumer in batches of 5,000 → InfluxDB 1.x, each a process on this machine, with passwords and ACL.
// Its PUBACK comes from Mosquitto and says nothing about the store.
import { execFileSync, fork, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LoadAnswer, LoadOrder } from './ingest-load.ts'
import type { ConsumerAnswer, ConsumerOrder } from './stack-b-consumer.ts'
import { freePort } from '#tests/free-port.ts'

export type StackFigures = {
  /** Readings that a query finds when everything has come through. */
  queryable: number
  /** From the first message until the last write was answered. */
  seconds: number
  cpuMicros: number
  bytes: number
  load: LoadAnswer
}

const PROGRAMS = {
  mosquitto: '/usr/sbin/mosquitto',
  mosquitto_passwd: '/usr/bin/mosquitto_passwd',
  influxd: '/usr/bin/influxd',
}
const DATABASE = 'bench'

/** What is missing for the comparison, as one sentence, or null. */
export function missingForStackB(): string | null {
  const missing = Object.values(PROGRAMS).filter((path) => !existsSync(path))
  return missing.length === 0
    ? null
    : `not run: stack-b needs ${missing.join(', ')} (apt-get install mosquitto influxdb)`
}

/** Runs the load of `ingest` against the stack. */
export async function runStackB(
  order: Omit<LoadOrder, 'port'>,
  runLoad: (order: LoadOrder) => Promise<LoadAnswer>,
): Promise<StackFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-stack-b-'))
  const children: ChildProcess[] = []
  try {
    const mqttPort = await freePort()
    const httpPort = await freePort()
    const mosquitto = startMosquitto(folder, mqttPort, order)
    const influxd = startInfluxd(folder, httpPort, await freePort())
    children.push(mosquitto, influxd)
    await Promise.all([answering(mqttPort), answering(httpPort)])
    await query(httpPort, DATABASE, `CREATE DATABASE ${DATABASE}`)
    const consumer = fork(new URL('stack-b-consumer.ts', import.meta.url), { execArgv: [] })
    children.push(consumer)
    const ready = new Promise((resolve) => consumer.once('message', resolve))
    consumer.send({ mqttPort, httpPort, database: DATABASE, password: 'consumer' } satisfies ConsumerOrder)
    await ready
    const pids = [mosquitto, influxd, consumer].map(({ pid }) => pid as number)
    const before = pids.map(cpuMicrosOf)
    const startedAt = performance.now()
    const load = await runLoad({ ...order, port: mqttPort })
    const finished = new Promise<ConsumerAnswer>((resolve) =>
      consumer.on('message', (message: ConsumerAnswer | 'ready') => {
        if (message !== 'ready') resolve(message)
      }),
    )
    // The consumer's end is seen before it exits: its processor time is read with the others'.
    consumer.send('finish')
    const cpuMicros = (): number =>
      pids.reduce((sum, pid, index) => sum + cpuMicrosOf(pid) - (before[index] as number), 0)
    let cpu = cpuMicros()
    const watching = setInterval(() => (cpu = Math.max(cpu, cpuMicros())), 50)
    await finished
    clearInterval(watching)
    const seconds = (performance.now() - startedAt) / 1_000 - QUIET_SECONDS
    const queryable = await count(httpPort, DATABASE, 'value')
    await settled(folder)
    return {
      queryable,
      seconds,
      cpuMicros: cpu,
      bytes: bytesIn(join(folder, 'data')) + bytesIn(join(folder, 'wal')),
      load,
    }
  } finally {
    for (const child of children) if (child.exitCode === null) await end(child)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** An InfluxDB for other measurements. */
export async function openInfluxd(folder: string) {
  const port = await freePort()
  const influxd = startInfluxd(folder, port, await freePort())
  await answering(port)
  return {
    url: `http://127.0.0.1:${port}`,
    count: (database: string, field: string) => count(port, database, field),
    end: () => end(influxd),
  }
}

/** The consumer waits so long for a last message; that is not time of the stack. */
const QUIET_SECONDS = 0.7

function startMosquitto(folder: string, port: number, order: Omit<LoadOrder, 'port'>): ChildProcess {
  const [passwords, acl, config] = ['passwords', 'acl', 'mosquitto.conf'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const users = [...order.devices, { id: 'consumer', password: 'consumer' }]
  writeFileSync(passwords, users.map(({ id, password }) => `${id}:${password}\n`).join(''), { mode: 0o600 })
  execFileSync(PROGRAMS.mosquitto_passwd, ['-U', passwords])
  writeFileSync(acl, 'user consumer\ntopic read samtila/v1/+/telemetry\n\npattern write samtila/v1/%u/telemetry\n', {
    mode: 0o600,
  })
  writeFileSync(
    config,
    [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous false',
      `password_file ${passwords}`,
      `acl_file ${acl}`,
      'persistence false',
      'set_tcp_nodelay true',
      'max_queued_messages 0',
      'max_inflight_messages 0',
      'log_type error',
      ...(process.getuid?.() === 0 ? ['user root'] : []),
    ].join('\n'),
  )
  return spawn(PROGRAMS.mosquitto, ['-c', config], { stdio: 'ignore' })
}

function startInfluxd(folder: string, http: number, rpc: number): ChildProcess {
  const config = join(folder, 'influxdb.conf')
  writeFileSync(
    config,
    `reporting-disabled = true
bind-address = "127.0.0.1:${rpc}"
[meta]
dir = "${folder}/meta"
[data]
dir = "${folder}/data"
wal-dir = "${folder}/wal"
query-log-enabled = false
cache-snapshot-write-cold-duration = "2s"
[monitor]
store-enabled = false
[http]
bind-address = "127.0.0.1:${http}"
log-enabled = false
[logging]
level = "error"
`,
  )
  return spawn(PROGRAMS.influxd, ['run', '-config', config], { stdio: 'ignore' })
}

async function query(port: number, database: string, q: string): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}/query?db=${database}`, {
    method: 'POST',
    body: new URLSearchParams({ q }),
  })
  return response.json()
}

async function count(port: number, database: string, field: string): Promise<number> {
  const answer = (await query(port, database, `SELECT count("${field}") FROM "reading"`)) as {
    results: { series?: { values: [string, number][] }[] }[]
  }
  return answer.results[0]?.series?.[0]?.values[0]?.[1] ?? 0
}

/** User and system time of a process in microseconds, as the kernel counts it (100 ticks a second). */
function cpuMicrosOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10_000
  } catch {
    return 0
  }
}

/** Waits until the write-ahead log has become blocks: that is the size to compare. */
async function settled(folder: string): Promise<void> {
  for (let tries = 0; tries < 100 && bytesIn(join(folder, 'wal')) > 100_000; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port })
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (open) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`nothing listens on ${port}`)
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

function bytesIn(folder: string): number {
  return (
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      // Blocks, not lengths: InfluxDB keeps 32 MB of empty space for names of series, which takes no room on the disk.
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).blocks * 512, 0)
  )
}
