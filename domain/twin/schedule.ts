// A schedule of a premises: opening hours with holidays and exceptions, and what is run at opening, closing, clock times and by the sun.
import { paperKind } from '#domain/ports/papers.ts'
import type { Id, LocalDate, Names } from '#domain/registry/bundle.ts'
import { finnishHolidays, type Holiday } from '#domain/quantity/holidays.ts'
import { sunEvent, type Position, type SunEvent } from './sun.ts'

/** Clock times HH:MM; a `to` that is not after `from` is on the next day. Days 1–7 from Monday. */
export type Hours = { days: readonly number[]; from: string; to: string }
/** Other hours, or none (closed), from a date up to another, which is not in it. Goes before holidays. */
export type Exception = { from: LocalDate; to: LocalDate; hours: { from: string; to: string } | null; reason?: string }
export type TriggerTime = { at: 'opening' | 'closing' | SunEvent; minutes: number } | { at: 'clock'; time: string }
/** `on`: days that are open, those that are closed, or all; `days` 1–7 from Monday, absent: all. */
export type Trigger = {
  id: Id
  time: TriggerTime
  on: 'open' | 'closed' | 'every'
  days?: readonly number[]
  scene: Id
}
export type Schedule = {
  name: Names
  organisation: Id | null
  hours: readonly Hours[]
  /** Whether public holidays, and the eves on which offices are closed, count as closed days. */
  closedOnHolidays: boolean
  closedOnEves: boolean
  exceptions: readonly Exception[]
  triggers: readonly Trigger[]
}
/** State: `on`, `off` or `withdrawn`. */
export const SCHEDULE = paperKind<Schedule>('schedule')
/** Where a premises is, for the sun. Its id is the premises'. */
export const PLACE = paperKind<Position>('place')

export type Surroundings = { timeZone: string; position: Position | null }
export type DayPlan = {
  date: LocalDate
  /** Instants of opening and closing, in milliseconds since 1970. */
  open: { from: number; to: number }[]
  /** Its Finnish name, by which the dashboard knows the others. */
  holiday: string | null
  exception: string | null
}
export type Occurrence = { at: number; date: LocalDate; trigger: Id; scene: Id }

type Day = Temporal.PlainDate
/** An instant of a wall clock time: one that is skipped in spring is an hour later, of one that comes twice in autumn the first counts. */
const instantAt = (day: Day, time: string, timeZone: string): number =>
  (time === '24:00'
    ? day.add({ days: 1 }).toZonedDateTime(timeZone)
    : day.toZonedDateTime({ timeZone, plainTime: time })
  ).epochMilliseconds

const known = new Map<number, ReadonlyMap<LocalDate, Holiday>>()
function holidayOf(date: LocalDate): Holiday | null {
  const year = Number(date.slice(0, 4))
  let holidays = known.get(year)
  if (holidays === undefined) {
    holidays = new Map(finnishHolidays(year).map((holiday) => [holiday.date, holiday]))
    known.set(year, holidays)
  }
  return holidays.get(date) ?? null
}

/** When the premises is open on a local date, and why not. */
export function planDay(schedule: Schedule, date: LocalDate, surroundings: Surroundings): DayPlan {
  const day = Temporal.PlainDate.from(date)
  const { timeZone } = surroundings
  const holiday = holidayOf(date)
  // Of exceptions that overlap, the one that begins last is the narrower one.
  const exception = schedule.exceptions
    .filter(({ from, to }) => from <= date && date < to)
    .toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]
  const isClosed = holiday !== null && (holiday.eve ? schedule.closedOnEves : schedule.closedOnHolidays)
  const usual = isClosed ? [] : schedule.hours.filter(({ days }) => days.includes(day.dayOfWeek))
  const hours = exception === undefined ? usual : exception.hours === null ? [] : [exception.hours]
  const open = hours.map(({ from, to }) => ({
    from: instantAt(day, from, timeZone),
    to: instantAt(to <= from ? day.add({ days: 1 }) : day, to, timeZone),
  }))
  return {
    date,
    open: open.toSorted((a, b) => a.from - b.from),
    holiday: holiday?.name ?? null,
    exception: exception === undefined ? null : (exception.reason ?? ''),
  }
}

const MINUTE_MS = 60_000

function instantsOf({ time }: Trigger, { date, open }: DayPlan, { timeZone, position }: Surroundings): number[] {
  switch (time.at) {
    case 'clock':
      return [instantAt(Temporal.PlainDate.from(date), time.time, timeZone)]
    case 'opening':
      return open.map(({ from }) => from + time.minutes * MINUTE_MS)
    case 'closing':
      return open.map(({ to }) => to + time.minutes * MINUTE_MS)
    default: {
      const at = position === null ? null : sunEvent(time.at, date, position)
      return at === null ? [] : [at + time.minutes * MINUTE_MS]
    }
  }
}

/** What is run after `from` and up to `to` (milliseconds since 1970), in order of time; each instant of a trigger once. */
export function occurrences(schedule: Schedule, from: number, to: number, surroundings: Surroundings): Occurrence[] {
  const found = new Map<string, Occurrence>()
  // Hours that wrap over midnight, offsets and the sun reach into the days beside.
  for (const date of datesBetween(from, to, surroundings.timeZone, 1)) {
    const plan = planDay(schedule, date, surroundings)
    const weekday = Temporal.PlainDate.from(date).dayOfWeek
    for (const trigger of schedule.triggers) {
      if (trigger.on !== 'every' && (trigger.on === 'open') !== plan.open.length > 0) continue
      if (trigger.days !== undefined && !trigger.days.includes(weekday)) continue
      for (const at of instantsOf(trigger, plan, surroundings))
        if (from < at && at <= to)
          found.set(`${trigger.id} ${at}`, { at, date, trigger: trigger.id, scene: trigger.scene })
    }
  }
  return [...found.values()].toSorted((a, b) => a.at - b.at || (a.trigger < b.trigger ? -1 : 1))
}

/** Local dates from the one of `from` to the one of `to`, with so many more on both sides. */
export function datesBetween(from: number, to: number, timeZone: string, beside = 0): LocalDate[] {
  const dayOf = (at: number): Day =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate()
  const last = dayOf(to).add({ days: beside })
  const dates: LocalDate[] = []
  for (
    let day = dayOf(from).subtract({ days: beside });
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  )
    dates.push(day.toString())
  return dates
}
