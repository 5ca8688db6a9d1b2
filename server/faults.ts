// What time does to faults: offers that nobody answered escalate, and what reporters left behind is deleted when its time is over.
import { Failure } from '#domain/failure.ts'
import { FAULT, FOLLOWER, REPORTER_CONTACT } from '#domain/faults/fault.ts'
import { escalateUnanswered } from '#domain/faults/steps.ts'
import { paperKind } from '#domain/ports/papers.ts'
import type { Actor, Records } from '#domain/ports/records.ts'
import type { Log } from './log.ts'

const ALL = { organisation: null }
const ACTOR: Actor = { kind: 'system', id: 'faults', name: 'Samtila', organisation: null }
/** Papers of one run; the next goes on. */
const MOST_AT_ONCE = 1_000

type Parts = { records: Records; log: Log }

/** One run, at an instant in milliseconds. Gives how many were escalated and deleted. */
export async function tendFaults(
  { records, log }: Parts,
  now: number,
): Promise<{ escalated: number; deleted: number }> {
  const offered = await records.listPapers(ALL, FAULT, { states: ['offered'], dueBefore: now + 1, limit: MOST_AT_ONCE })
  let escalated = 0
  for (const fault of offered.items) {
    const premises = await records.getObject(ALL, 'premises', fault.premises ?? '')
    const step = escalateUnanswered(fault, now, premises?.value.timeZone ?? 'UTC')
    if (step === null) continue
    const { id, premises: place, audience, version, files } = fault
    const change = {
      kind: FAULT,
      paper: { id, premises: place, audience, ...step },
      expectedVersion: version,
      files,
      action: 'fault.escalate',
    }
    try {
      await records.changePapers({ papers: [change] }, ACTOR, 'fault.escalate')
      escalated += 1
    } catch (error) {
      // Somebody answered just now.
      if (!(error instanceof Failure) || error.code !== 'changed-meanwhile') throw error
    }
  }
  let deleted = 0
  for (const kind of [paperKind<unknown>(REPORTER_CONTACT), paperKind<unknown>(FOLLOWER)]) {
    const over = await records.listPapers(ALL, kind, { dueBefore: now + 1, limit: MOST_AT_ONCE })
    const ids = over.items.map(({ id }) => id)
    if (ids.length > 0) deleted += await records.deletePapers(kind, ids, ACTOR, 'fault.forget')
  }
  if (escalated > 0 || deleted > 0) log.info('faults tended', { escalated, deleted })
  return { escalated, deleted }
}
