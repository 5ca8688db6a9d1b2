// The load of bench/ingest.ts, in a process of its own: raw MQTT connections that send encoded packets and wait for their PUBACKs.
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { STEP_MS } from './load-step.ts'

export type LoadOrder = {
  port: number
  seconds: number
  /** Messages of one connection that are under way at once. */
  window: number
  /** All connections together stop after so many messages, before the seconds are over. */
  messages?: number
  /** All connections together send so many messages a second, however long the acknowledgements take; else as fast as these allow. */
  messagesPerSecond?: number
  /** Milliseconds since 1970 of the first reading. */
  startAt: number
  devices: { id: string; password: string }[]
}
export type LoadAnswer = {
  acknowledged: number
  sent: number
  seconds: number
  /** Milliseconds from when a message was due to its PUBACK. */
  ack: { p50: number; p99: number }
  closed: number
  /** How late the load itself was: what of the times above is its own. */
  ownDelayMs: { p99: number; most: number }
  /** Processor time of the load itself. */
  cpuMicros: number
  /** Of each device, in the order of the order: the first so many of its messages were acknowledged, as PUBACKs come in the order of the messages. */
  devices: { sent: number; acknowledged: number }[]
}
/** Latencies kept: one in so many messages. */
const SAMPLE_EVERY = 16
/** How often it is looked what is due of a paced load, and how many messages of a connection are then under way at most. */
const PACE_MS = 2
const PACED_WINDOW = 256

class Connection {
  acknowledged = 0
  sent = 0
  closed = false
  readonly latencies: number[] = []
  readonly #socket: Socket
  readonly #packets: Buffer
  readonly #packetBytes: number
  readonly #window: number
  readonly #most: number
  readonly #isPaced: boolean
  /** When each message that is under way was due. */
  #due: number[] = []
  #at: number
  #energy = 1_000_000_000
  #rest = 0
  readonly #finished: () => void
  stopping = false

