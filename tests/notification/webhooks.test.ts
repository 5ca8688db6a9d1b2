// Signed webhooks against a real HTTP server: signatures, retries, dead letters and replay, redirects, slow and endless answers, private addresses.
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeliveryPage, WebhookList, WebhookMade, WebhookShown } from '#contract/webhooks.ts'
import { isPublicAddress, wrongUrl } from '#api/notification/webhook-address.ts'
import { traced } from '#domain/ports/trace.ts'
import { openTrace } from '#server/trace/open-trace.ts'
import { startTelling, type Telling } from './start-telling.ts'

const DAY_MS = 86_400_000
let telling: Telling
let server: Server
let url: string
let admin: string
let answer: (response: ServerResponse) => void
const got: { headers: IncomingHttpHeaders; body: string }[] = []
beforeEach(async () => {
  got.length = 0
  answer = (response) => void response.writeHead(204).end()
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
      answer(response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  telling = await startTelling({ webhookHosts: ['127.0.0.1'], limits: { webhookMs: 300 } })
  admin = await telling.api.token('kunta', ['admin'])
})
afterEach(async () => {
  await telling.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const wanted = (over: object = {}) => ({
  name: 'Huolto',
  url,
  enabled: true,
  families: ['alarm', 'fault'],
  from: 'info',
  premises: null,
  ...over,
})
const make = async (over: object = {}, token = admin): Promise<WebhookMade> =>
  (await telling.api.request(token, 'POST', '/webhooks', wanted(over))).json<WebhookMade>()
const shown = async (id: string): Promise<WebhookShown> =>
  (await telling.api.request(admin, 'GET', `/webhooks/${id}`)).json<WebhookShown>()
const deliveries = async (id: string, state = ''): Promise<DeliveryPage['items']> =>
  (
    await telling.api.request(admin, 'GET', `/webhooks/${id}/deliveries${state === '' ? '' : `?state=${state}`}`)
  ).json<DeliveryPage>().items
/** As a receiver checks it. */
const signatureOf = (secret: string, { headers, body }: (typeof got)[number]): string => {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = [headers['webhook-id'], headers['webhook-timestamp'], body].join('.')
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
}

test('each occurrence is one signed message in the form of Standard Webhooks; the secret is shown once and kept sealed', async () => {
  const { id, secret } = await make()
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  await telling.alarm('a-1')
  await telling.after(0)
  expect(got).toHaveLength(1)
  const message = got[0]!
  expect(message.headers['content-type']).toBe('application/json')
  expect(message.headers['webhook-timestamp']).toBe(String(telling.api.clock.now / 1000))
  expect(message.headers['webhook-signature']).toBe(signatureOf(secret, message))
  expect(JSON.parse(message.body)).toMatchObject({
    type: 'alarm.raised',
    timestamp: '2026-03-10T10:00:00.000Z',
    data: {
      severity: 'major',
      title: { fi: 'Vakava hälytys: Ei dataa', en: 'Major alarm: No data' },
      about: { kind: 'alarm', id: 'a-1' },
      premises: { id: 'talo', name: { fi: 'Talo' } },
      device: { id: 'mittari' },
      value: { value: '12.5', unit: 'kW', limit: '8' },
      url: 'https://samtila.example.fi/alarms/a-1',
    },
  })
  expect(await deliveries(id)).toMatchObject([
    { type: 'alarm.raised', state: 'sent', attempts: [{ status: 204, error: null }] },
  ])
  const list = await telling.api.request(admin, 'GET', '/webhooks')
  expect(list.text).not.toContain(secret)
  expect(
    JSON.stringify(await telling.api.records.listPapers({ organisation: null }, 'webhook', { limit: 9 })),
  ).not.toContain(secret)
})

test('whoever takes it can join the trace that it was sent in', async () => {
  await telling.close()
  const trace = openTrace(
    { endpoint: 'http://127.0.0.1:9', ratio: 1, messageRatio: 0, serviceName: 'samtila' },
    { node: 'test', log: { warn: () => {} } },
  )
  telling = await startTelling({ webhookHosts: ['127.0.0.1'], limits: { webhookMs: 300 }, trace })
  admin = await telling.api.token('kunta', ['admin'])
  await make()
  await telling.alarm('a-1')
  const traceId = await traced(trace, 'job notification', {}, async () => {
    await telling.after(0)
    return trace.current()?.traceId
  })
  expect(got[0]?.headers['traceparent']).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`))
  await trace.close()
})

test('a new secret signs beside the old one for a day, then alone', async () => {
  const { id, secret: old } = await make()
  const { secret } = (await telling.api.request(admin, 'POST', `/webhooks/${id}/secret`)).json<WebhookMade>()
  await telling.alarm('a-1')
  await telling.after(0)
  expect(got[0]!.headers['webhook-signature']).toBe(`${signatureOf(secret, got[0]!)} ${signatureOf(old, got[0]!)}`)
  telling.api.clock.now += DAY_MS
  await telling.alarm('a-2')
  await telling.after(0)
  expect(got[1]!.headers['webhook-signature']).toBe(signatureOf(secret, got[1]!))
})

test('what fails is tried again under the same id with growing pauses, then is a dead letter that can be sent again', async () => {
  answer = (response) => void response.writeHead(500).end('broken')
  const { id } = await make()
  await telling.alarm('a-1')
  await telling.after(0)
  const pauses = [5, 30, 120, 600, 1800, 3600, 10_800, 21_600, 43_200, 86_400]
  for (const seconds of pauses) {
    const before = got.length
    await telling.after(seconds * 1000 - 1)
    expect(got.length, `before ${seconds} s`).toBe(before)
    // The endpoint rests a minute after a failure.
    await telling.after(Math.max(1, 60_000 - seconds * 1000 + 1))
    expect(got.length, `after ${seconds} s`).toBe(before + 1)
  }
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(new Set(got.map(({ body }) => body)).size).toBe(1)
  expect(await deliveries(id, 'dead')).toMatchObject([{ state: 'dead', attempts: { length: 11 } }])
  expect(await shown(id)).toMatchObject({ dead: 1, waiting: 0, state: 'on' })
  answer = (response) => void response.writeHead(200).end()
  const replay = await telling.api.request(admin, 'POST', `/webhooks/${id}/replay`, {})
  expect(replay.json()).toEqual({ replayed: 1 })
  await telling.after(60_000)
  expect(got).toHaveLength(12)
  expect(await deliveries(id)).toMatchObject([{ state: 'sent', attempts: { length: 12 } }])
  expect(await shown(id)).toMatchObject({ dead: 0, failingSince: null })
})

test('redirects are not followed, slow and endless answers are cut off, and what waits goes on when it is mended', async () => {
  const { id } = await make()
  const seen: (string | null)[] = []
  const tryWith = async (how: typeof answer): Promise<void> => {
    answer = how
    await telling.api.request(admin, 'POST', `/webhooks/${id}/test`)
    await telling.after(0)
    seen.push((await deliveries(id))[0]?.attempts.at(-1)?.error ?? null)
  }
  await tryWith((response) => void response.writeHead(307, { location: `${url}/elsewhere` }).end())
  await tryWith(() => {})
  await tryWith((response) => {
    response.writeHead(200)
    const more = setInterval(() => response.write('x'.repeat(600)), 5)
    response.on('close', () => clearInterval(more))
  })
  await tryWith((response) => void response.socket?.destroy())
  expect(seen).toEqual([
    'Redirects are not followed (307).',
    'No answer within 0.3 s.',
    'The answer is longer than 1000 bytes.',
    expect.stringMatching(/socket hang up|ECONNRESET/),
  ])
  for (const alarm of ['a-1', 'a-2', 'a-3']) await telling.alarm(alarm)
  await telling.after(0)
  expect((await shown(id)).failingSince).not.toBeNull()
  expect((await shown(id)).waiting).toBe(3)
  answer = (response) => void response.writeHead(200).end()
  await telling.after(61_000)
  expect((await deliveries(id)).slice(0, 3).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent'])
  expect((await shown(id)).failingSince).toBeNull()
})

test('after days of failure it is disabled, its administrators are told, and switching it on begins anew', async () => {
  const anna = await telling.person('anna', 'kunta', ['admin'])
  answer = (response) => void response.writeHead(502).end()
  const { id } = await make()
  for (let day = 0; day < 6; day += 1) {
    await telling.alarm(`a-${day}`)
    for (let hour = 0; hour < 24; hour += 3) await telling.after(3 * 3_600_000)
  }
  const disabled = await shown(id)
  expect(disabled.state).toBe('disabled')
  expect((await telling.notices(anna)).map(({ kind }) => kind)).toContain('webhook-disabled')
  const before = got.length
  await telling.alarm('more')
  await telling.after(DAY_MS)
  expect(got.length).toBe(before)
  answer = (response) => void response.writeHead(200).end()
  const put = await telling.api.request(admin, 'PUT', `/webhooks/${id}`, wanted(), {
    'if-match': `"v${disabled.version}"`,
  })
  expect(put.json<WebhookShown>()).toMatchObject({ state: 'on', failingSince: null })
  const { replayed } = (await telling.api.request(admin, 'POST', `/webhooks/${id}/replay`, {})).json<{
    replayed: number
  }>()
  expect(replayed).toBeGreaterThan(3)
  for (let i = 0; i < 3; i += 1) await telling.after(61_000)
  expect((await shown(id)).dead).toBe(0)
})

test('410 Gone disables at once; a test message goes out at once and once, also when it is off', async () => {
  answer = (response) => void response.writeHead(410).end()
  const { id } = await make()
  await telling.alarm('a-1')
  await telling.after(0)
  expect((await shown(id)).state).toBe('disabled')
  expect((await telling.api.request(admin, 'POST', `/webhooks/${id}/test`)).status).toBe(202)
  await telling.after(0)
  expect(JSON.parse(got.at(-1)!.body)).toMatchObject({ type: 'webhook.test', data: { webhook: id } })
  expect((await deliveries(id, 'dead'))[0]).toMatchObject({ type: 'webhook.test', attempts: [{ status: 410 }] })
})

test('a webhook tells only what its organisation sees, and nobody else sees or changes it', async () => {
  const other = await telling.api.token('muu', ['admin'])
  const { id } = await make()
  const theirs = await make({ name: 'Muu' }, other)
  await telling.alarm('a-1')
  await telling.alarm('a-2', { audience: ['virasto'] })
  await telling.after(0)
  expect(got.map(({ body }) => (JSON.parse(body) as { data: { about: { id: string } } }).data.about.id)).toEqual([
    'a-1',
  ])
  const operator = await telling.api.token(null, ['admin'])
  for (const token of [other, operator]) {
    expect((await telling.api.request(token, 'GET', `/webhooks/${id}`)).status).toBe(404)
    expect((await telling.api.request(token, 'POST', `/webhooks/${id}/secret`)).status).toBe(404)
    expect((await telling.api.request(token, 'GET', `/webhooks/${id}/deliveries`)).status).toBe(404)
  }
  const list = (await telling.api.request(other, 'GET', '/webhooks')).json<WebhookList>()
  expect(list.items.map((one) => one.id)).toEqual([theirs.id])
  const viewer = await telling.api.token('kunta', ['manager'])
  expect((await telling.api.request(viewer, 'GET', '/webhooks')).status).toBe(403)
})

test('what is waiting is not sent when the organisation sees the matter no more', async () => {
  answer = (response) => void response.writeHead(500).end()
  const { id } = await make()
  await telling.alarm('a-1')
  await telling.after(0)
  const { records } = telling.api
  const stored = await records.getPaper({ organisation: null }, 'alarm', 'a-1')
  await records.changePapers(
    { papers: [{ kind: 'alarm', paper: { ...stored!, audience: ['virasto'] } }] },
    { kind: 'system', id: 't', name: 't', organisation: null },
    'test',
  )
  await telling.after(61_000)
  expect(got).toHaveLength(1)
  expect((await deliveries(id))[0]?.state).toBe('dropped')
})

test('an address off the public internet is refused with the place in the body, by name and by number', async () => {
  const refused = [
    'http://example.com/x',
    'https://10.0.0.7/',
    'https://[::1]/',
    'https://169.254.169.254/latest',
    'https://localhost/',
    'https://me:pw@example.com/',
    'ftp://example.com/',
    'https://intranet/',
  ]
  for (const one of refused) {
    const answered = await telling.api.request(admin, 'POST', '/webhooks', wanted({ url: one }))
    expect(answered.status, one).toBe(400)
    expect(answered.problem().problems?.[0]).toMatchObject({ pointer: '/url', code: 'wrong-address' })
  }
  expect(wrongUrl('https://example.com/hook', new Set())).toBeNull()
  expect(wrongUrl('https://10.0.0.7/', new Set(['10.0.0.7']))).toBeNull()
  expect(wrongUrl('http://10.0.0.7/', new Set(['10.0.0.7']))).toContain('https')
  for (const address of [
    '192.168.1.1',
    '100.64.0.1',
    '::ffff:10.0.0.1',
    'fd00::1',
    'fe80::1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '0.0.0.0',
    '224.0.0.1',
  ])
    expect(isPublicAddress(address), address).toBe(false)
  for (const address of ['93.184.216.34', '2606:2800:220:1::1']) expect(isPublicAddress(address), address).toBe(true)
})
