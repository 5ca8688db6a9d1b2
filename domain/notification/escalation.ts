// The escalation of one alarm by one calendar: which step is told when, until somebody acknowledges it.
import type { Alarm } from '#domain/alarms/alarm.ts'
import { paperKind, type StoredPaper } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { Occurrence } from './occurrence.ts'
import type { Step } from './on-call.ts'

export type Escalation = {
  calendar: Id
  organisation: Id | null
  occurrence: Occurrence
  /** As the calendar said when it began: a change of the calendar leaves what is under way. */
  steps: readonly Step[]
  /** Milliseconds since 1970. */
  startedAt: number
  /** The place of the step that is told next. */
  next: number
  told: readonly { step: number; at: number; people: readonly Id[] }[]
  endedBy: 'acknowledged' | 'cleared' | 'all-told' | 'gone' | null
}
/** States: `running` (due at its next step) and `ended`. */
export const ESCALATION = paperKind<Escalation>('escalation')

export type EscalationMove =
  | { kind: 'end'; by: NonNullable<Escalation['endedBy']> }
  | { kind: 'wait'; until: number }
  | { kind: 'tell'; step: number; tell: Step['tell'] }

/** What is to be done now; the alarm is as it stands, null when it is there no more. */
export function escalationMove(
  { steps, startedAt, next }: Pick<Escalation, 'steps' | 'startedAt' | 'next'>,
  alarm: Pick<StoredPaper<Pick<Alarm, 'snoozedUntil'>>, 'state' | 'body'> | null,
  now: number,
): EscalationMove {
  if (alarm === null) return { kind: 'end', by: 'gone' }
  if (alarm.state === 'cleared') return { kind: 'end', by: 'cleared' }
  if (alarm.state !== 'raised') return { kind: 'end', by: 'acknowledged' }
  const step = steps[next]
  if (step === undefined) return { kind: 'end', by: 'all-told' }
  const { snoozedUntil } = alarm.body
  const due = Math.max(startedAt + step.afterMinutes * 60_000, snoozedUntil ?? 0)
  return now < due ? { kind: 'wait', until: due } : { kind: 'tell', step: next, tell: step.tell }
}
