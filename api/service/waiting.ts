// Which service tasks and inspections wait for whom: what is overdue or due soon.
import type { Records, Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { INSPECTION } from '#domain/service/inspection.ts'
import { SERVICE_TASK } from '#domain/service/task.ts'
import type { Waiting } from '#domain/waiting/waiting.ts'
import { bodyNow, placeOf, responsibleAt, type ServicePlace } from './service-facts.ts'

const DAY_MS = 86_400_000
/** Papers that one answer looks through. */
const MAX_PAPERS = 1_000
/** Days before the end on which it begins to wait, and on which people are reminded. */
const TASK_DAYS = [7, 1]
const INSPECTION_DAYS = [90, 30, 7]

/** Of those that the scope sees, in one premises or everywhere: a task waits for its contractor, else for who is responsible. */
export async function serviceWaiting(
  { records, now }: { records: Records; now: () => number },
  scope: Scope,
  premises?: Id,
): Promise<Waiting[]> {
  const where = premises === undefined ? {} : { premises }
  const soon = (days: readonly number[]): number => now() + (days[0] ?? 0) * DAY_MS
  const tasks = await records.listPapers(scope, SERVICE_TASK, {
    ...where,
    states: ['open'],
    dueBefore: soon(TASK_DAYS),
    limit: MAX_PAPERS,
  })
  const inspections = await records.listPapers(scope, INSPECTION, {
    ...where,
    states: ['current'],
    dueBefore: soon(INSPECTION_DAYS),
    limit: MAX_PAPERS,
  })
  const found: Waiting[] = []
  const add = (what: Pick<Waiting, 'kind' | 'premises' | 'subject' | 'waitsFor' | 'dueAt' | 'reminderDays'>): void =>
    void found.push({ period: null, ...what })
  const places = new Map<Id, ServicePlace>()
  const placeAt = async (at: Id): Promise<ServicePlace> => {
    const place = places.get(at) ?? (await placeOf(records, at, now()))
    places.set(at, place)
    return place
  }
  for (const { id, premises: at, dueAt, body } of tasks.items)
    add({
      kind: 'service-task-due',
      premises: at ?? '',
      subject: id,
      waitsFor: bodyNow(await placeAt(at ?? ''), body.contractor ?? body.responsible.organisation),
      dueAt,
      reminderDays: TASK_DAYS,
    })
  for (const { id, premises: at, dueAt, body } of inspections.items) {
    const place = await placeAt(at ?? '')
    const device = body.device === null ? null : ((await records.getObject(ALL, 'devices', body.device))?.value ?? null)
    const waitsFor = responsibleAt(place, device, body.space).organisation
    add({ kind: 'inspection-due', premises: at ?? '', subject: id, waitsFor, dueAt, reminderDays: INSPECTION_DAYS })
  }
  return found
}
