// Very many idle connections: their memory, and all of them coming back with their credentials at once while others go on sending.
// `npm run bench -- connections [--small]`; 10,000 connections need `ulimit -n` of 24,000 or more, else as many as it allows.
import { execFileSync } from 'node:child_process'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { connectPacket } from './raw-device.ts'
import { deviceOf, type Usage } from './server-child.ts'
import { openBenchServer, report, runLoad } from './whole-server.ts'

const files = Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim()) || 1_024
const asked = process.argv.find((one) => one.startsWith('--connections='))?.split('=')[1]
const wanted = asked !== undefined ? Number(asked) : process.argv.includes('--small') ? 1_000 : 10_000
const CONNECTIONS = Math.min(wanted, files - 2_000)
const SENDERS = 20
/** Connections being opened at once. */
const AT_ONCE = 500
/** One that is turned away tries again so often, after a pause that doubles from the first to the last. */
const TRIES = 12
const FIRST_PAUSE_MS = 50
const LAST_PAUSE_MS = 5_000
const MIB = 2 ** 20
/** The devices and their alarm rules are read for a while after they are made: at rest the memory grows no more than this in a second. */
const REST_BYTES = 100_000
const REST_LOOKS = 20
const HALF_AN_HOUR = 1_800_000

let turnedAway = 0
const server = await openBenchServer({ devices: CONNECTIONS + SENDERS, clearsUp: true })
const senders = Array.from({ length: SENDERS }, (_, index) => deviceOf(CONNECTIONS + index))
const load = { port: server.mqttPort, devices: senders, window: 4, messagesPerSecond: 2_000 }

const empty = await atRest()
const startedAt = performance.now()
const sockets = await openAll()
const opened = (performance.now() - startedAt) / 1_000
await new Promise((resolve) => setTimeout(resolve, 2_000))
const full = await server.usage()
const quiet = await runLoad({ ...load, seconds: 3, startAt: Date.now() - 2 * HALF_AN_HOUR })

const during = runLoad({ ...load, seconds: 8, startAt: Date.now() - HALF_AN_HOUR })
await new Promise((resolve) => setTimeout(resolve, 500))
for (const socket of sockets) socket.destroy()
const cutAt = performance.now()
const again = await openAll()
const reconnected = (performance.now() - cutAt) / 1_000
const ingest = await during
const after = await server.usage()
for (const socket of again) socket.destroy()
await server.close()

report('Idle connections and their return (`npm run bench -- connections`)', [
  { what: 'connections', measured: CONNECTIONS, goal: '10,000' },
  { what: 'memory of all of them, MiB', measured: (full.rssBytes - empty.rssBytes) / MIB, goal: '≤ 300' },
  { what: 'of one of them, KiB', measured: (full.rssBytes - empty.rssBytes) / CONNECTIONS / 1_024, goal: '' },
  { what: 'first coming in, s', measured: opened, goal: '' },
  { what: 'all back with credentials, s', measured: reconnected, goal: '≤ 60' },
  { what: 'PUBACK p50 / p99 of 20 senders before, ms', measured: shown(quiet), goal: '' },
  { what: 'the same while the others come back, ms', measured: shown(ingest), goal: 'goes on' },
  { what: 'messages of the senders not acknowledged', measured: ingest.sent - ingest.acknowledged, goal: '0' },
  { what: 'tries that were turned away', measured: turnedAway, goal: '' },
  { what: 'connections afterwards', measured: after.connections, goal: '' },
])

function shown({ ack }: { ack: { p50: number; p99: number } }): string {
  return `${ack.p50.toFixed(1)} / ${ack.p99.toFixed(1)}`
}

async function atRest(): Promise<Usage> {
  let last = await server.usage()
  for (let look = 0; look < REST_LOOKS; look++) {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const now = await server.usage()
    if (now.heapBytes - last.heapBytes < REST_BYTES) return now
    last = now
  }
  return last
}

async function openAll(): Promise<Socket[]> {
  const sockets: Socket[] = []
  let next = 0
  const open = async (): Promise<void> => {
    for (let index = next++; index < CONNECTIONS; index = next++) sockets.push(await openOne(index))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, open))
  return sockets
}

/** Tries again when it is turned away: too many at once may wait for their turn. */
async function openOne(index: number): Promise<Socket> {
  const { id, password } = deviceOf(index)
  for (let pauseMs = FIRST_PAUSE_MS, tries = 1; ; pauseMs = Math.min(2 * pauseMs, LAST_PAUSE_MS), tries++) {
    const socket = await new Promise<Socket | null>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: server.mqttPort, noDelay: true })
      socket.once('error', () => resolve(null))
      socket.once('close', () => resolve(null))
      socket.once('connect', () => socket.write(connectPacket(id, password)))
      socket.once('data', (connack: Buffer) => resolve(connack[3] === 0 ? socket : null))
    })
    if (socket !== null) return socket.on('error', () => {})
    if (tries === TRIES) throw new Error(`${id} was turned away ${TRIES} times`)
    turnedAway++
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
