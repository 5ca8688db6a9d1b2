// What aedes keeps between packets: retained messages, sessions of clients that are away and their queues, QoS 2 identifiers.
// All of it in memory and bounded; readings are not kept here but in the store. Made so that no lookup scans everything.
import { Readable } from 'node:stream'
import type { AedesPublishPacket, Client, Subscription } from 'aedes'
import type { BrokerCounters } from './counters.ts'
import type { BrokerLimits } from './limits.ts'
import { RetainedIndex } from './retained-index.ts'
import { filterCovers } from './topic-filter.ts'

type Owner = Pick<Client, 'id'>
type Kept = AedesPublishPacket & { messageId?: number }
type StoredSubscription = Subscription & { clientId: string }
type KeptSession = { owner: string | null; subscriptions: Map<string, StoredSubscription>; outgoing: Kept[] }

/** The interface that aedes asks of a persistence, and what the broker asks of it besides. broker/nodes/ has one that nodes share. */
export type SessionStore = ReturnType<typeof createSessionStore>
/** Whose client id this is (the device of its open connection), and whether a device may be sent a filter. */
export type SessionRights = {
  deviceOf(clientId: string): string | null
  maySubscribe(device: string, filter: string): boolean
}

/** First levels of a topic or filter that name whose it is: everything here lies below `samtila/v1/{device}`. */
export function ownerPrefix(topic: string): string {
  let slash = -1
  for (let level = 0; level < 3; level++) {
    slash = topic.indexOf('/', slash + 1)
    if (slash === -1) return topic
  }
  return topic.slice(0, slash)
}

