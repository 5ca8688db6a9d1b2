// Sets aside messages that could not be used, each with its topic, bytes (bounded) and reason, in joined durable writes.
import type { QuarantineAddition, Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { countReason } from './counters.ts'
import type { BrokerCounters } from './counters.ts'
import { createGroupCommit } from './group-commit.ts'
import type { BrokerLimits } from './limits.ts'

export type Settled = (error: Error | null) => void
export type Quarantine = {
  /** Sets a message aside; `readings` is how many readings it stands for. False: no room, so it must not be acknowledged. */
  add(addition: Omit<QuarantineAddition, 'rowTopic' | 'truncated'>, readings: number): boolean
  /** Calls back when everything added so far is durable. */
  whenDurable(settled: Settled): void
  idle(): Promise<void>
}

export function createQuarantine(records: Records, limits: BrokerLimits, counters: BrokerCounters): Quarantine {
  let queue: QuarantineAddition[] = []
  let queueBytes = 0
  const rowsOf = new Map<Id, Set<string>>()

  const commits = createGroupCommit<Settled, void>(
    () => {
      const additions = queue
      queue = []
      queueBytes = 0
      return additions.length === 0 ? Promise.resolve() : records.addQuarantine(additions)
    },
    (waiting, outcome) => {
      const error = 'error' in outcome ? outcome.error : null
      for (const settled of waiting) settled(error)
    },
    limits.gatherMs,
  )

  /** Topics are chosen by the sender: beyond the limit they are written together under one. */
  function rowTopic(credential: Id, topic: string, reason: string): string {
    const rows = rowsOf.get(credential) ?? new Set()
    const row = `${reason} ${topic}`
    if (rows.has(row)) return topic
    if (rows.size >= limits.quarantineRows) return '(further topics)'
    rows.add(row)
    rowsOf.set(credential, rows)
    return topic
  }

  return {
    add(addition, readings) {
      const { credential, topic, reason, payload } = addition
      const bytes = Math.min(payload.length, limits.quarantineBytes)
      if (queue.length >= limits.quarantineQueue || queueBytes + bytes > limits.quarantineQueueBytes) {
        counters.quarantineOverflow++
        return false
      }
      counters.readingsQuarantined += readings
      countReason(counters.quarantinedByReason, reason)
      queueBytes += bytes
      queue.push({
        ...addition,
        rowTopic: rowTopic(credential, topic, reason),
        payload: Buffer.from(payload.subarray(0, bytes)),
        truncated: bytes < payload.length,
      })
      return true
    },
    whenDurable: (settled) => commits.join(settled),
    idle: () => commits.idle(),
  }
}
