// The load of bench/ingest.ts, in a process of its own: raw MQTT connections that send encoded packets and wait for their PUBACKs.
import { connect } from 'node:net'
import type { Socket } from 'node:net'
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
  /** Milliseconds from writing a message to its PUBACK. */
  ack: { p50: number; p99: number }
  closed: number
  /** Of each device, in the order of the order: the first so many of its messages were acknowledged, as PUBACKs come in the order of the messages. */
  devices: { sent: number; acknowledged: number }[]
}
/** Latencies kept: one in so many messages. */
const SAMPLE_EVERY = 16
/** How often a paced connection looks what is due. */
const PACE_MS = 4

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
  readonly #perMs: number
  readonly #openedAt = performance.now()
  #at: number
  #energy = 1_000_000_000
  #waiting = 0
  #sentAt = 0
  #rest = 0
  readonly #finished: () => void
  stopping = false

  constructor(socket: Socket, device: string, order: LoadOrder, finished: () => void) {
    this.#socket = socket
    const share = order.devices.length
    this.#window = order.window
    this.#most = order.messages === undefined ? Infinity : Math.ceil(order.messages / share)
    this.#perMs = order.messagesPerSecond === undefined ? Infinity : order.messagesPerSecond / share / 1_000
    this.#at = order.startAt
    this.#finished = finished
    const packet = publishPacket(device)
    this.#packetBytes = packet.length
    this.#packets = Buffer.concat(Array.from({ length: order.window }, () => packet))
    socket.on('data', (chunk) => this.#acknowledge(chunk.length))
    socket.on('close', () => {
      this.closed = true
      this.#finished()
    })
  }

  /** Sends what is due: a window of messages, or as many as the pace wants. */
  send(): void {
    const left = this.#most - this.sent
    if (left <= 0) return this.stop()
    if (this.#perMs === Infinity) return this.#write(Math.min(this.#window, left), performance.now())
    const due = Math.floor((performance.now() - this.#openedAt) * this.#perMs) - this.sent
    // The time counts from when the message was due, not from when there was room for it.
    const dueAt = this.#openedAt + (this.sent + 1) / this.#perMs
    if (due > 0) this.#write(Math.min(due, this.#window, left), dueAt)
    else if (this.stopping) this.#finished()
    else setTimeout(() => this.send(), PACE_MS)
  }

  stop(): void {
    this.stopping = true
    if (this.#waiting === 0) this.#finished()
  }

  /** Writes messages, each with an instant and values of its own. */
  #write(count: number, dueAt: number): void {
    const { length } = PREFIX
    for (let i = 0; i < count; i++) {
      const start = i * this.#packetBytes
      const text = start + this.#packetBytes - BODY_BYTES
      this.#packets.writeUInt16BE((this.sent % 65_535) + 1, text - 2)
      this.#at += STEP_MS
      this.#energy += 1 + Math.floor(Math.random() * 40)
      digits(this.#packets, text + length, 13, this.#at)
      digits(this.#packets, text + ENERGY_AT, 7, Math.floor(this.#energy / 1_000))
      digits(this.#packets, text + ENERGY_AT + 8, 3, this.#energy % 1_000)
      digits(this.#packets, text + POWER_AT, 4, 1_000 + Math.floor(Math.random() * 3_000))
      digits(this.#packets, text + TEMPERATURE_AT, 2, 20 + Math.floor(Math.random() * 3))
      digits(this.#packets, text + TEMPERATURE_AT + 3, 1, Math.floor(Math.random() * 10))
      digits(this.#packets, text + CO2_AT, 3, 400 + Math.floor(Math.random() * 300))
      this.sent++
    }
    this.#waiting = count
    this.#sentAt = dueAt
    // The kernel copies at once when the socket has room; the buffer is written again only after all PUBACKs.
    this.#socket.write(this.#packets.subarray(0, count * this.#packetBytes))
  }

  #acknowledge(received: number): void {
    const bytes = this.#rest + received
    const acknowledged = Math.floor(bytes / 4)
    this.#rest = bytes % 4
    this.acknowledged += acknowledged
    this.#waiting -= acknowledged
    const ms = performance.now() - this.#sentAt
    for (let i = 0; i < acknowledged; i += SAMPLE_EVERY) this.latencies.push(ms)
    if (this.#waiting > 0) return
    if (this.stopping) this.#finished()
    else this.send()
  }
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
  const startedAt = performance.now()
  for (const connection of connections) connection.send()
  await Promise.race([done, new Promise((resolve) => setTimeout(resolve, order.seconds * 1_000))])
  for (const connection of connections) connection.stopping = true
  await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 10_000))])
  const seconds = (performance.now() - startedAt) / 1_000
  for (const socket of sockets) socket.destroy()
  const latencies = connections.flatMap(({ latencies }) => latencies).sort((a, b) => a - b)
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return {
    acknowledged: connections.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    sent: connections.reduce((sum, { sent }) => sum + sent, 0),
    seconds,
    ack: { p50: at(0.5), p99: at(0.99) },
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
