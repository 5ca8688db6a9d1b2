// A connection is read again only when what came of it is answered; nobody's bytes are lost or overtaken by that.
import { once } from 'node:events'
import { createServer, connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { guardConnection } from '#broker/guard-connection.ts'
import { createIntake } from '#broker/intake.ts'
import { brokerLimits } from '#broker/limits.ts'
import { connectOf, publishOf } from './packets.ts'

const OWN = 'samtila/v1/meter-a/telemetry'

/** A guarded connection whose lane is open, and the client at its other end. */
async function openGuarded() {
  const sockets: Socket[] = []
  // As broker/listeners.ts has it.
  const server = createServer({ highWaterMark: 1 }, (socket) => void sockets.push(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  onTestFinished(() => {
    client.destroy()
    server.close()
  })
  await vi.waitFor(() => expect(sockets).toHaveLength(1))
  const socket = sockets[0] as Socket
  const taken: number[] = []
  const waiting: (() => void)[] = []
  let isConnected = false
  const guard = guardConnection(socket, brokerLimits(), createIntake(1_000, 3_600_000), () => {})
  // As aedes reads.
  socket.on('readable', () => (isConnected = socket.read(undefined) !== null || isConnected))
  client.write(connectOf('meter-a', { password: 'x' }))
  await vi.waitFor(() => expect(isConnected).toBe(true))
  guard.admit()
  guard.openLane({
    telemetryTopic: OWN,
    heard: () => {},
    publish({ messageId }, done) {
      taken.push(messageId ?? 0)
      waiting.push(() => done(null))
    },
  })
  const answerAll = (): void => waiting.splice(0).forEach((answer) => answer())
  return { client, socket, taken, answerAll }
}

test('while messages wait nothing more is fetched; then all that came meanwhile at once', async () => {
  const { client, socket, taken, answerAll } = await openGuarded()
  client.write(publishOf(OWN, '{}', 1))
  await vi.waitFor(() => expect(taken).toEqual([1]))
  const before = socket.bytesRead
  for (let id = 2; id <= 5; id++) {
    await new Promise((sent) => client.write(publishOf(OWN, '{}', id), sent))
    await turn()
  }
  expect([socket.bytesRead, taken]).toEqual([before, [1]])
  answerAll()
  await vi.waitFor(() => expect(taken).toEqual([1, 2, 3, 4, 5]))
  answerAll()
  client.write(publishOf(OWN, '{}', 6))
  await vi.waitFor(() => expect(taken.at(-1)).toBe(6))
})

test('acknowledgements go out, and who has gone meanwhile is noticed', async () => {
  const { client, socket, taken, answerAll } = await openGuarded()
  let answers = ''
  client.on('data', (bytes: Buffer) => (answers += bytes.toString('hex')))
  client.write(publishOf(OWN, '{}', 1))
  await vi.waitFor(() => expect(taken).toEqual([1]))
  const closed = once(socket, 'close')
  client.end(publishOf(OWN, '{}', 2))
  await turn()
  answerAll()
  await vi.waitFor(() => expect(taken).toEqual([1, 2]))
  answerAll()
  await vi.waitFor(() => expect(answers).toBe('4002000140020002'))
  socket.end()
  await closed
})
