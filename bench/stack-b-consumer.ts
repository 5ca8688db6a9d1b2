// The consumer of the comparison stack, in a process of its own: raw MQTT in, line protocol in batches of 5,000 out; tuned as far as it goes without a durable acknowledgement.
import { request, Agent } from 'node:http'
import { connect } from 'node:net'

export type ConsumerOrder = { mqttPort: number; httpPort: number; database: string; password: string }
export type ConsumerAnswer = { readings: number; failed: number }

const BATCH_LINES = 5_000
/** Writes under way at once; further batches wait in memory. */
const WRITES_AT_ONCE = 4
const FLUSH_MS = 50
/** Without a message for so long after the load has ended, everything has come. */
const QUIET_MS = 700

const agent = new Agent({ keepAlive: true, maxSockets: WRITES_AT_ONCE })
let order: ConsumerOrder | null = null
let lines: string[] = []
const waiting: string[] = []
let writing = 0
let readings = 0
let failed = 0
let heardAt = performance.now()

function flush(): void {
  if (lines.length === 0) return
  waiting.push(lines.join('\n'))
  lines = []
  send()
}

function send(): void {
  while (writing < WRITES_AT_ONCE && waiting.length > 0) {
    const body = waiting.shift() as string
    writing++
    const { httpPort, database } = order as ConsumerOrder
    const path = `/write?db=${database}&precision=ms`
    const outgoing = request({ host: '127.0.0.1', port: httpPort, path, method: 'POST', agent }, (answer) => {
      answer.resume()
      if (answer.statusCode !== 204) failed++
      answer.on('end', done)
    })
    outgoing.on('error', () => {
      failed++
      done()
    })
    outgoing.end(body)
  }
}

function done(): void {
  writing--
  send()
}

type Message = { ts: number; values: Record<string, number> }

function take(topic: string, payload: string): void {
  const { ts, values } = JSON.parse(payload) as Message
  const device = topic.slice(11, -10)
  for (const point in values) {
    lines.push(`reading,device=${device},point=${point} value=${values[point]} ${ts}`)
    readings++
  }
  if (lines.length >= BATCH_LINES) flush()
}

let rest: Buffer = Buffer.alloc(0)
/** Reads all whole packets of the bytes so far and acknowledges them with one write. */
function read(chunk: Buffer, acknowledge: (packets: Buffer) => void): void {
  heardAt = performance.now()
  const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
  const acks = Buffer.allocUnsafe(bytes.length)
  let acked = 0
  let at = 0
  while (at + 2 <= bytes.length) {
    let length = 0
    let shift = 0
    let body = at + 1
    for (; body < bytes.length; body++, shift += 7) {
      length |= ((bytes[body] as number) & 0x7f) << shift
      if (((bytes[body] as number) & 0x80) === 0) break
    }
    body++
    if (body > bytes.length || body + length > bytes.length) break
    const head = bytes[at] as number
    if (head >> 4 === 3) {
      const topicBytes = bytes.readUInt16BE(body)
      const topic = bytes.toString('latin1', body + 2, body + 2 + topicBytes)
      let payload = body + 2 + topicBytes
      if ((head & 0x06) !== 0) {
        acks[acked++] = 0x40
        acks[acked++] = 2
        acks[acked++] = bytes[payload] as number
        acks[acked++] = bytes[payload + 1] as number
        payload += 2
      }
      take(topic, bytes.toString('latin1', payload, body + length))
    }
    at = body + length
  }
  rest = Buffer.from(bytes.subarray(at))
  if (acked > 0) acknowledge(acks.subarray(0, acked))
}

const text = (value: string): Buffer =>
  Buffer.concat([Buffer.from([value.length >> 8, value.length & 0xff]), Buffer.from(value)])
const packet = (head: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([head, body.length]), body])
}

process.on('message', (message: ConsumerOrder | 'finish') => {
  if (message === 'finish') return finish()
  order = message
  const socket = connect({ host: '127.0.0.1', port: message.mqttPort, noDelay: true })
  socket.write(
    packet(
      0x10,
      text('MQTT'),
      Buffer.from([4, 0xc2, 0, 0]),
      text('consumer'),
      text('consumer'),
      text(message.password),
    ),
  )
  socket.write(packet(0x82, Buffer.from([0, 1]), text('samtila/v1/+/telemetry'), Buffer.from([1])))
  socket.on('data', (chunk: Buffer) => {
    if (chunk[0] === 0x90 || (chunk[0] === 0x20 && chunk.length > 4)) process.send?.('ready')
    read(chunk, (acks) => socket.write(acks))
  })
  setInterval(flush, FLUSH_MS).unref()
})

function finish(): void {
  const quiet = performance.now() - heardAt > QUIET_MS
  if (quiet) flush()
  if (!quiet || writing > 0 || waiting.length > 0) return void setTimeout(finish, 20)
  process.send?.({ readings, failed } satisfies ConsumerAnswer, () => process.exit(0))
}
