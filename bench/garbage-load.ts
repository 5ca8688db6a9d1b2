// The load of bench/garbage.ts, in a process of its own: good devices that wait for their PUBACKs, or gateways that send garbage without waiting.
import { connect } from 'node:net'
import { connectAsync } from 'mqtt'

export type GarbageOrder = { port: number; seconds: number; good: string[]; bad: string[] }
export type GarbageAnswer = { acknowledged: number; p50: number; p99: number; garbageBytes: number }

const GARBAGE_BYTES = 512
const CHUNK_MESSAGES = 64

process.on('message', (order: GarbageOrder) => void run(order).then((answer) => process.send?.(answer)))

async function run({ port, seconds, good, bad }: GarbageOrder): Promise<GarbageAnswer> {
  const endAt = performance.now() + seconds * 1_000
  const spammers = bad.map((id) => spam(port, id, endAt))
  const latencies = (await Promise.all(good.map((id) => send(port, id, endAt)))).flat().sort((a, b) => a - b)
  const garbageBytes = (await Promise.all(spammers)).reduce((sum, bytes) => sum + bytes, 0)
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0
  return { acknowledged: latencies.length, p50: at(0.5), p99: at(0.99), garbageBytes }
}

/** One message at a time, each with the milliseconds to its PUBACK. */
async function send(port: number, id: string, endAt: number): Promise<number[]> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, {
    clientId: id,
    username: id,
    password: `token of ${id}`,
  })
  const latencies: number[] = []
  for (let i = 0; performance.now() < endAt; i++) {
    const startedAt = performance.now()
    const payload = JSON.stringify({ ts: Date.now(), values: { power: i } })
    await client.publishAsync(`samtila/v1/${id}/telemetry`, payload, { qos: 1 })
    latencies.push(performance.now() - startedAt)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await client.endAsync()
  return latencies
}

/** As fast as TCP takes it: half a message of JSON each. Gives the bytes that left. */
function spam(port: number, id: string, endAt: number): Promise<number> {
  const text = (value: string): Buffer =>
    Buffer.concat([Buffer.from([value.length >> 8, value.length & 0xff]), Buffer.from(value)])
  const packet = (header: number, body: Buffer): Buffer => {
    const length = body.length < 128 ? [body.length] : [(body.length & 0x7f) | 0x80, body.length >> 7]
    return Buffer.concat([Buffer.from([header, ...length]), body])
  }
  const hello = Buffer.concat([text('MQTT'), Buffer.from([4, 0xc2, 0, 60]), text(id), text(id), text(`token of ${id}`)])
  const garbage = packet(0x30, Buffer.concat([text(`tele/${id}/SENSOR`), Buffer.alloc(GARBAGE_BYTES, '{"ENERGY":')]))
  const chunk = Buffer.concat(Array.from({ length: CHUNK_MESSAGES }, () => garbage))
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.on('error', () => {})
    socket.on('close', () => resolve(socket.bytesWritten))
    socket.on('data', () => {})
    const fill = (): void => {
      if (performance.now() >= endAt) return void socket.destroy()
      while (socket.write(chunk));
      socket.once('drain', fill)
    }
    socket.write(packet(0x10, hello))
    socket.once('data', fill)
    setTimeout(() => socket.destroy(), Math.max(0, endAt - performance.now()))
  })
}
