// Feedback on accessibility: anyone may send it, the operator answers it.
import {
  FeedbackChange,
  FeedbackPage,
  FeedbackParams,
  FeedbackQuery,
  FeedbackTaken,
  FeedbackWanted,
} from '#contract/feedback.ts'
import { Nothing } from '#contract/common.ts'
import { Failure } from '#domain/failure.ts'
import { paperKind } from '#domain/ports/papers.ts'
import type { Actor } from '#domain/ports/records.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, notFound, pageOfQuery, pageShown, problems } from './answers.ts'

type Feedback = { text: string; contact: string | null; page: string | null }
const FEEDBACK = paperKind<Feedback>('feedback')
/** Within which feedback is answered (act 306/2019). */
const ANSWER_MS = 14 * 86_400_000
const HOUR_MS = 3_600_000
const SOMEBODY: Actor = { kind: 'system', id: 'feedback', name: 'Feedback form', organisation: null }

export function addFeedbackRoutes(app: ApiApp, { records, limits, now }: RouteParts): void {
  const tags = ['feedback']
  let hour = { begun: 0, taken: 0 }

  app.post(
    '/feedback',
    {
      config: { who: 'open' },
      schema: {
        tags,
        summary: 'Feedback on accessibility, without signing in',
        body: FeedbackWanted,
        response: { 201: FeedbackTaken, ...problems },
      },
    },
    async (request, reply) => {
      const { text, contact, page, website } = request.body
      const id = createId('feedback')
      // Who fills in the field that people don't see is answered as if all were well.
      if (website !== undefined && website !== '') return reply.code(201).send({ id })
      if (now() - hour.begun >= HOUR_MS) hour = { begun: now(), taken: 0 }
      if (hour.taken >= limits.feedbackPerHour)
        throw new Failure('too-many-requests', 'Much feedback has come just now; try again in an hour.', {
          retryAfterMs: hour.begun + HOUR_MS - now(),
        })
      hour.taken++
      const paper = {
        id,
        premises: null,
        audience: 'operator' as const,
        state: 'open',
        dueAt: now() + ANSWER_MS,
        body: { text, contact: contact ?? null, page: page ?? null },
      }
      await records.changePapers({ papers: [{ kind: FEEDBACK, paper }] }, SOMEBODY, 'feedback.send')
      return reply.code(201).send({ id })
    },
  )

  app.get(
    '/feedback',
    {
      config: { who: { operator: ['admin'] }, saw: 'feedback' },
      schema: {
        tags,
        summary: 'Feedback that came, newest first',
        querystring: FeedbackQuery,
        response: { 200: FeedbackPage, ...problems },
      },
    },
    async (request) => {
      const page = await records.listPapers(scopeOf(request), FEEDBACK, {
        ...pageOfQuery(request.query),
        newestFirst: true,
      })
      return pageShown(page, ({ id, body, state, createdAt, dueAt }) => ({
        id,
        ...body,
        state: state === 'answered' ? ('answered' as const) : ('open' as const),
        at: iso(createdAt),
        dueAt: iso(dueAt ?? createdAt + ANSWER_MS),
      }))
    },
  )

  app.patch(
    '/feedback/:id',
    {
      config: { who: { operator: ['admin'] } },
      schema: {
        tags,
        summary: 'Mark feedback as answered',
        params: FeedbackParams,
        body: FeedbackChange,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const stored = await records.getPaper(scopeOf(request), FEEDBACK, request.params.id)
      if (stored === null) throw notFound()
      const { id, premises, audience, dueAt, body } = stored
      const paper = { id, premises, audience, dueAt, body, state: request.body.state }
      await records.changePapers(
        { papers: [{ kind: FEEDBACK, paper, expectedVersion: stored.version }] },
        actorOf(identityOf(request)),
        'feedback.state',
      )
      return reply.code(204).send(null)
    },
  )
}
