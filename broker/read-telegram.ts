// Decodes a telegram, decides about each of its readings and hands the accepted ones to the store.
import type { Connector } from '#domain/ports/records.ts'
import type { Quality, Value } from '#domain/ports/telemetry.ts'
import type { BrokerTelemetry } from './broker-telemetry.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { READING_REFUSALS, acceptReading, isAccepted } from '#domain/metering/accept-reading.ts'
import type { Acceptance } from '#domain/metering/accept-reading.ts'
import { refused } from './codecs/codec.ts'
import type { DeclaredPoint, Decoded, DecodedReading, Signal } from './codecs/codec.ts'
import { isPointKey, nativeCodec } from './codecs/native/codec.ts'
import { FastReader } from './codecs/native/fast-reader.ts'
import type { MappingPool } from './codecs/mapped/mapping-pool.ts'
import { codecOf } from './codecs/registry.ts'
import { thingsboardCodec } from './codecs/thingsboard/codec.ts'
import { senmlCodec } from './codecs/senml/codec.ts'
import type { BrokerCounters } from './counters.ts'
import type { Connectors } from './connectors.ts'
import type { DeviceEntry, DevicePoint, Directory } from './directory.ts'
import type { GarbagePace } from './garbage-pace.ts'
import type { BrokerLimits } from './limits.ts'
import { isFresh } from './presence.ts'
import type { Presence } from './presence.ts'
import type { Announcements } from './announcements.ts'
import type { Proposals } from './proposals.ts'
import { DOWNLINK_FAMILIES } from './downlink/families.ts'
import type { Downlinks } from './downlink/downlinks.ts'
import type { Quarantine } from './quarantine.ts'
import type { Signals } from './signals.ts'
import type { SparkplugHost } from './sparkplug-host.ts'
import type { Telegram } from './telegram.ts'
import type { UnknownListener } from './unknown-listener.ts'
import { isMovedTopic } from './topics.ts'
import type { UplinkMemory } from './uplink-memory.ts'

/** A reading as the live feed gets it, after it is durable. */
export type LiveReading = {
  device: Id
  premises: Id
  point: string
  at: number
  value: Value
  quality: Quality
  simulated: boolean
}

/** Why a part of a telegram is set aside: the codecs' and the readings' reasons, and the ones of the place where both meet. */
export const ROUTE_REFUSALS = {
  'unknown-device': 'no such device is known here, or not in the premises of the connector',
  'too-many-points': 'the device sent more undeclared keys than are kept as proposals',
  'no-connector': 'no connector of the bridge covers the topic',
  'bad-status': 'a status is `online` or `offline`',
} as const

export type TelegramReader = {
  /** Reads the everyday form at once; false when `read` must look at it. */
  readFast(telegram: Telegram): boolean
  /** Reads any form; gives the first reason why something of it was not taken, or null. Rejects when the records are unavailable. */
  read(telegram: Telegram): Promise<string | null>
}

/** What was refused of one telegram, by reason. */
type Refusals = Map<string, { details: Set<string>; readings: number; device: Id | null }>

export type ReaderParts = {
  telemetry: BrokerTelemetry
  directory: Directory
  presence: Presence
  quarantine: Quarantine
  proposals: Proposals
  announcements: Announcements
  connectors: Connectors
  unknown: UnknownListener
  mappings: MappingPool
  pace: GarbagePace
  sparkplug: SparkplugHost
  uplinks: UplinkMemory
  downlinks: Downlinks
  signals: Signals
  limits: BrokerLimits
  counters: BrokerCounters
  /** Where readings for the live feed gather; null while nobody follows it. */
  live(): LiveReading[] | null
}

const NONE: ReadonlySet<string> = new Set()
/** Names of refused keys that a quarantine row shows. */
const SHOWN_KEYS = 5

