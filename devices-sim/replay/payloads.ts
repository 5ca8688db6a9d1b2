// Publishes the payloads of payloads.jsonl as a gateway would: byte for byte, on their topics, through connectors.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bundle } from '#domain/registry/bundle.ts'
import type { ApiClient } from '#sim/api-client.ts'
import { openLink } from '#sim/live/mqtt-link.ts'
import type { DeviceCredential } from '#sim/live/start-simulator.ts'
import { idOf } from './plan.ts'

type Payload = { id: string; family: string; topic: string | null; payload: string; encoding: string }
export type PayloadReport = {
  published: number
  skipped: Map<string, number>
  quarantined: number | null
  devices: number
}

const GATEWAY = 'replay-gateway'
const PREMISES = 'replay-payloads'
const WAIT_MS = 30_000
/** Families that go through a connector: its topic filter, and the topic of a payload that has none. */
const FAMILIES: Record<string, { filter: string; topic: (payload: Payload) => string }> = {
  zigbee2mqtt: { filter: 'zigbee2mqtt/#', topic: (payload) => payload.topic ?? `zigbee2mqtt/${payload.id}` },
  senml: { filter: 'senml/#', topic: (payload) => payload.topic ?? `senml/${payload.id}` },
}

export function readPayloads(folder: string): Payload[] {
  const file = join(folder, 'payloads.jsonl')
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as Payload
    } catch (error) {
      throw new Error(`payloads.jsonl line ${index + 1}: ${(error as Error).message}`, { cause: error })
    }
  })
}

/** The bytes on the wire: base64 and hex are decoded, everything else is text. */
export function bytesOf({ payload, encoding }: Pick<Payload, 'payload' | 'encoding'>): Buffer {
  if (encoding === 'hex') return Buffer.from(payload.replaceAll(/\s/g, ''), 'hex')
  return encoding.endsWith(';base64') ? Buffer.from(payload, 'base64') : Buffer.from(payload)
}

/** Makes premises, gateway, devices and connectors for the families that the platform reads now, and publishes; the others are counted. */
export async function replayPayloads(
  payloads: readonly Payload[],
  api: ApiClient,
  mqttUrl: string,
): Promise<PayloadReport> {
  const skipped = new Map<string, number>()
  const usable: { payload: Payload; topic: string }[] = []
  for (const payload of payloads) {
    const family = Object.hasOwn(FAMILIES, payload.family) ? FAMILIES[payload.family] : undefined
    if (family === undefined) skipped.set(payload.family, (skipped.get(payload.family) ?? 0) + 1)
    else usable.push({ payload, topic: family.topic(payload) })
  }
  if (usable.length === 0) return { published: 0, skipped, quarantined: null, devices: 0 }
  const names = new Map<string, string>()
  for (const { payload, topic } of usable)
    if (payload.family === 'zigbee2mqtt')
      names.set(topic.slice('zigbee2mqtt/'.length), `replay-zigbee-${idOf(topic.slice(12))}`.slice(0, 63))
  await api.request('POST', '/import', payloadPremises([...names.values()]))
  const [credential] = await api.request<DeviceCredential[]>('POST', '/credentials', {
    devices: [GATEWAY],
    gateway: true,
  })
  if (credential === undefined) throw new Error('no credential for the gateway')
  const connectors = await api.request<{ items: { id: string; version: number }[] }>('GET', '/connectors')
  for (const [family, { filter }] of Object.entries(FAMILIES)) {
    const id = `replay-${family}`
    const known = connectors.items.find((connector) => connector.id === id)
    const connector = {
      id,
      name: `Replay, ${family}`,
      topicFilter: filter,
      codec: family,
      credential: GATEWAY,
      premises: PREMISES,
      deviceMap: family === 'zigbee2mqtt' ? Object.fromEntries(names) : {},
      acceptUnknown: true,
    }
    const ifMatch = known === undefined ? undefined : `"v${known.version}"`
    await api.request('PUT', `/connectors/${id}`, connector, ifMatch)
  }
  const before = await quarantined(api)
  let failure: Error | null = null
  const link = openLink({
    url: mqttUrl,
    clientId: credential.username,
    username: credential.username,
    password: credential.password,
    onError: (error) => (failure = error),
  })
  const timer = setTimeout(() => void link.close({ force: true }), WAIT_MS)
  let published = 0
  try {
    for (const { payload, topic } of usable) {
      await link.publish(topic, bytesOf(payload), { qos: 1 })
      published++
    }
  } catch (error) {
    throw new Error(`payloads: ${(failure ?? (error as Error)).message}`, { cause: error })
  } finally {
    clearTimeout(timer)
    await link.close()
  }
  const after = await quarantined(api)
  return { published, skipped, quarantined: after - before, devices: names.size }
}

/** Messages in the quarantine that came from the gateway. */
async function quarantined(api: ApiClient): Promise<number> {
  const page = await api.request<{ items: { credential: string; count: number }[] }>('GET', '/quarantine?limit=200')
  return page.items.filter((each) => each.credential === GATEWAY).reduce((sum, each) => sum + each.count, 0)
}

function payloadPremises(devices: readonly string[]): Bundle {
  const ownership = [{ from: '2000-01-01', to: null, shares: { 'replay-owner': '1' } }]
  return {
    organisations: [
      {
        id: 'replay-owner',
        name: { fi: 'Toiston omistaja (esimerkki)', sv: 'Ägare (exempel)', en: 'Replay owner (example)' },
        kind: 'company',
      },
    ],
    premises: [{ id: PREMISES, name: { en: 'Real payloads' }, timeZone: 'Europe/Helsinki', landlord: 'replay-owner' }],
    devices: [GATEWAY, ...devices].map((id) => ({ id, premises: PREMISES, space: null, ownership })),
  }
}
