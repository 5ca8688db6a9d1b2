// Real sockets: MQTT over WebSocket in, server-sent events out, sessions that end take their streams along, slow readers are cut.
import { get as httpGet, type IncomingMessage } from 'node:http'
import { connect as connectTcp, type AddressInfo } from 'node:net'
import mqtt from 'mqtt'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ALARM, type Alarm } from '#domain/alarms/alarm.ts'
import { startApi, SYSTEM, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let operator: string
let url: string
let port: number
const closers: (() => void)[] = []
beforeEach(async () => {
  api = await startApi({ limits: { liveStreamsPerIdentity: 3, liveBufferBytes: 20_000, liveStallMs: 500 } })
  operator = await api.token(null, ['admin'])
  await api.fill(twoHouses)
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  port = (api.app.server.address() as AddressInfo).port
  url = `http://127.0.0.1:${port}/api/v1`
})
afterEach(async () => {
  for (const close of closers.splice(0)) close()
  await api.close()
})

type Stream = {
  status: number
  events: { event: string; data: Record<string, unknown> }[]
  ended: Promise<void>
  response: IncomingMessage
}
function open(path: string, headers: Record<string, string>): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const request = httpGet(`${url}${path}`, { headers, agent: false }, (response) => {
      const events: Stream['events'] = []
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        for (const block of blocks) {
          const match = /^event: (.*)\ndata: (.*)$/.exec(block)
          if (match) events.push({ event: match[1] ?? '', data: JSON.parse(match[2] ?? '') as Record<string, unknown> })
        }
      })
      const ended = new Promise<void>((done) => response.on('close', done))
      response.on('error', () => {})
      resolve({ status: response.statusCode ?? 0, events, ended, response })
    })
    request.on('error', reject)
    closers.push(() => request.destroy())
  })
}
async function until(what: () => boolean, ms = 5000): Promise<void> {
  const end = Date.now() + ms
  while (!what()) {
    if (Date.now() > end) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
async function device(): Promise<mqtt.MqttClient> {
  const [credential] = (await api.request(operator, 'POST', '/credentials', { devices: ['mittari'] })).json<
    { username: string; password: string }[]
  >()
  const client = await mqtt.connectAsync(`ws://127.0.0.1:${port}/mqtt`, {
    username: credential?.username ?? '',
    password: credential?.password ?? '',
    clientId: 'mittari',
    reconnectPeriod: 0,
  })
  client.on('error', () => {})
  closers.push(() => client.end(true))
  return client
}
const alarmOf = (device: string): Alarm => ({
  rule: 'r-1',
  name: { fi: 'Teho' },
  condition: 'threshold',
  extent: 'device',
  severity: 'warning',
  device,
  gateway: null,
  reason: { point: 'power', value: '9', limit: '5', unit: 'kW', at: api.clock.now },
  raisedAt: api.clock.now,
  clearedAt: null,
  conditionClearedAt: null,
  assignee: null,
  snoozedUntil: null,
  affected: [],
  flapping: false,
  returns: 0,
  fault: null,
  entries: [],
})
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })

