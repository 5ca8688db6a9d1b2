// The forms of two packages that bring none, as far as they are used here.
declare module 'aedes-persistence-redis/asyncPersistence.js' {
  import type { AedesPublishPacket, Client, Subscription } from 'aedes'
  import type { Redis } from 'ioredis'

  type Owner = Pick<Client, 'id'>
  type Kept = AedesPublishPacket & { messageId?: number }
  type Stored = Subscription & { clientId: string }
  type Listener = (packet: { topic: string; payload: Uint8Array | string }, done: () => void) => void
  export default class AsyncRedisPersistence {
    constructor(options: { conn: Redis; maxSessionDelivery: number; packetTTL: () => number })
    setup(broker: {
      id: string
      publish(packet: object, done: (error?: Error | null) => void): void
      subscribe(topic: string, listener: Listener, done: () => void): void
      unsubscribe(topic: string, listener: Listener, done: () => void): void
    }): Promise<void>
    addSubscriptions(client: Owner, subscriptions: Subscription[]): Promise<void>
    removeSubscriptions(client: Owner, topics: string[]): Promise<void>
    cleanSubscriptions(client: Owner): Promise<void>
    subscriptionsByClient(client: Owner): Promise<Subscription[]>
    subscriptionsByTopic(topic: string): Promise<Stored[]>
    outgoingEnqueueCombi(to: { clientId: string }[], packet: AedesPublishPacket): Promise<void>
    outgoingUpdate(client: Owner, packet: Kept): Promise<void>
    outgoingClearMessageId(client: Owner, packet: Kept): Promise<Kept | undefined>
    outgoingStream(client: Owner): AsyncGenerator<Kept>
    getClientList(topic: string): Generator<string>
  }
}
