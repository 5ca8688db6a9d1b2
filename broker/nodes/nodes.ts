// What the nodes tell each other over Redis: who is connected where, readings that became durable, and requests to the node that has a device.
import { randomUUID } from 'node:crypto'
import type { Value } from '#domain/ports/telemetry.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { DeviceCommand } from '#broker/downlink/families.ts'
import type { SentDown } from '#broker/downlink/downlinks.ts'
import type { BrokerLimits } from '#broker/limits.ts'
import type { LiveReading } from '#broker/read-telegram.ts'
import type { RedisLink } from './redis-link.ts'

/** What a device or somebody for it said of its presence. */
export type Said = 'offline' | 'gone'
export type NodesParts = {
  link: RedisLink
  prefix: string
  limits: BrokerLimits
  log: (message: string) => void
  /** User names that are connected here, each as often as it is. */
  here(): Iterable<Id>
  /** A user name came to another node, or left it; `heardAt`: when it was there last, in milliseconds since 1970. */
  came(userName: Id): void
  went(userName: Id): void
  said(device: Id, said: Said): void
  /** Readings that another node has made durable. */
  readings(batch: LiveReading[]): void
  /** Sends as the node that has the connection. */
  send(device: Id, command: DeviceCommand): Promise<SentDown>
  sendToGateway(gateway: Id, topic: string, payload: Uint8Array, qos: 0 | 1): Promise<number>
}
export type Nodes = {
  /** Whether another node was heard lately. */
  others(): boolean
  /** The nodes that have connections of a user name. */
  withConnection(userName: Id): string[]
  tellCame(userName: Id): void
  tellWent(userName: Id): void
  tellSaid(device: Id, said: Said): void
  tellReadings(batch: readonly LiveReading[]): void
  /** Lets another node send; null when it does not answer. */
  send(node: string, device: Id, command: DeviceCommand): Promise<SentDown | null>
  sendToGateway(node: string, gateway: Id, topic: string, payload: Uint8Array | string, qos: 0 | 1): void
  /** Batches that were not told, because Redis took them too slowly. */
  dropped(): number
  close(): Promise<void>
}

type Row = [
  device: Id,
  premises: Id,
  point: string,
  at: number,
  value: Value,
  quality: LiveReading['quality'],
  simulated: 0 | 1,
]
type Wire =
  | { kind: 'hello' | 'alive' | 'bye'; node: string }
  /** All connections of a node, in parts; the first of them replaces what was known. */
  | { kind: 'state'; node: string; first: boolean; users: Id[] }
  | { kind: 'came' | 'went'; node: string; user: Id }
  | { kind: 'said'; node: string; device: Id; said: Said }
  | { kind: 'readings'; node: string; rows: Row[] }
  | {
      kind: 'send'
      node: string
      request: string
      device: Id
      command: Omit<DeviceCommand, 'beforeSending'>
      asks: boolean
    }
  /** The node that sends is about to: whoever asked for it writes that down first. */
  | { kind: 'before'; node: string; request: string }
  | { kind: 'go'; node: string; request: string; error: string | null }
  | { kind: 'sent'; node: string; request: string; result: SentDown | null }
  | { kind: 'to-gateway'; node: string; gateway: Id; topic: string; payload: string; qos: 0 | 1 }

const ALIVE_EVERY_MS = 3_000
/** A node that is silent for so long is gone, and with it its connections. */
const SILENT_MS = 12_000
const REQUEST_MS = 8_000
const USERS_PER_MESSAGE = 2_000
const READINGS_PER_MESSAGE = 2_000

