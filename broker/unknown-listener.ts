// Finds in a message what it says of devices that nobody here knows: their readings, and what discovery configurations declare of them.
import type { Connector } from '#domain/ports/records.ts'
import type { DeclaredPoint, Decoded, DecodedReading } from './codecs/codec.ts'
import { codecOf } from './codecs/registry.ts'
import type { Connectors } from './connectors.ts'
import type { DeviceEntry } from './directory.ts'
import type { BrokerLimits } from './limits.ts'
import type { Telegram } from './telegram.ts'
import { isTopicName } from './topic-filter.ts'
import type { UnknownDevices } from './unknown-devices.ts'

/** The family whose configurations tell of devices that send by another one. */
const DISCOVERY = 'ha-discovery'

/**
 * Gives the device keys that a person chose to ignore. `deviceOf` tells for which device a connector's key stands, null for none here;
 * `announce` takes what configurations tell of one that is known.
 */
export type UnknownListener = (
  telegram: Telegram,
  connector: Connector,
  decoded: Decoded,
  deviceOf: (connector: Connector, key: string) => Promise<DeviceEntry | null>,
  announce: (device: DeviceEntry, declared: DeclaredPoint) => void,
) => Promise<ReadonlySet<string>>

export function createUnknownListener({
  unknownDevices,
  connectors,
  limits,
}: {
  unknownDevices: UnknownDevices
  connectors: Connectors
  limits: BrokerLimits
}): UnknownListener {
  /** The connector and device key under which readings of a declared point will come, or null when none covers them. */
  async function placeOf(
    { sender, receivedAt, connector: ours }: Telegram,
    { device, point, stateTopic, valueTemplate }: DeclaredPoint,
  ): Promise<{ connector: Connector; key: string } | null> {
    // A family that declares its own points (Homie) names the device as its readings do.
    if (ours !== null && ours.codec !== DISCOVERY) return device === null ? null : { connector: ours, key: device }
    if (stateTopic === null || !isTopicName(stateTopic, limits.topicBytes, limits.topicLevels)) return null
    const connector = await connectors.covering(sender, stateTopic)
    const codec = connector === null ? null : codecOf(connector.codec)
    if (connector === null || codec === null) return null
    // The family names the device by topic, or from a payload such as the template takes its value from.
    const payload = Buffer.from(valueTemplate === null ? '1' : JSON.stringify(nested(point)))
    const { readings } = codec.decode(stateTopic, payload, { receivedAt, device: null, readingsLimit: 1 })
    const key = readings[0]?.device ?? null
    return key === null ? null : { connector, key }
  }

  return async (telegram, connector, decoded, deviceOf, announce) => {
    const { sender, topic, receivedAt: at } = telegram
    const gateway = sender.device
    const ignored = new Set<string>()
    const readingsOf = new Map<string, DecodedReading[]>()
    for (const reading of decoded.readings) {
      if (reading.device === null) continue
      const known = readingsOf.get(reading.device)
      if (known === undefined) readingsOf.set(reading.device, [reading])
      else known.push(reading)
    }
    const keys = [...readingsOf.keys()]
    // Asked for together, they are one query.
    const devices = await Promise.all(keys.map((key) => deviceOf(connector, key)))
    for (const [index, key] of keys.entries()) {
      if (devices[index] !== null) continue
      const readings = readingsOf.get(key) ?? []
      const isKept = await unknownDevices.heard({ connector, gateway, key, topic, at, readings, declared: [] })
      if (!isKept) ignored.add(key)
    }
    for (const declared of decoded.declares ?? []) {
      const place = await placeOf(telegram, declared)
      if (place === null) continue
      const device = await deviceOf(place.connector, place.key)
      if (device !== null) announce(device, declared)
      else await unknownDevices.heard({ ...place, gateway, topic, at, readings: [], declared: [declared] })
    }
    return ignored
  }
}

/** `ENERGY.Current` → {ENERGY: {Current: 1}} */
function nested(path: string): object {
  return path.split('.').reduceRight<unknown>((inner, level) => ({ [level]: inner }), 1) as object
}
