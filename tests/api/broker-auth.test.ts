// Other brokers ask over real HTTP, in the words of EMQX, of mosquitto-go-auth and of RabbitMQ: the answers are those of our own listeners.
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

test('RabbitMQ: forms, answered with one word as text and always 200', async () => {
  const ask = async (path: string, body: Record<string, string>): Promise<string> => {
    const type = 'application/x-www-form-urlencoded'
    const answer = await post(`/rabbitmq${path}?token=${TOKEN}`, new URLSearchParams(body).toString(), type)
    expect([answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([200, 'text/plain'])
    return answer.text()
  }
  // As its MQTT plugin sends it, with members that do not matter here.
  const user = { username: 'mittari', vhost: '/', client_id: 'mittari', password: PASSWORD }
  expect(await ask('/user', user)).toBe('allow')
  expect(await ask('/user', { ...user, password: 'x' })).toBe('deny')
  expect(await ask('/user', { ...user, client_id: 'gateway-1' })).toBe('deny')
  expect(await ask('/user', { username: 'worker', password: 'of-the-worker' })).toBe('allow')
  const vhost = { vhost: '/', ip: '10.0.0.7', tags: '' }
  expect(await ask('/vhost', { ...vhost, username: 'mittari' })).toBe('allow')
  expect(await ask('/vhost', { ...vhost, username: 'nobody' })).toBe('deny')
  const resource = (type: string, name: string, permission: string, who: Record<string, string> = {}) =>
    ask('/resource', {
      username: 'mittari',
      vhost: '/',
      resource: type,
      name,
      permission,
      tags: '',
      client_id: 'mittari',
      ...who,
    })
  expect(await resource('exchange', 'amq.topic', 'write')).toBe('allow')
  expect(await resource('queue', 'mqtt-subscription-mittariqos1', 'configure')).toBe('allow')
  expect(await resource('exchange', 'amq.topic', 'configure')).toBe('deny')
  expect(await resource('exchange', 'amq.fanout', 'write')).toBe('deny')
  expect(await resource('queue', 'mqtt-subscription-gateway-1qos1', 'read')).toBe('deny')
  expect(await resource('queue', 'mqtt-subscription-gateway-1qos1', 'read', { client_id: 'gateway-1' })).toBe('deny')
  expect(await resource('queue', 'anything', 'configure', { username: 'worker' })).toBe('allow')
  // Somebody who comes by AMQP with the credential of a device says no client id.
  const byAmqp = { username: 'mittari', vhost: '/', tags: '', resource: 'exchange', name: 'amq.topic' }
  expect(await ask('/resource', { ...byAmqp, permission: 'write' })).toBe('deny')
  const topic = (routing_key: string, permission: string, who = 'mittari') =>
    ask('/topic', {
      username: who,
      vhost: '/',
      resource: 'topic',
      name: 'amq.topic',
      permission,
      tags: '',
      routing_key,
      'variable_map.client_id': who,
    })
  expect(await topic('samtila.v1.mittari.telemetry', 'write')).toBe('allow')
  expect(await topic('samtila.v1.mittari.commands.*', 'read')).toBe('allow')
  expect(await topic('samtila.v1.mittari.commands.#', 'read')).toBe('allow')
  expect(await topic('samtila.v1.muu-mittari.telemetry', 'write')).toBe('deny')
  expect(await topic('samtila.v1.mittari.telemetry', 'read')).toBe('deny')
  expect(await topic('samtila.v1.*.telemetry', 'read')).toBe('deny')
  expect(await topic('samtila.v1.*.telemetry', 'read', 'worker')).toBe('allow')
  const wrong = await post('/rabbitmq/user', 'username=mittari', 'application/x-www-form-urlencoded')
  expect(wrong.status).toBe(401)
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