describe('live feed', () => {
  test('a message over MQTT on the same port is stored, acknowledged, and seen by those who may', async () => {
    const premises = await open('/live?premises=talo', bearer(await api.token('virasto', ['viewer'])))
    const one = await open('/live?device=mittari', bearer(operator))
    const elsewhere = await open('/live?premises=muu-talo', bearer(operator))
    const countsNow = async () =>
      (await api.request(operator, 'GET', '/premises'))
        .json<{ items: { id: string; devices: object; lastReadingAt: string | null }[] }>()
        .items.find(({ id }) => id === 'talo')
    expect(await countsNow()).toMatchObject({ devices: { total: 1, works: 0, never: 1 }, lastReadingAt: null })
    expect(premises.response.headers['content-type']).toBe('text/event-stream; charset=utf-8')
    expect(premises.response.headers['content-security-policy']).toContain("default-src 'self'")
    await until(() => premises.events.some(({ event, data }) => event === 'presence' && data['state'] === 'never'))
    const client = await device()
    await until(() => premises.events.some(({ event, data }) => event === 'presence' && data['state'] === 'works'))
    await client.publishAsync(
      'samtila/v1/mittari/telemetry',
      JSON.stringify({ ts: api.clock.now, values: { power: 7.25 } }),
      { qos: 1 },
    )
    const wanted = {
      device: 'mittari',
      point: 'power',
      at: new Date(api.clock.now).toISOString(),
      value: 7.25,
      quality: 'measured',
      simulated: false,
    }
    for (const stream of [premises, one]) {
      await until(() => stream.events.some(({ event }) => event === 'reading'))
      expect(stream.events.filter(({ event }) => event === 'reading').map(({ data }) => data)).toEqual([wanted])
    }
    expect(elsewhere.events.filter(({ event }) => event === 'reading')).toEqual([])
    expect(await countsNow()).toMatchObject({
      devices: { total: 1, works: 1, never: 0 },
      lastReadingAt: new Date(api.clock.now).toISOString(),
    })
    expect((await api.request(operator, 'GET', '/latest?points=mittari/power')).text).toContain('7.25')
    expect((await api.app.inject({ url: '/metrics' })).body).toMatch(/^samtila_readings_stored_total 1$/m)
    expect((await api.app.inject({ url: '/metrics' })).body).toMatch(/^samtila_messages_acknowledged_total 1$/m)
  })

  test('alarms of everything that one sees, and nobody else’s', async () => {
    const [mine, others, all] = [
      await open('/live?alarms=all', bearer(await api.token('virasto', ['viewer']))),
      await open('/live?alarms=all', bearer(await api.token('muu', ['viewer']))),
      await open('/live?alarms=all', bearer(operator)),
    ]
    expect((await open('/live?alarms=all&premises=talo', bearer(operator))).status).toBe(400)
    const raise = (id: string, premises: string, device: string) =>
      api.records.changePapers(
        {
          papers: [
            {
              kind: ALARM,
              paper: { id, premises, audience: 'premises', state: 'raised', dueAt: null, body: alarmOf(device) },
            },
          ],
        },
        SYSTEM,
        'alarm.raise',
      )
    await raise('a-1', 'talo', 'mittari')
    await raise('a-2', 'muu-talo', 'muu-mittari')
    await until(() => all.events.length === 2 && mine.events.length === 1 && others.events.length === 1)
    expect(all.events.map(({ event, data }) => [event, data['id']])).toEqual([
      ['alarm', 'a-1'],
      ['alarm', 'a-2'],
    ])
    expect(mine.events[0]?.data).toMatchObject({ id: 'a-1', premises: 'talo', device: 'mittari', state: 'raised' })
    expect(others.events[0]?.data).toMatchObject({ id: 'a-2', premises: 'muu-talo' })
  })

  test('S04: signing out, a revoked token and a lost right end the stream within 5 s', async () => {
    const session = await api.signIn('katsoja', 'virasto', ['viewer'])
    const token = await api.token('virasto', ['viewer'])
    const tenant = await api.token('virasto', ['viewer'])
    const streams = [
      await open('/live?premises=talo', { cookie: session.cookie }),
      await open('/live?premises=talo', bearer(token)),
      await open('/live?premises=talo', bearer(tenant)),
    ]
    const start = Date.now()
    await api.request(null, 'DELETE', '/session', undefined, { cookie: session.cookie, 'x-csrf-token': session.csrf })
    const [id] = (await api.records.listTokens({ organisation: 'virasto' })).filter((one) => one.name === 'token-2')
    if (id === undefined) throw new Error('no token')
    await api.request(operator, 'DELETE', `/tokens/${id.id}`)
    await Promise.all([streams[0]?.ended, streams[1]?.ended])
    await api.request(operator, 'POST', '/import', {
      premises: [{ ...twoHouses.premises?.[0], tenancies: [] }],
      agreements: [{ ...twoHouses.agreements?.[0], parties: ['kunta'], versions: [] }],
      devices: [{ ...twoHouses.devices?.[0], ownership: [] }],
    })
    await streams[2]?.ended
    expect(Date.now() - start).toBeLessThan(10_000)
  }, 15_000)

  test('a slow reader is cut, others go on', async () => {
    const slow = await open('/live?device=mittari', bearer(operator))
    const quick = await open('/live?device=mittari', bearer(operator))
    slow.response.pause()
    const client = await device()
    const values = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`k${i}`, 'x'.repeat(200)]))
    let sent = 0
    const cut = (): boolean => api.log.some(({ message }) => message === 'slow live stream cut')
    // The kernel's own buffers take some megabytes first.
    const end = performance.now() + 25_000
    while (!cut() && performance.now() < end)
      await client.publishAsync(
        'samtila/v1/mittari/telemetry',
        JSON.stringify({ ts: api.clock.now - sent++ * 1000, values }),
        { qos: 1 },
      )
    expect(cut()).toBe(true)
    slow.response.resume()
    await slow.ended
    const seen = quick.events.length
    await client.publishAsync(
      'samtila/v1/mittari/telemetry',
      JSON.stringify({ ts: api.clock.now + 1, values: { power: 1 } }),
      { qos: 1 },
    )
    await until(() => quick.events.slice(seen).some(({ data }) => data['point'] === 'power'))
  }, 40_000)

  test('so many streams for one asker and no more', async () => {
    const streams = await Promise.all(Array.from({ length: 3 }, () => open('/live?premises=talo', bearer(operator))))
    const refused = await open('/live?premises=talo', bearer(operator))
    expect([...streams.map(({ status }) => status), refused.status]).toEqual([200, 200, 200, 429])
    streams[0]?.response.destroy()
    await until(() => true)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect((await open('/live?premises=talo', bearer(operator))).status).toBe(200)
  })

  test('stopping the server ends the streams at once', async () => {
    const stream = await open('/live?premises=talo', bearer(operator))
    const start = Date.now()
    await api.app.close()
    await stream.ended
    expect(Date.now() - start).toBeLessThan(2000)
  })
})

