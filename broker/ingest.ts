// The path of a telegram: read → group commit → durable → acknowledge. It runs inside aedes' authorizePublish, so PUBACK waits for all of it.
import type { CommitResult } from '#domain/ports/telemetry.ts'
import type { Trace } from '#domain/ports/trace.ts'
import type { BrokerTelemetry } from './broker-telemetry.ts'
import type { BrokerCounters } from './counters.ts'
import { createGroupCommit } from './group-commit.ts'
import { createHold } from './hold.ts'
import type { BrokerLimits } from './limits.ts'
import { beginMessageTrace } from './message-trace.ts'
import type { Quarantine } from './quarantine.ts'
import { createTelegramReader } from './read-telegram.ts'
import type { LiveReading, ReaderParts } from './read-telegram.ts'
import { Refusal } from './refuse.ts'
import type { Telegram } from './telegram.ts'
import { createGarbagePace } from './garbage-pace.ts'

/** How many readings of a replayed message went to the store, and why something of it is still refused. */
export type Replayed = { stored: number; refused: string | null }

export type Ingest = {
  take(telegram: Telegram): void
  /** Reads quarantined messages again, in this order and outside that of new ones; what is still refused stays where it is. */
  replay(telegrams: readonly Telegram[]): Promise<Replayed[]>
  /** Telegrams that wait for the store. */
  waiting(): number
  /** Resolves when what is being read now is read, and what of it is set aside is durable. */
  settled(): Promise<void>
  /** Resolves when everything taken is settled. */
  idle(): Promise<void>
  stop(): void
}

export type IngestParts = Omit<ReaderParts, 'live' | 'pace'> & {
  telemetry: BrokerTelemetry
  quarantine: Quarantine
  limits: BrokerLimits
  counters: BrokerCounters
  now: () => number
  log: (message: string) => void
  trace?: Trace | null
  /** Takes readings that are durable; null while nobody follows them. */
  follower: () => ((batch: LiveReading[]) => void) | null
}

type Committed = { result: CommitResult; batch: LiveReading[] }

export function createIngest(parts: IngestParts): Ingest {
  const { telemetry, quarantine, limits, counters, now, log } = parts
  let live: LiveReading[] = []
  const reading = new Set<Promise<void>>()
  const pace = createGarbagePace(limits, counters, now)
  const reader = createTelegramReader({ ...parts, pace, live: () => (parts.follower() === null ? null : live) })
  const hold = createHold(limits, now, start, giveUp)
  const commits = createGroupCommit<Telegram, Committed>(
    commit,
    (telegrams, outcome) =>
      'error' in outcome ? refused(telegrams, outcome.error) : durable(telegrams, outcome.result),
    limits.gatherMs,
  )

  async function commit(): Promise<Committed> {
    const batch = live
    live = []
    return { result: await telemetry.commit(), batch }
  }

  function take(telegram: Telegram): void {
    counters.telemetryMessages++
    if (parts.trace != null) telegram.trace = beginMessageTrace(parts.trace, telegram)
    if (hold.isClosed()) keep(telegram)
    else start(telegram)
  }

  function start(telegram: Telegram): void {
    telegram.readings = 0
    let isRead: boolean
    try {
      isRead = reader.readFast(telegram)
    } catch (error) {
      return away(telegram, error)
    }
    if (isRead) {
      telegram.trace?.read(telegram.readings)
      commits.join(telegram)
    } else {
      const slow = startSlowly(telegram)
      reading.add(slow)
      void slow.finally(() => reading.delete(slow))
    }
  }

  async function startSlowly(telegram: Telegram): Promise<void> {
    try {
      await reader.read(telegram)
    } catch (error) {
      return away(telegram, error)
    }
    telegram.trace?.read(telegram.readings)
    if (telegram.readings > 0) return commits.join(telegram)
    settleQuarantine(telegram)
    hold.open()
  }

  function count(result: CommitResult): void {
    counters.readingsStored += result.stored
    counters.readingsDuplicate += result.duplicate
    counters.readingsSuperseded += result.superseded
  }

  function durable(telegrams: Telegram[], { result, batch }: Committed): void {
    count(result)
    for (const telegram of telegrams) {
      telegram.trace?.durable()
      if (telegram.hasQuarantine) settleQuarantine(telegram)
      else acknowledge(telegram)
    }
    hold.open()
    if (batch.length > 0) parts.follower()?.(batch)
  }

  function refused(telegrams: Telegram[], error: Error): void {
    if (!hold.isClosed()) log(`readings wait, the store takes none: ${error.message}`)
    hold.close()
    for (const telegram of telegrams) keep(telegram)
  }

  /** The records that say what the readings belong to are away. */
  function away(telegram: Telegram, error: unknown): void {
    if (!hold.isClosed())
      log(`readings wait, the records are away: ${error instanceof Error ? error.message : String(error)}`)
    hold.close()
    keep(telegram)
  }

  function keep(telegram: Telegram): void {
    counters.messagesHeld++
    hold.keep(telegram)
  }

  function settleQuarantine(telegram: Telegram): void {
    if (telegram.isUnkept) giveUp(telegram)
    else if (telegram.hasQuarantine)
      quarantine.whenDurable((error) => (error === null ? acknowledge(telegram) : giveUp(telegram)))
    else acknowledge(telegram)
  }

  function acknowledge(telegram: Telegram): void {
    if (telegram.qos > 0) counters.messagesAcknowledged++
    telegram.done(null)
    telegram.trace?.ended(null)
  }

  /**
   * Unacknowledged, the sender keeps it and sends it again. A QoS 0 message is lost, and counted; its connection goes on, because closing it
   * would lose what is still in the socket, and nobody could count that.
   */
  function giveUp(telegram: Telegram): void {
    if (telegram.qos === 0) {
      counters.messagesLostQos0++
      counters.readingsLostQos0 += Math.max(1, telegram.readings)
    }
    telegram.done(telegram.qos === 0 ? null : new Refusal('store-unavailable'))
    telegram.trace?.ended('store-unavailable')
  }

  return {
    take,
    async replay(telegrams) {
      const answers: Replayed[] = []
      let uncommitted = 0
      for (const telegram of telegrams) {
        const refused = await reader.read(telegram)
        answers.push({ stored: telegram.readings, refused })
        uncommitted += telegram.readings
        if (uncommitted < limits.readingsPerMessage) continue
        await telemetry.commit().then(count)
        uncommitted = 0
      }
      if (uncommitted > 0) await telemetry.commit().then(count)
      return answers
    },
    async settled() {
      await Promise.all(reading)
      await new Promise<void>((resolve) => quarantine.whenDurable(() => resolve()))
    },
    waiting: () => commits.waiting() + hold.waiting(),
    async idle() {
      await commits.idle()
      await quarantine.idle()
    },
    stop: () => hold.stop(),
  }
}
