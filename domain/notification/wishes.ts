// How a person wants to be told: of what, by which way for each severity, when not, and by whom they are stood in for.
import { SEVERITIES, type Severity } from '#domain/alarms/rule.ts'
import { paperKind } from '#domain/ports/papers.ts'
import type { Role } from '#domain/ports/records.ts'
import type { Id, LocalDate } from '#domain/registry/bundle.ts'
import { familyOf, type Family, type Occurrence } from './occurrence.ts'
import { localDateAt, nextClock, nextHour, quietUntil, type Quiet } from './local-clock.ts'

/** Everything told stands in the product too; `none` is not even there. */
export const WAYS = ['at-once', 'hourly', 'daily', 'in-product', 'none'] as const
export type Way = (typeof WAYS)[number]

/** What of: of all premises that one sees or of one; of some families; from a severity on; only what one's organisation must see to. */
export type Subscription = { premises: Id | null; families: readonly Family[]; from: Severity; oursOnly: boolean }
/** Away on these days (the last not included); what would be mailed goes to the deputy. */
export type Absence = { from: LocalDate; to: LocalDate; deputy: Id | null }
export type Wishes = {
  timeZone: string
  ways: Record<Severity, Way>
  /** The local hour of the daily mail, 0 to 23. */
  dailyAt: number
  quiet: Quiet | null
  /** Null: by the person's roles. */
  subscriptions: readonly Subscription[] | null
  absences: readonly Absence[]
}
/** One paper a person, by the user's id. */
export const WISHES = paperKind<Wishes>('notification-wishes')

export const DEFAULT_WISHES: Wishes = {
  timeZone: 'Europe/Helsinki',
  ways: { info: 'in-product', warning: 'daily', major: 'at-once', critical: 'at-once' },
  dailyAt: 8,
  quiet: null,
  subscriptions: null,
  absences: [],
}
/** Who looks after devices hears of what is wrong with those that are their organisation's to see to. */
const BY_ROLE: readonly Subscription[] = [
  { premises: null, families: ['alarm', 'fault', 'service', 'webhook', 'system'], from: 'info', oursOnly: true },
]
const TOLD_BY_DEFAULT: readonly Role[] = ['technician', 'manager', 'admin']

export const subscriptionsOf = ({ subscriptions }: Wishes, roles: readonly Role[]): readonly Subscription[] =>
  subscriptions ?? (roles.some((role) => TOLD_BY_DEFAULT.includes(role)) ? BY_ROLE : [])

/** `isOurs`: it is the organisation's to see to. */
export const isSubscribed = (
  subscriptions: readonly Subscription[],
  { kind, premises, severity }: Pick<Occurrence, 'kind' | 'premises' | 'severity'>,
  isOurs: boolean,
): boolean =>
  subscriptions.some(
    (one) =>
      (one.premises === null || one.premises === premises) &&
      one.families.includes(familyOf(kind)) &&
      SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(one.from) &&
      (isOurs || !one.oursOnly),
  )

/** Whether somebody is called by the calendar of those on call, and whether it wakes them. */
export type Call = 'none' | 'called' | 'woken'

/**
 * When a mail about something of this severity leaves, in milliseconds since 1970; null: none does. Who is on call is told at once,
 * whatever they chose for other days. Critical knows no quiet hours, nor does what wakes somebody on call; the daily mail comes at
 * the hour that was chosen, quiet or not.
 */
export function mailDue(wishes: Wishes, severity: Severity, now: number, call: Call = 'none'): number | null {
  const way = call === 'none' ? wishes.ways[severity] : 'at-once'
  if (call === 'woken') return now
  if (way === 'none' || way === 'in-product') return null
  if (way === 'daily') return nextClock(wishes.timeZone, now, wishes.dailyAt * 60)
  const due = way === 'hourly' ? nextHour(wishes.timeZone, now) : now
  return severity === 'critical' || wishes.quiet === null ? due : quietUntil(wishes.quiet, wishes.timeZone, due)
}

/** Whether a person is away, and who stands in; null when they are there. */
export const absenceAt = ({ absences, timeZone }: Wishes, at: number): Absence | null => {
  const day = localDateAt(timeZone, at)
  return absences.find(({ from, to }) => from <= day && day < to) ?? null
}
