// Makes the tasks of all plans ahead of their due days, each exactly once: its id follows from plan, device and number.
import { createHash } from 'node:crypto'
import { Failure } from '#domain/failure.ts'
import { isToBeHeard, lifecycleOn } from '#domain/lifecycle/lifecycle.ts'
import type { PaperChange, StoredPaper } from '#domain/ports/papers.ts'
import type { Actor, Records } from '#domain/ports/records.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import { dayNumber, formatDay } from '#domain/quantity/local-date.ts'
import type { Device, Id } from '#domain/registry/bundle.ts'
import { ALL, allPapers, listAll } from '#domain/registry/list-all.ts'
import { serviceAudience } from '#domain/service/audience.ts'
import { isCounted, progressOf, SERVICE_PLAN, type ServicePlan } from '#domain/service/plan.ts'
import { nextDue, type Counted, type Due } from '#domain/service/schedule.ts'
import { SERVICE_TASK, type ServiceTask } from '#domain/service/task.ts'
import { readCounted } from './read-counted.ts'
import { endOf, placeOf, responsibleAt, type ServicePlace } from './service-facts.ts'

export const SERVICE_ACTOR: Actor = { kind: 'system', id: 'service', name: 'Samtila', organisation: null }
type Parts = { records: Records; telemetry: Telemetry }
export type StoredPlan = StoredPaper<ServicePlan>

/** The same for the same task, whoever makes it and how often. */
export const taskIdOf = (plan: Id, device: Id, sequence: number): Id =>
  `task-${createHash('sha256')
    .update(JSON.stringify([plan, device, sequence]))
    .digest('hex')
    .slice(0, 32)}`

/** The devices of a plan that are installed or in use today. */
export async function devicesOf(records: Records, { premises, body }: StoredPlan, today: string): Promise<Device[]> {
  const found: Device[] = []
  const query = 'device' in body.of ? { ids: [body.of.device] } : { type: body.of.deviceType, premises: premises ?? '' }
  for await (const device of listAll(records, 'devices', query))
    if (device.premises === premises && isToBeHeard(lifecycleOn(device, today))) found.push(device)
  return found
}

/** One run over all active plans. Gives how many tasks were made. */
export async function makeTasks({ records, telemetry }: Parts, now: number): Promise<number> {
  let made = 0
  const places = new Map<Id, ServicePlace>()
  for await (const plan of allPapers(records, ALL, SERVICE_PLAN, { states: ['active'] })) {
    const premises = plan.premises ?? ''
    const place = places.get(premises) ?? (await placeOf(records, premises, now))
    places.set(premises, place)
    made += await makeTasksOfPlan({ records, telemetry }, plan, place, now)
  }
  return made
}

/** The same for one plan. */
export async function makeTasksOfPlan(
  { records, telemetry }: Parts,
  plan: StoredPlan,
  place: ServicePlace,
  now: number,
): Promise<number> {
  const horizon = formatDay(dayNumber(place.today) + plan.body.leadDays)
  let made = 0
  for (const device of await devicesOf(records, plan, place.today)) {
    const progress = progressOf(plan.body, device.id)
    const id = taskIdOf(plan.id, device.id, progress.sequence)
    if ((await records.getPaper(ALL, SERVICE_TASK, id)) !== null) continue
    const counted = await countedOf(telemetry, plan.body, device, now)
    const next = nextDue({ plan: plan.body, progress, device, today: place.today, counted })
    if (next === null || next.due > horizon) continue
    if (await make(records, taskOf(plan, device, next, place, id))) made += 1
  }
  return made
}

export const countedOf = async (
  telemetry: Telemetry,
  plan: ServicePlan,
  device: Device,
  now: number,
): Promise<Counted | null> =>
  isCounted(plan.trigger)
    ? readCounted(telemetry, device, plan.trigger, progressOf(plan, device.id).basisAt, now)
    : null

function taskOf(plan: StoredPlan, device: Device, next: Due, place: ServicePlace, id: Id): PaperChange {
  const { title, checklist, contractor, assignee } = plan.body
  const responsible = responsibleAt(place, device, device.space ?? null)
  const body: ServiceTask = {
    plan: plan.id,
    sequence: progressOf(plan.body, device.id).sequence,
    device: device.id,
    space: device.space ?? null,
    title,
    ground: next.ground,
    dueOn: next.due,
    checklist,
    responsible,
    contractor,
    assignee,
    instructions: '',
    outcome: null,
  }
  return {
    kind: SERVICE_TASK,
    paper: {
      id,
      premises: plan.premises,
      audience: serviceAudience(device, [responsible.organisation, contractor], place.today),
      state: 'open',
      dueAt: endOf(place.premises, next.due),
      body,
    },
    expectedVersion: 0,
  }
}

/** False when another process was quicker. */
async function make(records: Records, change: PaperChange): Promise<boolean> {
  try {
    await records.changePapers({ papers: [change] }, SERVICE_ACTOR, 'service-task.make')
    return true
  } catch (error) {
    if (error instanceof Failure && error.code === 'changed-meanwhile') return false
    throw error
  }
}
