// Who is on call: calendars of an organisation, their shifts as they come out, files for other calendars, and who was told of an alarm.
import { IdParams, Nothing } from '#contract/common.ts'
import {
  CalendarTaken,
  CalendarText,
  EscalationList,
  EscalationQuery,
  OnCallList,
  OnCallMade,
  OnCallShown,
  OnCallWanted,
  ShiftList,
  ShiftQuery,
  type ShiftShown,
} from '#contract/on-call.ts'
import { Failure } from '#domain/failure.ts'
import { ESCALATION } from '#domain/notification/escalation.ts'
import { clockAt } from '#domain/notification/local-clock.ts'
import { checkOnCall, ON_CALL, shiftAt, shiftsBetween, type OnCall, type Shift } from '#domain/notification/on-call.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { User } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { actorOf, identityOf, scopeOf, type Identity } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import { readOnCallIcs, writeOnCallIcs } from '#api/notification/on-call-ics.ts'
import { audienceOf, ownPaper, ownPapers } from '#api/notification/own-paper.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { checkVersion, dateOf, iso, isoOrNull, problems, setEtag } from './answers.ts'

const YEAR_MS = 366 * 86_400_000
const DAYS_SHOWN = 14
const DAYS_EXPORTED = 183
const ESCALATIONS_SHOWN = 200

