// Other brokers ask over real HTTP, in the words of EMQX and of mosquitto-go-auth: the answers are those of our own listeners.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashToken } from '#broker/credentials.ts'
import { SYSTEM, startApi, twoHouses } from './start-api.ts'
import type { TestApi } from './start-api.ts'

const TOKEN = 'service-token-of-the-other-broker-0123456789'
const PASSWORD = 'the-password-of-the-meter-0123456789'
const OWN = 'samtila/v1/mittari/telemetry'
let api: TestApi
let base: string

beforeAll(async () => {
  api = await startApi({
    brokerAuth: { token: TOKEN, worker: { userName: 'worker', password: 'of-the-worker' } },
    limits: { anonymousRequestsPerMinute: 50 },
  })
  await api.fill(twoHouses)
  const credential = { hash: hashToken(PASSWORD), createdAt: api.clock.now, revokedAt: null }
  await api.records.putCredentials(
    [
      { ...credential, id: 'c1', device: 'mittari', gateway: false },
      { ...credential, id: 'c2', device: 'gateway-1', gateway: true },
    ],
    SYSTEM,
  )
  await api.records.putConnector(
    {
      id: 'z',
      premises: 'talo',
      credential: 'gateway-1',
      topicFilter: 'zigbee2mqtt/#',
      codec: 'zigbee2mqtt',
      deviceMap: {},
      mapping: null,
    } as never,
    SYSTEM,
  )
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  base = `http://127.0.0.1:${(api.app.server.address() as { port: number }).port}/api/v1/broker-auth`
})
afterAll(() => api.close())

const post = (path: string, body: string, type: string, authorization?: string): Promise<Response> =>
  fetch(`${base}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': type, ...(authorization === undefined ? {} : { authorization }) },
  })
const emqx = async (path: string, body: object): Promise<unknown> => {
  const answer = await post(`/emqx${path}`, JSON.stringify(body), 'application/json', `Bearer ${TOKEN}`)
  return [answer.status, await answer.json()]
}
const ALLOW = [200, { result: 'allow' }]
const DENY = [200, { result: 'deny' }]

test('EMQX: who may come in', async () => {
  const ask = (username: string, password: string | null, clientid = 'x') =>
    emqx('/authn', { username, password, clientid })
  expect(await ask('mittari', PASSWORD)).toEqual([200, { result: 'allow', is_superuser: false }])
  expect(await ask('worker', 'of-the-worker')).toEqual([200, { result: 'allow', is_superuser: true }])
  for (const [userName, password] of [
    ['mittari', 'wrong'],
    ['mittari', null],
    ['nobody', PASSWORD],
    ['worker', 'wrong'],
    ["' OR 1=1 --", PASSWORD],
  ] as const)
    expect(await ask(userName, password)).toEqual(DENY)
  // A client id that is another's user name would take over its session.
  expect(await ask('mittari', PASSWORD, 'gateway-1')).toEqual(DENY)
})

test('EMQX: where one may publish and subscribe', async () => {
  const ask = (username: string, action: string, topic: string) => emqx('/authz', { username, action, topic, qos: 1 })
  expect(await ask('mittari', 'publish', OWN)).toEqual(ALLOW)
  expect(await ask('mittari', 'subscribe', 'samtila/v1/mittari/commands/#')).toEqual(ALLOW)
  expect(await ask('gateway-1', 'publish', 'zigbee2mqtt/lamp')).toEqual(ALLOW)
  expect(await ask('worker', 'subscribe', '$share/samtila/samtila/v1/+/telemetry')).toEqual(ALLOW)
  for (const [userName, action, topic] of [
    ['mittari', 'publish', 'samtila/v1/muu-mittari/telemetry'],
    ['mittari', 'publish', 'samtila/v1/mittari/desired'],
    ['mittari', 'publish', 'v1/devices/me/telemetry'],
    ['mittari', 'publish', 'zigbee2mqtt/lamp'],
    ['mittari', 'subscribe', '#'],
    ['mittari', 'subscribe', '$share/samtila/samtila/v1/+/telemetry'],
    ['mittari', 'subscribe', 'samtila/v1/+/telemetry'],
    ['nobody', 'publish', 'samtila/v1/nobody/telemetry'],
  ] as const)
    expect(await ask(userName, action, topic)).toEqual(DENY)
})

test('mosquitto-go-auth: JSON and form, by status, in JSON and as text', async () => {
  const json = async (path: string, body: object, query = '') => {
    const answer = await post(`/mosquitto${path}?token=${TOKEN}${query}`, JSON.stringify(body), 'application/json')
    return [answer.status, await answer.text()]
  }
  const form = async (path: string, body: Record<string, string>) => {
    const type = 'application/x-www-form-urlencoded'
    return (await post(`/mosquitto${path}?token=${TOKEN}`, new URLSearchParams(body).toString(), type)).status
  }
  const user = { username: 'mittari', password: PASSWORD, clientid: 'mittari' }
  expect(await json('/user', user)).toEqual([200, '{"ok":true,"error":""}'])
  expect(await json('/user', user, '&mode=text')).toEqual([200, 'ok'])
  expect(await json('/user', { ...user, password: 'x' })).toEqual([403, '{"ok":false,"error":"not allowed"}'])
  expect(await form('/user', user)).toBe(200)
  expect(await form('/user', { ...user, password: 'x' })).toBe(403)
  expect(await form('/superuser', { username: 'worker' })).toBe(200)
  expect(await form('/superuser', { username: 'mittari' })).toBe(403)
  const acl = (topic: string, acc: number) => form('/acl', { username: 'mittari', clientid: 'm', topic, acc: `${acc}` })
  expect(await acl(OWN, 2)).toBe(200)
  expect(await acl(OWN, 1)).toBe(403)
  expect(await acl(OWN, 3)).toBe(403)
  expect(await acl('samtila/v1/mittari/commands/c1', 1)).toBe(200)
  expect(await acl('samtila/v1/mittari/commands/#', 4)).toBe(200)
  expect(await acl('samtila/v1/muu-mittari/commands/#', 4)).toBe(403)
  expect(await json('/acl', { username: 'mittari', clientid: 'm', topic: OWN, acc: 2 })).toEqual([
    200,
    '{"ok":true,"error":""}',
  ])
})

test('a credential that is revoked counts no more, for what is connected neither', async () => {
  const [credential] = await api.records.credentialsOf('gateway-1')
  await api.records.putCredentials([{ ...credential!, revokedAt: api.clock.now }], SYSTEM)
  expect(await emqx('/authn', { username: 'gateway-1', password: PASSWORD })).toEqual(DENY)
  const publish = { username: 'gateway-1', action: 'publish', topic: 'samtila/v1/gateway-1/telemetry' }
  expect(await emqx('/authz', publish)).toEqual(DENY)
})

test('without the token nobody is answered, and soon not even that', async () => {
  const body = JSON.stringify({ username: 'mittari', password: PASSWORD })
  const ask = async (token: string) => (await post('/emqx/authn', body, 'application/json', `Bearer ${token}`)).status
  expect(await ask('wrong')).toBe(401)
  expect(await ask(`${TOKEN}x`)).toBe(401)
  const answers = await Promise.all(Array.from({ length: 60 }, () => ask('wrong')))
  expect(answers.filter((status) => status === 429).length).toBeGreaterThan(5)
  // Who has it is not slowed down by that.
  expect(await ask(TOKEN)).toBe(200)
  const bare = await startApi()
  expect((await bare.request(null, 'POST', '/broker-auth/emqx/authn', {})).status).toBe(404)
  await bare.close()
})
