// What one was told, read and unread; and how one wants to be told: by which way, when not, of what, and who stands in.
import { Changed } from '#contract/change.ts'
import { MessageMade } from '#contract/webhooks.ts'
import {
  NoticePage,
  NoticeQuery,
  NoticesRead,
  UnreadCount,
  WishesShown,
  WishesWanted,
  type NoticeShown,
  type NoticeThing,
} from '#contract/notifications.ts'
import { Failure, type Problem } from '#domain/failure.ts'
import { MAIL, type MailDelivery } from '#domain/notification/delivery.ts'
import { isTimeZone } from '#domain/notification/local-clock.ts'
import { noticesOf, type Notice } from '#domain/notification/notice.ts'
import { detailsOf, placeOf, titleOf, type Described } from '#domain/notification/sentence.ts'
import { DEFAULT_WISHES, WISHES } from '#domain/notification/wishes.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { User } from '#domain/ports/records.ts'
import type { Language } from '#domain/registry/bundle.ts'
import { actorOf, identityOf } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import { describeThings } from '#api/notification/describe.ts'
import { personOf } from '#api/notification/person-of.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { checkVersion, iso, pageOfQuery, problems, setEtag } from './answers.ts'

const ALL = { organisation: null }
const MOST_COUNTED = 100
const READ_AT_ONCE = 200
const TESTS_WAITING = 3

