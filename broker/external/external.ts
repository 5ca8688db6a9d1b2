// The worker: takes in what devices send to another broker, and acknowledges it there when it is durable here. Several workers share the messages.
import type { BridgeClient, BridgeMessage, BridgeSettings } from '#broker/bridges/bridge-client.ts'
import { connectBridge } from '#broker/bridges/bridge-client.ts'
import type { Done } from '#broker/answers.ts'
import type { BrokerLimits } from '#broker/limits.ts'

/**
 * `clientId` is the same after each start: what the broker holds for this worker comes to it then. `group`: null where the broker has no
 * shared subscriptions; a second worker would then take everything in again.
 */
export type ExternalSettings = Pick<
  BridgeSettings,
  'host' | 'port' | 'tls' | 'version' | 'clientId' | 'username' | 'password' | 'ca'
> & { group: string | null }
export type ExternalStanding = {
  connectedSince: number | null
  lastError: string | null
  messages: number
  /** Messages that are not yet durable. */
  inFlight: number
}
export type External = {
  /** Sends to devices; true when the broker has it. What is to be retained waits for a broker that is away. */
  publish(topic: string, payload: Uint8Array | string, qos: 0 | 1 | 2, retain: boolean): Promise<boolean>
  standing(): ExternalStanding
  start(): void
  close(): void
}

/** What devices send is each worker's share; presence every worker hears. */
const SHARED = [
  'telemetry',
  'reported',
  'commands/+/accepted',
  'commands/+/result',
  'firmware/request',
  'firmware/progress',
]
const HEARD_BY_ALL = 'samtila/v1/+/status'
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000

export function filtersOf(group: string | null): string[] {
  const prefix = group === null ? '' : `$share/${group}/`
  return [...SHARED.map((levels) => `${prefix}samtila/v1/+/${levels}`), HEARD_BY_ALL]
}

export function createExternal(parts: {
  settings: ExternalSettings
  limits: BrokerLimits
  now: () => number
  log: (message: string) => void
  take(message: BridgeMessage, done: Done): void
}): External {
  const { limits, now, log } = parts
  const { group, ...address } = parts.settings
  const topicFilters = filtersOf(group)
  const settings: BridgeSettings = { name: 'external', ...address, topicFilters, certificate: null, key: null }
  const standing: ExternalStanding = { connectedSince: null, lastError: null, messages: 0, inFlight: 0 }
  /** Retained messages that the broker does not have yet, by topic. */
  const waiting = new Map<string, Uint8Array | string>()
  let client: BridgeClient | null = null
  let timer: NodeJS.Timeout | null = null
  let pauses = 0
  let isClosed = false

  function connect(): void {
    if (isClosed) return
    client = connectBridge({
      settings,
      state: null,
      inFlight: limits.externalInFlight,
      sessionSeconds: limits.bridgeSessionSeconds,
      take(message, done) {
        standing.messages++
        parts.take(message, done)
      },
      connected() {
        pauses = 0
        standing.connectedSince = now()
        log(`connected to the external broker ${address.host}:${address.port}`)
        for (const [topic, payload] of waiting) {
          waiting.delete(topic)
          void publish(topic, payload, 1, true)
        }
      },
      ended(reason) {
        client = null
        standing.connectedSince = null
        if (isClosed) return
        standing.lastError = reason ?? 'the connection was closed'
        if (pauses === 0) log(`no connection to the external broker: ${standing.lastError}`)
        // Half to whole of a time that doubles: many workers do not come back at one instant.
        const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(pauses++, 10))
        timer = setTimeout(connect, pauseMs * (0.5 + Math.random() / 2))
      },
    })
  }

  async function publish(
    topic: string,
    payload: Uint8Array | string,
    qos: 0 | 1 | 2,
    retain: boolean,
  ): Promise<boolean> {
    const isSent = (await client?.publish(topic, payload, qos === 0 ? 0 : 1, retain)) === true
    if (!isSent && retain) {
      if (waiting.size >= limits.retainedMessages) waiting.delete(waiting.keys().next().value ?? '')
      waiting.set(topic, payload)
    }
    return isSent
  }

  return {
    publish,
    standing: () => ({ ...standing, inFlight: client?.inFlight() ?? 0 }),
    start: connect,
    close() {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      client?.end()
    },
  }
}
