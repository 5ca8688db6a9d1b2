// MQTT listeners: programs of an organisation that follow what happens at one topic; the password is shown once.
import { IdParams, Nothing } from '#contract/common.ts'
import { ListenerList, ListenerMade, ListenerWanted } from '#contract/webhooks.ts'
import { Failure } from '#domain/failure.ts'
import { LISTENER, notifyTopic } from '#domain/notification/listener.ts'
import { actorOf, identityOf } from '#api/access/identity.ts'
import { createId, createSecret, hashSecret } from '#api/access/secrets.ts'
import { usesOf } from '#api/credentials/uses.ts'
import { audienceOf, ownPaper, ownPapers } from '#api/notification/own-paper.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, problems } from './answers.ts'

export function addListenerRoutes(app: ApiApp, { records, broker, limits, now }: RouteParts): void {
  const tags = ['listeners']
  const who = ['admin'] as const
  app.get(
    '/listeners',
    {
      config: { who },
      schema: { tags, summary: 'MQTT listeners of the organisation', response: { 200: ListenerList, ...problems } },
    },
    async (request) => {
      const items = []
      for (const { id, body, createdAt } of await ownPapers(records, LISTENER, identityOf(request))) {
        const credentials = await records.credentialsOf(id)
        const useOf = await usesOf(id, credentials, { records, broker })
        const uses = credentials.map((one) => useOf(one.id))
        items.push({
          id,
          name: body.name,
          topic: notifyTopic(body.organisation),
          createdAt: iso(createdAt),
          lastUsedAt: uses.map(({ lastUsedAt }) => lastUsedAt).find((at) => at !== null) ?? null,
          connected: uses.some(({ connected }) => connected),
        })
      }
      return { items }
    },
  )
  app.post(
    '/listeners',
    {
      config: { who, showsSecret: true },
      schema: {
        tags,
        summary: 'Make a listener; its password is shown once',
        body: ListenerWanted,
        response: { 201: ListenerMade, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { organisation } = identity
      if (organisation === null)
        throw new Failure('not-allowed', 'A listener belongs to an organisation: sign in as one.')
      if ((await ownPapers(records, LISTENER, identity)).length >= limits.listenersPerOrganisation)
        throw new Failure('conflict', `There are ${limits.listenersPerOrganisation} listeners already.`)
      const id = createId('listener')
      const password = createSecret()
      const body = { name: request.body.name, organisation }
      const paper = { id, premises: null, audience: audienceOf(organisation), state: 'on', dueAt: null, body }
      await records.changePapers({ papers: [{ kind: LISTENER, paper }] }, actorOf(identity), 'listener.put')
      await records.putCredentials(
        [
          {
            id: createId('credential'),
            device: id,
            hash: hashSecret(password),
            gateway: false,
            createdAt: now(),
            revokedAt: null,
          },
        ],
        actorOf(identity),
      )
      return reply.code(201).send({ id, username: id, password, topic: notifyTopic(organisation) })
    },
  )
  app.delete(
    '/listeners/:id',
    {
      config: { who },
      schema: {
        tags,
        summary: 'End a listener; its connection is cut',
        params: IdParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { id } = await ownPaper(records, LISTENER, request.params.id, identity)
      await records.revokeCredentials(id, now(), actorOf(identity))
      await records.deletePapers(LISTENER, [id], actorOf(identity), 'listener.delete')
      return reply.code(204).send(null)
    },
  )
}
