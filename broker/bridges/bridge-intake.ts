// What a bridge brings goes the way of every message of a gateway; what no connector covers is set aside instead of refused, so that it can be mapped later.
import type { Connector } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Done } from '#broker/answers.ts'
import type { Connectors } from '#broker/connectors.ts'
import { DECODE_PROBLEMS } from '#broker/codecs/codec.ts'
import type { BrokerCounters } from '#broker/counters.ts'
import { isToDevices } from '#broker/downlink/families.ts'
import type { Ingest } from '#broker/ingest.ts'
import type { BrokerLimits } from '#broker/limits.ts'
import type { Quarantine } from '#broker/quarantine.ts'
import { ROUTE_REFUSALS } from '#broker/read-telegram.ts'
import { Refusal } from '#broker/refuse.ts'
import type { RefusalReason } from '#broker/refuse.ts'
import { isTopicName } from '#broker/topic-filter.ts'
import type { Watchers } from '#broker/watch.ts'
import type { BridgeMessage } from './bridge-client.ts'

const REASONS = { 'no-connector': ROUTE_REFUSALS['no-connector'], 'too-large': DECODE_PROBLEMS['too-large'] } as const

/** Not acknowledged: the other broker keeps it and sends it again. */
const refuse = (reason: RefusalReason, done: Done): void => done(new Refusal(reason))

export function createBridgeIntake(parts: {
  connectors: Connectors
  quarantine: Quarantine
  ingest: Ingest
  watchers: Watchers
  limits: BrokerLimits
  counters: BrokerCounters
  now: () => number
}): (bridge: Id, message: BridgeMessage, done: Done) => void {
  const { connectors, quarantine, ingest, watchers, limits, counters, now } = parts

  /** The other broker cannot be told; unacknowledged, it would come again for ever. */
  function setAside(bridge: Id, message: BridgeMessage, reason: keyof typeof REASONS, done: Done): void {
    const { payload } = message
    const topic = message.topic.slice(0, limits.topicBytes)
    const detail = REASONS[reason]
    const refusal = { credential: bridge, device: null, topic, reason, detail, payload, at: now() }
    if (quarantine.add(refusal, 0)) quarantine.whenDurable(done)
    else refuse('store-unavailable', done)
  }

  return (bridge, message, done) => {
    counters.messagesReceived++
    const { topic, payload, qos } = message
    if (payload.length > limits.packetBytes) return setAside(bridge, message, 'too-large', done)
    if (!isTopicName(topic, limits.topicBytes, limits.topicLevels))
      return setAside(bridge, message, 'no-connector', done)
    const sender = { device: bridge, credential: bridge, gateway: true, entry: null }
    const take = (connector: Connector | null): void => {
      const receivedAt = now()
      if (watchers.isWatched(bridge)) watchers.tell({ gateway: bridge, topic, payload, receivedAt, connector })
      if (isToDevices(topic)) return done(null)
      if (connector === null) return setAside(bridge, message, 'no-connector', done)
      const telegram = { sender, topic, payload, qos, receivedAt, learnedAt: receivedAt, connector, done }
      ingest.take({ ...telegram, readings: 0, hasQuarantine: false, isUnkept: false })
    }
    connectors.covering(sender, topic).then(take, () => refuse('records-unavailable', done))
  }
}
