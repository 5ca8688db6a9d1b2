// The short way of everyday messages: what it takes, what it leaves to aedes, and that cuts between bytes change nothing.
import { connect as connectTcp } from 'node:net'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { PublishPacket } from 'aedes'
import { PublishLane } from '#broker/publish-lane.ts'
import { openFixture } from './broker-fixture.ts'
import { connectOf, packetOf, publishOf, subscribeOf } from './packets.ts'

const OWN = 'samtila/v1/meter-a/telemetry'

/** A lane, what it took, what it left to aedes and what it acknowledged. */
function openLane({ packetBytes = 4_096, answers = true } = {}) {
  const taken: PublishPacket[] = []
  const left: Buffer[] = []
  const acknowledged: number[] = []
  const settle: (() => void)[] = []
  const counts = { ready: 0, failed: 0, underWay: 0 }
  const lane = new PublishLane({
    telemetryTopic: OWN,
    packetBytes,
    intake: { entered: () => void counts.underWay++, left: () => void counts.underWay-- },
    publish(packet, done) {
      taken.push({ ...packet, payload: Buffer.from(packet.payload as Buffer) })
      if (answers) done(null)
      else settle.push(() => done(null))
    },
    acknowledge: (messageId) => acknowledged.push(messageId),
    fail: () => void counts.failed++,
    heard: () => {},
    ready: () => void counts.ready++,
  })
  const take = (chunk: Buffer): unknown => {
    const rest = lane.take(chunk)
    if (Buffer.isBuffer(rest)) left.push(Buffer.from(rest))
    return rest
  }
  return { lane, take, taken, left, acknowledged, settle, counts }
}

const MESSAGES = [
  publishOf(OWN, '{"energy":1}', 1),
  publishOf('samtila/v1/meter-b/telemetry', '{"energy":2}', 2),
  publishOf(OWN, 'x'.repeat(300), 3),
  publishOf(OWN, '{"energy":3}', 0, 0),
  publishOf('gw/ä', '', 65_535),
]

test('messages of QoS 0 and 1 are taken and acknowledged, wherever their bytes are cut', () => {
  const bytes = Buffer.concat(MESSAGES)
  for (let cut = 1; cut < bytes.length; cut++) {
    const { take, taken, left, acknowledged } = openLane()
    take(bytes.subarray(0, cut))
    take(bytes.subarray(cut))
    expect(taken.map(({ topic, qos, payload }) => [topic, qos, String(payload).length])).toEqual([
      [OWN, 1, 12],
      ['samtila/v1/meter-b/telemetry', 1, 12],
      [OWN, 1, 300],
      [OWN, 0, 12],
      ['gw/ä', 1, 0],
    ])
    expect([left, acknowledged]).toEqual([[], [1, 2, 3, 65_535]])
  }
})

test('byte by byte, too', () => {
  const { take, taken } = openLane()
  for (const byte of Buffer.concat(MESSAGES)) take(Buffer.from([byte]))
  expect(taken).toHaveLength(MESSAGES.length)
})

test.each([
  ['QoS 2', publishOf(OWN, 'x', 7, 2)],
  ['a retained one', publishOf(OWN, 'x', 7, 1, 1)],
  ['both QoS bits', publishOf(OWN, 'x', 7, 3)],
  ['QoS 0 sent again', publishOf(OWN, 'x', 0, 0, 8)],
  ['no topic', publishOf('', 'x', 7)],
  ['a topic longer than the packet', packetOf(0x32, Buffer.from([0, 9, 65]))],
  ['no body', packetOf(0x32)],
  ['SUBSCRIBE', subscribeOf(['a'])],
])('%s, and all after it in these bytes, are left to aedes as they are', (_, packet) => {
  const { take, taken, left } = openLane()
  const [before, after, begun] = [publishOf(OWN, 'a', 1), publishOf(OWN, 'b', 2), publishOf(OWN, 'c', 3)]
  take(Buffer.concat([before, packet, after, begun.subarray(0, 5)]))
  expect(taken.map(({ messageId }) => messageId)).toEqual([1])
  expect(Buffer.concat(left).equals(Buffer.concat([packet, after]))).toBe(true)
  take(begun.subarray(5))
  expect(taken.map(({ messageId }) => messageId)).toEqual([1, 3])
})

test('a packet over the limit, and a length of five bytes, end the connection', () => {
  expect(openLane({ packetBytes: 100 }).take(publishOf(OWN, 'x'.repeat(100)))).toBe('packet-too-large')
  expect(openLane().take(Buffer.from([0x32, 0xff, 0xff, 0xff, 0xff, 0x01]))).toBe('malformed')
  expect(openLane().take(Buffer.from([0x32, 0xff, 0xff, 0xff, 0xff]))).toBe('malformed')
})

test('nothing more is wanted until everything taken is answered', async () => {
  const { lane, take, settle, counts, acknowledged } = openLane({ answers: false })
  take(Buffer.concat([publishOf(OWN, 'a', 1), publishOf(OWN, 'b', 2)]))
  settle[0]?.()
  await sleep(5)
  expect([lane.isBusy, counts.ready]).toEqual([true, 0])
  settle[1]?.()
  await sleep(5)
  expect([lane.isBusy, counts.ready, acknowledged]).toEqual([false, 1, [1, 2]])
})

test('who only publishes is there as long as its keep-alive says', async () => {
  const { broker } = await openFixture()
  const socket = connectTcp({ host: '127.0.0.1', port: broker.state().tcp?.port ?? 0, noDelay: true })
  socket.write(connectOf('meter-a', { keepAlive: 1 }))
  await once(socket, 'data')
  let acknowledged = 0
  socket.on('data', (chunk) => (acknowledged += chunk.length / 4))
  // Longer in all than the 1.5 s after which a silent one is cut off.
  for (let second = 1; second <= 4; second++) {
    socket.write(publishOf(OWN, `{"ts":${1_790_000_000_000 + second},"values":{"energy":${second}}}`, second))
    await sleep(600)
  }
  expect([acknowledged, socket.destroyed]).toEqual([4, false])
  socket.destroy()
})

test('acknowledgements keep the order of the messages when aedes reads some of them', async () => {
  const { broker } = await openFixture()
  const socket = connectTcp({ host: '127.0.0.1', port: broker.state().tcp?.port ?? 0, noDelay: true })
  socket.write(connectOf('meter-a'))
  await once(socket, 'data')
  const answers: Buffer[] = []
  socket.on('data', (chunk: Buffer) => answers.push(chunk))
  const at = 1_790_000_000_000
  const messages = Array.from({ length: 60 }, (_, index) => {
    // Every third one is retained, so aedes reads it; every seventh is set aside.
    const payload = index % 7 === 6 ? 'garbage' : `{"ts":${at + index},"values":{"energy":${index}}}`
    return publishOf(OWN, payload, index + 1, 1, index % 3 === 2 ? 1 : 0)
  })
  const bytes = Buffer.concat(messages)
  for (let from = 0; from < bytes.length; from += 700) {
    socket.write(bytes.subarray(from, from + 700))
    await sleep(1)
  }
  while (Buffer.concat(answers).length < 240) await once(socket, 'data')
  const all = Buffer.concat(answers)
  const identifiers = Array.from({ length: 60 }, (_, index) => all.readUInt16BE(4 * index + 2))
  expect(identifiers).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))
  socket.destroy()
})