export function createTelegramReader(parts: ReaderParts): TelegramReader {
  const { telemetry, directory, presence, quarantine, proposals, limits, counters, uplinks, downlinks } = parts
  const fast = new FastReader()

  function store(
    telegram: Telegram,
    entry: DeviceEntry,
    point: DevicePoint,
    at: number,
    value: Value,
    quality: Quality,
  ): void {
    const series = directory.seriesOf(entry, point)
    telemetry.add(series, at, value, quality, telegram.learnedAt, entry.simulated)
    telegram.readings++
    if (quality === 'suspect') counters.readingsSuspect++
    const live = parts.live()
    if (live === null) return
    const { id: device, premises, simulated } = entry
    live.push({ device, premises, point: point.key, at, value, quality, simulated })
  }

  function readFast(telegram: Telegram): boolean {
    const entry = telegram.sender.entry
    if (entry === null || entry.stale || telegram.connector !== null || isMovedTopic(telegram.topic)) return false
    const count = fast.read(telegram.payload, entry.keys)
    if (count === -1) return false
    const { receivedAt } = telegram
    const at = fast.at === -1 ? receivedAt : fast.at
    let acceptance: Acceptance = 'measured'
    for (let i = 0; i < count; i++) {
      const point = entry.points[fast.keys[i] as number] as DevicePoint
      acceptance = acceptReading(point.kind, fast.values[i] as number | boolean, at, receivedAt)
      if (!isAccepted(acceptance)) return false
    }
    // Of what is accepted only the instant tells measured from suspect, and all values here share it.
    for (let i = 0; i < count; i++) {
      const point = entry.points[fast.keys[i] as number] as DevicePoint
      store(telegram, entry, point, at, fast.values[i] as number | boolean, acceptance)
    }
    if (isFresh(entry.presence, at, receivedAt)) presence.heard(entry.presence, receivedAt)
    return true
  }

  async function read(telegram: Telegram): Promise<string | null> {
    const decoded = telegram.decoded ?? (isMapped(telegram) ? await map(telegram) : decode(telegram))
    if (decoded === null) {
      telegram.isUnkept = true
      return 'store-unavailable'
    }
    const refusals: Refusals = new Map()
    const refuse = (reason: string, detail: string, device: Id | null): void => {
      const refusal = refusals.get(reason) ?? { details: new Set(), readings: 0, device }
      refusal.readings++
      if (refusal.details.size < SHOWN_KEYS) refusal.details.add(detail)
      refusals.set(reason, refusal)
    }
    const own = telegram.connector === null ? telegram.sender.device : null
    for (const { code, message } of decoded.problems) refuse(code, message, own)
    // A telegram without readings still tells whether its device is known.
    if (own !== null) await entryFor(telegram, own)
    const ignored = await listenForUnknown(telegram, decoded)
    if (decoded.signals !== undefined) await takeSignals(telegram, decoded.signals)
    for (const reading of await remembered(telegram, decoded)) {
      const entry = await entryFor(telegram, reading.device)
      if (entry === null && ignored.has(reading.device ?? '')) counters.readingsIgnored++
      else if (entry === null) refuse('unknown-device', String(reading.device), own)
      else {
        const refusal = await takeReading(telegram, entry, reading)
        if (refusal !== null) refuse(refusal.reason, `"${reading.point}": ${refusal.message}`, entry.id)
      }
    }
    // A telegram that is tried again, or replayed, is in the quarantine already.
    if (refusals.size > 0 && !telegram.hasQuarantine) {
      const slowed = parts.pace(telegram)
      if (slowed !== null) await slowed
      setAside(telegram, refusals)
    }
    const [first = null] = refusals.keys()
    return first
  }

  /** Presence, answers and the like; of a device that is not known here they tell nothing. What is replayed was told when it came. */
  async function takeSignals(telegram: Telegram, signals: readonly Signal[]): Promise<void> {
    if (telegram.learnedAt !== telegram.receivedAt) return
    for (const signal of signals) {
      const entry = await entryFor(telegram, signal.device)
      if (entry !== null) parts.signals.take(telegram, entry, signal)
    }
  }

  /** The readings: those of a LoRaWAN frame that came before have its instants. Where devices are reached and what a birth declares is kept. */
  async function remembered(telegram: Telegram, decoded: Decoded): Promise<readonly DecodedReading[]> {
    const { connector, topic, receivedAt } = telegram
    if (connector === null || (DOWNLINK_FAMILIES[connector.codec] === undefined && decoded.uplink === undefined))
      return decoded.readings
    if (decoded.declares !== undefined) await declare(telegram, decoded.declares)
    const keys = new Set([decoded.uplink?.device ?? null, ...decoded.readings.map(({ device }) => device)])
    let { readings } = decoded
    for (const key of keys) {
      const entry = key === null ? null : await entryFor(telegram, key)
      if (key === null || entry === null) continue
      if (DOWNLINK_FAMILIES[connector.codec] !== undefined) downlinks.heard(entry.id, connector, key, topic)
      if (key === decoded.uplink?.device) readings = uplinks.recall(entry.id, decoded, receivedAt).readings
    }
    return readings
  }

  /** Points that a birth names become proposals, those without a value too. */
  async function declare(telegram: Telegram, declares: readonly DeclaredPoint[]): Promise<void> {
    for (const { device, point, unit } of declares) {
      const entry = await entryFor(telegram, device)
      if (entry !== null && isPointKey(point)) await pointOf(entry, { point, value: '', unit }, telegram.receivedAt)
    }
  }

  /** Tells the inbox of unknown devices; gives the keys that are to be ignored. What is tried again or replayed was told before. */
  async function listenForUnknown(telegram: Telegram, decoded: Decoded): Promise<ReadonlySet<string>> {
    if (telegram.connector === null || telegram.hasQuarantine) return NONE
    return parts.unknown(
      telegram,
      telegram.connector,
      decoded,
      deviceOf,
      (device, { point, name, unit, deviceClass }) => {
        if (isPointKey(point)) parts.announcements.heard(device, { key: point, name, unit, deviceClass })
      },
    )
  }

  /** What the connector's own expression makes of it; null when too many messages wait for theirs. */
  async function map(telegram: Telegram): Promise<Decoded | null> {
    const { connector, topic, payload, receivedAt } = telegram
    const { id, mapping } = connector as Connector
    const expression = mapping?.expression ?? ''
    const context = { receivedAt, device: null, readingsLimit: limits.readingsPerMessage }
    const decoded = await parts.mappings.run(id, { expression, topic, payload, context })
    if (decoded !== null) telegram.decoded = decoded
    return decoded
  }

  function setAside(telegram: Telegram, refusals: Refusals): void {
    const { sender, topic, payload, receivedAt: at } = telegram
    for (const [reason, { details, readings, device }] of refusals) {
      telegram.hasQuarantine = true
      const detail = [...details].join('; ')
      const refusal = { credential: sender.device, device, topic, reason, detail, payload, at }
      if (!quarantine.add(refusal, readings)) telegram.isUnkept = true
    }
  }

  /** The device of a reading: the sender itself, or what the connector makes of the key, within its premises. */
  async function entryFor(telegram: Telegram, key: string | null): Promise<DeviceEntry | null> {
    const { connector, sender } = telegram
    if (connector === null) {
      if (sender.entry === null || sender.entry.stale) sender.entry = await directory.load(sender.device)
      return sender.entry
    }
    return key === null ? null : deviceOf(connector, key)
  }

  async function deviceOf(found: Connector, key: string): Promise<DeviceEntry | null> {
    const connector = parts.connectors.current(found)
    const id = Object.hasOwn(connector.deviceMap, key) ? (connector.deviceMap[key] as Id) : key
    const entry = directory.known(id) ?? (await directory.load(id))
    return entry !== null && entry.premises === connector.premises ? entry : null
  }

  async function takeReading(
    telegram: Telegram,
    entry: DeviceEntry,
    reading: DecodedReading,
  ): Promise<{ reason: string; message: string } | null> {
    const { receivedAt } = telegram
    const at = reading.at ?? receivedAt
    if (!isPointKey(reading.point)) return { reason: 'bad-key', message: 'the key cannot be one of a point' }
    const index = entry.indexOfKey.get(reading.point)
    const acceptance = acceptReading(
      index === undefined ? null : (entry.points[index] as DevicePoint).kind,
      reading.value,
      at,
      receivedAt,
    )
    if (!isAccepted(acceptance)) return { reason: acceptance, message: READING_REFUSALS[acceptance] }
    const point = await pointOf(entry, reading, receivedAt)
    if (point === null) return { reason: 'too-many-points', message: ROUTE_REFUSALS['too-many-points'] }
    store(telegram, entry, point, at, reading.value, acceptance)
    const isReplayed = telegram.learnedAt !== receivedAt
    if (!isReplayed && isFresh(entry.presence, at, receivedAt)) presence.heard(entry.presence, receivedAt)
    return null
  }

  /** The point of a key; an undeclared one becomes a proposal, up to the limit. */
  async function pointOf(
    entry: DeviceEntry,
    reading: Pick<DecodedReading, 'point' | 'value' | 'unit'>,
    now: number,
  ): Promise<DevicePoint | null> {
    const key = reading.point
    if (!entry.indexOfKey.has(key) && entry.proposed === null) await directory.loadProposals(entry)
    const index = entry.indexOfKey.get(key)
    if (index !== undefined) return entry.points[index] as DevicePoint
    if ((entry.proposed ?? 0) >= limits.proposedPointsPerDevice) return null
    const sample = typeof reading.value === 'object' ? reading.value.decimal : String(reading.value)
    proposals.add({ device: entry.id, key, unit: reading.unit, sample, firstAt: now, lastAt: now })
    return directory.propose(entry, key)
  }

  function decode(telegram: Telegram): Decoded {
    const { connector, sender, topic, payload, receivedAt } = telegram
    const context = { receivedAt, device: null, readingsLimit: limits.readingsPerMessage }
    if (connector === null) {
      const own = { ...context, device: sender.device }
      if (isMovedTopic(topic)) return thingsboardCodec.decode(topic, payload, own)
      // Native and SenML share a device's own topic; what is neither is told so by the native codec.
      return (senmlCodec.recognises(topic, payload) ? senmlCodec : nativeCodec).decode(topic, payload, own)
    }
    if (connector.codec === 'sparkplug-b') {
      const isReplayed = telegram.learnedAt !== receivedAt
      const read = isReplayed ? parts.sparkplug.peek : parts.sparkplug.take
      return (telegram.decoded = read(sender.device, topic, payload, context))
    }
    const codec = codecOf(connector.codec)
    if (codec === null) return refused(null, 'unknown-codec', connector.codec)
    const decoded = codec.decode(topic, payload, context)
    // Meters that do not name themselves (P1 in Finland and Sweden) are told apart by where their reader publishes.
    for (const reading of decoded.readings) reading.device ??= topic
    return decoded
  }

  return { readFast, read }
}

function isMapped({ connector }: Telegram): boolean {
  return connector?.codec === 'mapped'
}