export function addOnCallRoutes(app: ApiApp, { records, limits, now }: RouteParts): void {
  const tags = ['on-call']
  const readers = 'viewer' as const
  const editors = ['manager'] as const

  const peopleOf = async ({ organisation }: Identity): Promise<User[]> =>
    (await records.listUsers({ organisation }))
      .filter(({ disabled, memberships }) => !disabled && memberships.some((one) => one.organisation === organisation))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'fi'))
  const shiftShown = ({ from, to, person, substitute, turn }: Shift, people: readonly User[]): ShiftShown => {
    const named = (id: Id | null) =>
      id === null ? null : { id, name: people.find((one) => one.id === id)?.name ?? id }
    const limit = (at: number): number => Math.min(Math.max(at, now() - YEAR_MS), now() + YEAR_MS)
    return {
      from: iso(limit(from)),
      to: iso(limit(to)),
      person: named(person),
      substitute: named(substitute),
      exception: turn !== null,
    }
  }
  const shown = ({ id, state, version, body }: StoredPaper<OnCall>, people: readonly User[]): OnCallShown => {
    const { organisation: _own, rotation, turns, steps, ...rest } = body
    return {
      ...rest,
      id,
      enabled: state === 'on',
      rotation: rotation === null ? null : { ...rotation, people: [...rotation.people] },
      turns: [...turns],
      steps: [...steps],
      version,
      now: shiftShown(shiftAt(body, now()), people),
    }
  }
  async function check(body: OnCall, identity: Identity): Promise<void> {
    const people = new Set((await peopleOf(identity)).map(({ id }) => id))
    const found = checkOnCall(body, (id) => people.has(id))
    if (
      body.premises !== null &&
      (await records.getObject({ organisation: identity.organisation }, 'premises', body.premises)) === null
    )
      found.push({ pointer: '/premises', code: 'unknown-id', message: 'There is no such premises.' })
    if (found.length > 0)
      throw new Failure('invalid-body', 'The calendar cannot work; nothing was changed.', { problems: found })
  }
  const bodyOf = ({ enabled: _enabled, ...wanted }: OnCallWanted, { organisation }: Identity): OnCall => ({
    ...wanted,
    organisation,
  })
  const put = async (id: Id, state: string, body: OnCall, version: number, identity: Identity): Promise<number> => {
    const paper = { id, premises: null, audience: audienceOf(identity.organisation), state, dueAt: null, body }
    const { versions } = await records.changePapers(
      { papers: [{ kind: ON_CALL, paper, expectedVersion: version }] },
      actorOf(identity),
      'on-call.put',
    )
    return versions[0] ?? 1
  }

  app.get(
    '/on-call',
    {
      config: { who: readers },
      schema: {
        tags,
        summary: 'Calendars of who is on call, and who is on call now',
        response: { 200: OnCallList, ...problems },
      },
    },
    async (request) => {
      const people = await peopleOf(identityOf(request))
      return {
        items: (await ownPapers(records, ON_CALL, identityOf(request))).map((paper) => shown(paper, people)),
        people: people.map(({ id, name, email }) => ({ id, name, reachable: (email ?? '') !== '' })),
      }
    },
  )
  app.post(
    '/on-call',
    {
      config: { who: editors },
      schema: { tags, summary: 'Make a calendar', body: OnCallWanted, response: { 201: OnCallMade, ...problems } },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      if ((await ownPapers(records, ON_CALL, identity)).length >= limits.onCallCalendars)
        throw new Failure('conflict', `There are ${limits.onCallCalendars} calendars already.`)
      const body = bodyOf(request.body, identity)
      await check(body, identity)
      const id = createId('on-call')
      const version = await put(id, request.body.enabled ? 'on' : 'off', body, 0, identity)
      return reply.code(201).send({ id, version })
    },
  )
  app.get(
    '/on-call/:id',
    {
      config: { who: readers },
      schema: { tags, summary: 'One calendar', params: IdParams, response: { 200: OnCallShown, ...problems } },
    },
    async (request, reply) => {
      const paper = await ownPaper(records, ON_CALL, request.params.id, identityOf(request))
      setEtag(reply, paper.version)
      return shown(paper, await peopleOf(identityOf(request)))
    },
  )
  app.put(
    '/on-call/:id',
    {
      config: { who: editors },
      schema: {
        tags,
        summary: 'Change a calendar',
        params: IdParams,
        body: OnCallWanted,
        response: { 200: OnCallMade, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const stored = await ownPaper(records, ON_CALL, request.params.id, identity)
      checkVersion(request, stored.version)
      const body = bodyOf(request.body, identity)
      await check(body, identity)
      const version = await put(stored.id, request.body.enabled ? 'on' : 'off', body, stored.version, identity)
      setEtag(reply, version)
      return { id: stored.id, version }
    },
  )
  app.delete(
    '/on-call/:id',
    {
      config: { who: editors },
      schema: { tags, summary: 'Remove a calendar', params: IdParams, response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      const { id } = await ownPaper(records, ON_CALL, request.params.id, identityOf(request))
      await records.deletePapers(ON_CALL, [id], actorOf(identityOf(request)), 'on-call.delete')
      return reply.code(204).send(null)
    },
  )
  app.get(
    '/on-call/:id/shifts',
    {
      config: { who: readers },
      schema: {
        tags,
        summary: 'Who is on call when, without gaps: rotation and exceptions together',
        params: IdParams,
        querystring: ShiftQuery,
        response: { 200: ShiftList, ...problems },
      },
    },
    async (request) => {
      const { body } = await ownPaper(records, ON_CALL, request.params.id, identityOf(request))
      const people = await peopleOf(identityOf(request))
      const from = clockAt(body.timeZone, dateOf(request.query.from, 'from'), 0)
      const days = request.query.days ?? DAYS_SHOWN
      const to = clockAt(body.timeZone, Temporal.PlainDate.from(request.query.from).add({ days }), 0)
      const items = shiftsBetween(body, from, to).map((shift) => ({
        ...shiftShown(shift, people),
        from: iso(shift.from),
        to: iso(shift.to),
      }))
      return { timeZone: body.timeZone, items }
    },
  )
  app.get(
    '/on-call/:id/calendar',
    {
      config: { who: readers },
      schema: {
        tags,
        summary: 'The shifts of the next six months as iCalendar',
        params: IdParams,
        produces: ['text/calendar'],
      },
    },
    async (request, reply) => {
      const paper = await ownPaper(records, ON_CALL, request.params.id, identityOf(request))
      const people = await peopleOf(identityOf(request))
      const shifts = shiftsBetween(paper.body, now(), now() + DAYS_EXPORTED * 86_400_000)
      return reply
        .header('content-disposition', `attachment; filename="${paper.id}.ics"`)
        .type('text/calendar; charset=utf-8')
        .send(writeOnCallIcs(paper.id, paper.body, shifts, people, now()))
    },
  )
  app.post(
    '/on-call/:id/calendar',
    {
      config: { who: editors },
      schema: {
        tags,
        summary: 'Take the exceptions of a calendar from an iCalendar file; those that it had are replaced',
        params: IdParams,
        body: CalendarText,
        response: { 200: CalendarTaken, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const stored = await ownPaper(records, ON_CALL, request.params.id, identity)
      checkVersion(request, stored.version)
      const people = await peopleOf(identity)
      const turns = readOnCallIcs(request.body.calendar, stored.body.timeZone, people, now())
      const body = { ...stored.body, turns }
      await check(body, identity)
      return { version: await put(stored.id, stored.state, body, stored.version, identity), turns: turns.length }
    },
  )
  app.get(
    '/escalations',
    {
      config: { who: readers },
      schema: {
        tags,
        summary: 'Who was told of alarms by the calendars, the newest first',
        querystring: EscalationQuery,
        response: { 200: EscalationList, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { alarm } = request.query
      const { items } = await records.listPapers(scopeOf(request), ESCALATION, {
        newestFirst: true,
        limit: ESCALATIONS_SHOWN,
        ...(alarm === undefined ? {} : { text: `"id":"${alarm}"` }),
      })
      const own = items.filter(
        ({ body }) =>
          body.organisation === identity.organisation && (alarm === undefined || body.occurrence.paper.id === alarm),
      )
      const people = await peopleOf(identity)
      const named = (id: Id) => ({ id, name: people.find((one) => one.id === id)?.name ?? id })
      return {
        items: own.map(({ id, dueAt, body }) => ({
          id,
          calendar: body.calendar,
          alarm: body.occurrence.paper.id,
          startedAt: iso(body.startedAt),
          nextAt: isoOrNull(dueAt),
          endedBy: body.endedBy,
          told: body.told.map(({ step, at, people: told }) => ({ step, at: iso(at), people: told.map(named) })),
        })),
      }
    },
  )
}
