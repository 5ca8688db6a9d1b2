// What the worker brings goes the way of every message of a device. Whose it is says its topic: the other broker lets each device publish below its own id only.
import { ID_PATTERN } from '#domain/registry/bundle.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Done } from '#broker/answers.ts'
import type { BridgeMessage } from '#broker/bridges/bridge-client.ts'
import type { BrokerCounters } from '#broker/counters.ts'
import type { DeviceEntry, Directory } from '#broker/directory.ts'
import type { Ingest } from '#broker/ingest.ts'
import type { BrokerLimits } from '#broker/limits.ts'
import type { Presence } from '#broker/presence.ts'
import type { DeviceMessage } from '#broker/publish.ts'
import type { Quarantine } from '#broker/quarantine.ts'
import { ROUTE_REFUSALS } from '#broker/read-telegram.ts'
import { Refusal } from '#broker/refuse.ts'
import { uplinkUse } from '#broker/topics.ts'

const REASONS = { 'unknown-device': ROUTE_REFUSALS['unknown-device'], 'bad-status': ROUTE_REFUSALS['bad-status'] }

export function createExternalIntake(parts: {
  directory: Directory
  presence: Presence
  quarantine: Quarantine
  ingest: Ingest
  limits: BrokerLimits
  counters: BrokerCounters
  now: () => number
  message(message: DeviceMessage): void
  /** A device says that it is there: what waits for it can be sent. */
  arrived(device: Id): void
}): (message: BridgeMessage, done: Done) => void {
  const { directory, presence, quarantine, ingest, limits, counters, now } = parts

  /** The sender cannot be told; unacknowledged, it would come again for ever. */
  function setAside(device: Id, message: BridgeMessage, reason: keyof typeof REASONS, done: Done): void {
    const payload = message.payload.subarray(0, limits.packetBytes)
    const topic = message.topic.slice(0, limits.topicBytes)
    const refusal = { credential: device, device: null, topic, reason, detail: REASONS[reason], payload, at: now() }
    if (quarantine.add(refusal, 0)) quarantine.whenDurable(done)
    else done(new Refusal('store-unavailable'))
  }

  function takeStatus(entry: DeviceEntry, message: BridgeMessage, done: Done): void {
    const status = Buffer.from(message.payload).toString('latin1')
    if (status === 'offline') presence.saidOffline(entry.presence)
    else if (status === 'online') {
      // A retained one tells what was said last, not that it is so now.
      if (message.retained) return done(null)
      presence.heard(entry.presence, now())
      parts.arrived(entry.id)
    } else if (status !== '') return setAside(entry.id, message, 'bad-status', done)
    done(null)
  }

  return (message, done) => {
    counters.messagesReceived++
    const { topic, payload, qos } = message
    const device = topic.split('/')[2] ?? ''
    const uplink = ID_PATTERN.test(device) ? uplinkUse(device, topic) : null
    if (uplink === null || payload.length > limits.packetBytes)
      return setAside(device.slice(0, limits.clientIdBytes), message, 'unknown-device', done)
    if (uplink.use === 'telemetry') {
      // What is retained was told when it came, and its own instant may be gone.
      if (message.retained) return done(null)
      const receivedAt = now()
      const sender = { device, credential: device, gateway: false, entry: directory.known(device) ?? null }
      const telegram = { sender, topic, payload, qos, receivedAt, learnedAt: receivedAt, connector: null, done }
      return ingest.take({ ...telegram, readings: 0, hasQuarantine: false, isUnkept: false })
    }
    const take = (entry: DeviceEntry | null): void => {
      if (entry === null) return setAside(device, message, 'unknown-device', done)
      if (uplink.use === 'status') return takeStatus(entry, message, done)
      presence.heard(entry.presence, now())
      const use = uplink.use === 'accepted' ? 'sent' : uplink.use
      if (use !== 'telemetry') parts.message({ device, use, topic, payload })
      done(null)
    }
    const refuse = (): void => done(new Refusal('records-unavailable'))
    directory.load(device).then(take, refuse)
  }
}
