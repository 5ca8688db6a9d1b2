// Slows down whoever sends much that must be set aside, before it is set aside: neither disk, memory nor the quarantine's queue fills up
// with one sender's garbage. Its connection is not read on meanwhile; others do not notice.
import type { Id } from '#domain/registry/bundle.ts'
import type { BrokerCounters } from './counters.ts'
import type { BrokerLimits } from './limits.ts'
import type { Telegram } from './telegram.ts'
import { createTokenBucket, takeToken } from './token-bucket.ts'
import type { TokenBucket } from './token-bucket.ts'

/** Resolves when the next bad message of this sender may be set aside; null at once. */
export type GarbagePace = (telegram: Telegram) => Promise<void> | null

/** Bytes of a payload that count as a message. */
const BYTES_OF_ONE = 4_096

export function createGarbagePace(limits: BrokerLimits, counters: BrokerCounters, now: () => number): GarbagePace {
  const buckets = new Map<Id, TokenBucket>()
  return ({ sender: { device }, payload }) => {
    const { quarantinedPerSecond, quarantinedBurst, cachedDevices } = limits
    let bucket = buckets.get(device)
    if (bucket === undefined) {
      if (buckets.size >= cachedDevices) buckets.clear()
      bucket = createTokenBucket(quarantinedBurst, now())
      buckets.set(device, bucket)
    }
    const cost = 1 + Math.floor(payload.length / BYTES_OF_ONE)
    const waitMs = takeToken(bucket, quarantinedPerSecond, quarantinedBurst, now(), cost)
    if (waitMs === 0) return null
    counters.messagesDelayedByQuarantine++
    return new Promise((resolve) => setTimeout(resolve, waitMs).unref())
  }
}