describe('on the wire', () => {
  const raw = (text: string): Promise<string> =>
    new Promise((resolve) => {
      let answer = ''
      const socket = connectTcp(port, '127.0.0.1', () => socket.write(text))
      socket.on('data', (chunk) => {
        answer += chunk.toString('latin1')
        // Whatever else is asked ends with the connection; one that has become MQTT goes on.
        if (answer.startsWith('HTTP/1.1 101')) socket.destroy()
      })
      socket.on('close', () => resolve(answer))
      socket.on('error', () => resolve(answer))
    })

  test('an upgrade elsewhere than /mqtt is refused; a foreign page gets no MQTT', async () => {
    const upgrade = (path: string, origin: string): Promise<string> =>
      raw(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nOrigin: ${origin}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n`,
      )
    expect(await upgrade('/other', `http://127.0.0.1:${port}`)).toMatch(/^HTTP\/1\.1 404/)
    expect(await upgrade('/mqtt', 'https://evil.example')).not.toMatch(/^HTTP\/1\.1 101/)
    expect(await upgrade('/mqtt', `http://127.0.0.1:${port}`)).toMatch(/^HTTP\/1\.1 101/)
  })

  test.each([
    [
      'headers without end',
      `GET / HTTP/1.1\r\nHost: x\r\n${'X-A: '.concat('a'.repeat(20_000))}\r\n\r\n`,
      /^HTTP\/1\.1 431/,
    ],
    ['no HTTP', '\u0000\u0001\u0002\r\n\r\n', /^HTTP\/1\.1 400/],
    [
      'two lengths',
      'POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}',
      /^HTTP\/1\.1 400/,
    ],
    [
      'length and chunks',
      'POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400/,
    ],
    [
      'S28: a path out of the folder',
      'GET /../../../../etc/passwd HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: close\r\n\r\n',
      /^HTTP\/1\.1 (400|404)/,
    ],
  ])('%s', async (_what, text, answer) => {
    const got = await raw(text)
    expect(got).toMatch(answer)
    expect(got).not.toContain('root:')
  })
})
