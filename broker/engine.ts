// The MQTT engine (aedes) with this broker's rules plugged in, and without what a collector of readings does not need.
import { Aedes } from 'aedes'
import type { MQEmitter } from 'mqemitter'
import type { AedesOptions, AedesPublishPacket, Client, PublishPacket, Subscription } from 'aedes'
import type { Admission } from './admission.ts'
import { countReason } from './counters.ts'
import type { BrokerCounters } from './counters.ts'
import type { BrokerLimits } from './limits.ts'
import type { createPublishHandler } from './publish.ts'
import type { RefusalReason } from './refuse.ts'
import type { Session, Sessions } from './session.ts'
import type { SessionStore } from './session-store.ts'
import { isFilter } from './topic-filter.ts'
import type { DownlinkRights } from './downlink/rights.ts'
import { isNotifyTopic } from './organisation-listeners.ts'
import { isDownlinkFilter } from './topics.ts'

type Done = (error?: Error | null) => void
type Publish = (packet: PublishPacket, client: Client | Done | null, done?: Done) => void

/** Packets that a client may send before its CONNACK; their bytes are bounded too. */
const PACKETS_BEFORE_CONNACK = 1_024

export async function openEngine(parts: {
  limits: BrokerLimits
  counters: BrokerCounters
  sessions: Sessions
  sessionStore: SessionStore
  /** Of several nodes; a node alone has its own. */
  mq: MQEmitter | null
  admission: Admission
  authorizePublish: ReturnType<typeof createPublishHandler>
  rights: DownlinkRights
  /** Resolves when the rights that connectors give are fresh. */
  freshRights(): Promise<void>
  /** Resolves when it is known again who listens for an organisation. */
  freshListeners(): Promise<void>
  /** Told of each refused subscription. */
  refused(session: Session | null, reason: RefusalReason, topic: string): void
}): Promise<Aedes> {
  const { limits, counters, sessions, sessionStore, admission } = parts

  function authorizeSubscribe(client: Client, subscription: Subscription): RefusalReason | null {
    const session = sessions.of(client)
    const { topic } = subscription
    if (session === null || session.revoked) return 'subscribe-not-allowed'
    if (!isFilter(topic, limits.topicBytes, limits.topicLevels)) return 'subscribe-not-allowed'
    if (!parts.rights.maySubscribe(session.device, topic)) return 'subscribe-not-allowed'
    if (session.filters.has(topic)) return null
    if (session.filters.size >= limits.subscriptionsPerConnection) return 'too-many-subscriptions'
    session.filters.add(topic)
    return null
  }

  const options = {
    connectTimeout: limits.connectMs,
    drainTimeout: limits.drainMs,
    queueLimit: PACKETS_BEFORE_CONNACK,
    maxInflightInbound: limits.inFlightQos2,
    maxTopicLevels: limits.topicLevels,
    maxClientsIdLength: limits.clientIdBytes,
    // One slow reader must not hold up deliveries to others; what it leaves unread is bounded per connection.
    concurrency: 0,
    persistence: sessionStore,
    ...(parts.mq === null ? {} : { mq: parts.mq }),
    preConnect: admission.preConnect,
    authenticate: admission.authenticate,
    authorizePublish: parts.authorizePublish,
    authorizeSubscribe(client, subscription, callback) {
      const answer = (): void => {
        const reason = authorizeSubscribe(client, subscription)
        if (reason === null) return callback(null, subscription)
        countReason(counters.refusedByReason, reason)
        parts.refused(sessions.of(client), reason, subscription.topic)
        callback(null, null)
      }
      const session = sessions.of(client)
      if (isNotifyTopic(subscription.topic)) parts.freshListeners().then(answer, answer)
      // Only a gateway's connectors can give more than its own downlinks; records that are away give nothing.
      else if (session?.gateway !== true || isDownlinkFilter(session.device, subscription.topic)) answer()
      else parts.freshRights().then(answer, answer)
    },
    // Asked again at delivery: a right may have gone since the subscription, and a session may have been kept over it.
    authorizeForward(client, packet) {
      const session = sessions.of(client)
      return session !== null && !session.revoked && parts.rights.mayReceive(session.device, packet.topic)
        ? packet
        : null
    },
  } satisfies AedesOptions

  const engine = new Aedes(options)
  await engine.listen()
  withoutFanOut(engine, parts.mq !== null)
  engine.on('clientError', () => {})
  engine.on('connectionError', () => {})
  engine.on('error' as never, () => {})
  return engine
}

/**
 * What devices send is taken before this point and nobody may subscribe to it, so it does not go through the subscription
 * tree, unless it is to be retained. Of the engine's own `$SYS` messages the other nodes hear whose client id came in: they close the former connection.
 */
function withoutFanOut(engine: Aedes, isShared: boolean): void {
  const publish = (engine.publish as Publish).bind(engine)
  const replaced: Publish = (packet, client, done) => {
    const callback = typeof client === 'function' ? client : done
    const sender = typeof client === 'function' ? null : client
    const isSilent = packet.topic.startsWith('$') && !(isShared && packet.topic.endsWith('/new/clients'))
    if (isSilent || (sender !== null && sender !== undefined && !packet.retain)) callback?.(null)
    else publish(packet, sender, callback)
  }
  engine.publish = replaced as Aedes['publish']
}

/** What comes past aedes shows that the client is there, too. Its timer has no public name (tests/broker/publish-lane.test.ts holds this). */
export function refreshKeepAlive(client: Client): void {
  ;(client as Client & { _keepaliveTimer?: NodeJS.Timeout | null })._keepaliveTimer?.refresh()
}

/** Sends a message of the platform itself; resolves when aedes has taken it. */
export function publishDown(engine: Aedes, packet: AedesPublishPacket | PublishPacket): Promise<void> {
  return new Promise((resolve, reject) => {
    engine.publish(packet, (error) => (error == null ? resolve() : reject(error)))
  })
}
