// S23, F16: mutated packets never end the process, and never harm another client. FUZZ_SEED and FUZZ_RUNS repeat or lengthen it.
import { expect, test } from 'vitest'
import { openFixture, send } from './broker-fixture.ts'
import { connectOf, numberOf, packetOf, publishOf, subscribeOf, textOf } from './packets.ts'

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 20_000)
/** Connections at once. */
const LANES = 40

function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const SEEDS = [
  connectOf('meter-a', { clientId: 'fuzz', will: { topic: 'samtila/v1/meter-a/status', payload: 'offline' } }),
  connectOf('meter-a', { clientId: 'fuzz-5', level: 5 }),
  publishOf('samtila/v1/meter-a/telemetry', '{"ts":1790000000000,"values":{"energy":1234.5,"power":7}}'),
  publishOf('samtila/v1/meter-a/telemetry', '[{"bn":"meter-a:","n":"energy","v":1}]', 2, 2),
  publishOf('samtila/v1/meter-a/telemetry', Buffer.from('81a2006161024101', 'hex'), 3, 1),
  publishOf('samtila/v1/meter-a/status', 'online', 4, 1, 1),
  subscribeOf(['samtila/v1/meter-a/desired', 'samtila/v1/meter-a/commands/#'], 5, 1),
  packetOf(0xa2, numberOf(6), textOf('samtila/v1/meter-a/desired')),
  packetOf(0x62, numberOf(2)),
  packetOf(0x50, numberOf(2)),
  packetOf(0x40, numberOf(2)),
  packetOf(0x70, numberOf(2)),
  Buffer.from([0xc0, 0]),
  Buffer.from([0xe0, 0]),
]

function mutate(packet: Buffer, random: () => number): Buffer {
  let bytes = Buffer.from(packet)
  for (let change = 0; change < 1 + random() * 3; change++) {
    const at = Math.floor(random() * bytes.length)
    const kind = Math.floor(random() * 6)
    if (kind === 0) bytes[at] = Math.floor(random() * 256)
    else if (kind === 1) bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
    else if (kind === 2)
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + Math.floor(random() * 4))])
    else if (kind === 3) {
      const insert = Buffer.from(Array.from({ length: 1 + Math.floor(random() * 4) }, () => Math.floor(random() * 256)))
      bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at)])
    } else if (kind === 4) bytes = Buffer.concat([bytes, bytes.subarray(at)])
    else bytes[at] = random() < 0.5 ? 0xff : 0
  }
  return bytes
}

test(`${RUNS} mutated packets`, { timeout: 600_000 }, async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000)
  console.log(`FUZZ_SEED=${seed}`)
  const random = randomFrom(seed)
  const faults: unknown[] = []
  const note = (error: unknown): void => void faults.push(error)
  process.on('uncaughtException', note)
  process.on('unhandledRejection', note)
  const fixture = await openFixture({ limits: { connectionsPerCredential: 500, connectMs: 500 } })
  const witness = await fixture.connect('meter-b')
  let sent = 0
  async function lane(number: number): Promise<void> {
    while (sent < RUNS) {
      const raw = await fixture.raw()
      if (random() < 0.8) raw.write(connectOf('meter-a', { clientId: `fuzz-lane-${number}` }))
      for (let packet = 0; packet < 8 && !raw.closed && sent < RUNS; packet++) {
        sent++
        raw.write(mutate(SEEDS[Math.floor(random() * SEEDS.length)] as Buffer, random))
        await new Promise((resolve) => setImmediate(resolve))
      }
      raw.socket.destroy()
    }
  }
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)))
  await send(witness, 'meter-b', { ts: Date.UTC(2026, 0, 1), values: { energy: 1 } })
  process.off('uncaughtException', note)
  process.off('unhandledRejection', note)
  expect({ seed, faults }).toEqual({ seed, faults: [] })
  expect(witness.connected).toBe(true)
  expect(sent).toBeGreaterThanOrEqual(RUNS)
  // Nothing of another device was touched.
  expect(await fixture.readings('meter-b', 'energy')).toHaveLength(1)
})