export function createSessionStore(limits: BrokerLimits, counters: BrokerCounters, rights: SessionRights) {
  const retained = new RetainedIndex<Kept>()
  const sessions = new Map<string, KeptSession>()
  /** Subscriptions above QoS 0 by owner prefix: those of others never cover a topic. */
  const byPrefix = new Map<string, Map<string, StoredSubscription>>()
  const incoming = new Map<string, Set<number>>()

  function sessionOf(clientId: string): KeptSession {
    const known = sessions.get(clientId)
    if (known !== undefined) return known
    if (sessions.size >= limits.offlineSessions) {
      for (const id of sessions.keys()) {
        if (rights.deviceOf(id) !== null) continue
        forget(id)
        break
      }
    }
    const session: KeptSession = { owner: rights.deviceOf(clientId), subscriptions: new Map(), outgoing: [] }
    sessions.set(clientId, session)
    counters.offlineSessions = sessions.size
    return session
  }

  function unindex(clientId: string, topic: string): void {
    const subscriptions = byPrefix.get(ownerPrefix(topic))
    subscriptions?.delete(`${clientId} ${topic}`)
    if (subscriptions?.size === 0) byPrefix.delete(ownerPrefix(topic))
  }

  function forget(clientId: string): void {
    const session = sessions.get(clientId)
    if (session === undefined) return
    for (const topic of session.subscriptions.keys()) unindex(clientId, topic)
    sessions.delete(clientId)
    counters.offlineSessions = sessions.size
  }

  function* retainedBelow(patterns: readonly string[]): Generator<Kept> {
    const given = new Set<Kept>()
    for (const pattern of patterns) {
      for (const packet of retained.covered(pattern)) {
        if (!given.has(packet)) yield packet
        if (patterns.length > 1) given.add(packet)
      }
    }
  }

  function enqueue(clientId: string, packet: AedesPublishPacket): void {
    const { outgoing } = sessionOf(clientId)
    if (outgoing.length >= limits.offlineMessages) {
      outgoing.shift()
      counters.offlineMessagesDropped++
    }
    outgoing.push({ ...packet })
  }

  return {
    setup: async (): Promise<void> => {},
    destroy: async (): Promise<void> => {},

    storeRetained: async (packet: AedesPublishPacket): Promise<void> => {
      const former = retained.get(packet.topic)
      // What the platform itself says (its Sparkplug host's state) is one message and not the devices'.
      if (!packet.topic.startsWith('samtila/')) {
        retained.set(packet.topic, { ...packet, payload: Buffer.from(packet.payload as Buffer) })
        return
      }
      const bytes = packet.payload.length
      if (former !== undefined) {
        retained.delete(packet.topic)
        counters.retainedMessages--
        counters.retainedBytes -= former.payload.length
      }
      const fits =
        bytes <= limits.retainedMessageBytes &&
        counters.retainedMessages < limits.retainedMessages &&
        counters.retainedBytes + bytes <= limits.retainedBytes
      if (bytes > 0 && fits) {
        // A copy: the payload may be a slice of a whole socket chunk.
        retained.set(packet.topic, { ...packet, payload: Buffer.from(packet.payload as Buffer) })
        counters.retainedMessages++
        counters.retainedBytes += bytes
      }
    },
    createRetainedStream: (pattern: string): Readable => Readable.from(retainedBelow([pattern])),
    createRetainedStreamCombi: (patterns: string[]): Readable => Readable.from(retainedBelow(patterns)),

    addSubscriptions: async (client: Owner, subscriptions: Subscription[]): Promise<void> => {
      const device = rights.deviceOf(client.id)
      // aedes hands over the whole packet, refused filters among the granted.
      const granted = device === null ? [] : subscriptions.filter(({ topic }) => rights.maySubscribe(device, topic))
      if (granted.length === 0) return
      const session = sessionOf(client.id)
      for (const subscription of granted) {
        const { topic } = subscription
        const stored: StoredSubscription = { ...subscription, clientId: client.id }
        session.subscriptions.set(topic, stored)
        unindex(client.id, topic)
        if (subscription.qos === 0) continue
        const prefix = ownerPrefix(topic)
        const below = byPrefix.get(prefix) ?? new Map<string, StoredSubscription>()
        below.set(`${client.id} ${topic}`, stored)
        byPrefix.set(prefix, below)
      }
    },
    removeSubscriptions: async (client: Owner, topics: string[]): Promise<void> => {
      const session = sessions.get(client.id)
      for (const topic of topics) {
        session?.subscriptions.delete(topic)
        unindex(client.id, topic)
      }
      if (session?.subscriptions.size === 0 && session.outgoing.length === 0) forget(client.id)
    },
    cleanSubscriptions: async (client: Owner): Promise<void> => forget(client.id),
    subscriptionsByClient: async (client: Owner): Promise<Subscription[]> => [
      ...(sessions.get(client.id)?.subscriptions.values() ?? []),
    ],
    subscriptionsByTopic: async (topic: string): Promise<StoredSubscription[]> => {
      const below = byPrefix.get(ownerPrefix(topic))
      return below === undefined ? [] : [...below.values()].filter((stored) => filterCovers(stored.topic, topic))
    },
    countOffline: async () => ({ subsCount: byPrefix.size, clientsCount: sessions.size }),

    outgoingEnqueue: async (to: { clientId: string }, packet: AedesPublishPacket): Promise<void> =>
      enqueue(to.clientId, packet),
    outgoingEnqueueCombi: async (to: { clientId: string }[], packet: AedesPublishPacket): Promise<void> => {
      for (const { clientId } of to) enqueue(clientId, packet)
    },
    outgoingUpdate: async (client: Owner, packet: Kept): Promise<void> => {
      const outgoing = sessions.get(client.id)?.outgoing ?? []
      const isPublish = packet.cmd === 'publish'
      const index = outgoing.findIndex((kept) =>
        isPublish
          ? kept.brokerId === packet.brokerId && kept.brokerCounter === packet.brokerCounter
          : kept.messageId === packet.messageId,
      )
      const kept = outgoing[index]
      // Not there: it was dropped as the oldest of a full queue. It is sent all the same, only not again.
      if (kept === undefined) return
      if (isPublish && packet.messageId !== undefined) kept.messageId = packet.messageId
      else outgoing[index] = packet
    },
    outgoingClearMessageId: async (client: Owner, packet: Kept): Promise<Kept | undefined> => {
      const outgoing = sessions.get(client.id)?.outgoing ?? []
      const index = outgoing.findIndex((kept) => kept.messageId === packet.messageId)
      return index === -1 ? undefined : outgoing.splice(index, 1)[0]
    },
    outgoingStream: (client: Owner): Readable => Readable.from([...(sessions.get(client.id)?.outgoing ?? [])]),

    incomingStorePacket: async (client: Owner, packet: Kept): Promise<void> => {
      const identifiers = incoming.get(client.id) ?? new Set()
      if (identifiers.size >= limits.inFlightQos2) throw new Error('too many QoS 2 messages without PUBREL')
      identifiers.add(packet.messageId ?? 0)
      incoming.set(client.id, identifiers)
    },
    incomingGetPacket: async (client: Owner, packet: Kept): Promise<Kept> => {
      if (incoming.get(client.id)?.has(packet.messageId ?? 0) !== true) throw new Error('no such packet')
      return packet
    },
    incomingDelPacket: async (client: Owner, packet: Kept): Promise<void> => {
      if (incoming.get(client.id)?.delete(packet.messageId ?? 0) !== true) throw new Error('no such packet')
      if (incoming.get(client.id)?.size === 0) incoming.delete(client.id)
    },
    cleanIncoming: async (client: Owner): Promise<void> => void incoming.delete(client.id),

    // Wills live and end with their connection: a restart of the broker publishes none.
    putWill: async (): Promise<void> => {},
    getWill: async (): Promise<undefined> => undefined,
    delWill: async (): Promise<undefined> => undefined,
    streamWill: (): Readable => Readable.from([]),
    getClientList: (topic: string): Readable =>
      Readable.from([...sessions].filter(([, { subscriptions }]) => subscriptions.has(topic)).map(([id]) => id)),

    /** Whether this QoS 2 message was taken already and waits for its PUBREL. */
    hasIncoming: (clientId: string, messageId: number): boolean => incoming.get(clientId)?.has(messageId) === true,
    /** The device whose kept session has this client id, or null. */
    ownerOf: (clientId: string): string | null => sessions.get(clientId)?.owner ?? null,
    retainedOf: async (topic: string): Promise<Uint8Array | null> =>
      (retained.get(topic)?.payload as Buffer | undefined) ?? null,
    /** Whether a session of this device is kept for when it comes again. */
    keepsFor: async (device: string): Promise<boolean> => [...sessions.values()].some(({ owner }) => owner === device),
    /** Drops the kept sessions and retained messages of a device that has no credential any more. */
    forgetDevice: (device: string): void => {
      for (const [id, session] of sessions) if (session.owner === device) forget(id)
      for (const packet of Array.from(retained.covered(`samtila/v1/${device}/#`))) {
        counters.retainedMessages--
        counters.retainedBytes -= packet.payload.length
        retained.delete(packet.topic)
      }
    },
  }
}
