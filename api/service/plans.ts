// Service plans: made of the library or by hand, changed, paused, ended; and what they will bring.
import { Failure } from '#domain/failure.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Device, Id, LocalDate } from '#domain/registry/bundle.ts'
import { ALL, allPapers } from '#domain/registry/list-all.ts'
import { dayStart } from '#domain/quantity/period.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { serviceAudience } from '#domain/service/audience.ts'
import {
  isCounted,
  progressOf,
  restartedOn,
  SERVICE_PLAN,
  type PlanState,
  type ServicePlan,
  type Trigger,
} from '#domain/service/plan.ts'
import { findPlanTemplate } from '#domain/service/plan-library.ts'
import { addMonths, preview } from '#domain/service/schedule.ts'
import type { Occurrence, PlanWanted } from '#contract/service.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import type { RouteParts } from '#api/parts.ts'
import { dateOf, notFound } from '#api/routes/answers.ts'
import { countedOf, devicesOf, makeTasksOfPlan, type StoredPlan } from './make-tasks.ts'
import {
  mustDecide,
  mustExist,
  personOf,
  placeOf,
  responsibleAt,
  seenDevice,
  seenPremises,
  wrong,
  type ServicePlace,
} from './service-facts.ts'
import { mustBeUnique } from './tasks.ts'

/** Occurrences of one plan at one device in a preview. */
const MOST_PER_DEVICE = 120
/** Occurrences of one preview. */
const MOST = 2_000

type Known = Pick<StoredPaper<ServicePlan>, 'id' | 'version' | 'body' | 'createdAt'>

