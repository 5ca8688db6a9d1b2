// When the next task of a plan is due for a device: by the calendar of its rhythm, by what has been counted, by the register.
import { compareDecimals, decimalNumber } from './amounts.ts'
import { dayNumber, formatDay, monthIndex, monthOfIndex, monthDays } from '#domain/quantity/local-date.ts'
import type { Decimal, Device, LocalDate } from '#domain/registry/bundle.ts'
import { isCounted, type CountedTrigger, type Progress, type ServicePlan } from './plan.ts'
import { workingDayFrom } from './working-days.ts'

/** What has been counted since the basis, and over which time. */
export type Counted = { value: Decimal; days: number }
export type TaskGround =
  | { by: 'calendar'; planned: LocalDate }
  | { by: 'hours' | 'count'; planned: LocalDate; point: string; value: Decimal; limit: Decimal }
  | { by: 'verification'; planned: LocalDate }
export type Due = { due: LocalDate; ground: TaskGround }

type Asked = {
  plan: Pick<ServicePlan, 'trigger' | 'rhythm' | 'workingDays'>
  progress: Progress
  device: Pick<Device, 'meter'>
  today: LocalDate
  counted: Counted | null
}

/** Years ahead within which a rhythm is looked for; the longest interval of the contract is shorter. */
const HORIZON_YEARS = 41

/**
 * When the next one is due, or null when nothing tells (no count yet, no verification in the register). Something counted is due
 * on the day for which its rate so far promises the limit, today once it is reached.
 */
export function nextDue({ plan, progress, device, today, counted }: Asked): Due | null {
  const { trigger, workingDays } = plan
  const found = (planned: LocalDate, ground: Omit<TaskGround, 'planned'>): Due => ({
    due: workingDays ? formatDay(workingDayFrom(dayNumber(planned))) : planned,
    ground: { ...ground, planned } as TaskGround,
  })
  if (progress.again !== null) return found(progress.again, { by: 'calendar' })
  if (trigger.by === 'verification') {
    const until = device.meter?.verifiedUntil
    // The register names the first day on which it is over.
    if (until === undefined) return null
    const last = formatDay(dayNumber(until) - 1)
    return progress.planned !== null && last <= progress.planned ? null : found(last, { by: 'verification' })
  }
  if (isCounted(trigger)) {
    if (counted === null) return null
    const planned = countedDay(trigger, counted, today)
    const ground = { by: trigger.by, point: trigger.point, value: counted.value, limit: trigger.every }
    return planned === null ? null : found(planned, ground)
  }
  const planned = calendarDay(plan, progress)
  return planned === null ? null : found(planned, { by: 'calendar' })
}

function countedDay({ every }: CountedTrigger, { value, days }: Counted, today: LocalDate): LocalDate | null {
  if (compareDecimals(value, every) >= 0) return today
  // A rate of less than a day is none; a forecast does no bookkeeping, so it may be a float.
  if (days < 1 || compareDecimals(value, '0') <= 0) return null
  const left = (decimalNumber(every) - decimalNumber(value)) / (decimalNumber(value) / days)
  return left > HORIZON_YEARS * 366 ? null : formatDay(dayNumber(today) + wholeDays(left))
}
const wholeDays = Math.ceil

/** The planned day by the calendar, before working days. */
function calendarDay(
  { trigger, rhythm }: Pick<ServicePlan, 'trigger' | 'rhythm'>,
  { sequence, basis, planned }: Progress,
): LocalDate | null {
  // The first one may be on the very day on which the plan begins; each further one is after the last.
  const after = sequence === 0 ? dayNumber(basis) - 1 : dayNumber(planned !== null && planned > basis ? planned : basis)
  if (trigger.by === 'yearly') {
    const first = monthIndex(formatDay(after).slice(0, 7))
    for (let index = first; index <= first + 12; index += 1) {
      if (!trigger.months.includes((index % 12) + 1)) continue
      const day = dayIn(index, trigger.day)
      if (day > after) return formatDay(day)
    }
    return null
  }
  if (trigger.by !== 'weeks' && trigger.by !== 'months') return null
  if (rhythm === 'done' && sequence > 0)
    return trigger.by === 'weeks' ? formatDay(dayNumber(basis) + 7 * trigger.every) : addMonths(basis, trigger.every)
  const first = dayNumber(trigger.from)
  if (first > after) return trigger.from
  if (trigger.by === 'weeks') {
    const step = 7 * trigger.every
    return formatDay(after + step - ((after - first) % step))
  }
  // Counted from the first day, so that the 31st comes back after a short month.
  const start = monthIndex(trigger.from.slice(0, 7))
  const ofMonth = +trigger.from.slice(8)
  const passed = monthIndex(formatDay(after).slice(0, 7)) - start
  for (let k = passed - (passed % trigger.every); ; k += trigger.every) {
    const day = dayIn(start + k, ofMonth)
    if (day > after) return formatDay(day)
  }
}

/** The day number of a day of a month, the month's last where it is too short. */
function dayIn(index: number, ofMonth: number): number {
  const { first, end } = monthDays(monthOfIndex(index))
  return first + ofMonth > end ? end - 1 : first + ofMonth - 1
}
/** So many calendar months later; 31 January and one month is the last day of February. */
export const addMonths = (date: LocalDate, months: number): LocalDate =>
  formatDay(dayIn(monthIndex(date.slice(0, 7)) + months, +date.slice(8)))

/** So many days later. */
export const addDays = (date: LocalDate, days: number): LocalDate => formatDay(dayNumber(date) + days)

/** All that is due before a day, as if each were done on its day: what a plan will bring. */
export function preview(asked: Asked, until: LocalDate, limit: number): Due[] {
  const found: Due[] = []
  let { progress } = asked
  while (found.length < limit) {
    const next = nextDue({ ...asked, progress })
    if (next === null || next.due >= until) return found
    found.push(next)
    progress = endedProgress(progress, { planned: next.ground.planned, on: next.due, at: 0 })
    if (next.ground.by === 'hours' || next.ground.by === 'count') {
      const rate = asked.counted
      if (rate === null || compareDecimals(rate.value, '0') <= 0) return found
      // From the second on the same rate counts from nothing.
      const days = (decimalNumber(next.ground.limit) / decimalNumber(rate.value)) * rate.days
      for (let day = dayNumber(next.due) + wholeDays(days); found.length < limit; day += wholeDays(days)) {
        if (wholeDays(days) < 1 || formatDay(day) >= until) return found
        const planned = formatDay(day)
        const due = asked.plan.workingDays ? formatDay(workingDayFrom(day)) : planned
        found.push({ due, ground: { ...next.ground, planned } })
      }
      return found
    }
  }
  return found
}

/** The plan goes on from a task that has ended on a day. */
export const endedProgress = (
  progress: Progress,
  { planned, on, at }: { planned: LocalDate | null; on: LocalDate; at: number },
): Progress => ({ sequence: progress.sequence + 1, basis: on, basisAt: at, planned, again: null })
