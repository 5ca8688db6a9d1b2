// The opening hours of premises: those of the schedule that says them, the landlord's before another's. The same that scenes go by.
import type { Scope } from '#domain/ports/records.ts'
import type { Records } from '#domain/ports/records.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { LocalDate, Premises } from '#domain/registry/bundle.ts'
import { allPapers } from '#domain/registry/list-all.ts'
import { planDay, SCHEDULE, type DayPlan, type Schedule } from '#domain/twin/schedule.ts'

/** Null when no schedule that is on has opening hours. */
export async function openingSchedule(
  records: Records,
  scope: Scope,
  { id, landlord }: Premises,
): Promise<StoredPaper<Schedule> | null> {
  let best: StoredPaper<Schedule> | null = null
  for await (const paper of allPapers(records, scope, SCHEDULE, { premises: id, states: ['on'] })) {
    if (paper.body.hours.length === 0) continue
    const own = paper.body.organisation === landlord
    if (best === null || (own && best.body.organisation !== landlord)) best = paper
  }
  return best
}

export const openDays = (schedule: Schedule, dates: readonly LocalDate[], timeZone: string): DayPlan[] =>
  dates.map((date) => planDay(schedule, date, { timeZone, position: null }))
