// Sessions, their queues and retained messages that the nodes share through Redis. While it is away each node has those of its own
// connections, without a memory: who came in meanwhile is cut off when it is back, and comes in again with the session that was kept.
import { Readable } from 'node:stream'
import type { AedesPublishPacket, Client, Subscription } from 'aedes'
import type { MQEmitter } from 'mqemitter'
import Persistence from 'aedes-persistence-redis/asyncPersistence.js'
import type { BrokerCounters } from '#broker/counters.ts'
import type { BrokerLimits } from '#broker/limits.ts'
import { createSessionStore } from '#broker/session-store.ts'
import { ownerPrefix } from '#broker/session-store.ts'
import type { SessionRights, SessionStore } from '#broker/session-store.ts'
import { filterCovers } from '#broker/topic-filter.ts'
import type { RedisLink } from './redis-link.ts'
import { ANSWER_MS } from './redis-link.ts'

type Owner = Pick<Client, 'id'>
type Kept = AedesPublishPacket & { messageId?: number }
type RetainedJson = { payload: string; qos: 0 | 1 | 2; topic: string }

/** How long the client id of a connection is its device's after the node was heard last. */
const CLAIM_SECONDS = 180

export type SharedSessions = SessionStore & {
  /** Whether the client id is this device's now: no connection or kept session of another one has it, on any node. */
  claim(clientId: string, device: string): Promise<boolean>
  /** The connections of this node go on: what is kept for them is kept longer. */
  renew(open: Iterable<{ clientId: string; clean: boolean }>): Promise<void>
}

