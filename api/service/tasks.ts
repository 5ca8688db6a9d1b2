// Steps in the life of a service task: asked for by a person, assigned, finished, called off. What ends moves its plan on, in one transaction.
import { Failure } from '#domain/failure.ts'
import type { PaperChange, StoredPaper } from '#domain/ports/papers.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Id, LocalDate } from '#domain/registry/bundle.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { serviceAudience } from '#domain/service/audience.ts'
import { progressOf, SERVICE_PLAN, type Progress } from '#domain/service/plan.ts'
import { addDays, endedProgress } from '#domain/service/schedule.ts'
import {
  answersOf,
  checkFinished,
  SERVICE_TASK,
  type Finished,
  type Outcome,
  type ServiceTask,
} from '#domain/service/task.ts'
import type { AssignmentWanted, CompletionWanted, TaskWanted } from '#contract/service.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import { hasRole } from '#api/access/who.ts'
import type { RouteParts } from '#api/parts.ts'
import { dateOf, instantOf, notFound } from '#api/routes/answers.ts'
import { localDate } from '#api/views/premises-summary.ts'
import {
  bodyNow,
  decides,
  endOf,
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

export type StoredTask = StoredPaper<ServiceTask>
export type TaskAct = 'finish' | 'assign' | 'cancel'
/** What was done at the place may have waited long for a network, but not for ever, and not from the future. */
const OLDEST_MS = 90 * 86_400_000
const AHEAD_MS = 300_000
/** Days after which what was not possible is tried again, where nobody says when. */
const AGAIN_DAYS = 14
/** How often a plan that somebody else moves on at the same moment is read again. */
const TRIES = 5

const doers = ({ responsible, contractor }: ServiceTask): (Id | null)[] => [responsible.organisation, contractor]
/** Whoever succeeded them does it. */
const doersNow = (task: ServiceTask, place: ServicePlace): (Id | null)[] => doers(task).map((id) => bodyNow(place, id))

/** What the asker may do with it now. */
export function mayDo(identity: Identity, task: Pick<StoredTask, 'state' | 'body'>, place: ServicePlace): TaskAct[] {
  if (task.state !== 'open') return []
  const own = identity.organisation
  const works =
    own === null || (doersNow(task.body, place).includes(own) && hasRole(identity, ['technician', 'manager']))
  const leads = decides(identity, place, task.body.responsible.organisation)
  const contractor = bodyNow(place, task.body.contractor)
  const ownPeople = own !== null && own === contractor && hasRole(identity, ['manager', 'technician'])
  return [
    ...(works ? (['finish'] as const) : []),
    ...(leads || ownPeople ? (['assign'] as const) : []),
    ...(leads ? (['cancel'] as const) : []),
  ]
}

export function createTasks({ records, now }: Pick<RouteParts, 'records' | 'now'>) {
  const seen = async (identity: Identity, id: Id): Promise<{ task: StoredTask; place: ServicePlace }> => {
    const task = await records.getPaper({ organisation: identity.organisation }, SERVICE_TASK, id)
    if (task === null) throw notFound()
    return { task, place: await placeOf(records, task.premises ?? '', now()) }
  }
  const must = (identity: Identity, task: StoredTask, place: ServicePlace, act: TaskAct): void => {
    if (mayDo(identity, task, place).includes(act)) return
    if (task.state !== 'open') throw ended(task)
    throw new Failure('not-allowed', WHO_MAY[act])
  }
  const audienceOf = async (body: ServiceTask, { today }: ServicePlace) => {
    const device = body.device === null ? null : ((await records.getObject(ALL, 'devices', body.device))?.value ?? null)
    return serviceAudience(device, doers(body), today)
  }
  const changeOf = (task: StoredTask, changes: Partial<StoredTask>, files?: readonly string[]): PaperChange => {
    const { id, premises, audience, state, dueAt, body } = { ...task, ...changes }
    return {
      kind: SERVICE_TASK,
      paper: { id, premises, audience, state, dueAt, body },
      expectedVersion: task.version,
      ...(files === undefined ? {} : { files }),
    }
  }

  return {
    seen,

    /** One that no plan brings about. */
    async ask(identity: Identity, wanted: TaskWanted): Promise<Id> {
      await seenPremises(records, identity, wanted.premises)
      const place = await placeOf(records, wanted.premises, now())
      const device = wanted.device == null ? null : await seenDevice(records, identity, wanted.device, wanted.premises)
      const space = device?.space ?? wanted.space ?? null
      if (wanted.space != null && !(place.premises.spaces ?? []).some(({ id }) => id === wanted.space))
        throw wrong('/space', 'unknown-id', 'The premises have no such space.')
      const responsible = responsibleAt(place, device, space)
      mustDecide(identity, place, responsible.organisation)
      const contractor = wanted.contractor ?? null
      await mustExist(records, contractor, '/contractor')
      const dueOn = dateOf(wanted.dueOn, 'dueOn')
      const body: ServiceTask = {
        plan: null,
        sequence: 0,
        device: device?.id ?? null,
        space,
        title: wanted.title,
        ground: { by: 'person', planned: dueOn },
        dueOn,
        checklist: wanted.checklist ?? [],
        responsible,
        contractor,
        assignee: await personOf(records, wanted.assignee, [responsible.organisation, contractor]),
        instructions: wanted.instructions ?? '',
        outcome: null,
      }
      mustBeUnique(body.checklist)
      const id = createId('task')
      const paper = {
        id,
        premises: wanted.premises,
        audience: serviceAudience(device, doers(body), place.today),
        state: 'open',
        dueAt: endOf(place.premises, dueOn),
        body,
      }
      await records.changePapers(
        { papers: [{ kind: SERVICE_TASK, paper, expectedVersion: 0 }] },
        actorOf(identity),
        'service-task.ask',
      )
      return id
    },

    async assign(identity: Identity, id: Id, wanted: AssignmentWanted): Promise<void> {
      const { task, place } = await seen(identity, id)
      must(identity, task, place, 'assign')
      const leads = decides(identity, place, task.body.responsible.organisation)
      if (
        !leads &&
        (wanted.contractor !== undefined || wanted.dueOn !== undefined || wanted.instructions !== undefined)
      )
        throw new Failure('not-allowed', 'A contractor chooses only who of its own people does it.')
      const contractor = wanted.contractor === undefined ? task.body.contractor : wanted.contractor
      await mustExist(records, wanted.contractor, '/contractor')
      const people = leads
        ? [bodyNow(place, task.body.responsible.organisation), bodyNow(place, contractor)]
        : [identity.organisation]
      const changed = contractor !== task.body.contractor
      const body: ServiceTask = {
        ...task.body,
        contractor,
        // Whoever was to do it for the contractor before is no more.
        assignee:
          wanted.assignee === undefined
            ? changed
              ? null
              : task.body.assignee
            : await personOf(records, wanted.assignee, people),
        dueOn: wanted.dueOn === undefined ? task.body.dueOn : dateOf(wanted.dueOn, 'dueOn'),
        instructions: wanted.instructions ?? task.body.instructions,
      }
      const audience = await audienceOf(body, place)
      const change = changeOf(task, { body, audience, dueAt: endOf(place.premises, body.dueOn) })
      await records.changePapers({ papers: [change] }, actorOf(identity), 'service-task.assign')
    },

    /** Takes what was done. The same `key` again changes nothing; what has ended otherwise is 'conflict'. */
    async finish(identity: Identity, id: Id, wanted: CompletionWanted): Promise<void> {
      const { task, place } = await seen(identity, id)
      const { outcome } = task.body
      if (wanted.key !== undefined && outcome?.key === wanted.key && outcome.by.id === identity.id) return
      must(identity, task, place, 'finish')
      const at = wanted.at === undefined ? now() : instantOf(wanted.at, 'at')
      if (at > now() + AHEAD_MS || at < now() - OLDEST_MS)
        throw wrong('/at', 'out-of-range', 'When it was done lies in the future, or more than 90 days ago.')
      const finished = finishedOf(wanted)
      const problems = checkFinished(task.body, finished)
      if (problems.length > 0)
        throw new Failure('invalid-body', 'Something is missing in it, or is not as the task asks.', { problems })
      const on = localDate(at, place.premises.timeZone)
      const again = wanted.again === undefined ? addDays(on, AGAIN_DAYS) : dateOf(wanted.again, 'again')
      await end(
        identity,
        task,
        {
          at,
          receivedAt: now(),
          by: { id: identity.id, name: identity.name, organisation: identity.organisation },
          result: finished.result,
          reason: finished.reason,
          answers: answersOf(task.body, finished),
          note: finished.note,
          hours: finished.hours,
          parts: finished.parts,
          photos: finished.photos,
          findings: finished.findings.map((text) => ({ text, fault: null })),
          key: wanted.key ?? null,
        },
        { on, again: finished.result === 'not-possible' ? again : null },
      )
    },

    /** It is not needed this time. */
    async cancel(identity: Identity, id: Id, reason: string): Promise<void> {
      const { task, place } = await seen(identity, id)
      must(identity, task, place, 'cancel')
      const outcome: Outcome = {
        at: now(),
        receivedAt: now(),
        by: { id: identity.id, name: identity.name, organisation: identity.organisation },
        result: 'cancelled',
        reason,
        answers: [],
        note: '',
        hours: null,
        parts: [],
        photos: [],
        findings: [],
        key: null,
      }
      await end(identity, task, outcome, { on: place.today, again: null })
    },
  }

  async function end(
    identity: Identity,
    task: StoredTask,
    outcome: Outcome,
    { on, again }: { on: LocalDate; again: LocalDate | null },
  ): Promise<void> {
    const files = [...new Set([...task.files, ...outcome.photos])]
    const change = changeOf(task, { state: outcome.result, dueAt: null, body: { ...task.body, outcome } }, files)
    for (let tried = 1; ; tried += 1) {
      const plan = await planChange(records, task, outcome, { on, again })
      try {
        await records.changePapers({ papers: [change, ...plan] }, actorOf(identity), `service-task.${outcome.result}`)
        return
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'changed-meanwhile') throw error
        const stored = await records.getPaper(ALL, SERVICE_TASK, task.id)
        if (stored === null || stored.version !== task.version)
          throw stored !== null && stored.state !== 'open' ? ended(stored) : error
        if (tried === TRIES) throw error
      }
    }
  }
}

