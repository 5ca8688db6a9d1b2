// Listeners over real MQTT: an organisation's program hears what its organisation sees, at its one topic, and nothing else.
import { connectAsync, type MqttClient } from 'mqtt'
import { expect, onTestFinished, test } from 'vitest'
import type { ListenerList, ListenerMade } from '#contract/webhooks.ts'
import { brokerLimits } from '#broker/limits.ts'
import { openBroker } from '#broker/open-broker.ts'
import { notifyTopic } from '#domain/notification/listener.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'
import { startTelling } from './start-telling.ts'

const REFUSED = 128

test('a listener hears its organisation’s occurrences, may subscribe to nothing else and publish nothing, and is cut off when it ends', async () => {
  const telling = await startTelling()
  onTestFinished(() => telling.close())
  const { records } = telling.api
  const broker = await openBroker({
    settings: { tcp: { host: '127.0.0.1', port: 0 }, tls: null, allowedOrigins: [], limits: brokerLimits() },
    telemetry: openMemoryTelemetry(),
    records,
    now: Date.now,
    log: () => {},
  })
  onTestFinished(() => broker.close())
  telling.publishTo((topic, payload) => broker.publish(topic, payload, { retain: false, qos: 1 }))
  const admin = await telling.api.token('kunta', ['admin'])
  const make = async (token: string): Promise<ListenerMade> =>
    (await telling.api.request(token, 'POST', '/listeners', { name: 'Valvomo' })).json<ListenerMade>()
  const connect = async ({ username, password }: ListenerMade): Promise<MqttClient> => {
    const options = { username, password, reconnectPeriod: 0, connectTimeout: 3_000 }
    const client = await connectAsync(`mqtt://127.0.0.1:${broker.state().tcp?.port ?? 0}`, options)
    onTestFinished(() => client.endAsync(true))
    return client
  }
  const ours = await make(admin)
  expect(ours.topic).toBe('samtila/v1/notify/kunta')
  const theirs = await make(await telling.api.token('muu', ['admin']))
  const client = await connect(ours)
  const other = await connect(theirs)
  const heard: string[] = []
  client.on('message', (topic, payload) =>
    heard.push(`kunta ${topic} ${(JSON.parse(String(payload)) as { data: { about: { id: string } } }).data.about.id}`),
  )
  other.on('message', (topic) => heard.push(`muu ${topic}`))
  const grants = async (one: MqttClient, filter: string): Promise<number | undefined> =>
    // A refused filter is an error of the client library as well.
    one.subscribeAsync(filter, { qos: 1 }).then(
      ([grant]) => grant?.qos,
      () => REFUSED,
    )
  expect(await grants(client, ours.topic)).toBe(1)
  expect(await grants(other, theirs.topic)).toBe(1)
  for (const filter of [
    theirs.topic,
    'samtila/v1/notify/+',
    'samtila/v1/notify/#',
    'samtila/#',
    '#',
    'samtila/v1/mittari/commands/#',
  ])
    expect(await grants(client, filter), filter).toBe(REFUSED)
  await telling.alarm('a-1')
  await telling.alarm('a-2', { audience: ['virasto'] })
  await telling.after(0)
  await expect.poll(() => heard).toEqual(['kunta samtila/v1/notify/kunta a-1'])

  const list = (await telling.api.request(admin, 'GET', '/listeners')).json<ListenerList>()
  expect(list.items).toMatchObject([{ id: ours.id, name: 'Valvomo', topic: notifyTopic('kunta') }])
  const publishing = await connect(ours)
  const cut = new Promise<void>((resolve) => publishing.once('close', () => resolve()))
  publishing.publish(`samtila/v1/${ours.username}/telemetry`, '{"x":1}', { qos: 1 })
  await cut
  const ended = new Promise<void>((resolve) => client.once('close', () => resolve()))
  expect((await telling.api.request(admin, 'DELETE', `/listeners/${ours.id}`)).status).toBe(204)
  await ended
  await expect(connect(ours)).rejects.toThrow(/Not authorized|Bad User Name|Connection refused/)
})
