// The alarms that stand, as an organisation sees them.
import { ALARM, STANDING_STATES, type Alarm } from '#domain/alarms/alarm.ts'
import { allPapers } from '#domain/registry/list-all.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Records, Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { createAlarmSight } from './sight.ts'

/** Those of one premises, or of all that the scope sees, the oldest first. */
export async function standingAlarms(
  records: Records,
  scope: Scope,
  premises: Id | undefined,
): Promise<StoredPaper<Alarm>[]> {
  const mayRead = createAlarmSight(records, scope)
  const found: StoredPaper<Alarm>[] = []
  const query = { states: STANDING_STATES, ...(premises === undefined ? {} : { premises }) }
  for await (const paper of allPapers(records, scope, ALARM, query)) if (await mayRead(paper.body)) found.push(paper)
  return found
}
