// Watches the server of the telemetry store: one that is away for a while is told of once, and that it is back too (server/notification tells).
import { ENGINE_OUTAGE, TOLD_AFTER_MS } from '#domain/notification/engine-outage.ts'
import type { Actor, Records } from '#domain/ports/records.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'

const ACTOR: Actor = { kind: 'system', id: 'engines', name: 'Samtila', organisation: null }
const ENGINE = 'telemetry'
export const ENGINES_EVERY_MS = 5_000

/** Gives one look; the paper says over a start, and to the other nodes, what is told already. */
export function watchEngine(
  records: Pick<Records, 'getPaper' | 'changePapers'>,
  telemetry: Pick<Telemetry, 'state'>,
): (now: number) => Promise<void> {
  let awaySince: number | null = null
  return async (now) => {
    const isAway = telemetry.state().state === 'away'
    awaySince = isAway ? (awaySince ?? now) : null
    const stored = await records.getPaper({ organisation: null }, ENGINE_OUTAGE, ENGINE)
    const isTold = stored?.state === 'away'
    if (isAway ? isTold || now - (awaySince ?? now) < TOLD_AFTER_MS : !isTold) return
    const since = awaySince ?? stored?.body.since ?? now
    const paper = {
      id: ENGINE,
      premises: null,
      audience: 'operator' as const,
      state: isAway ? 'away' : 'back',
      dueAt: null,
      body: { engine: ENGINE, since, until: isAway ? null : now } as const,
    }
    await records.changePapers(
      { papers: [{ kind: ENGINE_OUTAGE, paper, expectedVersion: stored?.version ?? 0 }] },
      ACTOR,
      isAway ? 'engine.away' : 'engine.back',
    )
  }
}
