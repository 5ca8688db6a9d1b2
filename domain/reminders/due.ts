// Which reminders are due: at each of the agreed days before an end, and once when a dispute's end has passed.
import { paperKind } from '#domain/ports/papers.ts'
import { waitingKey, type Waiting } from '#domain/waiting/waiting.ts'
import type { EquipmentDate } from './equipment-dates.ts'

const DAY_MS = 86_400_000

/**
 * A reminder that was sent to a user. It is recorded as `sending` before the mail leaves: what a crash leaves in that state may
 * have been sent and is not sent again. `failed`: the mail server refused it, so it is tried again.
 */
export type ReminderSent = { user: string; key: string; daysBefore: number }
export const REMINDER = paperKind<ReminderSent>('reminder')

/** After the end these still wait: a dispute for its answer, a lent device for its return. */
const TOLD_AFTER: ReadonlySet<string> = new Set<Waiting['kind']>([
  'dispute-to-answer',
  'dispute-to-settle',
  'loan-to-return',
  'fault-to-answer',
  'service-task-due',
  'inspection-due',
  'data-request-to-answer',
])

/** What people are reminded of: something that waits for them, or a date of their equipment. */
export type ToTell = Waiting | EquipmentDate
export type DueReminder = { waiting: ToTell; daysBefore: number }

/**
 * The reminder whose time has come for something that waits: that of the fewest days before. When several have passed unsent
 * (the server was down), only the last is sent. After the end only what is of `TOLD_AFTER` is reminded of, once: a month's silence is acceptance.
 */
export function dueReminder(waiting: ToTell, now: number): DueReminder | null {
  const { dueAt, reminderDays, kind } = waiting
  if (dueAt === null) return null
  if (now >= dueAt) return TOLD_AFTER.has(kind) ? { waiting, daysBefore: 0 } : null
  const reached = reminderDays.filter((days) => now >= dueAt - days * DAY_MS)
  return reached.length === 0 ? null : { waiting, daysBefore: Math.min(...reached) }
}

/** One text for each reminder to a user: the same is never sent twice. */
export const reminderKey = (user: string, { waiting, daysBefore }: DueReminder): string =>
  JSON.stringify([user, waitingKey(waiting), daysBefore])
