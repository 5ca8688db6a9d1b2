// Writes undeclared keys as proposed points, behind the readings: a key that is lost in a crash is proposed again when it is sent again.
import type { ProposedPoint, Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'

export type Proposals = {
  add(proposal: ProposedPoint): void
  idle(): Promise<void>
}

/** Proposals in one write, and the pause after a write that failed. */
const BATCH = 1_000
const RETRY_MS = 1_000
/** Longest sample of a value. */
const SAMPLE_CHARACTERS = 64
/** What waits beyond this while the records are away is proposed by later readings. */
const MOST_WAITING = 100_000

/** `written` is told the devices of proposals that are stored. */
export function createProposals(
  records: Records,
  log: (message: string) => void,
  written: (devices: ReadonlySet<Id>) => void,
): Proposals {
  let waiting: ProposedPoint[] = []
  let writing: Promise<void> | null = null

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH)
      try {
        await records.putProposedPoints(batch)
        waiting = waiting.slice(batch.length)
        written(new Set(batch.map(({ device }) => device)))
      } catch (error) {
        log(`proposed points wait: ${error instanceof Error ? error.message : String(error)}`)
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref())
      }
    }
    writing = null
  }

  return {
    add(proposal) {
      if (waiting.length >= MOST_WAITING) return
      waiting.push({ ...proposal, sample: proposal.sample.slice(0, SAMPLE_CHARACTERS) })
      writing ??= Promise.resolve().then(write)
    },
    idle: () => writing ?? Promise.resolve(),
  }
}
