// What a broker has that is one of several nodes: shared sessions and messages, and what the nodes tell each other.
import { randomUUID } from 'node:crypto'
import type { MQEmitter } from 'mqemitter'
import type { Id } from '#domain/registry/bundle.ts'
import type { BrokerCounters } from '#broker/counters.ts'
import type { Directory } from '#broker/directory.ts'
import type { Downlinks, SentDown } from '#broker/downlink/downlinks.ts'
import type { BrokerLimits } from '#broker/limits.ts'
import { isFresh } from '#broker/presence.ts'
import type { Presence } from '#broker/presence.ts'
import type { LiveReading } from '#broker/read-telegram.ts'
import type { Session, Sessions } from '#broker/session.ts'
import type { SessionRights } from '#broker/session-store.ts'
import { openNodes } from './nodes.ts'
import type { Nodes } from './nodes.ts'
import { openRedisLink } from './redis-link.ts'
import type { RedisAddress } from './redis-link.ts'
import { createSharedEmitter } from './shared-emitter.ts'
import { createSharedSessions } from './shared-sessions.ts'
import type { SharedSessions } from './shared-sessions.ts'

export type Cluster = {
  mq: MQEmitter
  sessionStore: SharedSessions
  /** A connection came in: the other nodes learn of it, and of its end. */
  came(session: Session): void
  went(session: Session): void
  /** A gateway or bridge is reached through this node, or no longer. */
  reached(gateway: Id): () => void
  /** A device's presence as it or somebody for it said here. */
  presence: Presence
  /** Sends by the node that has the connection. */
  downlinks: Pick<Downlinks, 'publishToDevice' | 'sendToGateway'>
  /** Readings that became durable here. */
  readings(batch: readonly LiveReading[]): void
  /** Whether another node wants to hear of readings. */
  isHeard(): boolean
  /** Begins to speak with the other nodes; from now on `tell` gets what they made durable. */
  start(tell: (batch: LiveReading[]) => void): Promise<void>
  state(): { redis: boolean; others: boolean; dropped: number }
  close(): Promise<void>
}

/** How often it is said that what is kept for open connections is still wanted. */
const RENEW_EVERY_MS = 60_000

export async function openCluster(parts: {
  address: RedisAddress
  limits: BrokerLimits
  counters: BrokerCounters
  rights: SessionRights
  sessions: Sessions
  presence: Presence
  directory: () => Directory
  /** Sends to connections of this node. */
  downlinks: () => Downlinks
  now: () => number
  log: (message: string) => void
}): Promise<Cluster> {
  const { address, limits, sessions, log, now } = parts
  const link = await openRedisLink(address, log)
  const mq = createSharedEmitter(link, address.prefix)
  const sessionStore = createSharedSessions({ ...parts, link, mq, node: randomUUID() })
  let nodes: Nodes | null = null
  /** Came in while nobody could ask what is kept for them, or whose their client id is. */
  const strangers = new Set<Session>()
  /** Bridges that this node has: they count as connections. */
  const carried = new Map<symbol, Id>()
  link.follow((isReady) => {
    if (!isReady) return
    for (const session of strangers) session.client.conn.destroy()
    strangers.clear()
  })
  const renewing = setInterval(() => {
    void sessionStore.renew([...sessions.all()].map(({ clientId, client: { clean } }) => ({ clientId, clean })))
  }, RENEW_EVERY_MS)
  renewing.unref()

  /** In the order in which it was heard, also where a device must be loaded first. */
  let heard = Promise.resolve()
  function withEntry(device: Id, run: (record: Parameters<Presence['connected']>[0]) => void): void {
    heard = heard.then(async () => {
      const entry =
        parts.directory().known(device) ??
        (await parts
          .directory()
          .load(device)
          .catch(() => null))
      if (entry !== null) run(entry.presence)
    })
  }

  function take(batch: LiveReading[], tell: (batch: LiveReading[]) => void): void {
    const newest = new Map<Id, number>()
    for (const { device, at } of batch) newest.set(device, Math.max(newest.get(device) ?? 0, at))
    const receivedAt = now()
    for (const [device, at] of newest)
      withEntry(device, (record) => {
        if (isFresh(record, at, receivedAt)) parts.presence.heard(record, receivedAt)
      })
    tell(batch)
  }

  const isHere = (user: Id): boolean => sessions.ofDevice(user).length > 0 || [...carried.values()].includes(user)
  /** Another node that has the connection, where this one has none. */
  const elsewhere = (user: Id): string | null => (isHere(user) ? null : (nodes?.withConnection(user)[0] ?? null))

  return {
    mq,
    sessionStore,
    came(session) {
      if (!link.isReady()) strangers.add(session)
      nodes?.tellCame(session.device)
    },
    went(session) {
      strangers.delete(session)
      nodes?.tellWent(session.device)
    },
    reached(gateway) {
      const key = Symbol(gateway)
      carried.set(key, gateway)
      nodes?.tellCame(gateway)
      return () => {
        if (carried.delete(key)) nodes?.tellWent(gateway)
      }
    },
    presence: {
      ...parts.presence,
      saidOffline(record) {
        parts.presence.saidOffline(record)
        nodes?.tellSaid(record.device, 'offline')
      },
      gone(record) {
        parts.presence.gone(record)
        nodes?.tellSaid(record.device, 'gone')
      },
    },
    downlinks: {
      async publishToDevice(device, command): Promise<SentDown> {
        const local = parts.downlinks()
        if (isHere(device)) return local.publishToDevice(device, command)
        const node = elsewhere(device) ?? elsewhere(await local.via(device))
        if (node === null || nodes === null) return local.publishToDevice(device, command)
        const sent = await nodes.send(node, device, command)
        return (
          sent ?? { sent: false, reason: 'not-connected', message: 'the node that has the connection does not answer' }
        )
      },
      async sendToGateway(gateway, topic, payload, qos) {
        const here = await parts.downlinks().sendToGateway(gateway, topic, payload, qos)
        const others = nodes?.withConnection(gateway) ?? []
        for (const node of others) nodes?.sendToGateway(node, gateway, topic, payload, qos)
        return here + others.length
      },
    },
    readings: (batch) => nodes?.tellReadings(batch),
    isHeard: () => nodes?.others() === true,
    async start(tell) {
      // Whoever comes to another node from now on is heard of here: two nodes never keep a client id each.
      await mq.settled()
      nodes = await openNodes({
        link,
        prefix: address.prefix,
        limits,
        log,
        *here() {
          for (const { device } of sessions.all()) yield device
          yield* carried.values()
        },
        came: (user) => withEntry(user, parts.presence.connected),
        went: (user) => withEntry(user, parts.presence.disconnected),
        said: (device, said) =>
          withEntry(device, said === 'offline' ? parts.presence.saidOffline : parts.presence.gone),
        readings: (batch) => take(batch, tell),
        send: (device, command) => parts.downlinks().publishToDevice(device, command),
        sendToGateway: (gateway, topic, payload, qos) => parts.downlinks().sendToGateway(gateway, topic, payload, qos),
      })
    },
    state: () => ({ redis: link.isReady(), others: nodes?.others() === true, dropped: nodes?.dropped() ?? 0 }),
    async close() {
      clearInterval(renewing)
      await nodes?.close()
      link.close()
    },
  }
}
