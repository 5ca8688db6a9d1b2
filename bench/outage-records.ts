// PostgreSQL away in four ways beside a whole server at work: stopped, frozen (SIGSTOP), refusing, slow. Readings of known devices go on, changes are
// done or refused, never both; memory and how honestly questions are answered are watched. 5 s each, `--minutes=10` for the long form.
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { parseArgs } from 'node:util'
import { POSTGRES_PROGRAMS, startPostgres } from '#tests/store/postgres-server.ts'
import { deviceOf } from './server-child.ts'
import { openBenchServer, report, runLoad, type Row } from './whole-server.ts'

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string' },
    ways: { type: 'string', default: 'stopped,frozen,refusing,slow' },
    small: { type: 'boolean' },
    append: { type: 'boolean' },
  },
})
const awayMs = options.minutes !== undefined ? 60_000 * Number(options.minutes) : options.small === true ? 3_000 : 5_000
const WAYS = ['stopped', 'frozen', 'refusing', 'slow'] as const
const DEVICES = 20
const MESSAGES_PER_SECOND = 200
const BEFORE_MS = 2_000
/** After it is back: the time in which it is told. */
const BACK_MS = 120_000
/** How long the slow server keeps what comes. */
const SLOW_MS = 3_000
/** A question that is not answered by then counts as without answer. */
const PATIENCE_MS = 90_000
const PAUSE_MS = 100
const MIB = 2 ** 20

if (POSTGRES_PROGRAMS === null) {
  console.log('not run: outage-records needs PostgreSQL (apt-get install postgresql)')
  process.exit(0)
}
const rows: Row[] = []
for (const way of WAYS.filter((one) => options.ways.split(',').includes(one))) rows.push(await measure(way))
report(`PostgreSQL away for ${awayMs / 1_000} s (\`npm run bench -- outage-records\`)`, rows)
const isWrong = (row: Row): boolean =>
  ['readings lost', 'readings twice', 'changes lost', 'neither done nor refused'].some((name) => row[name] !== 0)
if (rows.some(isWrong)) process.exitCode = 1

type Door = { port: number; mood: 'open' | 'refusing' | 'slow'; refuse(): void; close(): void }

/** Stands before the server, to cut or delay what comes. */
async function openDoor(port: number): Promise<Door> {
  const open = new Set<Socket>()
  const server = createServer((incoming) => {
    if (door.mood === 'refusing') return void incoming.destroy()
    const onward = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [incoming, onward],
      [onward, incoming],
    ] as const) {
      open.add(one)
      one.on('data', (chunk) => {
        if (door.mood === 'slow') setTimeout(() => other.write(chunk), SLOW_MS)
        else other.write(chunk)
      })
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  const refuse = (): void => {
    door.mood = 'refusing'
    for (const socket of open) socket.destroy()
  }
  const close = (): void => {
    refuse()
    server.close()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const door: Door = { port: (server.address() as AddressInfo).port, mood: 'open', refuse, close }
  return door
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function measure(way: (typeof WAYS)[number]): Promise<Row> {
  const postgres = await startPostgres()
  const address = postgres.newAddress()
  const door = await openDoor(address.port)
  const server = await openBenchServer({
    devices: DEVICES,
    settings: {
      SAMTILA_RECORDS: 'postgres',
      SAMTILA_RECORDS_URL: `postgres://${address.user}@127.0.0.1:${door.port}/${address.database}`,
      SAMTILA_RECORDS_SCHEMA: address.schema,
    },
  })
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' }
  const ask = (path: string, method = 'GET', body?: object): Promise<Response> =>
    fetch(`${server.url}${path}`, {
      method,
      headers,
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const isReady = async (): Promise<boolean> => (await fetch(`${server.url}/readyz`)).status === 200
  let isOver = false
  let rss = 0
  const looking = setInterval(() => void server.usage().then(({ rssBytes }) => (rss = Math.max(rss, rssBytes))), 500)
  const startAt = Date.now() - 100 * 86_400_000
  const load = runLoad({
    port: server.mqttPort,
    window: 16,
    messagesPerSecond: MESSAGES_PER_SECOND,
    devices: Array.from({ length: DEVICES }, (_, index) => deviceOf(index)),
    seconds: (BEFORE_MS + awayMs + BEFORE_MS) / 1_000,
    startAt,
  })

  const done: string[] = []
  let refused = 0
  let silent = 0
  let longestMs = 0
  const changing = (async () => {
    for (let next = 0; !isOver; next++) {
      const id = `office-${next}`
      const since = performance.now()
      const status = await ask(`/api/v1/organisations/${id}`, 'PUT', { id, name: { en: id } }).then(
        async (answer) => (await answer.arrayBuffer(), answer.status),
        () => 0,
      )
      longestMs = Math.max(longestMs, performance.now() - since)
      if (status === 201 || status === 200) done.push(id)
      else if (status === 503) refused++
      else silent++
      await sleep(PAUSE_MS)
    }
  })()
  await sleep(BEFORE_MS)
  // On a busy machine it takes longer until each device is known.
  while ((await server.usage()).acknowledged < 20 * DEVICES) await sleep(PAUSE_MS)
  const awayAt = performance.now()
  if (way === 'stopped') postgres.signal('SIGINT')
  else if (way === 'frozen') postgres.freeze()
  else if (way === 'refusing') door.refuse()
  else door.mood = 'slow'
  let toldMs: number | null = null
  let isBack = false
  const telling = (async () => {
    while (!isBack && toldMs === null) {
      if (!(await isReady())) toldMs = performance.now() - awayAt
      await sleep(PAUSE_MS)
    }
  })()
  await sleep(awayMs)
  isBack = true
  if (way === 'stopped') await postgres.start()
  else if (way === 'frozen') postgres.thaw()
  door.mood = 'open'
  const backAt = performance.now()
  while (!(await isReady()) && performance.now() - backAt < BACK_MS) await sleep(PAUSE_MS)
  const backMs = performance.now() - backAt
  isOver = true
  await Promise.all([changing, telling])
  const answer = await load
  clearInterval(looking)
  const found = await server.compare({ compare: answer.devices, startAt })
  const missing = await Promise.all(done.map(async (id) => (await ask(`/api/v1/organisations/${id}`)).status !== 200))
  await server.close()
  door.close()
  await postgres.stop()
  return {
    away: way,
    'messages sent / acknowledged': `${answer.sent} / ${answer.acknowledged}`,
    'PUBACK p99, ms': answer.ack.p99,
    'readings lost': found.lost,
    'readings twice': found.twice,
    'changes done': done.length,
    'refused with 503': refused,
    'neither done nor refused': silent,
    'changes lost': missing.filter(Boolean).length,
    'longest answer, s': longestMs / 1_000,
    'told after, s': toldMs === null ? 'not told' : toldMs / 1_000,
    'ready again after, s': backMs / 1_000,
    'memory at most, MiB': rss / MIB,
  }
}