  constructor(socket: Socket, device: string, order: LoadOrder, finished: () => void) {
    this.#socket = socket
    const share = order.devices.length
    this.#window = order.window
    this.#most = order.messages === undefined ? Infinity : Math.ceil(order.messages / share)
    this.#isPaced = order.messagesPerSecond !== undefined
    this.#at = order.startAt
    this.#finished = finished
    const packet = publishPacket(device)
    this.#packetBytes = packet.length
    this.#packets = Buffer.concat(Array.from({ length: Math.max(order.window, PACED_WINDOW) }, () => packet))
    socket.on('data', (chunk) => this.#acknowledge(chunk.length))
    socket.on('close', () => {
      this.closed = true
      this.#finished()
    })
  }

  /** Sends a window of messages. */
  send(): void {
    const left = this.#most - this.sent
    if (left <= 0) return this.stop()
    const now = performance.now()
    this.#write(Array.from({ length: Math.min(this.#window, left) }, () => now))
  }

  /** Sends messages by the clock, whether those before are acknowledged or not; `dueAts` are when each was due. */
  sendPaced(dueAts: readonly number[]): void {
    if (!this.stopping && !this.closed) this.#write(dueAts)
  }

  /** How many more may be under way. */
  get room(): number {
    return PACED_WINDOW - this.#due.length
  }

  stop(): void {
    this.stopping = true
    if (this.#due.length === 0) this.#finished()
  }

  /** Writes messages, each with an instant and values of its own. */
  #write(dueAts: readonly number[]): void {
    const count = dueAts.length
    const { length } = PREFIX
    // Of paced messages some are on their way, so the bytes are their own.
    const packets = this.#isPaced ? Buffer.from(this.#packets.subarray(0, count * this.#packetBytes)) : this.#packets
    for (let i = 0; i < count; i++) {
      const start = i * this.#packetBytes
      const text = start + this.#packetBytes - BODY_BYTES
      packets.writeUInt16BE((this.sent % 65_535) + 1, text - 2)
      this.#at += STEP_MS
      this.#energy += 1 + Math.floor(Math.random() * 40)
      digits(packets, text + length, 13, this.#at)
      digits(packets, text + ENERGY_AT, 7, Math.floor(this.#energy / 1_000))
      digits(packets, text + ENERGY_AT + 8, 3, this.#energy % 1_000)
      digits(packets, text + POWER_AT, 4, 1_000 + Math.floor(Math.random() * 3_000))
      digits(packets, text + TEMPERATURE_AT, 2, 20 + Math.floor(Math.random() * 3))
      digits(packets, text + TEMPERATURE_AT + 3, 1, Math.floor(Math.random() * 10))
      digits(packets, text + CO2_AT, 3, 400 + Math.floor(Math.random() * 300))
      this.sent++
    }
    this.#due.push(...dueAts)
    // The kernel copies at once when the socket has room; the buffer of a window is written again only after all its PUBACKs.
    this.#socket.write(packets.subarray(0, count * this.#packetBytes))
  }

  #acknowledge(received: number): void {
    const bytes = this.#rest + received
    const acknowledged = Math.floor(bytes / 4)
    this.#rest = bytes % 4
    const now = performance.now()
    // PUBACKs come in the order of the messages.
    for (const [index, dueAt] of this.#due.splice(0, acknowledged).entries())
      if ((this.acknowledged + index) % SAMPLE_EVERY === 0) this.latencies.push(now - dueAt)
    this.acknowledged += acknowledged
    if (this.#due.length > 0) return
    if (this.stopping) this.#finished()
    else if (!this.#isPaced) this.send()
  }
}

/** All connections together at an even pace: in turn, each message when it is due. Resolves never; it ends with the process. */
function pace(connections: readonly Connection[], perMs: number): void {
  const startedAt = performance.now()
  let taken = 0
  const due = connections.map((): number[] => [])
  setInterval(() => {
    const now = performance.now()
    for (; (taken + 1) / perMs <= now - startedAt; taken++)
      due[taken % connections.length]?.push(startedAt + (taken + 1) / perMs)
    for (const [index, waiting] of due.entries()) {
      const connection = connections[index] as Connection
      // What has no room keeps the time at which it was due.
      const count = Math.min(waiting.length, connection.room)
      if (count > 0) connection.sendPaced(waiting.splice(0, count))
    }
  }, PACE_MS)
}

const PREFIX = '{"ts":'
const BODY = `${PREFIX}1790000000000,"values":{"energy":1000000.000,"power":1000,"temperature":20.0,"co2":400}}`
const BODY_BYTES = BODY.length
const ENERGY_AT = BODY.indexOf('1000000.000')
const POWER_AT = BODY.indexOf('1000,"temp')
const TEMPERATURE_AT = BODY.indexOf('20.0')
const CO2_AT = BODY.indexOf('400}')

function digits(buffer: Buffer, at: number, count: number, value: number): void {
  let rest = value
  for (let i = at + count - 1; i >= at; i--) {
    buffer[i] = 48 + (rest % 10)
    rest = Math.floor(rest / 10)
  }
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
}

function packet(header: number, body: Buffer): Buffer {
  const length = body.length < 128 ? [body.length] : [(body.length & 0x7f) | 0x80, body.length >> 7]
  return Buffer.concat([Buffer.from([header, ...length]), body])
}

function publishPacket(device: string): Buffer {
  return packet(0x32, Buffer.concat([text(`samtila/v1/${device}/telemetry`), Buffer.from([0, 1]), Buffer.from(BODY)]))
}

function connectPacket(device: string, password: string): Buffer {
  const head = Buffer.concat([text('MQTT'), Buffer.from([4, 0xc2, 0, 60])])
  return packet(0x10, Buffer.concat([head, text(device), text(device), text(password)]))
}

function open(order: LoadOrder, device: LoadOrder['devices'][number]): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: order.port, noDelay: true })
    socket.once('error', reject)
    socket.once('connect', () => socket.write(connectPacket(device.id, device.password)))
    socket.once('data', (data) => {
      const connack = Buffer.from(data)
      if (connack[0] === 0x20 && connack[3] === 0) resolve(socket)
      else reject(new Error(`CONNACK ${connack[3]}`))
    })
  })
}

async function run(order: LoadOrder): Promise<LoadAnswer> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const sockets = await Promise.all(order.devices.map((device) => open(order, device)))
  let open_ = sockets.length
  let allDone = (): void => {}
  const done = new Promise<void>((resolve) => (allDone = resolve))
  const connections = sockets.map((socket, index) => {
    const device = order.devices[index] as LoadOrder['devices'][number]
    let counted = false
    return new Connection(socket, device.id, order, () => {
      if (counted) return
      counted = true
      if (--open_ === 0) allDone()
    })
  })
  delay.enable()
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  if (order.messagesPerSecond === undefined) for (const connection of connections) connection.send()
  else pace(connections, order.messagesPerSecond / 1_000)
  await Promise.race([done, new Promise((resolve) => setTimeout(resolve, order.seconds * 1_000))])
  for (const connection of connections) connection.stop()
  await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 10_000))])
  const seconds = (performance.now() - startedAt) / 1_000
  delay.disable()
  const { user, system } = process.cpuUsage(cpuBefore)
  for (const socket of sockets) socket.destroy()
  const latencies = connections.flatMap(({ latencies }) => latencies).sort((a, b) => a - b)
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return {
    acknowledged: connections.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    sent: connections.reduce((sum, { sent }) => sum + sent, 0),
    seconds,
    ack: { p50: at(0.5), p99: at(0.99) },
    ownDelayMs: { p99: delay.percentile(99) / 1e6, most: delay.max / 1e6 },
    cpuMicros: user + system,
    closed: connections.filter(({ closed }) => closed).length,
    devices: connections.map(({ sent, acknowledged }) => ({ sent, acknowledged })),
  }
}

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (answer) => process.send?.(answer, () => process.exit(0)),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
