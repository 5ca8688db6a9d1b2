// Ten times more than can be taken: QoS 1 is slowed down and loses nothing, QoS 0 floods; memory is watched all the time.
// `npm run bench -- overload` for 20 s, `--minutes=15` for the long form.
import { connect } from 'node:net'
import { parseArgs } from 'node:util'
import { connectPacket } from './raw-device.ts'
import { deviceOf, type Usage } from './server-child.ts'
import { openBenchServer, report, runLoad } from './whole-server.ts'

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string' },
    seconds: { type: 'string', default: '20' },
    small: { type: 'boolean' },
    append: { type: 'boolean' },
  },
})
const seconds =
  options.minutes !== undefined ? 60 * Number(options.minutes) : options.small === true ? 5 : Number(options.seconds)
const CONNECTIONS = 200
const FLOODERS = 10
/** Each connection has ten times as many messages under way as the ingest bench, in which the server is at its limit already. */
const WINDOW = 160
const LOOK_MS = 1_000
/** Readings of a message of QoS 0. */
const FLOOD_READINGS = 2
const MIB = 2 ** 20

const server = await openBenchServer({ devices: CONNECTIONS + FLOODERS })
const before = await server.usage()
const rss: number[] = []
const heap: number[] = []
const buffers: number[] = []
const looking = setInterval(() => void server.usage().then(look), LOOK_MS)
function look({ rssBytes, heapBytes, bufferBytes }: Usage): void {
  rss.push(rssBytes / MIB)
  heap.push(heapBytes / MIB)
  buffers.push(bufferBytes / MIB)
}

const flood = Array.from({ length: FLOODERS }, (_, index) => startFlood(CONNECTIONS + index))
const startAt = Date.now() - 300 * 86_400_000
const answer = await runLoad({
  port: server.mqttPort,
  window: WINDOW,
  devices: Array.from({ length: CONNECTIONS }, (_, index) => deviceOf(index)),
  seconds,
  startAt,
})
clearInterval(looking)
// Each ends its connection when all is written, and the server when all is read: from then on nothing is on its way.
const flooded = (await Promise.all(flood.map((one) => one.stop()))).reduce((sum, one) => sum + one, 0)
const after = await server.settle()
const received = after.received - before.received - answer.sent
const found = await server.compare({ compare: answer.devices, startAt })
await server.close()

const stored0 = after.stored - before.stored - found.stored
const uncounted = flooded * FLOOD_READINGS - stored0 - after.lostQos0

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length
const least = (values: readonly number[]): number => Math.min(...values)
const inThirds = (values: readonly number[], of: (part: readonly number[]) => number): string => {
  const third = Math.ceil(values.length / 3)
  return [0, 1, 2].map((part) => of(values.slice(part * third, (part + 1) * third)).toFixed(0)).join(' / ')
}
report('Ten times too much (`npm run bench -- overload`)', [
  { what: 'for, s', measured: seconds },
  {
    what: 'QoS 1: messages sent / acknowledged',
    measured: `${answer.sent} / ${answer.acknowledged}`,
  },
  {
    what: 'QoS 1: readings acknowledged / stored / lost / twice / never sent',
    measured: `${answer.acknowledged * 4} / ${found.stored} / ${found.lost} / ${found.twice} / ${found.unknown}`,
  },
  { what: 'QoS 0: messages written to sockets / read from them', measured: `${flooded} / ${received}` },
  {
    what: 'QoS 0: readings written / stored / dropped, as counted / neither',
    measured: `${flooded * FLOOD_READINGS} / ${stored0} / ${after.lostQos0} / ${uncounted}`,
  },
  { what: 'PUBACK p50 / p99, ms', measured: `${answer.ack.p50.toFixed(0)} / ${answer.ack.p99.toFixed(0)}` },
  { what: 'memory at most, MiB', measured: Math.max(...rss) },
  { what: 'memory in each third, mean, MiB', measured: inThirds(rss, mean) },
  {
    what: 'heap of the main thread: what a collection leaves, least of each third, MiB',
    measured: inThirds(heap, least),
  },
  { what: 'the same with what waits for a collection, mean, MiB', measured: inThirds(heap, mean) },
  { what: 'buffers of the main thread, mean, MiB', measured: inThirds(buffers, mean) },
])
if (found.lost > 0 || found.twice > 0 || found.unknown > 0 || uncounted !== 0) process.exitCode = 1

/** Writes QoS 0 messages as fast as TCP takes them; `stop` gives how many when the server has read the last. */
function startFlood(index: number): { stop(): Promise<number> } {
  const { id, password } = deviceOf(index)
  const topic = `samtila/v1/${id}/telemetry`
  const socket = connect({ host: '127.0.0.1', port: server.mqttPort, noDelay: true })
  const closed = new Promise<void>((resolve, reject) => {
    socket.once('close', () => resolve())
    socket.once('error', reject)
  })
  let sent = 0
  let isOver = false
  const next = (): void => {
    if (isOver) return void socket.end()
    const packets: Buffer[] = []
    for (let i = 0; i < 100; i++) {
      const at = Date.now() - 100 * 86_400_000 + sent++
      const body = Buffer.from(`{"ts":${at},"values":{"energy":${sent},"power":${sent % 1_000}}}`)
      packets.push(Buffer.from([0x30, topic.length + 2 + body.length, 0, topic.length]), Buffer.from(topic), body)
    }
    socket.write(Buffer.concat(packets), () => setImmediate(next))
  }
  socket.once('connect', () => socket.write(connectPacket(id, password)))
  socket.once('data', next)
  return {
    async stop() {
      isOver = true
      await closed
      return sent
    },
  }
}
