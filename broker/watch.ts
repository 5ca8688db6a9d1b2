// People who watch what a gateway sends, as it comes: for the tester of connectors. Nobody watching costs nothing, and a flood is thinned out.
import type { Connector } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { createTokenBucket, takeToken } from './token-bucket.ts'
import type { TokenBucket } from './token-bucket.ts'
import type { BrokerLimits } from './limits.ts'
import { filterCovers } from './topic-filter.ts'

export type WatchedMessage = {
  gateway: Id
  topic: string
  /** Its beginning where it is long. */
  payload: Uint8Array
  truncated: boolean
  /** Milliseconds since 1970. */
  receivedAt: number
  /** The connector that covers it, or null: a gateway's message that none covers is refused, one of a bridge set aside. */
  connector: Connector | null
  /** Messages left out before this one, because they came too fast. */
  skipped: number
}
export type WatchListener = (message: WatchedMessage) => void
export type Watchers = {
  isWatched(gateway: Id): boolean
  tell(message: Omit<WatchedMessage, 'skipped' | 'truncated'>): void
  watch(gateway: Id, topicFilter: string, listener: WatchListener): () => void
}

export function createWatchers(limits: BrokerLimits, now: () => number): Watchers {
  type Watcher = { topicFilter: string; listener: WatchListener; bucket: TokenBucket; skipped: number }
  const watchersOf = new Map<Id, Set<Watcher>>()
  return {
    isWatched: (gateway) => watchersOf.size > 0 && watchersOf.has(gateway),
    tell({ payload, ...message }) {
      for (const watcher of watchersOf.get(message.gateway) ?? []) {
        if (!filterCovers(watcher.topicFilter, message.topic)) continue
        if (!isInPace(watcher.bucket, limits.watchedPerSecond, now())) {
          watcher.skipped++
          continue
        }
        const { skipped } = watcher
        watcher.skipped = 0
        const shown = Buffer.from(payload.subarray(0, limits.watchedBytes))
        watcher.listener({ ...message, payload: shown, truncated: shown.length < payload.length, skipped })
      }
    },
    watch(gateway, topicFilter, listener) {
      const bucket = createTokenBucket(limits.watchedPerSecond, now())
      const watcher: Watcher = { topicFilter, listener, bucket, skipped: 0 }
      const watchers = watchersOf.get(gateway) ?? new Set()
      watchersOf.set(gateway, watchers.add(watcher))
      return () => {
        watchers.delete(watcher)
        if (watchers.size === 0 && watchersOf.get(gateway) === watchers) watchersOf.delete(gateway)
      }
    },
  }
}

/** Unlike a sender, who is slowed down, a watcher is left without: what is left out costs no later token. */
function isInPace(bucket: TokenBucket, perSecond: number, nowMs: number): boolean {
  if (takeToken(bucket, perSecond, perSecond, nowMs) === 0) return true
  bucket.tokens += 1
  return false
}
