// What the API sees of the broker: this is where the two meet, so that neither knows the other.
import type { BrokerPart, LivePresenceEvent } from '#api/parts.ts'
import type { Broker } from '#broker/open-broker.ts'
import type { Json } from '#broker/codecs/json.ts'
import { CODEC_NAMES } from '#broker/codecs/registry.ts'
import type { PresenceChange } from '#broker/presence.ts'
import { filterCovers } from '#broker/topic-filter.ts'

export type PresenceFollowers = Set<(change: PresenceChange) => void>

/** `presenceFollowers` is the set that the broker's onPresence tells. */
export function brokerPartOf(broker: Broker, presenceFollowers: PresenceFollowers): BrokerPart {
  return {
    handleWebSocket: (request, socket, head) => broker.handleWebSocket(request, socket, head),
    counts() {
      const { tcp, tls, counters, waiting } = broker.state()
      return {
        listening: tcp !== null || tls !== null,
        connections: counters.connections,
        stored: counters.readingsStored,
        duplicate: counters.readingsDuplicate,
        superseded: counters.readingsSuperseded,
        quarantined: counters.readingsQuarantined,
        acknowledged: counters.messagesAcknowledged,
        lostQos0: counters.readingsLostQos0,
        messagesLostQos0: counters.messagesLostQos0,
        held: counters.messagesHeld,
        delayed: counters.messagesDelayedByRate,
        waiting,
      }
    },
    presence: (device) => broker.presenceOf(device),
    presenceAt: (premises) => broker.presenceAt(premises),
    useOfCredential: (device, credential) => broker.useOfCredential(device, credential),
    cluster: () => broker.cluster(),
    externalStanding: () => broker.externalStanding(),
    listeners() {
      const { tcp, tls } = broker.state()
      return { tcp, tls }
    },
    onReading: (listener) => broker.follow((batch) => batch.forEach(listener)),
    onPresence(listener: (event: LivePresenceEvent) => void) {
      presenceFollowers.add(listener)
      return () => void presenceFollowers.delete(listener)
    },
    onProposals: (listener) => broker.followProposals(listener),
    checkConnector: (connector) => broker.checkConnector(connector),
    refreshConnectors: () => broker.refreshConnectors(),
    codecs: () => CODEC_NAMES,
    covers: filterCovers,
    watch: (gateway, topicFilter, listener) =>
      broker.watch(gateway, topicFilter, ({ topic, payload, truncated, receivedAt, connector, skipped }) =>
        listener({
          topic,
          payload,
          truncated,
          receivedAt,
          connector: connector?.id ?? null,
          codec: connector?.codec ?? null,
          mapping: connector?.mapping?.expression ?? null,
          skipped,
        }),
      ),
    checkBridge: (bridge) => broker.checkBridge(bridge),
    bridgeStanding: (id) => broker.bridgeStanding(id),
    publishToDevice: (device, command) =>
      broker.publishToDevice(device, { ...command, params: command.params as Json }),
    publish: (topic, payload, options) => broker.publish(topic, payload, options),
    onArrival: (listener) => broker.followArrivals(listener),
    asked: broker.asked,
    knowsDevice: (userName, password) => broker.knowsDevice(userName, password),
    onDeviceMessage: (listener) => broker.followMessages(listener),
    settled: () => broker.settled(),
    async decode({ topic, payload, codec, mapping, receivedAt }) {
      const asked = { topic, payload: Buffer.from(payload).toString('hex'), encoding: 'hex' as const }
      const how = { ...(codec === null ? {} : { codec }), ...(mapping === null ? {} : { mapping }) }
      const { readings, ...answer } = await broker.decode({ ...asked, ...how }, receivedAt)
      return {
        ...answer,
        readings: readings.map((one) => ({ ...one, at: one.at === null ? null : Date.parse(one.at) })),
      }
    },
    replay: (messages) => broker.replay(messages),
  }
}
