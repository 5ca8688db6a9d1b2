// All bridges: follows their papers, keeps each connected with growing pauses, and hands what comes to the path of every reading.
import { BRIDGE, bridgeSecret } from '#domain/bridges/bridge.ts'
import type { BridgePaper } from '#domain/bridges/bridge.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Sealer } from '#domain/ports/sealer.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Done } from '#broker/answers.ts'
import type { Carrier } from '#broker/downlink/downlinks.ts'
import type { BrokerLimits } from '#broker/limits.ts'
import { connectBridge } from './bridge-client.ts'
import type { BridgeClient, BridgeMessage, BridgeSettings, HostState } from './bridge-client.ts'

/** How a bridge stands. Instants are milliseconds since 1970; counts are since the start of this process. */
export type BridgeStanding = {
  state: 'connecting' | 'connected' | 'waiting' | 'off'
  connectedSince: number | null
  lastMessageAt: number | null
  lastError: string | null
  lastErrorAt: number | null
  messages: number
  /** Messages that are not yet acknowledged, because they are not yet durable. */
  inFlight: number
  /** When the next attempt is made, while it waits. */
  retryAt: number | null
}
export type Bridges = {
  standingOf(id: Id): BridgeStanding | null
  start(): void
  /** Ends the connections, until `start`: another node has them. */
  rest(): void
  close(): void
}

const FIRST_PAUSE_MS = 1_000
const PAGE = 200
const ERROR_CHARACTERS = 300

type Running = {
  version: number
  standing: BridgeStanding
  client: BridgeClient | null
  timer: NodeJS.Timeout | null
  attempts: number
  stop(): void
}

export function createBridges(parts: {
  records: Records
  sealer: Sealer
  limits: BrokerLimits
  now: () => number
  log: (message: string) => void
  take(bridge: Id, message: BridgeMessage, done: Done): void
  /** From now on the carrier sends for the bridge. Gives the way to stop. */
  carry(bridge: Id, carrier: Carrier): () => void
  /** What this host says of itself to the edge nodes behind a bridge; null where there are none. */
  hostState(bridge: Id): Promise<HostState | null>
}): Bridges {
  const { records, sealer, limits, now, log } = parts
  const running = new Map<Id, Running>()
  let reading: Promise<void> | null = null
  let again = false
  let isClosed = false
  let isResting = true
  const unfollow = records.onPapers((changed) => {
    if (changed.some(({ kind }) => kind === BRIDGE)) follow()
  })

  function follow(): void {
    again = true
    reading ??= (async () => {
      while (again && !isClosed && !isResting) {
        again = false
        await reconcile().catch((error: unknown) => {
          log(`bridges are not read: ${error instanceof Error ? error.message : String(error)}`)
          setTimeout(follow, FIRST_PAUSE_MS).unref()
        })
      }
    })().finally(() => (reading = null))
  }

  async function reconcile(): Promise<void> {
    const papers: BridgePaper[] = []
    let after: string | null = null
    do {
      const query = { limit: PAGE, ...(after === null ? {} : { after }) }
      const page: { items: BridgePaper[]; next: string | null } = await records.listPapers(
        { organisation: null },
        BRIDGE,
        query,
      )
      papers.push(...page.items)
      after = page.next
    } while (after !== null)
    const ids = new Set(papers.map(({ id }) => id))
    for (const [id, one] of running) {
      if (ids.has(id)) continue
      one.stop()
      running.delete(id)
    }
    for (const paper of papers) {
      const known = running.get(paper.id)
      if (known?.version === paper.version) continue
      known?.stop()
      if (!isClosed && !isResting) running.set(paper.id, run(paper))
    }
  }

  function run(paper: BridgePaper): Running {
    const { id, body, version, state } = paper
    const standing: BridgeStanding = {
      state: 'off',
      connectedSince: null,
      lastMessageAt: null,
      lastError: null,
      lastErrorAt: null,
      messages: 0,
      inFlight: 0,
      retryAt: null,
    }
    let isStopped = false
    let stopCarrying = (): void => {}
    const one: Running = {
      version,
      standing,
      client: null,
      timer: null,
      attempts: 0,
      stop() {
        isStopped = true
        if (one.timer !== null) clearTimeout(one.timer)
        one.client?.end()
      },
    }
    const failed = (reason: string): void => {
      standing.lastError = reason.slice(0, ERROR_CHARACTERS)
      standing.lastErrorAt = now()
      if (one.attempts === 1) log(`bridge ${id}: ${standing.lastError}`)
    }
    const pause = (): void => {
      if (isStopped) return
      // Half to whole of a time that doubles: many bridges do not come back at one instant.
      const longestMs = Math.min(limits.bridgePauseMs, FIRST_PAUSE_MS * 2 ** Math.min(one.attempts, 20))
      const pauseMs = longestMs * (0.5 + Math.random() / 2)
      one.attempts++
      standing.state = 'waiting'
      standing.retryAt = now() + pauseMs
      one.timer = setTimeout(() => void attempt(), pauseMs)
    }
    const attempt = async (): Promise<void> => {
      if (isStopped) return
      standing.state = 'connecting'
      standing.retryAt = null
      try {
        const state = await parts.hostState(id)
        if (isStopped) return
        const settings: BridgeSettings = {
          ...body,
          password: body.password === null ? null : sealer.open(body.password, bridgeSecret(id, 'password')),
          key: body.key === null ? null : sealer.open(body.key, bridgeSecret(id, 'key')),
        }
        const client = connectBridge({
          settings,
          state,
          inFlight: limits.bridgeInFlight,
          sessionSeconds: limits.bridgeSessionSeconds,
          take(message, done) {
            standing.messages++
            standing.lastMessageAt = now()
            parts.take(id, message, done)
          },
          connected() {
            one.attempts = 0
            standing.state = 'connected'
            standing.connectedSince = now()
            stopCarrying = parts.carry(id, client.publish)
          },
          ended(reason) {
            one.client = null
            stopCarrying()
            standing.connectedSince = null
            if (isStopped) return
            pause()
            failed(reason ?? 'the connection was closed')
          },
        })
        one.client = client
      } catch (error) {
        pause()
        failed(error instanceof Error ? error.message : String(error))
      }
    }
    if (state === 'on') void attempt()
    return one
  }

  return {
    standingOf(id) {
      const one = running.get(id)
      return one === undefined ? null : { ...one.standing, inFlight: one.client?.inFlight() ?? 0 }
    },
    start() {
      isResting = false
      follow()
    },
    rest() {
      isResting = true
      for (const one of running.values()) one.stop()
      running.clear()
    },
    close() {
      isClosed = true
      unfollow()
      for (const one of running.values()) one.stop()
    },
  }
}