export function addNotificationRoutes(app: ApiApp, { records, notifier, now }: RouteParts): void {
  const tags = ['notifications']
  const who = 'signed-in' as const

  async function shown(user: User, zone: string, notice: StoredPaper<Notice>): Promise<NoticeShown> {
    // Whoever left an organisation reads nothing of it any more.
    const own = notice.body.things.filter((thing) => user.memberships.some((one) => one.organisation === thing.as))
    const described = (await describeThings(records, own)).filter((one): one is Described => one !== null)
    return {
      id: notice.id,
      at: iso(notice.createdAt),
      read: notice.state === 'read',
      things: described.map((one) => thingShown(one, zone)),
      more: notice.body.more,
    }
  }

  app.get(
    '/notifications',
    {
      config: { who },
      schema: {
        tags,
        summary: 'What I was told, the newest first',
        querystring: NoticeQuery,
        response: { 200: NoticePage, ...problems },
      },
    },
    async (request) => {
      const user = personOf(request)
      const { unread } = request.query
      const page = await records.listPapers(ALL, noticesOf(user.id), {
        ...pageOfQuery(request.query),
        newestFirst: true,
        ...(unread === true ? { states: ['unread'] } : {}),
      })
      const zone = (await records.getPaper(ALL, WISHES, user.id))?.body.timeZone ?? DEFAULT_WISHES.timeZone
      const items: NoticeShown[] = []
      for (const notice of page.items) items.push(await shown(user, zone, notice))
      return { items: items.filter(({ things }) => things.length > 0), next: page.next }
    },
  )
  app.get(
    '/notifications/unread',
    {
      config: { who },
      schema: { tags, summary: 'How many I have not read', response: { 200: UnreadCount, ...problems } },
    },
    async (request) => {
      const query = { states: ['unread'], limit: MOST_COUNTED }
      return { unread: (await records.listPapers(ALL, noticesOf(personOf(request).id), query)).items.length }
    },
  )
  app.post(
    '/notifications/read',
    {
      config: { who },
      schema: {
        tags,
        summary: 'I have read these, or all',
        body: NoticesRead,
        response: { 200: UnreadCount, ...problems },
      },
    },
    async (request) => {
      const kind = noticesOf(personOf(request).id)
      const { ids } = request.body
      const query = { states: ['unread'], limit: READ_AT_ONCE, ...(ids === undefined ? {} : { ids }) }
      for (;;) {
        const { items } = await records.listPapers(ALL, kind, query)
        if (items.length === 0) break
        const papers = items.map(({ id, premises, audience, dueAt, body, version }) => ({
          kind,
          paper: { id, premises, audience, state: 'read', dueAt, body },
          expectedVersion: version,
        }))
        await records.changePapers({ papers }, actorOf(identityOf(request)), 'notice.read')
      }
      const left = await records.listPapers(ALL, kind, { states: ['unread'], limit: MOST_COUNTED })
      return { unread: left.items.length }
    },
  )
  app.get(
    '/notifications/wishes',
    { config: { who }, schema: { tags, summary: 'How I am told', response: { 200: WishesShown, ...problems } } },
    async (request, reply) => {
      const identity = identityOf(request)
      const user = personOf(request)
      const stored = await records.getPaper(ALL, WISHES, user.id)
      const version = stored?.version ?? 0
      if (stored !== null) setEtag(reply, version)
      const { subscriptions, absences, ...wishes } = stored?.body ?? DEFAULT_WISHES
      const colleagues = await records.listUsers({ organisation: identity.organisation })
      return {
        ...wishes,
        quiet:
          wishes.quiet === null
            ? null
            : { ...wishes.quiet, days: wishes.quiet.days === null ? null : [...wishes.quiet.days] },
        subscriptions: subscriptions?.map((one) => ({ ...one, families: [...one.families] })) ?? null,
        absences: [...absences],
        version,
        email: user.email ?? null,
        mail: (notifier?.state().from ?? null) !== null,
        colleagues: colleagues
          .filter(
            ({ id, disabled, memberships }) =>
              id !== user.id && !disabled && memberships.some((one) => one.organisation === identity.organisation),
          )
          .map(({ id, name }) => ({ id, name })),
      }
    },
  )
  app.put(
    '/notifications/wishes',
    {
      config: { who },
      schema: {
        tags,
        summary: 'Say how I am told',
        body: WishesWanted,
        response: { 200: Changed, 201: Changed, ...problems },
      },
    },
    async (request, reply) => {
      const user = personOf(request)
      const stored = await records.getPaper(ALL, WISHES, user.id)
      checkVersion(request, stored?.version ?? null)
      const body = request.body
      const found = await wrongWishes(user, body)
      if (found.length > 0) throw new Failure('invalid-body', 'Nothing was changed.', { problems: found })
      const paper = { id: user.id, premises: null, audience: 'operator' as const, state: 'kept', dueAt: null, body }
      const { versions } = await records.changePapers(
        { papers: [{ kind: WISHES, paper, expectedVersion: stored?.version ?? 0 }] },
        actorOf(identityOf(request)),
        'notification-wishes.put',
      )
      const version = versions[0] ?? 1
      setEtag(reply, version)
      reply.code(stored === null ? 201 : 200)
      return { created: stored === null, version }
    },
  )
  app.post(
    '/notifications/test-mail',
    {
      config: { who },
      schema: { tags, summary: 'Send a test message to my address', response: { 202: MessageMade, ...problems } },
    },
    async (request, reply) => {
      const user = personOf(request)
      if ((notifier?.state().from ?? null) === null)
        throw new Failure('conflict', 'No mail server is set up in this installation.')
      if ((user.email ?? '') === '')
        throw new Failure('conflict', 'You have no e-mail address. Give one in your account.')
      const waiting = await records.listPapers(ALL, MAIL, {
        states: ['due', 'failed'],
        text: `"user":"${user.id}"`,
        limit: 50,
      })
      if (waiting.items.filter(({ body }) => body.way === 'test').length >= TESTS_WAITING)
        throw new Failure('too-many-requests', 'Test messages are on their way already.')
      const id = createId('mail')
      const body: MailDelivery = { user: user.id, way: 'test', things: [], more: 0, attempts: [] }
      const paper = { id, premises: null, audience: 'operator' as const, state: 'due', dueAt: now(), body }
      await records.changePapers({ papers: [{ kind: MAIL, paper }] }, actorOf(identityOf(request)), 'mail.test')
      return reply.code(202).send({ id })
    },
  )

  async function wrongWishes(user: User, { timeZone, quiet, absences }: WishesWanted): Promise<Problem[]> {
    const found: Problem[] = []
    const wrong = (pointer: string, code: string, message: string): void => void found.push({ pointer, code, message })
    if (!isTimeZone(timeZone)) wrong('/timeZone', 'no-time-zone', 'give a time zone such as Europe/Helsinki')
    if (quiet !== null && quiet.from === quiet.to)
      wrong('/quiet/to', 'empty', 'quiet hours begin and end at different times')
    for (const [place, { from, to, deputy }] of absences.entries()) {
      if (from >= to) wrong(`/absences/${place}/to`, 'ends-before', `must be after ${from}`)
      if (deputy === null) continue
      const person = deputy === user.id ? null : await records.getUser(deputy)
      const shares = person?.memberships.some((one) =>
        user.memberships.some((own) => own.organisation === one.organisation),
      )
      if (shares !== true || person?.disabled === true)
        wrong(`/absences/${place}/deputy`, 'unknown-person', 'must be somebody else of your organisation')
    }
    return found
  }
}

function thingShown(one: Described, zone: string): NoticeThing {
  const inAll = <T>(write: (language: Language) => T): { fi: T; sv: T; en: T } => ({
    fi: write('fi'),
    sv: write('sv'),
    en: write('en'),
  })
  return {
    kind: one.kind,
    severity: one.severity,
    at: iso(one.at),
    reason: one.reason,
    title: inAll((language) => titleOf(one, language)),
    place: inAll((language) => placeOf(one, language)),
    details: inAll((language) => detailsOf(one, language, zone)),
    over: one.isOver,
    path: one.path,
  }
}