/** The plan of a task that ends goes on from it: at the same moment, or not at all. */
async function planChange(
  records: Records,
  { body: task }: StoredTask,
  outcome: Outcome,
  { on, again }: { on: LocalDate; again: LocalDate | null },
): Promise<PaperChange[]> {
  const plan = task.plan === null ? null : await records.getPaper(ALL, SERVICE_PLAN, task.plan)
  if (plan === null || task.device === null) return []
  const before = progressOf(plan.body, task.device)
  if (before.sequence !== task.sequence) return []
  const planned = task.ground.planned
  const progress: Progress =
    outcome.result === 'done'
      ? endedProgress(before, { planned, on, at: outcome.at })
      : outcome.result === 'cancelled'
        ? endedProgress(before, { planned, on: planned > on ? planned : on, at: outcome.at })
        : { ...before, sequence: before.sequence + 1, again }
  const { id, premises, audience, state, dueAt, body, version } = plan
  const changed = { ...body, progress: { ...body.progress, [task.device]: progress } }
  return [
    {
      kind: SERVICE_PLAN,
      paper: { id, premises, audience, state, dueAt, body: changed },
      expectedVersion: version,
      action: 'service-plan.reset',
    },
  ]
}

const WHO_MAY: Record<TaskAct, string> = {
  finish: 'It is done by a technician or manager of the responsible organisation or of its contractor.',
  assign: 'It is assigned by a manager of the responsible organisation or of the landlord.',
  cancel: 'It is called off by a manager of the responsible organisation or of the landlord.',
}
const ended = ({ state, body }: Pick<StoredTask, 'state' | 'body'>): Failure =>
  new Failure(
    'conflict',
    state === 'cancelled'
      ? 'This task was called off meanwhile.'
      : `This task was finished meanwhile by ${body.outcome?.by.name ?? 'somebody else'}.`,
  )

/** @throws Failure 'invalid-body' when two items have the same id. */
export function mustBeUnique(checklist: readonly { id: Id }[]): void {
  const twice = checklist.findIndex(({ id }, i) => checklist.findIndex((one) => one.id === id) < i)
  if (twice >= 0) throw wrong(`/checklist/${twice}/id`, 'twice', 'Another item has this id.')
}

const finishedOf = (wanted: CompletionWanted): Finished => ({
  result: wanted.result,
  reason: wanted.result === 'not-possible' ? (wanted.reason ?? null) : null,
  answers: (wanted.answers ?? []).map(({ item, value = null, photos = [] }) => ({ item, value, photos })),
  note: wanted.note ?? '',
  hours: wanted.hours ?? null,
  parts: wanted.parts ?? [],
  photos: wanted.photos ?? [],
  findings: wanted.findings ?? [],
})
