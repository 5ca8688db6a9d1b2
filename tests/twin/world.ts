// A house with a door, a thermostat and lights of several bodies, an agreement that says who steers, and devices on real connections.
import type { AddressInfo } from 'node:net'
import mqtt from 'mqtt'
import type { Bundle } from '#domain/registry/bundle.ts'
import { openLink, type Link } from '#sim/live/mqtt-link.ts'
import { createTwinDevice, type TwinDevice, type TwinDeviceOptions } from '#sim/twin/twin-device.ts'
import { startApi, twoHouses, type TestApi } from '#tests/api/start-api.ts'

const [agreement] = twoHouses.agreements ?? []
const [version] = agreement?.versions ?? []

/** The lights are the municipality's; by the agreement the agency steers them. The door is held by the agency. */
export const steeredHouse: Bundle = {
  ...twoHouses,
  devices: [
    ...(twoHouses.devices ?? []),
    {
      id: 'valot',
      premises: 'talo',
      type: 'lighting-controller',
      space: 't-1',
      ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1' } }],
    },
    {
      id: 'valot-2',
      premises: 'talo',
      type: 'lighting-controller',
      space: 't-1',
      ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1' } }],
    },
    {
      id: 'termostaatti',
      premises: 'talo',
      type: 'thermostat',
      space: 't-1',
      ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1' } }],
    },
    {
      id: 'ovi',
      premises: 'talo',
      type: 'door',
      ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1' } }],
      roles: [{ role: 'holder', organisation: 'virasto', from: '2026-01-01', to: null }],
    },
  ],
  agreements: [
    {
      ...agreement!,
      versions: [
        {
          ...version!,
          terms: {
            responsibilities: [
              { of: { deviceType: 'lighting-controller' }, tasks: { steer: 'virasto', buy: 'kunta' } },
            ],
          },
        },
      ],
    },
  ],
}

export type Heard = { topic: string; body: Record<string, unknown> }
export type TestDevice = {
  client: mqtt.MqttClient
  heard: Heard[]
  say(topic: string, body: unknown): Promise<void>
  end(): Promise<void>
}

export async function openHouse(options: Parameters<typeof startApi>[0] = {}): Promise<TestApi> {
  const api = await startApi({ ...options, limits: { twinWriteMs: 20, commandAgainMs: 300, ...options.limits } })
  await api.fill(steeredHouse)
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  return api
}

export const portOf = (api: TestApi): number => (api.app.server.address() as AddressInfo).port

const passwords = new WeakMap<TestApi, Map<string, string>>()
/** The password of a device; the same at each call. */
export async function passwordOf(api: TestApi, device: string): Promise<string> {
  const known = passwords.get(api) ?? new Map<string, string>()
  passwords.set(api, known)
  const password = known.get(device)
  if (password !== undefined) return password
  const token = await api.token(null, ['technician'])
  const answer = await api.request(token, 'POST', '/credentials', { devices: [device] })
  const [made] = answer.json<[{ password: string }]>()
  known.set(device, made.password)
  return made.password
}

export async function connectDevice(api: TestApi, device: string): Promise<TestDevice> {
  const heard: Heard[] = []
  const client = await mqtt.connectAsync(`ws://127.0.0.1:${portOf(api)}/mqtt`, {
    username: device,
    password: await passwordOf(api, device),
    clientId: device,
    protocolVersion: 4,
    reconnectPeriod: 0,
  })
  client.on('message', (topic, payload) => {
    heard.push({
      topic: topic.replace(`samtila/v1/${device}/`, ''),
      body: JSON.parse(String(payload)) as Heard['body'],
    })
  })
  await client.subscribeAsync([`samtila/v1/${device}/desired`, `samtila/v1/${device}/commands/+`], { qos: 1 })
  return {
    client,
    heard,
    say: async (topic, body) =>
      void (await client.publishAsync(`samtila/v1/${device}/${topic}`, JSON.stringify(body), { qos: 1 })),
    end: () => client.endAsync(true),
  }
}

export async function until(what: () => boolean | Promise<boolean>, ms = 5_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for ${what.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** A simulated device that obeys, on a connection of its own. */
export async function simulate(
  api: TestApi,
  id: string,
  type: string,
  firmware: Partial<TwinDeviceOptions['firmware']> = {},
): Promise<{ twin: TwinDevice; link: Link; close(): Promise<void> }> {
  const password = await passwordOf(api, id)
  const httpUrl = `http://127.0.0.1:${portOf(api)}`
  const twin: TwinDevice = createTwinDevice({
    id,
    type,
    say: (topic, payload) => link.publish(`samtila/v1/${id}/${topic}`, JSON.stringify(payload), { qos: 1 }),
    now: () => api.clock.now,
    restart: () => link.cut(50),
    intervalSeconds: 60,
    firmware: { version: '1.0.0', via: 'mqtt', httpUrl, password, trustedKey: null, mishap: () => null, ...firmware },
  })
  const link = openLink({
    url: `ws://127.0.0.1:${portOf(api)}/mqtt`,
    clientId: id,
    username: id,
    password,
    subscriptions: twin.subscriptions,
    onMessage: (topic, payload) => twin.take(topic, payload),
    onConnect: () => twin.connected(),
  })
  return {
    twin,
    link,
    async close() {
      twin.stop()
      await link.close({ force: true })
    },
  }
}
