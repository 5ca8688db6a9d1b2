// A service plan: what is to be done to a device, or to all devices of a type, and what brings it about: the calendar, running hours, a count.
import { paperKind } from '#domain/ports/papers.ts'
import { dayNumber, formatDay } from '#domain/quantity/local-date.ts'
import type { Decimal, Id, LocalDate, Names } from '#domain/registry/bundle.ts'

/** One thing to tick, measure, write or photograph. `least` and `most` say what is in order; beyond, it is a deviation. */
export type ChecklistItem = {
  /** Unique in its list. */
  id: Id
  text: Names
  kind: 'yes-no' | 'number' | 'text' | 'photo'
  unit?: string
  least?: Decimal
  most?: Decimal
  required: boolean
}

/**
 * - `weeks`, `months`: every so many, the first on `from`; a month that is too short has its last day.
 * - `yearly`: on that day of each of these months.
 * - `hours`: after so many hours of running, by a counter of hours or by a state that is on or off.
 * - `count`: after so much has been counted (trips, prints, kilowatt-hours).
 * - `verification`: when the verification of the meter ends, as the register knows it.
 */
export type Trigger =
  | { by: 'weeks'; every: number; from: LocalDate }
  | { by: 'months'; every: number; from: LocalDate }
  | { by: 'yearly'; months: readonly number[]; day: number }
  | { by: 'hours'; point: string; every: Decimal }
  | { by: 'count'; point: string; every: Decimal }
  | { by: 'verification' }
export type CountedTrigger = Extract<Trigger, { by: 'hours' | 'count' }>
export const isCounted = (trigger: Trigger): trigger is CountedTrigger =>
  trigger.by === 'hours' || trigger.by === 'count'

/** How far the plan is with one device; it moves in the same transaction in which a task is finished. */
export type Progress = {
  /** Tasks that have ended; the number of the next one. */
  sequence: number
  /** The local day from which the next one is counted, and its instant for hours and counts. */
  basis: LocalDate
  basisAt: number
  /** For which day the last one was planned, whatever working days and delays made of it. */
  planned: LocalDate | null
  /** The day of the next attempt, after one that was not possible. */
  again: LocalDate | null
}

export type ServicePlan = {
  of: { device: Id } | { deviceType: string }
  /** What of the library it was made of. */
  template: Id | null
  title: Names
  trigger: Trigger
  /** What falls on a day on which nobody works waits for the next working day. */
  workingDays: boolean
  /** `done`: the next counts from the day on which it was done; `fixed`: the rhythm stays, however late it was. */
  rhythm: 'done' | 'fixed'
  /** Days before the due day on which the task is made. */
  leadDays: number
  checklist: readonly ChecklistItem[]
  /** Who does it for the responsible organisation; null: itself. */
  contractor: Id | null
  assignee: { id: Id; name: string } | null
  /** The local day from which it holds. */
  startsOn: LocalDate
  startsAt: number
  progress: { readonly [device: Id]: Progress }
}
export const PLAN_STATES = ['active', 'paused', 'ended'] as const
export type PlanState = (typeof PLAN_STATES)[number]
export const SERVICE_PLAN = paperKind<ServicePlan>('service-plan')

/** How it stands with a device that has had no task yet. */
export const progressOf = ({ progress, startsOn, startsAt }: ServicePlan, device: Id): Progress =>
  progress[device] ?? { sequence: 0, basis: startsOn, basisAt: startsAt, planned: null, again: null }

/**
 * Where the devices of a plan are when its rhythm begins anew on a day: by weeks or months that day is the next one, by months of the year the
 * first of them from then on. What is counted, and what the register says, goes on as it was.
 */
export function restartedOn(
  progress: ServicePlan['progress'],
  { by }: Trigger,
  startsOn: LocalDate,
  startsAt: number,
): ServicePlan['progress'] {
  if (by === 'hours' || by === 'count' || by === 'verification') return progress
  const again = by === 'yearly' ? null : startsOn
  // The day itself may be one of the year's.
  const basis = formatDay(dayNumber(startsOn) - 1)
  return Object.fromEntries(
    Object.entries(progress).map(([device, { sequence }]) => [
      device,
      { sequence, basis, basisAt: startsAt, planned: null, again },
    ]),
  )
}
