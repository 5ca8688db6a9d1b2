// InfluxDB away in four ways under load: stopped, frozen (SIGSTOP), refusing, slow. Nothing acknowledged may be lost or twice; memory and spool are watched.
// `npm run bench -- outage` keeps it away for 5 s each, `--minutes=10` for the long form.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openInflux1Telemetry } from '#store/influx1/open-telemetry.ts'
import { INFLUXD, createDatabase, startInfluxd } from '#tests/store/influx-server.ts'
import { compareStored, sumOf } from './serials.ts'
import { report } from './whole-server.ts'
import type { Row } from './whole-server.ts'

const { values: options } = parseArgs({
  options: { minutes: { type: 'string' }, small: { type: 'boolean' }, append: { type: 'boolean' } },
})
const awayMs = options.minutes !== undefined ? 60_000 * Number(options.minutes) : options.small === true ? 2_000 : 5_000
const DEVICES = 100
const COMMIT_READINGS = 200
const PAUSE_MS = 20
const BEFORE_MS = 1_000
const DRAIN_MS = 600_000
/** How long the slow server keeps each request: longer than it is given. */
const SLOW_MS = 8_000
const T0 = Date.UTC(2026, 0, 1)
const MIB = 2 ** 20
/** How often a question that is not answered in time is asked again. */
const TRIES = 30

if (INFLUXD === null) {
  console.log('not run: outage needs influxd (apt-get install influxdb)')
  process.exit(0)
}
const ways = ['stopped', 'frozen', 'refusing', 'slow'] as const
const rows: Row[] = []
for (const way of ways) rows.push(await measure(way))
report(`InfluxDB away for ${awayMs / 1_000} s (\`npm run bench -- outage\`)`, rows)
if (rows.some((row) => row['lost'] !== 0 || row['twice'] !== 0 || row['never sent'] !== 0)) process.exitCode = 1

type Door = { url: string; mood: 'open' | 'refusing' | 'slow'; close(): void }

/** Stands before the server, to refuse or delay what comes. */
async function openDoor(url: string): Promise<Door> {
  const door: Door = { url: '', mood: 'open', close: () => void server.close() }
  const server: Server = createServer((incoming, outgoing) => {
    if (door.mood === 'refusing') return void outgoing.writeHead(503).end()
    const pass = (): void => {
      const onward = request(
        new URL(incoming.url ?? '/', url),
        { method: incoming.method ?? 'GET', headers: incoming.headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(outgoing)
        },
      )
      onward.on('error', () => outgoing.destroy())
      incoming.pipe(onward)
    }
    if (door.mood === 'slow') setTimeout(pass, SLOW_MS)
    else pass()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  door.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return door
}

/** Each round of DEVICES serials has one instant. */
function atOf(serial: number): number {
  return T0 + Math.floor(serial / DEVICES) * 1_000
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function measure(way: (typeof ways)[number]): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-bench-'))
  const influxd = await startInfluxd()
  const door = await openDoor(influxd.url)
  await createDatabase(influxd.url, 'bench')
  const address = { url: door.url, database: 'bench', user: null, password: null }
  let awayAt: number | null = null
  let startOfAway = 0
  const store = await openInflux1Telemetry(address, {
    spoolFolder: join(folder, 'spool'),
    onState: (state) => {
      if (state !== 'ready') awayAt ??= performance.now()
    },
  })
  const series = Array.from({ length: DEVICES }, (_, index) => store.seriesOf(`device-${index}`, 'point'))
  /** First serials of the commits that were acknowledged; each is of COMMIT_READINGS serials. */
  const acknowledged: number[] = []
  let sent = 0
  let refused = 0
  let isOver = false
  let spoolBytes = 0
  let rss = 0
  const looking = setInterval(() => {
    rss = Math.max(rss, process.memoryUsage().rss)
    spoolBytes = Math.max(spoolBytes, bytesIn(join(folder, 'spool')))
  }, 200)
  const writing = (async () => {
    while (!isOver) {
      const first = sent
      for (let serial = first; serial < first + COMMIT_READINGS; serial++) {
        const at = atOf(serial)
        store.add(series[serial % DEVICES] as number, at, serial, 'measured', at + 5, false)
      }
      sent += COMMIT_READINGS
      await store.commit().then(
        () => acknowledged.push(first),
        () => refused++,
      )
      await sleep(PAUSE_MS)
    }
  })()
  await sleep(BEFORE_MS)
  startOfAway = performance.now()
  if (way === 'stopped') await influxd.kill('SIGTERM')
  else if (way === 'frozen') influxd.signal('SIGSTOP')
  else door.mood = way
  await sleep(awayMs)
  const queued = store.state().queued
  if (way === 'stopped') await influxd.start()
  else if (way === 'frozen') influxd.signal('SIGCONT')
  else door.mood = 'open'
  const back = performance.now()
  isOver = true
  await writing
  while ((store.state().queued > 0 || store.state().state !== 'ready') && performance.now() - back < DRAIN_MS)
    await sleep(50)
  const drainMs = performance.now() - back
  const rounds = sent / DEVICES
  const acknowledgedAt = new Set(
    acknowledged.flatMap((first) =>
      Array.from({ length: COMMIT_READINGS / DEVICES }, (_, i) => atOf(first + i * DEVICES)),
    ),
  )
  const found = []
  // One after the other, and again where a busy machine does not answer in time: what is asked is whether all is there.
  for (const one of series)
    found.push(
      await answered(() =>
        compareStored(store, one, [0, T0 + 10 * 365 * 86_400_000], {
          acknowledged: acknowledgedAt,
          sent: (at) => at >= T0 && at < atOf(rounds * DEVICES) && at % 1_000 === 0,
        }),
      ),
    )
  const { lost, twice, unknown } = sumOf(found)
  clearInterval(looking)
  await store.close()
  door.close()
  await influxd.stop()
  rmSync(folder, { recursive: true, force: true })
  return {
    away: way,
    acknowledged: acknowledged.length * COMMIT_READINGS,
    refused,
    lost,
    twice,
    'never sent': unknown,
    'told after, s': awayAt === null ? 'not told' : (awayAt - startOfAway) / 1_000,
    'waiting at the end': queued,
    'drained in, s': drainMs / 1_000,
    'spool at most, MiB': spoolBytes / MIB,
    'memory at most, MiB': rss / MIB,
  }
}

async function answered<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left--)
    try {
      return await ask()
    } catch (error) {
      if (left === 0) throw error
      await sleep(1_000)
    }
}

function bytesIn(folder: string): number {
  try {
    return readdirSync(folder).reduce(
      (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    )
  } catch {
    return 0
  }
}
