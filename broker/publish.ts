// What becomes of each PUBLISH, and of each will: rights, then pace, then by what its topic is for.
import type { Client, PublishPacket } from 'aedes'
import type { Done } from './answers.ts'
import { countReason } from './counters.ts'
import type { BrokerCounters } from './counters.ts'
import type { Connectors } from './connectors.ts'
import type { Directory } from './directory.ts'
import type { Ingest } from './ingest.ts'
import type { BrokerLimits } from './limits.ts'
import type { Presence } from './presence.ts'
import type { Quarantine } from './quarantine.ts'
import { ROUTE_REFUSALS } from './read-telegram.ts'
import { Refusal } from './refuse.ts'
import type { RefusalReason } from './refuse.ts'
import type { Session, Sessions } from './session.ts'
import type { SessionStore } from './session-store.ts'
import { takeToken } from './token-bucket.ts'
import { isTopicName } from './topic-filter.ts'
import type { Watchers } from './watch.ts'
import { uplinkUse } from './topics.ts'
import type { TopicUse } from './topics.ts'
import type { Connector } from '#domain/ports/records.ts'

/**
 * A message of a device that carries no reading: its configuration as reported; the result of a command, `{"ok","data"|"error"}`; that
 * the command is on its way or the device has it (`sent`): the topic of these two is `samtila/v1/{device}/commands/{id}/…`, whatever the
 * device speaks; and what it asks and tells of its firmware.
 */
export type DeviceMessage = {
  device: string
  use: 'reported' | 'sent' | 'result' | 'firmware'
  topic: string
  payload: Uint8Array
}

export type PublishParts = {
  sessions: Sessions
  sessionStore: SessionStore
  connectors: Connectors
  directory: Directory
  presence: Presence
  quarantine: Quarantine
  ingest: Ingest
  watchers: Watchers
  limits: BrokerLimits
  counters: BrokerCounters
  now: () => number
  /** Whether a user name is a listener of an organisation, which publishes nothing. */
  isListener(userName: string): boolean
  /** Told of each refused publication. */
  refused(session: Session | null, reason: RefusalReason, topic: string): void
  message(message: DeviceMessage): void
}

/** The handler for aedes' `authorizePublish`. A will comes the same way; one without an open session has no rights left to check and is denied. */
export function createPublishHandler(parts: PublishParts) {
  const { sessions, sessionStore, limits, counters, now } = parts

  function refuse(session: Session | null, reason: RefusalReason, topic: string, done: Done): void {
    countReason(counters.refusedByReason, reason)
    parts.refused(session, reason, topic)
    done(new Refusal(reason))
  }

  function take(session: Session, packet: PublishPacket, connector: Connector | null, done: Done): void {
    packet.retain = false
    const receivedAt = now()
    parts.ingest.take({
      sender: session,
      topic: packet.topic,
      payload: packet.payload as Buffer,
      qos: packet.qos,
      receivedAt,
      learnedAt: receivedAt,
      connector,
      done,
      readings: 0,
      hasQuarantine: false,
      isUnkept: false,
    })
  }

  async function takeStatus(session: Session, packet: PublishPacket, done: Done): Promise<void> {
    const status = (packet.payload as Buffer).toString('latin1')
    const { device } = session
    if (status === 'online' || status === 'offline') {
      const entry = parts.directory.known(device) ?? (await parts.directory.load(device))
      if (entry !== null && status === 'online') parts.presence.heard(entry.presence, now())
      if (entry !== null && status === 'offline') parts.presence.saidOffline(entry.presence)
      return done(null)
    }
    packet.retain = false
    const { topic, payload } = packet
    const detail = ROUTE_REFUSALS['bad-status']
    const refusal = { credential: device, device, topic, reason: 'bad-status', detail, payload: payload as Buffer }
    const isKept = parts.quarantine.add({ ...refusal, at: now() }, 0)
    if (isKept) parts.quarantine.whenDurable(done)
    else refuse(session, 'store-unavailable', topic, done)
  }

  function route(session: Session, packet: PublishPacket, done: Done): void {
    const { topic } = packet
    if (topic === session.telemetryTopic) return take(session, packet, null, done)
    const uplink = uplinkUse(session.device, topic)
    if (uplink !== null) return routeUplink(session, packet, uplink, done)
    if (!isTopicName(topic, limits.topicBytes, limits.topicLevels)) {
      return refuse(session, 'publish-not-allowed', topic, done)
    }
    parts.connectors.covering(session, topic).then(
      (connector) => {
        if (session.gateway && parts.watchers.isWatched(session.device)) {
          const payload = packet.payload as Buffer
          parts.watchers.tell({ gateway: session.device, topic, payload, receivedAt: now(), connector })
        }
        if (connector === null) refuse(session, 'publish-not-allowed', topic, done)
        else take(session, packet, connector, done)
      },
      () => refuse(session, 'records-unavailable', topic, done),
    )
  }

  function routeUplink(
    session: Session,
    packet: PublishPacket,
    { use, retained }: { use: TopicUse; retained: boolean },
    done: Done,
  ): void {
    if (!retained) packet.retain = false
    switch (use) {
      case 'telemetry':
        return take(session, packet, null, done)
      case 'status':
        takeStatus(session, packet, done).catch(() => refuse(session, 'records-unavailable', packet.topic, done))
        return
      case 'reported':
      case 'accepted':
      case 'result':
      case 'firmware': {
        if (session.entry !== null) parts.presence.heard(session.entry.presence, now())
        const told = use === 'accepted' ? 'sent' : use
        parts.message({ device: session.device, use: told, topic: packet.topic, payload: packet.payload as Buffer })
        return done(null)
      }
    }
  }

  return function authorizePublish(client: Client | null, packet: PublishPacket, done: Done): void {
    counters.messagesReceived++
    const session = sessions.of(client)
    if (session === null || session.revoked || parts.isListener(session.device))
      return refuse(session, 'publish-not-allowed', packet.topic, done)
    const messageId = packet.messageId ?? 0
    // A will has neither command nor packet identifier.
    if (packet.qos > 0 && packet.cmd === 'publish' && messageId < 1) return refuse(session, 'bad-packet-id', '', done)
    // Sent again before its PUBREL: it was durable before its PUBREC.
    if (packet.qos === 2 && sessionStore.hasIncoming(session.clientId, messageId)) return done(null)
    const answer = session.answers.inOrder(done)
    const waitMs = takeToken(session.bucket, limits.messagesPerSecond, limits.messagesBurst, now())
    if (waitMs === 0) return route(session, packet, answer)
    counters.messagesDelayedByRate++
    setTimeout(route, waitMs, session, packet, answer)
  }
}