export function createSharedSessions(parts: {
  link: RedisLink
  mq: MQEmitter
  node: string
  limits: BrokerLimits
  counters: BrokerCounters
  rights: SessionRights
}): SharedSessions {
  const { link, mq, limits, counters, rights } = parts
  const { data } = link
  const memory = createSessionStore(limits, counters, rights)
  let sessions = newSessions()
  /** Retained messages of the time without Redis. */
  const unshared = new Map<string, Kept>()
  const ownerKey = (clientId: string): string => `owner:${clientId}`
  const ownedKey = (device: string): string => `owned:${device}`
  const retainedKey = (topic: string): string => `retained:${ownerPrefix(topic)}`
  const outgoingKey = (clientId: string): string => `outgoing:${encodeURIComponent(clientId)}`
  const sessionKey = (clientId: string): string => `client:${encodeURIComponent(clientId)}`

  function newSessions(): Persistence {
    return new Persistence({
      conn: data,
      maxSessionDelivery: limits.offlineMessages,
      packetTTL: () => limits.sessionSeconds,
    })
  }

  let unsubscribe = (): void => {}
  /** Reads who subscribed to what; from then on other nodes tell it. */
  const setUp = (one: Persistence): Promise<void> =>
    one.setup({
      id: parts.node,
      publish: (packet, done) => mq.emit(packet as never, done),
      subscribe(topic, listener, done) {
        unsubscribe()
        unsubscribe = () => mq.removeListener(topic, listener as never)
        mq.on(topic, listener as never, done)
      },
      unsubscribe: (topic, listener, done) => mq.removeListener(topic, listener as never, done),
    })

  /** What Redis says within its time, else what stands for it while it is away. */
  async function shared<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
    if (!link.isReady()) return otherwise
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<T>((resolve) => {
      timer = setTimeout(() => {
        link.doubt()
        resolve(otherwise)
      }, ANSWER_MS - 100)
    })
    try {
      return await Promise.race([ask().catch(() => otherwise), patience])
    } finally {
      clearTimeout(timer)
    }
  }

  async function keepRetained(packet: Kept): Promise<void> {
    const { topic, payload, qos } = packet
    const key = retainedKey(topic)
    const text = Buffer.from(payload as Buffer)
    if (text.length === 0 || (topic.startsWith('samtila/') && text.length > limits.retainedMessageBytes))
      await data.hdel(key, topic)
    else {
      const kept: RetainedJson = { payload: text.toString('base64'), qos: qos as 0 | 1 | 2, topic }
      await data.hset(key, topic, JSON.stringify(kept))
    }
  }

  async function storeRetained(packet: AedesPublishPacket): Promise<void> {
    const isKept = await shared(() => keepRetained(packet).then(() => true), false)
    if (isKept) return
    if (unshared.size >= limits.retainedMessages) unshared.delete(unshared.keys().next().value ?? '')
    unshared.set(packet.topic, { ...packet, payload: Buffer.from(packet.payload as Buffer) })
  }

  async function retainedBelow(patterns: readonly string[]): Promise<Kept[]> {
    const found = new Map<string, Kept>()
    for (const pattern of patterns) {
      const rows = await shared(() => data.hgetall(retainedKey(pattern)), {} as Record<string, string>)
      for (const text of Object.values(rows)) {
        const { topic, payload, qos } = JSON.parse(text) as RetainedJson
        if (!filterCovers(pattern, topic)) continue
        const packet = { cmd: 'publish', topic, payload: Buffer.from(payload, 'base64'), qos, retain: true, dup: false }
        found.set(topic, packet as Kept)
      }
      for (const [topic, packet] of unshared) if (filterCovers(pattern, topic)) found.set(topic, packet)
    }
    return [...found.values()]
  }
  const retainedStream = (patterns: readonly string[]): Readable =>
    Readable.from(
      (async function* () {
        yield* await retainedBelow(patterns)
      })(),
    )

  /** Sessions that nobody renewed are gone by themselves; their names go when there are too many. */
  async function makeRoom(): Promise<void> {
    if ((await data.scard('clients')) < limits.offlineSessions) return
    const names = await data.smembers('clients')
    for (const clientId of names)
      if ((await data.exists(sessionKey(clientId))) === 0) await data.srem('clients', clientId)
    if ((await data.scard('clients')) >= limits.offlineSessions) throw new Error('too many kept sessions')
  }

  async function addSubscriptions(client: Owner, subscriptions: Subscription[]): Promise<void> {
    const device = rights.deviceOf(client.id)
    const granted = device === null ? [] : subscriptions.filter(({ topic }) => rights.maySubscribe(device, topic))
    if (device === null || granted.length === 0) return
    await makeRoom()
    await sessions.addSubscriptions(client, granted)
    await data.sadd(ownedKey(device), client.id)
    await data.expire(ownedKey(device), limits.sessionSeconds)
    await keepOn(client.id)
  }

  async function keepOn(clientId: string): Promise<void> {
    for (const key of [ownerKey(clientId), sessionKey(clientId), outgoingKey(clientId)])
      void data.expire(key, limits.sessionSeconds).catch(() => {})
  }

  async function forgetSession(clientId: string, device: string): Promise<void> {
    await sessions.cleanSubscriptions({ id: clientId })
    await data.del(outgoingKey(clientId), ownerKey(clientId))
    await data.srem(ownedKey(device), clientId)
  }

  async function enqueue(to: { clientId: string }[], packet: AedesPublishPacket): Promise<void> {
    if (to.length === 0) return
    await sessions.outgoingEnqueueCombi(to, packet)
    for (const { clientId } of to) {
      const key = outgoingKey(clientId)
      const waiting = await data.llen(key)
      if (waiting > limits.offlineMessages) {
        await data.ltrim(key, -limits.offlineMessages, -1)
        counters.offlineMessagesDropped += waiting - limits.offlineMessages
      }
    }
  }

  let isUp = false
  link.follow((isReady) => {
    if (!isReady) return
    // Who subscribed meanwhile elsewhere was not heard of here.
    sessions = newSessions()
    void setUp(sessions).catch(() => {})
    for (const [topic, packet] of unshared) {
      unshared.delete(topic)
      void keepRetained(packet).catch(() => unshared.set(topic, packet))
    }
  })

  return {
    // QoS 2 handshakes are of one node: a reading that comes again there is found by the store.
    ...memory,
    setup: async () => {
      if (isUp || !link.isReady()) return
      isUp = true
      await setUp(sessions)
    },
    storeRetained,
    createRetainedStream: (pattern: string) => retainedStream([pattern]),
    createRetainedStreamCombi: (patterns: string[]) => retainedStream(patterns),
    addSubscriptions: (client, subscriptions) => shared(() => addSubscriptions(client, subscriptions), undefined),
    removeSubscriptions: (client, topics) => shared(() => sessions.removeSubscriptions(client, topics), undefined),
    cleanSubscriptions: (client) =>
      shared(async () => {
        const device = rights.deviceOf(client.id)
        await sessions.cleanSubscriptions(client)
        await data.del(outgoingKey(client.id))
        if (device !== null) await data.srem(ownedKey(device), client.id)
      }, undefined),
    subscriptionsByClient: (client) => shared(() => sessions.subscriptionsByClient(client), []),
    subscriptionsByTopic: (topic) => shared(() => sessions.subscriptionsByTopic(topic), []),
    outgoingEnqueue: (to, packet) => shared(() => enqueue([to], packet), undefined),
    outgoingEnqueueCombi: (to, packet) => shared(() => enqueue(to, packet), undefined),
    outgoingUpdate: (client, packet) => shared(() => sessions.outgoingUpdate(client, packet), undefined),
    outgoingClearMessageId: (client, packet) =>
      shared<Kept | undefined>(() => sessions.outgoingClearMessageId(client, packet), undefined),
    outgoingStream: (client) =>
      Readable.from(
        (async function* () {
          if (!link.isReady()) return
          try {
            for await (const packet of sessions.outgoingStream(client)) yield packet
          } catch {
            // Redis went: the rest comes with the next connection.
          }
        })(),
      ),
    getClientList: (topic) => Readable.from(sessions.getClientList(topic)),
    ownerOf: () => null,
    retainedOf: async (topic) => {
      const [found] = await retainedBelow([topic])
      return (found?.payload as Buffer | undefined) ?? null
    },
    keepsFor: (device) => shared(async () => (await data.scard(ownedKey(device))) > 0, false),
    forgetDevice(device) {
      void shared(async () => {
        for (const clientId of await data.smembers(ownedKey(device))) await forgetSession(clientId, device)
        await data.del(ownedKey(device), `retained:samtila/v1/${device}`)
      }, undefined)
    },
    claim: (clientId, device) =>
      shared(async () => {
        const made = await data.set(ownerKey(clientId), device, 'EX', CLAIM_SECONDS, 'NX')
        return made === 'OK' || (await data.get(ownerKey(clientId))) === device
      }, true),
    async renew(open) {
      if (!link.isReady()) return
      for (const { clientId, clean } of open) {
        if (!clean) void keepOn(clientId)
        else void data.expire(ownerKey(clientId), CLAIM_SECONDS).catch(() => {})
      }
    },
  }
}
