// What a reader of a live stream gets when more comes than is written: the newest of each key, and of nothing else a text is made.
import { createServer, get } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createOutbox } from '#api/routes/live-outbox.ts'

async function openStream() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const answering = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>
  const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' })
  const [, response] = await answering
  response.flushHeaders()
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  let received = ''
  answer.on('data', (bytes: Buffer) => (received += bytes.toString()))
  const outbox = createOutbox(response, 1_000_000)
  onTestFinished(() => {
    outbox.close()
    request.destroy()
    server.closeAllConnections()
    server.close()
  })
  return { outbox, lines: () => received.split('\n').filter((line) => line !== '') }
}

test('of a flood the newest of each key is written, of every kind', async () => {
  const { outbox, lines } = await openStream()
  let texts = 0
  const reading = (value: number): string => {
    texts++
    return `reading ${value}\n`
  }
  const presence = (state: string): string => `presence ${state}\n`
  for (let value = 1; value <= 10_000; value++) outbox.send(`point ${value % 20}`, value, reading)
  outbox.send('device', 'stale', presence)
  outbox.send('device', 'offline', presence)
  await vi.waitFor(() => expect(lines()).toContain('presence offline'))
  expect(lines()).not.toContain('presence stale')
  expect(lines().slice(-21, -1).toSorted()).toEqual(
    Array.from({ length: 20 }, (_, index) => `reading ${9_981 + index}`).toSorted(),
  )
  expect(texts).toBe(lines().length - 1)
  expect(texts).toBeLessThan(100)
})

test('more keys than are kept end the stream', async () => {
  const { outbox } = await openStream()
  const text = (value: number): string => `${value}\n`
  for (let key = 0; key < 11_000; key++) outbox.send(`${key}`, key, text)
  expect(outbox.isStalled(60_000)).toBe(true)
})
