// Service papers as they are shown to somebody: names only as far as the classification lets them, and what they may do.
import { ownerFields, without } from '#domain/lifecycle/classification.ts'
import type { Records } from '#domain/ports/records.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import type { Device, Id, Names, Premises } from '#domain/registry/bundle.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { inspectionDue, type InspectionState } from '#domain/service/inspection.ts'
import type { PlanState, ServicePlan } from '#domain/service/plan.ts'
import type { TaskState } from '#domain/service/task.ts'
import type { InspectionShown } from '#contract/inspections.ts'
import type { PlanShown, TaskShown } from '#contract/service.ts'
import type { Identity } from '#api/access/identity.ts'
import { iso } from '#api/routes/answers.ts'
import type { StoredInspection } from './inspections.ts'
import type { StoredPlan } from './make-tasks.ts'
import { decides, placeOf, responsibleAt, type ServicePlace } from './service-facts.ts'
import { mayDo, type StoredTask } from './tasks.ts'

/** Shows papers to one asker within one request; what is looked up once is not looked up again. */
export function createShown(records: Records, identity: Identity, now: () => number) {
  const scope = { organisation: identity.organisation }
  const places = new Map<Id, ServicePlace>()
  const devices = new Map<Id, { whole: Device | null; seen: Device | null }>()
  const names = new Map<Id, Names>()

  const place = async (id: Id): Promise<ServicePlace> => {
    const known = places.get(id) ?? (await placeOf(records, id, now()))
    places.set(id, known)
    return known
  }
  /** Whole for deciding; `seen` is what the asker may know of it, who has only the task what a party would, never what is its keepers' alone. */
  const device = async (id: Id | null) => {
    if (id === null) return { whole: null, seen: null }
    let known = devices.get(id)
    if (known === undefined) {
      const whole = (await records.getObject(ALL, 'devices', id))?.value ?? null
      const own = whole === null ? null : await records.getObject(scope, 'devices', id)
      known = { whole, seen: own?.value ?? (whole === null ? null : without(whole, ownerFields(whole))) }
      devices.set(id, known)
    }
    return known
  }
  const organisation = async (id: Id): Promise<Names> => {
    const known = names.get(id) ?? (await records.getObject(ALL, 'organisations', id))?.value.name ?? { fi: id }
    names.set(id, known)
    return known
  }

  return {
    place,
    device,
    organisation,

    async task(task: StoredTask): Promise<TaskShown> {
      const { body } = task
      const at = await place(task.premises ?? '')
      const { premises } = at
      const { seen } = await device(body.device)
      const { outcome } = body
      const { key: _key, by, ...said } = outcome ?? { key: null, by: null }
      return {
        id: task.id,
        version: task.version,
        state: task.state as TaskState,
        title: body.title,
        plan: body.plan,
        ground: body.ground,
        dueOn: body.dueOn,
        overdue: task.state === 'open' && task.dueAt !== null && task.dueAt <= now(),
        place: {
          premises: premises.id,
          premisesName: premises.name,
          address: premises.address ?? null,
          timeZone: premises.timeZone,
          device: seen === null ? null : { id: seen.id, name: seen.name ?? null, type: seen.type ?? null },
          space: spaceOf(premises, body.device === null ? body.space : (seen?.space ?? null)),
        },
        checklist: body.checklist.map((item) => ({ ...item })),
        responsible: { ...body.responsible, name: await organisation(body.responsible.organisation) },
        contractor:
          body.contractor === null
            ? null
            : { organisation: body.contractor, name: await organisation(body.contractor) },
        assignee: body.assignee,
        instructions: body.instructions,
        may: mayDo(identity, task, at),
        outcome:
          outcome === null || by === null
            ? null
            : {
                ...outcomeOf(said as Omit<NonNullable<typeof outcome>, 'key' | 'by'>),
                by: by.name,
                organisation: by.organisation,
              },
      }
    },

    async plan(plan: StoredPlan): Promise<PlanShown> {
      const { progress: _progress, startsAt: _startsAt, ...body } = plan.body
      const at = await place(plan.premises ?? '')
      const { whole, seen } = await device('device' in body.of ? body.of.device : null)
      const responsible =
        whole === null ? at.premises.landlord : responsibleAt(at, whole, whole.space ?? null).organisation
      return {
        ...writable(body),
        id: plan.id === '' ? null : plan.id,
        version: plan.version,
        premises: plan.premises ?? '',
        deviceName: seen?.name ?? null,
        state: plan.state as PlanState,
        mayChange: plan.state !== 'ended' && decides(identity, at, responsible),
      }
    },

    async inspection(paper: StoredInspection): Promise<InspectionShown> {
      const { body, state } = paper
      const at = await place(paper.premises ?? '')
      const { whole, seen } = await device(body.device)
      const dueOn = inspectionDue(body)
      const responsible = responsibleAt(at, whole, body.space).organisation
      return {
        id: paper.id,
        version: paper.version,
        premises: paper.premises ?? '',
        state: state as InspectionState,
        template: body.template,
        device: seen === null ? null : { id: seen.id, name: seen.name ?? null },
        space: body.device === null ? body.space : (seen?.space ?? null),
        title: body.title,
        law: body.law,
        intervalMonths: body.intervalMonths,
        firstDue: body.firstDue,
        dueOn,
        daysLeft: dayNumber(dueOn) - dayNumber(at.today),
        overdue: state === 'current' && dueOn < at.today,
        responsible,
        contractor: body.contractor,
        mayChange: state === 'current' && decides(identity, at, responsible),
        records: body.records.map(({ recordedAt, ...one }) => ({ ...one, recordedAt: iso(recordedAt) })),
      }
    },
  }
}

const spaceOf = ({ spaces = [] }: Premises, id: Id | null): TaskShown['place']['space'] => {
  const space = id === null ? undefined : spaces.find((one) => one.id === id)
  return space === undefined ? null : { id: space.id, name: space.name ?? null, storey: space.storey ?? null }
}
type Said = Omit<NonNullable<StoredTask['body']['outcome']>, 'key' | 'by'>
const outcomeOf = ({ at, receivedAt, answers, parts, photos, findings, ...rest }: Said) => ({
  ...rest,
  at: iso(at),
  receivedAt: iso(receivedAt),
  answers: answers.map((one) => ({ ...one, photos: [...one.photos] })),
  parts: parts.map((one) => ({ ...one })),
  photos: [...photos],
  findings: findings.map((one) => ({ ...one })),
})
const writable = ({ checklist, trigger, ...body }: Omit<ServicePlan, 'progress' | 'startsAt'>) => ({
  ...body,
  checklist: checklist.map((item) => ({ ...item })),
  trigger: trigger.by === 'yearly' ? { ...trigger, months: [...trigger.months] } : trigger,
})