export function createPlans({ records, telemetry, now }: Pick<RouteParts, 'records' | 'telemetry' | 'now'>) {
  /** The plan as it would be, checked. @throws Failure 'not-found', 'not-allowed', 'invalid-body'. */
  const build = async (identity: Identity, wanted: PlanWanted, known: Known | null) => {
    await seenPremises(records, identity, wanted.premises)
    const place = await placeOf(records, wanted.premises, now())
    const device = 'device' in wanted.of ? await seenDevice(records, identity, wanted.of.device, wanted.premises) : null
    const responsible = responsibleAt(place, device, device?.space ?? null).organisation
    // What is done to a whole type is the landlord's to plan; of a single device, also who maintains it.
    mustDecide(identity, place, device === null ? place.premises.landlord : responsible)
    const template = wanted.template == null ? null : findPlanTemplate(wanted.template)
    if (wanted.template != null && template === null)
      throw wrong('/template', 'unknown-id', 'There is no such template.')
    const [title, startsOn] = [
      wanted.title ?? template?.title,
      wanted.startsOn === undefined ? (known?.body.startsOn ?? place.today) : dateOf(wanted.startsOn, 'startsOn'),
    ]
    const trigger = wanted.trigger ?? triggerOf(template?.trigger, startsOn)
    if (title === undefined) throw wrong('/title', 'missing', 'Give a title, or a template.')
    if (trigger === undefined) throw wrong('/trigger', 'missing', 'Say what brings it about, or give a template.')
    if (trigger.by === 'weeks' || trigger.by === 'months') dateOf(trigger.from, '/trigger/from')
    if (isCounted(trigger) && !(+trigger.every > 0)) throw wrong('/trigger/every', 'out-of-range', 'It is above zero.')
    if (device !== null && isCounted(trigger) && !(device.points ?? []).some(({ key }) => key === trigger.point))
      throw wrong('/trigger/point', 'unknown-id', 'The device has no such point.')
    const contractor = wanted.contractor ?? null
    await mustExist(records, contractor, '/contractor')
    const checklist = wanted.checklist ?? template?.checklist ?? []
    mustBeUnique(checklist)
    const startsAt = dayStart(dayNumber(startsOn), place.premises.timeZone)
    const body: ServicePlan = {
      of: wanted.of,
      template: template?.id ?? null,
      title,
      trigger,
      workingDays: wanted.workingDays ?? template?.workingDays ?? true,
      rhythm: wanted.rhythm ?? template?.rhythm ?? 'done',
      leadDays: wanted.leadDays ?? template?.leadDays ?? 14,
      checklist,
      contractor,
      assignee: await personOf(records, wanted.assignee, [responsible, contractor]),
      startsOn,
      startsAt,
      // A plan that begins on another day begins anew there.
      progress:
        known === null || known.body.startsOn === startsOn
          ? (known?.body.progress ?? {})
          : restartedOn(known.body.progress, trigger, startsOn, startsAt),
    }
    return { place, device, responsible, body, state: wanted.state ?? ('active' as const) }
  }

  const stored = async (identity: Identity, id: Id): Promise<StoredPlan> => {
    const plan = await records.getPaper({ organisation: identity.organisation }, SERVICE_PLAN, id)
    if (plan === null) throw notFound()
    return plan
  }

  const occurrencesOf = async (plan: StoredPlan, place: ServicePlace, until: LocalDate): Promise<Occurrence[]> => {
    const found: Occurrence[] = []
    for (const device of await devicesOf(records, plan, place.today)) {
      const counted = await countedOf(telemetry, plan.body, device, now())
      const asked = { plan: plan.body, progress: progressOf(plan.body, device.id), device, today: place.today, counted }
      for (const { due, ground } of preview(asked, until, MOST_PER_DEVICE))
        found.push({
          plan: plan.id === '' ? null : plan.id,
          title: plan.body.title,
          device: device.id,
          deviceName: device.name ?? null,
          due,
          forecast: ground.by === 'hours' || ground.by === 'count',
        })
    }
    return found.sort(byDay)
  }

  return {
    stored,

    /** What a plan would be and bring in the next twelve months; nothing is written. */
    async tryOut(identity: Identity, wanted: PlanWanted, id: Id | null) {
      const known = id === null ? null : await stored(identity, id)
      const { place, body, state } = await build(identity, wanted, known)
      const plan = paperOf(wanted.premises, body, state)
      const seen = await seenNames(await occurrencesOf(plan, place, addMonths(place.today, 12)), identity)
      return { plan, preview: seen }
    },

    /** Writes it, and makes at once what is due. Gives its id. */
    async put(identity: Identity, wanted: PlanWanted, id: Id | null, expectedVersion: number): Promise<Id> {
      const known = id === null ? null : await stored(identity, id)
      if (known !== null && known.premises !== wanted.premises)
        throw wrong('/premises', 'conflict', 'A plan stays in its premises: make a new one.')
      if (known !== null && JSON.stringify(known.body.of) !== JSON.stringify(wanted.of))
        throw wrong('/of', 'conflict', 'What it is for stays: make a new plan.')
      if (known?.state === 'ended') throw new Failure('conflict', 'The plan has ended: make a new one.')
      const { place, device, responsible, body, state } = await build(identity, wanted, known)
      const planId = id ?? createId('plan')
      const audience = serviceAudience(device, device === null ? [] : [responsible], place.today)
      await records.changePapers(
        {
          papers: [
            {
              kind: SERVICE_PLAN,
              paper: { id: planId, premises: wanted.premises, audience, state, dueAt: null, body },
              expectedVersion,
            },
          ],
        },
        actorOf(identity),
        known === null ? 'service-plan.make' : 'service-plan.change',
      )
      const written = await records.getPaper(ALL, SERVICE_PLAN, planId)
      if (written !== null && state === 'active') await makeTasksOfPlan({ records, telemetry }, written, place, now())
      return planId
    },

    /** What all plans of a premises bring within so many months. */
    async ahead(identity: Identity, premises: Id, months: number): Promise<{ items: Occurrence[]; more: boolean }> {
      await seenPremises(records, identity, premises)
      const place = await placeOf(records, premises, now())
      const until = addMonths(place.today, months)
      const found: Occurrence[] = []
      const scope = { organisation: identity.organisation }
      for await (const plan of allPapers(records, scope, SERVICE_PLAN, { premises, states: ['active'] }))
        found.push(...(await occurrencesOf(plan, place, until)))
      found.sort(byDay)
      return { items: await seenNames(found.slice(0, MOST), identity), more: found.length > MOST }
    },
  }

  /** Names of devices as far as the asker sees them; what an organisation does not see at all is left out. */
  async function seenNames(items: readonly Occurrence[], identity: Identity): Promise<Occurrence[]> {
    const names = new Map<Id, Device | null>()
    const shown: Occurrence[] = []
    for (const item of items) {
      if (!names.has(item.device)) {
        const device = await records.getObject({ organisation: identity.organisation }, 'devices', item.device)
        names.set(item.device, device?.value ?? null)
      }
      const device = names.get(item.device)
      if (device != null) shown.push({ ...item, deviceName: device.name ?? null })
    }
    return shown
  }
}

const byDay = (a: Occurrence, b: Occurrence): number =>
  a.due < b.due ? -1 : a.due > b.due ? 1 : a.device < b.device ? -1 : 1

function triggerOf(
  trigger: NonNullable<ReturnType<typeof findPlanTemplate>>['trigger'] | undefined,
  from: LocalDate,
): Trigger | undefined {
  if (trigger === undefined) return undefined
  return trigger.by === 'weeks' || trigger.by === 'months' ? { ...trigger, from } : trigger
}

/** A plan that is not written. */
const paperOf = (premises: Id, body: ServicePlan, state: PlanState): StoredPlan => ({
  id: '',
  premises,
  audience: 'operator',
  state,
  dueAt: null,
  body,
  version: 0,
  createdAt: 0,
  createdBy: '',
  changedAt: 0,
  changedBy: '',
  files: [],
})
