// A person's own calendar for a calendar program: a secret address, made and revoked by that person, read without signing in.
import { Nothing, Streamed } from '#contract/common.ts'
import { CalendarLinkMade, CalendarLinkParams, CalendarLinkShown } from '#contract/notifications.ts'
import { Failure } from '#domain/failure.ts'
import { CALENDAR_LINK, type CalendarLink } from '#domain/notification/calendar-link.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { allPapers } from '#domain/registry/list-all.ts'
import { actorOf, identityOf } from '#api/access/identity.ts'
import { createSecret, hashSecret } from '#api/access/secrets.ts'
import { createWindowCount } from '#api/faults/window-count.ts'
import { writeOwnCalendar } from '#api/notification/own-calendar.ts'
import { personOf } from '#api/notification/person-of.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { keepNewest } from '#api/settlement/keep-newest.ts'
import { iso, notFound, problems } from './answers.ts'

const ALL = { organisation: null }
const HOUR_MS = 3_600_000
/** A calendar is written anew after this; programs that ask more often get the same. */
const FRESH_MS = 300_000
const CALENDARS_KEPT = 200
/** 240 bits of the hash of 256 random bits. */
const linkId = (secret: string): Id => `calendar-${hashSecret(secret).slice(0, 60)}`

export function addCalendarLinkRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, limits, settings, now } = parts
  const tags = ['notifications']
  const who = 'signed-in' as const
  const reads = createWindowCount(HOUR_MS)
  const calendars = keepNewest<string>(CALENDARS_KEPT)

  const linksOf = async (user: Id): Promise<StoredPaper<CalendarLink>[]> =>
    (await Array.fromAsync(allPapers(records, ALL, CALENDAR_LINK, { text: `"user":"${user}"` }))).filter(
      ({ body }) => body.user === user,
    )

  app.get(
    '/calendars/:secret',
    {
      config: { who: 'open' },
      schema: {
        tags,
        summary:
          'One person’s shifts and service tasks as iCalendar, by the secret address that a calendar program has',
        params: CalendarLinkParams,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const id = linkId(request.params.secret.replace(/\.ics$/, ''))
      const link = await records.getPaper(ALL, CALENDAR_LINK, id)
      const user = link === null ? null : await records.getUser(link.body.user)
      if (link === null || user === null || user.disabled) throw notFound()
      if (reads.count(id, now()) >= limits.calendarReadsPerHour)
        throw new Failure('too-many-requests', 'This calendar is read too often; once an hour is enough.', {
          retryAfterMs: reads.opensIn(id, now()),
        })
      reads.add(id, now())
      reply.type('text/calendar; charset=utf-8')
      return calendars.get(`${id} ${Math.floor(now() / FRESH_MS)}`, () => writeOwnCalendar(parts, user))
    },
  )
  app.get(
    '/notifications/calendar-link',
    {
      config: { who },
      schema: {
        tags,
        summary: 'Whether my calendar has a secret address, and since when; never the address itself',
        response: { 200: CalendarLinkShown, ...problems },
      },
    },
    async (request) => {
      const [link] = await linksOf(personOf(request).id)
      return { madeAt: link === undefined ? null : iso(link.createdAt) }
    },
  )
  app.post(
    '/notifications/calendar-link',
    {
      config: { who, showsSecret: true },
      schema: {
        tags,
        summary: 'Make a secret address of my calendar, shown once; the one before ends',
        response: { 201: CalendarLinkMade, ...problems },
      },
    },
    async (request, reply) => {
      const user = personOf(request)
      const actor = actorOf(identityOf(request))
      const before = (await linksOf(user.id)).map(({ id }) => id)
      if (before.length > 0) await records.deletePapers(CALENDAR_LINK, before, actor, 'calendar-link.revoke')
      const secret = createSecret()
      const body: CalendarLink = { user: user.id }
      const paper = {
        id: linkId(secret),
        premises: null,
        audience: 'operator' as const,
        state: 'on',
        dueAt: null,
        body,
      }
      await records.changePapers({ papers: [{ kind: CALENDAR_LINK, paper }] }, actor, 'calendar-link.make')
      return reply.code(201).send({ url: `${settings.publicUrl}/api/v1/calendars/${secret}.ics` })
    },
  )
  app.delete(
    '/notifications/calendar-link',
    {
      config: { who },
      schema: { tags, summary: 'Revoke the address of my calendar', response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      const links = (await linksOf(personOf(request).id)).map(({ id }) => id)
      if (links.length > 0)
        await records.deletePapers(CALENDAR_LINK, links, actorOf(identityOf(request)), 'calendar-link.revoke')
      return reply.code(204).send(null)
    },
  )
}
