// Webhooks: endpoints of one's own programs, their secrets (shown once), messages with every attempt, dead letters and replay.
import { IdParams, Nothing } from '#contract/common.ts'
import {
  DeliveryPage,
  DeliveryQuery,
  MessageMade,
  ReplayDone,
  ReplayWanted,
  WebhookList,
  WebhookMade,
  WebhookShown,
  WebhookWanted,
} from '#contract/webhooks.ts'
import { Failure } from '#domain/failure.ts'
import { WEBHOOK_DELIVERY, type WebhookDelivery } from '#domain/notification/delivery.ts'
import { OLD_SECRET_MS, WEBHOOK, webhookSecret, type Webhook } from '#domain/notification/webhook.ts'
import type { PaperChange, StoredPaper } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { actorOf, identityOf, scopeOf, type Identity } from '#api/access/identity.ts'
import { createId, createSecret } from '#api/access/secrets.ts'
import { audienceOf, ownPaper, ownPapers } from '#api/notification/own-paper.ts'
import { wrongUrl } from '#api/notification/webhook-address.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { checkVersion, iso, isoOrNull, pageOfQuery, problems, setEtag } from './answers.ts'

const MOST_COUNTED = 200
const REPLAYED_AT_ONCE = 200

export function addWebhookRoutes(app: ApiApp, { records, sealer, settings, limits, now }: RouteParts): void {
  const tags = ['webhooks']
  const who = ['admin'] as const
  const named: ReadonlySet<string> = new Set(settings.webhookHosts)
  /** Messages name their endpoint in their body. */
  const of = (webhook: Id) => ({ text: `"webhook":"${webhook}"` })

  async function shown(paper: StoredPaper<Webhook>, identity: Identity): Promise<WebhookShown> {
    const { id, state, version, body } = paper
    const count = async (states: string[]): Promise<number> =>
      (
        await records.listPapers({ organisation: identity.organisation }, WEBHOOK_DELIVERY, {
          ...of(id),
          states,
          limit: MOST_COUNTED,
        })
      ).items.length
    const { name, url, families, from, premises, failingSince, secrets } = body
    const old = secrets.find(({ until }) => until !== null && until > now())
    return {
      id,
      name,
      url,
      families: [...families],
      from,
      premises,
      state: state as WebhookShown['state'],
      failingSince: isoOrNull(failingSince),
      oldSecretUntil: isoOrNull(old?.until ?? null),
      waiting: await count(['due', 'failed']),
      dead: await count(['dead']),
      version,
    }
  }
  async function check({ url, premises }: WebhookWanted, { organisation }: Identity): Promise<void> {
    const wrong = wrongUrl(url, named)
    const unknown = premises !== null && (await records.getObject({ organisation }, 'premises', premises)) === null
    const found = [
      ...(wrong === null ? [] : [{ pointer: '/url', code: 'wrong-address', message: wrong }]),
      ...(unknown ? [{ pointer: '/premises', code: 'unknown-id', message: 'There is no such premises.' }] : []),
    ]
    if (found.length > 0)
      throw new Failure('invalid-body', 'The webhook cannot work; nothing was changed.', { problems: found })
  }
  const put = async (
    id: Id,
    state: string,
    body: Webhook,
    version: number,
    identity: Identity,
    action: string,
  ): Promise<number> => {
    const paper = { id, premises: null, audience: audienceOf(identity.organisation), state, dueAt: null, body }
    const { versions } = await records.changePapers(
      { papers: [{ kind: WEBHOOK, paper, expectedVersion: version }] },
      actorOf(identity),
      action,
    )
    return versions[0] ?? 1
  }
  const newSecret = (): string => `whsec_${Buffer.from(createSecret(), 'base64url').toString('base64')}`

  app.get(
    '/webhooks',
    {
      config: { who },
      schema: { tags, summary: 'Webhooks and how they stand', response: { 200: WebhookList, ...problems } },
    },
    async (request) => {
      const identity = identityOf(request)
      const items: WebhookShown[] = []
      for (const paper of await ownPapers(records, WEBHOOK, identity)) items.push(await shown(paper, identity))
      return { items }
    },
  )
  app.post(
    '/webhooks',
    {
      config: { who, showsSecret: true },
      schema: {
        tags,
        summary: 'Make a webhook; its secret is shown once',
        body: WebhookWanted,
        response: { 201: WebhookMade, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      if ((await ownPapers(records, WEBHOOK, identity)).length >= limits.webhooksPerOrganisation)
        throw new Failure('conflict', `There are ${limits.webhooksPerOrganisation} webhooks already.`)
      await check(request.body, identity)
      const { enabled, ...wanted } = request.body
      const id = createId('webhook')
      const secret = newSecret()
      const secrets = [{ sealed: sealer.seal(secret, webhookSecret(id)), until: null }]
      const body: Webhook = { ...wanted, organisation: identity.organisation, secrets, failingSince: null }
      const version = await put(id, enabled ? 'on' : 'off', body, 0, identity, 'webhook.put')
      return reply.code(201).send({ id, secret, version })
    },
  )
  app.get(
    '/webhooks/:id',
    {
      config: { who },
      schema: { tags, summary: 'One webhook', params: IdParams, response: { 200: WebhookShown, ...problems } },
    },
    async (request, reply) => {
      const paper = await ownPaper(records, WEBHOOK, request.params.id, identityOf(request))
      setEtag(reply, paper.version)
      return shown(paper, identityOf(request))
    },
  )
  app.put(
    '/webhooks/:id',
    {
      config: { who },
      schema: {
        tags,
        summary: 'Change a webhook, or switch it on again',
        params: IdParams,
        body: WebhookWanted,
        response: { 200: WebhookShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const stored = await ownPaper(records, WEBHOOK, request.params.id, identity)
      checkVersion(request, stored.version)
      await check(request.body, identity)
      const { enabled, ...wanted } = request.body
      const body: Webhook = { ...stored.body, ...wanted, failingSince: null }
      await put(stored.id, enabled ? 'on' : 'off', body, stored.version, identity, 'webhook.put')
      const paper = await ownPaper(records, WEBHOOK, stored.id, identity)
      setEtag(reply, paper.version)
      return shown(paper, identity)
    },
  )
  app.delete(
    '/webhooks/:id',
    {
      config: { who },
      schema: { tags, summary: 'Remove a webhook', params: IdParams, response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      const { id } = await ownPaper(records, WEBHOOK, request.params.id, identityOf(request))
      await records.deletePapers(WEBHOOK, [id], actorOf(identityOf(request)), 'webhook.delete')
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/webhooks/:id/secret',
    {
      config: { who, showsSecret: true },
      schema: {
        tags,
        summary: 'A new secret, shown once; the one before signs too for a day',
        params: IdParams,
        response: { 200: WebhookMade, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const stored = await ownPaper(records, WEBHOOK, request.params.id, identity)
      const secret = newSecret()
      const before = stored.body.secrets.filter(({ until }) => until === null)
      const secrets = [
        { sealed: sealer.seal(secret, webhookSecret(stored.id)), until: null },
        ...before.map(({ sealed }) => ({ sealed, until: now() + OLD_SECRET_MS })),
      ]
      const version = await put(
        stored.id,
        stored.state,
        { ...stored.body, secrets },
        stored.version,
        identity,
        'webhook.secret',
      )
      return { id: stored.id, secret, version }
    },
  )
  app.post(
    '/webhooks/:id/test',
    {
      config: { who },
      schema: { tags, summary: 'Send a test message', params: IdParams, response: { 202: MessageMade, ...problems } },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { id: webhook } = await ownPaper(records, WEBHOOK, request.params.id, identity)
      const id = createId('msg')
      const type = 'webhook.test'
      const body: WebhookDelivery = {
        webhook,
        type,
        paper: null,
        body: JSON.stringify({ type, timestamp: iso(now()), data: { webhook, by: identity.name } }),
        tries: 0,
        attempts: [],
      }
      const paper = {
        id,
        premises: null,
        audience: audienceOf(identity.organisation),
        state: 'due',
        dueAt: now(),
        body,
      }
      await records.changePapers({ papers: [{ kind: WEBHOOK_DELIVERY, paper }] }, actorOf(identity), 'webhook.test')
      return reply.code(202).send({ id })
    },
  )
  app.get(
    '/webhooks/:id/deliveries',
    {
      config: { who },
      schema: {
        tags,
        summary: 'Messages of a webhook with every attempt, the newest first; state=dead: the dead letters',
        params: IdParams,
        querystring: DeliveryQuery,
        response: { 200: DeliveryPage, ...problems },
      },
    },
    async (request) => {
      const { id } = await ownPaper(records, WEBHOOK, request.params.id, identityOf(request))
      const { state } = request.query
      const page = await records.listPapers(scopeOf(request), WEBHOOK_DELIVERY, {
        ...of(id),
        ...pageOfQuery(request.query),
        newestFirst: true,
        ...(state === undefined ? {} : { states: [state] }),
      })
      const items = page.items.map((paper) => ({
        id: paper.id,
        type: paper.body.type,
        state: paper.state as 'due',
        createdAt: iso(paper.createdAt),
        dueAt: isoOrNull(paper.dueAt),
        attempts: paper.body.attempts.map((one) => ({ ...one, at: iso(one.at) })),
        body: paper.body.body,
      }))
      return { items, next: page.next }
    },
  )
  app.post(
    '/webhooks/:id/replay',
    {
      config: { who },
      schema: {
        tags,
        summary: 'Send messages again, under the same ids: these, or all that were given up',
        params: IdParams,
        body: ReplayWanted,
        response: { 200: ReplayDone, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const webhook = await ownPaper(records, WEBHOOK, request.params.id, identity)
      if (webhook.state !== 'on') throw new Failure('conflict', 'The webhook is off. Switch it on first.')
      const { ids } = request.body
      const query = {
        ...of(webhook.id),
        limit: REPLAYED_AT_ONCE,
        ...(ids === undefined ? { states: ['dead'] } : { ids }),
      }
      let replayed = 0
      for (;;) {
        const { items } = await records.listPapers(scopeOf(request), WEBHOOK_DELIVERY, query)
        const papers = items
          .filter(({ state, body }) => state !== 'due' && body.webhook === webhook.id)
          .map((paper): PaperChange => ({
            kind: WEBHOOK_DELIVERY,
            paper: {
              id: paper.id,
              premises: paper.premises,
              audience: paper.audience,
              state: 'due',
              dueAt: now(),
              body: { ...paper.body, tries: 0 } satisfies WebhookDelivery,
            },
            expectedVersion: paper.version,
          }))
        if (papers.length === 0) return { replayed }
        await records.changePapers({ papers }, actorOf(identity), 'webhook.replay')
        replayed += papers.length
        if (ids !== undefined) return { replayed }
      }
    },
  )
}
