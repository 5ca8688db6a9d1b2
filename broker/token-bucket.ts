// How fast one credential may send: a bucket of tokens that refills with time.

export type TokenBucket = { tokens: number; filledAt: number }

export function createTokenBucket(burst: number, nowMs: number): TokenBucket {
  return { tokens: burst, filledAt: nowMs }
}

/** Takes one token, or `count`; gives the milliseconds to wait until they are really there (0: they were). */
export function takeToken(bucket: TokenBucket, perSecond: number, burst: number, nowMs: number, count = 1): number {
  if (bucket.tokens < count || nowMs - bucket.filledAt >= 1_000) {
    const gained = (Math.max(0, nowMs - bucket.filledAt) * perSecond) / 1_000
    bucket.tokens = Math.min(burst, bucket.tokens + gained)
    bucket.filledAt = nowMs
  }
  bucket.tokens -= count
  return bucket.tokens >= 0 ? 0 : Math.ceil((-bucket.tokens * 1_000) / perSecond)
}
