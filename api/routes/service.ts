// Service: the library of plans, plans with what they will bring, and the tasks that technicians do.
import { IdParams } from '#contract/common.ts'
import {
  AssignmentWanted,
  CancelWanted,
  CompletionWanted,
  OccurrenceList,
  PeopleList,
  PlanAnswer,
  PlanPage,
  PlanQuery,
  PlanShown,
  PlanWanted,
  PreviewQuery,
  ServiceTemplateQuery,
  ServiceTemplates,
  TaskPage,
  TaskQuery,
  TaskShown,
  TaskWanted,
} from '#contract/service.ts'
import { PLAN_TEMPLATES } from '#domain/service/plan-library.ts'
import { SERVICE_PLAN } from '#domain/service/plan.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import type { Faults } from '#api/faults/faults.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { reportFindings } from '#api/service/findings.ts'
import { createPlans } from '#api/service/plans.ts'
import { createShown } from '#api/service/shown.ts'
import { listTasks } from '#api/service/task-list.ts'
import { createTasks } from '#api/service/tasks.ts'
import { checkVersion, notFound, pageOfQuery, problems, setEtag } from './answers.ts'

const tags = ['service']
const WORKERS = { who: ['technician' as const, 'manager' as const] }
const PLANNERS = { who: ['manager' as const] }

export function addServiceRoutes(app: ApiApp, parts: RouteParts, faults: Faults): void {
  addPlanRoutes(app, parts)
  addTaskRoutes(app, parts, faults)
}

function addPlanRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, now } = parts
  const plans = createPlans(parts)

  app.get(
    '/service/templates',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The library of service plans: what is usually done to devices of a type, and how often',
        querystring: ServiceTemplateQuery,
        response: { 200: ServiceTemplates, ...problems },
      },
    },
    async (request) => {
      const { deviceType } = request.query
      const found = PLAN_TEMPLATES.filter((one) => deviceType === undefined || one.deviceTypes.includes(deviceType))
      return {
        items: found.map((one) => ({
          ...one,
          deviceTypes: [...one.deviceTypes],
          checklist: one.checklist.map((item) => ({ ...item })),
          trigger: one.trigger.by === 'yearly' ? { ...one.trigger, months: [...one.trigger.months] } : one.trigger,
        })),
      }
    },
  )
  app.get(
    '/service/plans',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Service plans that the organisation sees',
        querystring: PlanQuery,
        response: { 200: PlanPage, ...problems },
      },
    },
    async (request) => {
      const { premises, device, state } = request.query
      const seen = device === undefined ? null : await records.getObject(scopeOf(request), 'devices', device)
      if (device !== undefined && seen === null) throw notFound()
      const page = await records.listPapers(scopeOf(request), SERVICE_PLAN, {
        ...pageOfQuery(request.query),
        ...(premises === undefined ? {} : { premises }),
        ...(state === undefined ? {} : { states: [state] }),
      })
      const shown = createShown(records, identityOf(request), now)
      const items = []
      for (const plan of page.items) {
        const { of } = plan.body
        const fits =
          seen === null ||
          ('device' in of
            ? of.device === device
            : of.deviceType === seen.value.type && plan.premises === seen.value.premises)
        if (fits) items.push(await shown.plan(plan))
      }
      return { items, next: page.next }
    },
  )
  app.get(
    '/service/plans/:id',
    {
      config: { who: 'viewer' },
      schema: { tags, summary: 'One service plan', params: IdParams, response: { 200: PlanShown, ...problems } },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const plan = await plans.stored(identity, request.params.id)
      setEtag(reply, plan.version)
      return createShown(records, identity, now).plan(plan)
    },
  )
  app.get(
    '/service/preview',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'What the plans of a premises will bring, day by day; running hours and counts as a forecast',
        querystring: PreviewQuery,
        response: { 200: OccurrenceList, ...problems },
      },
    },
    async (request) => plans.ahead(identityOf(request), request.query.premises, request.query.months ?? 12),
  )
  app.post(
    '/service/plans',
    {
      config: PLANNERS,
      schema: {
        tags,
        summary: 'Make a service plan; with `apply: false` only what it would bring in the next twelve months',
        body: PlanWanted,
        response: { 200: PlanAnswer, 201: PlanAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { apply = true } = request.body
      const shown = createShown(records, identity, now)
      const tried = await plans.tryOut(identity, request.body, null)
      if (!apply) return { plan: await shown.plan(tried.plan), preview: tried.preview }
      const id = await plans.put(identity, request.body, null, 0)
      const plan = await plans.stored(identity, id)
      return reply.code(201).send({ plan: await shown.plan(plan), preview: tried.preview })
    },
  )
  app.put(
    '/service/plans/:id',
    {
      config: PLANNERS,
      schema: {
        tags,
        summary: 'Change, pause or end a service plan (If-Match); tasks that are made stay',
        params: IdParams,
        body: PlanWanted,
        response: { 200: PlanAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const known = await plans.stored(identity, request.params.id)
      checkVersion(request, known.version)
      const tried = await plans.tryOut(identity, request.body, known.id)
      if (request.body.apply !== false) await plans.put(identity, request.body, known.id, known.version)
      const plan = await plans.stored(identity, known.id)
      setEtag(reply, plan.version)
      return { plan: await createShown(records, identity, now).plan(plan), preview: tried.preview }
    },
  )
}

function addTaskRoutes(app: ApiApp, parts: RouteParts, faults: Faults): void {
  const { records, now } = parts
  const tasks = createTasks(parts)
  const shownOf = async (request: Parameters<typeof identityOf>[0], id: string) => {
    const identity = identityOf(request)
    return createShown(records, identity, now).task((await tasks.seen(identity, id)).task)
  }

  app.get(
    '/service/tasks',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary:
          'Service tasks that the organisation sees: open ones by their due day, the overdue first; ended ones the newest first',
        querystring: TaskQuery,
        response: { 200: TaskPage, ...problems },
      },
    },
    async (request) => listTasks(records, identityOf(request), request.query, now),
  )
  app.get(
    '/service/tasks/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'One service task with its checklist, place and outcome; a contractor sees its own and nothing else',
        params: IdParams,
        response: { 200: TaskShown, ...problems },
      },
    },
    async (request, reply) => {
      const shown = await shownOf(request, request.params.id)
      setEtag(reply, shown.version)
      return shown
    },
  )
  app.post(
    '/service/tasks',
    {
      config: PLANNERS,
      schema: {
        tags,
        summary: 'Ask for a service task that no plan brings about',
        body: TaskWanted,
        response: { 201: TaskShown, ...problems },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await shownOf(request, await tasks.ask(identityOf(request), request.body))),
  )
  app.post(
    '/service/tasks/:id/assignment',
    {
      config: WORKERS,
      schema: {
        tags,
        summary: 'Say which contractor and person does a task, and until when; what is absent stays',
        params: IdParams,
        body: AssignmentWanted,
        response: { 200: TaskShown, ...problems },
      },
    },
    async (request) => {
      await tasks.assign(identityOf(request), request.params.id, request.body)
      return shownOf(request, request.params.id)
    },
  )
  app.post(
    '/service/tasks/:id/completion',
    {
      config: WORKERS,
      schema: {
        tags,
        summary:
          'Finish a task: answers, photos, hours, parts, findings (each becomes a fault), or why it was not possible',
        params: IdParams,
        body: CompletionWanted,
        response: { 200: TaskShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      await tasks.finish(identity, request.params.id, request.body)
      const language = identity.user?.language ?? 'fi'
      await reportFindings(records, faults, request.params.id, { actor: actorOf(identity), language })
      return shownOf(request, request.params.id)
    },
  )
  app.post(
    '/service/tasks/:id/cancellation',
    {
      config: PLANNERS,
      schema: {
        tags,
        summary: 'Call a task off, with a reason; its plan goes on',
        params: IdParams,
        body: CancelWanted,
        response: { 200: TaskShown, ...problems },
      },
    },
    async (request) => {
      await tasks.cancel(identityOf(request), request.params.id, request.body.reason)
      return shownOf(request, request.params.id)
    },
  )
  app.get(
    '/service/people',
    {
      config: WORKERS,
      schema: {
        tags,
        summary: 'Technicians and managers of the own organisation, to whom a task can be assigned',
        response: { 200: PeopleList, ...problems },
      },
    },
    async (request) => {
      const { organisation } = scopeOf(request)
      if (organisation === null) return { items: [] }
      const users = await records.listUsers({ organisation })
      const items = users
        .filter(({ disabled, memberships }) => {
          const roles = memberships.find((one) => one.organisation === organisation)?.roles ?? []
          return !disabled && (roles.includes('technician') || roles.includes('manager'))
        })
        .map(({ id, name }) => ({ id, name }))
      return { items }
    },
  )
}
