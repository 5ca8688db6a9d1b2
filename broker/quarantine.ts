// Sets aside what could not be used, with its topic, bytes (bounded), reason and count, in joined durable writes.
import type { QuarantineAddition, Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { countReason } from './counters.ts'
import type { BrokerCounters } from './counters.ts'
import { createGroupCommit } from './group-commit.ts'
import type { BrokerLimits } from './limits.ts'

export type Settled = (error: Error | null) => void
export type Quarantine = {
  /** Adds one row's worth; `readings` is how many readings it stands for. */
  add(addition: Omit<QuarantineAddition, 'payload'> & { payload: Uint8Array }, readings: number): void
  /** Calls back when everything added so far is durable. */
  whenDurable(settled: Settled): void
  idle(): Promise<void>
}

export function createQuarantine(records: Records, limits: BrokerLimits, counters: BrokerCounters): Quarantine {
  let queue: QuarantineAddition[] = []
  const rowsOf = new Map<Id, Set<string>>()

  const commits = createGroupCommit<Settled, void>(
    () => {
      const additions = queue
      queue = []
      return additions.length === 0 ? Promise.resolve() : records.addQuarantine(additions)
    },
    (waiting, outcome) => {
      const error = 'error' in outcome ? outcome.error : null
      for (const settled of waiting) settled(error)
    },
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
      counters.readingsQuarantined += readings
      countReason(counters.quarantinedByReason, addition.reason)
      if (queue.length >= limits.quarantineQueue) {
        counters.quarantineOverflow++
        return
      }
      queue.push({
        ...addition,
        topic: rowTopic(addition.credential, addition.topic, addition.reason),
        payload: Buffer.from(addition.payload.subarray(0, limits.quarantineBytes)),
      })
    },
    whenDurable: (settled) => commits.join(settled),
    idle: () => commits.idle(),
  }
}
