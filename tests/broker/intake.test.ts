// So many messages are under way and no more, and for so long they are read in one turn: whoever comes then is read when there is room, in turn.
import { once } from 'node:events'
import { connect } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createIntake } from '#broker/intake.ts'
import { openFixture } from './broker-fixture.ts'
import { connectOf, publishOf } from './packets.ts'

const LONG_MS = 3_600_000

test('whoever asked first is read first, and only while there is room', async () => {
  const intake = createIntake(2, LONG_MS)
  const read: string[] = []
  const reader = (name: string) => (): void => {
    read.push(name)
    intake.entered()
  }
  const gone = reader('gone')
  intake.entered()
  expect(intake.isFull()).toBe(false)
  intake.entered()
  expect(intake.isFull()).toBe(true)
  intake.whenRoom(gone)
  for (const name of ['a', 'b', 'c']) intake.whenRoom(reader(name))
  intake.forget(gone)
  intake.left()
  await turn()
  expect(read).toEqual(['a'])
  intake.left()
  intake.left()
  await turn()
  expect(read).toEqual(['a', 'b', 'c'])
  expect(intake.isFull()).toBe(true)
})

test('when the time of a turn is over the rest is read in the next ones, whoever asked first before who comes then', async () => {
  const intake = createIntake(1_000, 0)
  const read: string[] = []
  /** As a connection reads: at once, or when it is its turn. */
  const come = (name: string): void => {
    const enter = (): void => {
      if (intake.isFull()) return intake.whenRoom(enter)
      read.push(name)
      const until = performance.now() + 0.1
      intake.entered()
      while (performance.now() < until);
    }
    enter()
  }
  come('a')
  come('b')
  come('c')
  expect(read).toEqual(['a'])
  const came = new Promise<void>((resolve) => setImmediate(() => resolve(come('d'))))
  while (read.length < 2) await turn()
  await came
  const turns = { count: 0 }
  for (; read.length < 4; turns.count++) await turn()
  expect(read).toEqual(['a', 'b', 'c', 'd'])
  expect(turns.count).toBeGreaterThan(1)
  expect(intake.isFull()).toBe(true)
  await turn()
  expect(intake.isFull()).toBe(false)
})

test('with room for a single message all are acknowledged, also when a sender goes', async () => {
  const { broker } = await openFixture({ limits: { messagesUnderWay: 1 } })
  const port = broker.state().tcp?.port ?? 0
  const at = 1_790_000_000_000
  const senders = await Promise.all(
    Array.from({ length: 4 }, async (_, index) => {
      const socket = connect({ host: '127.0.0.1', port, noDelay: true })
      socket.write(connectOf('meter-a', { clientId: `meter-a-${index}` }))
      await once(socket, 'data')
      return socket
    }),
  )
  const finished = senders.slice(1).map(
    (socket) =>
      new Promise<void>((resolve) => {
        let bytes = 0
        socket.on('data', (chunk: Buffer) => {
          bytes += chunk.length
          if (bytes === 4 * 20) resolve()
        })
      }),
  )
  for (const [index, socket] of senders.entries())
    for (let message = 1; message <= 20; message++) {
      const ts = at + index * 1_000 + message
      socket.write(publishOf('samtila/v1/meter-a/telemetry', `{"ts":${ts},"values":{"energy":${message}}}`, message))
    }
  senders[0]?.destroy()
  await Promise.all(finished)
  for (const socket of senders) socket.destroy()
})
