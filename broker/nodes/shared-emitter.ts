// Messages for subscribers go through Redis to every node; while it is away, to this node's own.
import MQEmitterRedis from 'mqemitter-redis'
import type { MQEmitter } from 'mqemitter'
import type { RedisLink } from './redis-link.ts'
import { ANSWER_MS } from './redis-link.ts'

type Message = Parameters<MQEmitter['emit']>[0]
type Listener = Parameters<MQEmitter['on']>[1]
type Done = (error?: Error) => void
/** What mqemitter-redis has besides its types: names with a prefix, and the emitter in memory below it. */
type Shared = MQEmitter & {
  _emit(message: Message, done?: Done): void
  state: { on(event: 'error', run: () => void): void }
}
/** `settled` resolves when what was asked to be heard until now is heard from the other nodes, or the server does not answer. */
export type SharedEmitter = MQEmitter & { settled(): Promise<void> }
type WithPrefix = new (prefix: string, options: object) => Shared

export function createSharedEmitter(link: RedisLink, prefix: string): SharedEmitter {
  const names = `${prefix}:mq:`
  const { MQEmitterRedisPrefix } = MQEmitterRedis as unknown as { MQEmitterRedisPrefix: WithPrefix }
  const subConn = link.newSubscriber()
  const shared = new MQEmitterRedisPrefix(names, {
    subConn,
    pubConn: link.data,
    concurrency: 0,
    matchEmptyLevels: true,
  })
  shared.state.on('error', () => {})
  const emit = shared.emit.bind(shared) as (message: Message, done: Done) => void
  const on = shared.on.bind(shared) as (topic: string, listener: Listener, done?: () => void) => void
  const here = (message: Message, done?: Done): void =>
    shared._emit({ ...message, topic: `${names}${message.topic}` }, done)

  const subscribing = new Set<Promise<void>>()

  const replaced = {
    settled: () => Promise.all(subscribing).then(() => undefined),
    emit(message: Message, done?: Done) {
      if (!link.isReady()) here(message, done)
      else emit(message, (error) => (error == null ? done?.() : here(message, done)))
      return shared
    },
    /** Told when the other nodes' messages come too; a server that does not answer holds nobody up. */
    on(topic: string, listener: Listener, done?: () => void) {
      const { promise, resolve } = Promise.withResolvers<void>()
      subscribing.add(promise)
      let isTold = false
      const told = (): void => {
        if (isTold) return
        isTold = true
        subscribing.delete(promise)
        resolve()
        done?.()
      }
      if (link.isReady()) {
        on(topic, listener, told)
        setTimeout(told, ANSWER_MS).unref()
      } else {
        on(topic, listener)
        setImmediate(told)
      }
      return shared
    },
    removeListener: shared.removeListener.bind(shared),
    /** The link closes the connections. */
    close(done?: () => void) {
      setImmediate(() => done?.())
      return shared
    },
  }
  return Object.assign(shared, replaced) as SharedEmitter
}
