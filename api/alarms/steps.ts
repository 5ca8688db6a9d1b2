// What people do about an alarm: acknowledge, assign, comment, snooze, clear. Each is an entry and a new version of its paper.
import { ALARM, type Alarm, type AlarmEntry, type AlarmState } from '#domain/alarms/alarm.ts'
import { Failure } from '#domain/failure.ts'
import type { PaperChange, StoredPaper } from '#domain/ports/papers.ts'
import type { Actor, Records } from '#domain/ports/records.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import { mayActOnAlarm } from '#api/access/may-alarm.ts'
import type { RouteParts } from '#api/parts.ts'
import { notFound } from '#api/routes/answers.ts'
import { concernedOf } from './shown.ts'
import { createAlarmSight } from './sight.ts'

type Parts = Pick<RouteParts, 'records' | 'now'>
type AlarmPaper = StoredPaper<Alarm>
/** What a step changes; null where there is nothing to do. */
export type Step = (paper: AlarmPaper, entry: (kind: AlarmEntry['kind'], text: string) => AlarmEntry) => Stepped | null
export type Stepped = { state?: AlarmState; changes: Partial<Alarm>; entry: AlarmEntry }

/** How often a step is tried again while the engine, or somebody else, changes the same alarm. */
const MAX_TRIES = 5
/** Entries that an alarm keeps; of more, the newest after the first ones. */
const MAX_ENTRIES = 500

/** The alarm, as the asker sees it. @throws Failure 'not-found'. */
export async function seenAlarm(
  { records }: Pick<Parts, 'records'>,
  identity: Identity,
  id: string,
): Promise<AlarmPaper> {
  const scope = { organisation: identity.organisation }
  const paper = await records.getPaper(scope, ALARM, id)
  if (paper === null || !(await createAlarmSight(records, scope)(paper.body))) throw notFound()
  return paper
}

/** @throws Failure 'not-found', 'not-allowed', 'conflict' for an alarm that is over. */
export async function takeStep(
  parts: Parts,
  identity: Identity,
  id: string,
  action: string,
  step: Step,
): Promise<AlarmPaper> {
  for (let tries = 1; ; tries++) {
    const paper = await seenAlarm(parts, identity, id)
    if (!mayActOnAlarm(identity, await concernedOf(parts, paper)))
      throw new Failure(
        'not-allowed',
        'Alarms are for technicians and managers of the landlord and of those who have a role towards the device.',
      )
    const stepped = step(paper, (kind, text) => ({
      at: parts.now(),
      by: identity.name,
      organisation: identity.organisation,
      kind,
      text,
    }))
    if (stepped === null) return paper
    try {
      return await write(parts.records, paper, stepped, actorOf(identity), action)
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'changed-meanwhile') || tries >= MAX_TRIES) throw error
    }
  }
}

async function write(
  records: Records,
  paper: AlarmPaper,
  stepped: Stepped,
  actor: Actor,
  action: string,
): Promise<AlarmPaper> {
  await records.changePapers({ papers: [alarmChange(paper, stepped)] }, actor, action)
  const written = await records.getPaper({ organisation: null }, ALARM, paper.id)
  if (written === null) throw notFound()
  return written
}

/** The paper with a step taken; waits for its snooze to end. */
export function alarmChange(paper: AlarmPaper, { state, changes, entry }: Stepped): PaperChange {
  const { id, premises, audience, version } = paper
  const body: Alarm = { ...paper.body, ...changes, entries: withEntry(paper.body.entries, entry) }
  return {
    kind: ALARM,
    paper: { id, premises, audience, state: state ?? paper.state, dueAt: body.snoozedUntil, body },
    expectedVersion: version,
  }
}

export const withEntry = (entries: readonly AlarmEntry[], entry: AlarmEntry): AlarmEntry[] =>
  entries.length < MAX_ENTRIES ? [...entries, entry] : [entries[0]!, ...entries.slice(2), entry]