export async function openNodes(parts: NodesParts): Promise<Nodes> {
  const { link, log } = parts
  const node = randomUUID()
  const all = `${parts.prefix}:nodes`
  const own = `${parts.prefix}:node:${node}`
  const heardAt = new Map<string, number>()
  const usersOf = new Map<string, Map<Id, number>>()
  const asked = new Map<string, { command: DeviceCommand; settle(result: SentDown | null): void }>()
  const allowed = new Map<string, (error: string | null) => void>()
  let underWay = 0
  let dropped = 0
  let answeredAt = Date.now()

  function tell(channel: string, message: Wire): Promise<unknown> {
    if (!link.isReady()) return Promise.resolve()
    return link.data.publish(channel, JSON.stringify(message)).catch(() => {})
  }

  async function tellState(channel: string): Promise<void> {
    const users = [...parts.here()]
    for (let start = 0; start === 0 || start < users.length; start += USERS_PER_MESSAGE) {
      const some = users.slice(start, start + USERS_PER_MESSAGE)
      await tell(channel, { kind: 'state', node, first: start === 0, users: some })
    }
  }

  function came(from: string, user: Id): void {
    const users = usersOf.get(from) ?? new Map<Id, number>()
    usersOf.set(from, users)
    users.set(user, (users.get(user) ?? 0) + 1)
    parts.came(user)
  }

  function went(from: string, user: Id): void {
    const users = usersOf.get(from)
    const count = users?.get(user)
    if (users === undefined || count === undefined) return
    if (count === 1) users.delete(user)
    else users.set(user, count - 1)
    parts.went(user)
  }

  function forget(from: string): void {
    heardAt.delete(from)
    for (const [user, count] of usersOf.get(from) ?? []) for (let i = 0; i < count; i++) parts.went(user)
    usersOf.delete(from)
  }

  /** What it says now replaces what was known; what is in both neither came nor went. */
  function replace(from: string, users: Id[]): void {
    const former = new Map(usersOf.get(from))
    const kept = new Map<Id, number>()
    usersOf.set(from, kept)
    for (const user of users) {
      const count = former.get(user) ?? 0
      if (count > 0) {
        former.set(user, count - 1)
        kept.set(user, (kept.get(user) ?? 0) + 1)
      } else came(from, user)
    }
    for (const [user, count] of former) for (let i = 0; i < count; i++) parts.went(user)
  }

  async function sendFor(message: Wire & { kind: 'send' }): Promise<void> {
    const { request, device, command, asks, node: from } = message
    const beforeSending = async (): Promise<void> => {
      const error = await new Promise<string | null>((resolve) => {
        allowed.set(request, resolve)
        setTimeout(() => resolve('the node that asked does not answer'), REQUEST_MS).unref()
        void tell(`${parts.prefix}:node:${from}`, { kind: 'before', node, request })
      })
      allowed.delete(request)
      if (error !== null) throw new Error(error)
    }
    const result = await parts.send(device, asks ? { ...command, beforeSending } : command).catch(() => null)
    void tell(`${parts.prefix}:node:${from}`, { kind: 'sent', node, request, result })
  }

  async function allow(message: Wire & { kind: 'before' }): Promise<void> {
    const { request, node: from } = message
    const waiting = asked.get(request)
    const error =
      waiting === undefined
        ? 'it is waited for no longer'
        : await (waiting.command.beforeSending?.() ?? Promise.resolve()).then(
            () => null,
            (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
          )
    void tell(`${parts.prefix}:node:${from}`, { kind: 'go', node, request, error })
  }

  function take(message: Wire): void {
    if (message.node === node) return
    if (message.kind === 'bye') return forget(message.node)
    if (!heardAt.has(message.node)) {
      // Whoever is heard for the first time is asked who is connected there.
      if (message.kind !== 'hello') void tell(`${parts.prefix}:node:${message.node}`, { kind: 'hello', node })
    }
    heardAt.set(message.node, Date.now())
    switch (message.kind) {
      case 'hello':
        void tellState(`${parts.prefix}:node:${message.node}`)
        return
      case 'alive':
        return
      case 'state':
        if (message.first) replace(message.node, message.users)
        else for (const user of message.users) came(message.node, user)
        return
      case 'came':
        return came(message.node, message.user)
      case 'went':
        return went(message.node, message.user)
      case 'said':
        return parts.said(message.device, message.said)
      case 'readings':
        return parts.readings(
          message.rows.map(([device, premises, point, at, value, quality, simulated]) => ({
            device,
            premises,
            point,
            at,
            value,
            quality,
            simulated: simulated === 1,
          })),
        )
      case 'send':
        return void sendFor(message)
      case 'before':
        return void allow(message)
      case 'go':
        return allowed.get(message.request)?.(message.error)
      case 'sent':
        return asked.get(message.request)?.settle(message.result)
      case 'to-gateway':
        void parts.sendToGateway(message.gateway, message.topic, Buffer.from(message.payload, 'base64'), message.qos)
    }
  }

  const subscriber = link.newSubscriber()
  subscriber.on('message', (_channel: string, text: string) => {
    try {
      take(JSON.parse(text) as Wire)
    } catch (error) {
      log(`a message of another node is not understood: ${error instanceof Error ? error.message : String(error)}`)
    }
  })
  const subscribed = subscriber.subscribe(all, own).catch(() => {})
  if (link.isReady()) await subscribed

  /** While Redis is away nobody is heard: then nobody is taken for gone. */
  const beat = setInterval(() => {
    const now = Date.now()
    if (!link.isReady()) return void (answeredAt = now)
    void tell(all, { kind: 'alive', node })
    if (now - answeredAt < SILENT_MS) return
    for (const [other, at] of heardAt) if (now - at > SILENT_MS) forget(other)
  }, ALIVE_EVERY_MS)
  beat.unref()
  link.follow((isReady) => {
    if (!isReady) return
    void tell(all, { kind: 'hello', node })
    void tellState(all)
  })
  await tell(all, { kind: 'hello', node })
  await tellState(all)

  return {
    others: () => heardAt.size > 0,
    withConnection: (user) => [...usersOf].filter(([, users]) => users.has(user)).map(([other]) => other),
    tellCame: (user) => void tell(all, { kind: 'came', node, user }),
    tellWent: (user) => void tell(all, { kind: 'went', node, user }),
    tellSaid: (device, said) => void tell(all, { kind: 'said', node, device, said }),
    tellReadings(batch) {
      if (heardAt.size === 0 || !link.isReady()) return
      for (let start = 0; start < batch.length; start += READINGS_PER_MESSAGE) {
        if (underWay >= parts.limits.nodeBatches) {
          if (dropped++ === 0) log('readings are not told to the other nodes: Redis takes them too slowly')
          continue
        }
        const rows = batch
          .slice(start, start + READINGS_PER_MESSAGE)
          .map(({ device, premises, point, at, value, quality, simulated }): Row => [
            device,
            premises,
            point,
            at,
            value,
            quality,
            simulated ? 1 : 0,
          ])
        underWay++
        void tell(all, { kind: 'readings', node, rows }).finally(() => underWay--)
      }
    },
    async send(to, device, given) {
      const { beforeSending, ...command } = given
      const request = randomUUID()
      const result = await new Promise<SentDown | null>((settle) => {
        asked.set(request, { command: given, settle })
        setTimeout(() => settle(null), REQUEST_MS).unref()
        const asks = beforeSending !== undefined
        void tell(`${parts.prefix}:node:${to}`, { kind: 'send', node, request, device, command, asks })
      })
      asked.delete(request)
      return result
    },
    sendToGateway(to, gateway, topic, payload, qos) {
      const text = Buffer.from(payload).toString('base64')
      void tell(`${parts.prefix}:node:${to}`, { kind: 'to-gateway', node, gateway, topic, payload: text, qos })
    },
    dropped: () => dropped,
    async close() {
      clearInterval(beat)
      await tell(all, { kind: 'bye', node })
    },
  }
}
