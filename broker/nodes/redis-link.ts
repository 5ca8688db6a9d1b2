// The connections of this node to the Redis server that the nodes share, and whether it answers.
import { readFileSync } from 'node:fs'
import { Redis } from 'ioredis'
import type { RedisOptions } from 'ioredis'

/** `secretFile` and `caFile` are read when the link opens; keys and channels begin with `prefix`. */
export type RedisAddress = { url: string; secretFile: string | null; caFile: string | null; prefix: string }
export type RedisLink = {
  /** For commands; the names of its keys are without the prefix. Refuses at once while the server is away. */
  data: Redis
  /** For subscriptions; they are made again after each break. */
  newSubscriber(): Redis
  isReady(): boolean
  /** Something took too long: it counts as away until it answers again. */
  doubt(): void
  /** Follows when the server is lost and when it is back. */
  follow(follower: (isReady: boolean) => void): void
  close(): void
}

/** A server that takes longer than this for an answer is away. */
export const ANSWER_MS = 2_000
const PING_EVERY_MS = 1_000
const RECONNECT_MOST_MS = 2_000

/** Resolves when the server answers, or after the first time-out: a node starts also without it. */
export async function openRedisLink(address: RedisAddress, log: (message: string) => void): Promise<RedisLink> {
  const { url, secretFile, caFile, prefix } = address
  const common: RedisOptions = {
    ...(secretFile === null ? {} : { password: readFileSync(secretFile, 'utf8').trim() }),
    ...(url.startsWith('rediss:')
      ? { tls: { minVersion: 'TLSv1.2', ...(caFile === null ? {} : { ca: readFileSync(caFile, 'utf8') }) } }
      : {}),
    connectTimeout: ANSWER_MS,
    noDelay: true,
    retryStrategy: (times) => Math.min(times * 100, RECONNECT_MOST_MS),
  }
  const all: Redis[] = []
  const connect = (options: RedisOptions): Redis => {
    const connection = new Redis(url, { ...common, ...options })
    connection.on('error', () => {})
    all.push(connection)
    return connection
  }
  const data = connect({
    keyPrefix: `${prefix}:`,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: ANSWER_MS,
    enableAutoPipelining: true,
  })
  const followers = new Set<(isReady: boolean) => void>()
  let ready = false
  let isClosed = false

  function tell(isNow: boolean): void {
    if (isNow === ready || isClosed) return
    ready = isNow
    log(
      isNow ? 'Redis answers: the nodes know of each other' : 'Redis is away: this node knows only its own connections',
    )
    followers.forEach((follower) => follower(isNow))
  }

  /** Frozen, it still has its connection: only an answer tells. */
  const look = (): Promise<void> =>
    data.ping().then(
      () => tell(true),
      () => tell(false),
    )
  data.on('close', () => tell(false))
  const first = new Promise<void>((resolve) => {
    data.once('ready', () => void look().then(resolve))
    setTimeout(resolve, ANSWER_MS).unref()
  })
  const pings = setInterval(() => void look(), PING_EVERY_MS)
  pings.unref()
  await first

  return {
    data,
    // Without the ready check: its question, asked of a connection that has subscribed already, breaks the connection off.
    newSubscriber: () => connect({ maxRetriesPerRequest: null, autoResubscribe: true, enableReadyCheck: false }),
    isReady: () => ready,
    doubt: () => tell(false),
    follow: (follower) => void followers.add(follower),
    close() {
      isClosed = true
      clearInterval(pings)
      for (const connection of all) connection.disconnect()
    },
  }
}
