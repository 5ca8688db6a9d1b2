// What decoding costs: microseconds per message of each family, over its own fixtures, on one core. `node bench/decode.ts`.
import { readFileSync } from 'node:fs'
import { CODECS, recognise } from '#broker/codecs/registry.ts'
import type { Codec } from '#broker/codecs/codec.ts'

type Fixture = { topic: string; payload: string; encoding?: string; expected: { problems: string[] } }
type Message = { topic: string; bytes: Buffer }

/** What a message of a JSON family may cost. */
const GOAL_US = 20
const WARM_UP_MS = 400
const MEASURE_MS = 400
const SLICES = 8
const context = { receivedAt: Date.parse('2026-06-01T12:00:00Z'), device: null, readingsLimit: 10_000 }

/** Messages that are read without a problem: broken ones cost less. */
function messagesOf(family: string): Message[] {
  const file = new URL(`../broker/codecs/${family}/fixtures.json`, import.meta.url)
  const fixtures = JSON.parse(readFileSync(file, 'utf8')) as Fixture[]
  return fixtures
    .filter(({ expected }) => expected.problems.length === 0)
    .map(({ topic, payload, encoding }) => ({
      topic,
      bytes: Buffer.from(payload, encoding === 'hex' || encoding === 'base64' ? encoding : 'utf8'),
    }))
}

/** Microseconds of processor time per message: the least of several slices, because what runs beside it costs this one caches and clock. */
function measure(messages: readonly Message[], work: (message: Message) => unknown, ms: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let slice = 0; slice < SLICES; slice++) {
    const cpu = process.cpuUsage()
    const end = performance.now() + ms / SLICES
    let count = 0
    while (performance.now() < end) {
      for (const message of messages) work(message)
      count += messages.length
    }
    const { user, system } = process.cpuUsage(cpu)
    least = Math.min(least, (user + system) / count)
  }
  return least
}

function row(codec: Codec): { text: string; isOver: boolean } {
  const messages = messagesOf(codec.name)
  const decode = ({ topic, bytes }: Message): unknown => codec.decode(topic, bytes, context)
  const find = ({ topic, bytes }: Message): unknown => recognise(topic, bytes)
  measure(messages, decode, WARM_UP_MS)
  const decoding = measure(messages, decode, MEASURE_MS)
  measure(messages, find, WARM_UP_MS)
  const recognising = measure(messages, find, MEASURE_MS)
  const bytes = messages.reduce((sum, message) => sum + message.bytes.length, 0) / messages.length
  const readings = messages.reduce(
    (sum, { topic, bytes }) => sum + codec.decode(topic, bytes, context).readings.length,
    0,
  )
  const isJson = messages.some(({ bytes }) => bytes[0] === 0x7b || bytes[0] === 0x5b)
  const cells = [
    codec.name.padEnd(14),
    String(messages.length).padStart(8),
    bytes.toFixed(0).padStart(7),
    (readings / messages.length).toFixed(1).padStart(9),
    decoding.toFixed(1).padStart(10),
    recognising.toFixed(1).padStart(13),
  ]
  return { text: cells.join(''), isOver: isJson && decoding > GOAL_US }
}

console.log('family        messages  bytes readings decode µs recognise µs')
const over: string[] = []
for (const codec of CODECS) {
  const { text, isOver } = row(codec)
  console.log(text)
  if (isOver) over.push(codec.name)
}
console.log(over.length === 0 ? `All JSON families under ${GOAL_US} µs.` : `Over ${GOAL_US} µs: ${over.join(', ')}`)
