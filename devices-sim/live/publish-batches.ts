// Publishes many readings of many devices quickly: a few devices at a time, each on its own connection, several messages in flight.
import type { SimReading } from '#sim/fleet.ts'
import { encodeNative, telemetryTopic } from '#sim/wire/native.ts'
import { openLink, type Link } from './mqtt-link.ts'
import type { DeviceCredential } from './start-simulator.ts'

/** Messages on their way at once: enough to keep the broker busy, few enough to bound memory. */
const IN_FLIGHT = 16
const OPEN_LINKS = 8
const GIVE_UP_MS = 60_000

export type PublishOptions = {
  url: string
  credentials: ReadonlyMap<string, DeviceCredential>
  mqttVersion?: 4 | 5
  /** Devices connected at the same time; the one opened first makes room. Default 8. */
  openLinks?: number
  onAcknowledged?: (readings: number) => void
  /** Asked before each message; true ends the work early. */
  stopped?: () => boolean
}

/**
 * Publishes batches with QoS 1 and resolves when the last one is acknowledged. Batches of one device should follow each other.
 * Rejects when a device has no credential, or when the broker has not taken a message within a minute.
 */
export async function publishBatches(
  batches: AsyncIterable<{ device: string; readings: readonly SimReading[] }>,
  options: PublishOptions,
): Promise<{ messages: number; readings: number }> {
  const links = new Map<string, Link>()
  const waiting = new Set<Promise<void>>()
  let messages = 0
  let readings = 0
  let failure: Error | null = null
  let lastError: Error | null = null

  async function linkOf(device: string): Promise<Link> {
    const known = links.get(device)
    if (known !== undefined) return known
    const credential = options.credentials.get(device)
    if (credential === undefined) throw new Error(`no credential for device ${device}`)
    if (links.size >= (options.openLinks ?? OPEN_LINKS)) {
      const [oldest] = links
      if (oldest !== undefined) {
        links.delete(oldest[0])
        await Promise.all(waiting)
        await oldest[1].close()
      }
    }
    const link = openLink({
      url: options.url,
      clientId: `${credential.username}-past`,
      username: credential.username,
      password: credential.password,
      mqttVersion: options.mqttVersion ?? 4,
      onError: (error) => (lastError = error),
    })
    links.set(device, link)
    return link
  }
  function send(link: Link, device: string, part: readonly SimReading[]): void {
    const sent = acknowledged(link, device, part).finally(() => waiting.delete(sent))
    waiting.add(sent)
  }
  async function acknowledged(link: Link, device: string, part: readonly SimReading[]): Promise<void> {
    try {
      await withTimeout(link.publish(telemetryTopic(device), encodeNative(part), { qos: 1 }))
      messages++
      readings += part.length
      options.onAcknowledged?.(part.length)
    } catch (error) {
      failure ??= new Error(`${device}: ${(lastError ?? (error as Error)).message}`)
    }
  }
  try {
    for await (const { device, readings: part } of batches) {
      if (options.stopped?.() === true || failure !== null) break
      send(await linkOf(device), device, part)
      if (waiting.size >= IN_FLIGHT) await Promise.race(waiting)
    }
    await Promise.all(waiting)
  } finally {
    await Promise.all([...links.values()].map((link) => link.close({ force: failure !== null })))
  }
  if (failure !== null) throw failure
  return { messages, readings }
}

function withTimeout(sent: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('not acknowledged within a minute')), GIVE_UP_MS)
    sent.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
