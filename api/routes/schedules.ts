// Schedules of a premises: opening hours, exceptions and what is run; the days ahead; and where the premises is, for the sun.
import { IdParams, Nothing } from '#contract/common.ts'
import {
  OfPremises,
  Place,
  PlaceShown,
  ScheduleDays,
  ScheduleList,
  ScheduleShown,
  ScheduleWanted,
} from '#contract/scenes.ts'
import { Failure, type Problem } from '#domain/failure.ts'
import type { Actor, Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { allPapers } from '#domain/registry/list-all.ts'
import { SCENE } from '#domain/twin/scene.ts'
import { datesBetween, occurrences, PLACE, planDay, SCHEDULE, type Schedule } from '#domain/twin/schedule.ts'
import { actorOf, identityOf, scopeOf, type Identity } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import type { TwinParts } from '#api/twin/open-twin-parts.ts'
import type { SchedulePaper } from '#api/twin/schedules.ts'
import { checkVersion, iso, notFound, problems, setEtag } from './answers.ts'
import { STEERING_ROLES } from './twins.ts'

const STEERING = { who: [...STEERING_ROLES] }
const tags = ['schedules']
const DAYS_AHEAD = 14
const DAY_MS = 86_400_000

export function addScheduleRoutes(app: ApiApp, { records, now }: RouteParts, { schedules }: TwinParts): void {
  async function scheduleOf(scope: Scope, id: Id): Promise<SchedulePaper> {
    const paper = await records.getPaper(scope, SCHEDULE, id)
    if (paper === null || paper.state === 'withdrawn') throw notFound()
    return paper
  }
  function mustOwn({ organisation }: Identity, { body }: SchedulePaper): void {
    if (organisation !== null && body.organisation !== organisation)
      throw new Failure('not-allowed', 'A schedule is changed by the organisation that made it.')
  }
  async function check(scope: Scope, wanted: ScheduleWanted): Promise<void> {
    const found: Problem[] = []
    for (const [index, { scene }] of wanted.triggers.entries()) {
      const paper = await records.getPaper(scope, SCENE, scene)
      if (paper?.state !== 'ready' || paper.premises !== wanted.premises)
        found.push({ pointer: `/triggers/${index}/scene`, code: 'unknown-id', message: 'is no scene of this premises' })
    }
    const ids = wanted.triggers.map(({ id }) => id)
    for (const [index, id] of ids.entries())
      if (ids.indexOf(id) !== index)
        found.push({ pointer: `/triggers/${index}/id`, code: 'duplicate-id', message: 'stands twice' })
    for (const [index, { from, to }] of wanted.exceptions.entries())
      if (to <= from || !isDate(from) || !isDate(to))
        found.push({ pointer: `/exceptions/${index}/to`, code: 'wrong-order', message: 'should be a day after from' })
    if (found.length > 0)
      throw new Failure('invalid-body', 'The schedule cannot be kept like this.', { problems: found })
  }
  async function write(
    schedule: { id: Id; premises: Id; state: string; body: Schedule },
    expectedVersion: number,
    actor: Actor,
    action: string,
  ): Promise<void> {
    const paper = { ...schedule, audience: 'premises' as const, dueAt: null }
    await records.changePapers({ papers: [{ kind: SCHEDULE, paper, expectedVersion }] }, actor, action)
  }
  const bodyOf = ({ premises: _premises, on: _on, ...wanted }: ScheduleWanted, organisation: Id | null): Schedule => ({
    ...wanted,
    exceptions: wanted.exceptions.map(({ reason, ...one }) => ({
      ...one,
      ...(reason === undefined ? {} : { reason }),
    })),
    triggers: wanted.triggers.map(({ days, ...one }) => ({ ...one, ...(days === undefined ? {} : { days }) })),
    organisation,
  })

  app.get(
    '/schedules',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Schedules of a premises',
        querystring: OfPremises,
        response: { 200: ScheduleList, ...problems },
      },
    },
    async (request) => {
      const items: ScheduleShown[] = []
      const { premises } = request.query
      for await (const paper of allPapers(records, scopeOf(request), SCHEDULE, { premises, states: ['on', 'off'] }))
        items.push(scheduleShown(paper))
      return { items }
    },
  )
  app.get(
    '/schedules/:id',
    {
      config: { who: 'viewer' },
      schema: { tags, summary: 'A schedule', params: IdParams, response: { 200: ScheduleShown, ...problems } },
    },
    async (request, reply) => {
      const paper = await scheduleOf(scopeOf(request), request.params.id)
      setEtag(reply, paper.version)
      return scheduleShown(paper)
    },
  )
  app.post(
    '/schedules',
    {
      config: STEERING,
      schema: { tags, summary: 'Make a schedule', body: ScheduleWanted, response: { 201: ScheduleShown, ...problems } },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const scope = scopeOf(request)
      const { premises, on } = request.body
      if (!(await records.seesPremises(scope, premises))) throw notFound()
      await check(scope, request.body)
      const id = createId('schedule')
      const body = bodyOf(request.body, identity.organisation)
      await write({ id, premises, state: on ? 'on' : 'off', body }, 0, actorOf(identity), 'schedule.make')
      return reply.status(201).send(scheduleShown(await scheduleOf(scope, id)))
    },
  )
  app.put(
    '/schedules/:id',
    {
      config: STEERING,
      schema: {
        tags,
        summary: 'Change a schedule, or turn it on and off',
        params: IdParams,
        body: ScheduleWanted,
        response: { 200: ScheduleShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const scope = scopeOf(request)
      const paper = await scheduleOf(scope, request.params.id)
      mustOwn(identity, paper)
      checkVersion(request, paper.version)
      const { premises, on } = request.body
      if (premises !== paper.premises)
        throw new Failure('conflict', 'A schedule stays in its premises: make a new one.')
      await check(scope, request.body)
      const body = bodyOf(request.body, paper.body.organisation)
      await write(
        { id: paper.id, premises, state: on ? 'on' : 'off', body },
        paper.version,
        actorOf(identity),
        'schedule.change',
      )
      const changed = await scheduleOf(scope, paper.id)
      setEtag(reply, changed.version)
      return scheduleShown(changed)
    },
  )
  app.delete(
    '/schedules/:id',
    {
      config: STEERING,
      schema: { tags, summary: 'Withdraw a schedule', params: IdParams, response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const paper = await scheduleOf(scopeOf(request), request.params.id)
      mustOwn(identity, paper)
      const { id, premises, body, version } = paper
      await write(
        { id, premises: premises ?? '', state: 'withdrawn', body },
        version,
        actorOf(identity),
        'schedule.withdraw',
      )
      return reply.status(204).send(null)
    },
  )
  async function daysOf(premises: Id, schedule: Schedule): Promise<ScheduleDays> {
    const surroundings = await schedules.surroundingsOf(premises)
    const from = now()
    const to = from + (DAYS_AHEAD - 1) * DAY_MS
    const dates = datesBetween(from, to, surroundings.timeZone)
    const runs = occurrences(schedule, from - DAY_MS, to + DAY_MS, surroundings)
    return {
      timeZone: surroundings.timeZone,
      placed: surroundings.position !== null,
      days: dates.map((date) => {
        const plan = planDay(schedule, date, surroundings)
        return {
          ...plan,
          open: plan.open.map((one) => ({ from: iso(one.from), to: iso(one.to) })),
          runs: runs
            .filter((run) => run.date === date)
            .map(({ at, trigger, scene }) => ({ at: iso(at), trigger, scene })),
        }
      }),
    }
  }
  app.get(
    '/schedules/:id/days',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The next two weeks of a schedule: opening hours, holidays and runs',
        params: IdParams,
        response: { 200: ScheduleDays, ...problems },
      },
    },
    async (request) => {
      const paper = await scheduleOf(scopeOf(request), request.params.id)
      return daysOf(paper.premises ?? '', paper.body)
    },
  )
  app.post(
    '/schedules/preview',
    {
      config: STEERING,
      schema: {
        tags,
        summary: 'The next two weeks of a schedule that is not kept yet',
        body: ScheduleWanted,
        response: { 200: ScheduleDays, ...problems },
      },
    },
    async (request) => {
      if (!(await records.seesPremises(scopeOf(request), request.body.premises))) throw notFound()
      await check(scopeOf(request), request.body)
      return daysOf(request.body.premises, bodyOf(request.body, identityOf(request).organisation))
    },
  )
  app.get(
    '/premises/:id/place',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Where a premises is, for the sun',
        params: IdParams,
        response: { 200: PlaceShown, ...problems },
      },
    },
    async (request) => {
      if (!(await records.seesPremises(scopeOf(request), request.params.id))) throw notFound()
      const body = (await records.getPaper(scopeOf(request), PLACE, request.params.id))?.body
      return body ?? null
    },
  )
  app.put(
    '/premises/:id/place',
    {
      config: STEERING,
      schema: {
        tags,
        summary: 'Say where a premises is, in degrees',
        params: IdParams,
        body: Place,
        response: { 200: PlaceShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const premises = await records.getObject(scopeOf(request), 'premises', request.params.id)
      if (premises === null) throw notFound()
      if (identity.organisation !== null && premises.value.landlord !== identity.organisation)
        throw new Failure('not-allowed', 'Where a premises is, its landlord says.')
      const { latitude, longitude } = request.body
      const body = { latitude, longitude }
      const paper = {
        id: request.params.id,
        premises: request.params.id,
        audience: 'premises' as const,
        state: 'set',
        dueAt: null,
        body,
      }
      await records.changePapers({ papers: [{ kind: PLACE, paper }] }, actorOf(identity), 'premises.place')
      return body
    },
  )
}

const isDate = (text: string): boolean => {
  try {
    Temporal.PlainDate.from(text)
    return true
  } catch {
    return false
  }
}

const scheduleShown = ({ id, premises, state, body, version, changedAt, changedBy }: SchedulePaper): ScheduleShown => ({
  ...(body as unknown as Omit<ScheduleShown, 'id' | 'premises' | 'on' | 'version' | 'changedAt' | 'changedBy'>),
  id,
  premises: premises ?? '',
  on: state === 'on',
  version,
  changedAt: iso(changedAt),
  changedBy,
})
