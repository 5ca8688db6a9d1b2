// Watching a gateway or bridge while a connector is made: its messages as they come, with what would be read from them; and replaying what waits.
import { IdParams, Streamed } from '#contract/common.ts'
import { ConnectorReplayed, WatchQuery, type WatchedMessage } from '#contract/watch.ts'
import { Failure } from '#domain/failure.ts'
import type { StoredConnector } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { actorOf, identityOf, isOperator, scopeOf, type Identity } from '#api/access/identity.ts'
import { isStillValid } from '#api/access/still-valid.ts'
import type { Inbox } from '#api/inbox/inbox.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts, WatchedEvent } from '#api/parts.ts'
import { iso, isoOrNull, notFound, problems, valueShown } from './answers.ts'
import { createOutbox } from './live-outbox.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'

const KEEP_ALIVE_MS = 15_000
/** How often it is looked at whether the watcher may still watch. */
const LOOK_MS = 2_000

type Watch = { gateway: Id; topicFilter: string; codec: string | null; mapping: string | null }

export function addWatchRoutes(app: ApiApp, parts: RouteParts, inbox: Inbox): void {
  const { records, broker, limits, log } = parts
  const enders = new Set<() => void>()
  const openOf = new Map<string, number>()
  const endAll = async (): Promise<void> => enders.forEach((end) => end())
  app.addHook('preClose', endAll)
  app.addHook('onClose', endAll)

  const connectorOf = async (request: FastifyRequest, id: Id): Promise<StoredConnector> => {
    const found = (await records.listConnectors(scopeOf(request))).find((one) => one.id === id)
    if (found === undefined) throw notFound()
    return found
  }
  const route = { config: { who: ['technician'] as const }, handlerTimeout: 0x7fffffff }
  const stream = { produces: ['text/event-stream'], response: { 200: Streamed, ...problems }, tags: ['connectors'] }

  app.get(
    '/connectors/:id/watch',
    {
      ...route,
      schema: { ...stream, summary: 'What a connector is sent, live (server-sent events `message`)', params: IdParams },
    },
    async (request, reply) => {
      const { credential: gateway, topicFilter, codec, mapping } = await connectorOf(request, request.params.id)
      await open(request, reply, { gateway, topicFilter, codec, mapping: mapping?.expression ?? null })
    },
  )
  app.get(
    '/watch',
    {
      ...route,
      schema: {
        ...stream,
        summary: 'What a gateway or bridge sends under a topic filter, live',
        querystring: WatchQuery,
      },
    },
    async (request, reply) => {
      const { gateway, topicFilter, codec = null } = request.query
      await open(request, reply, { gateway, topicFilter, codec, mapping: null })
    },
  )
  app.post(
    '/connectors/:id/replay',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['connectors'],
        summary: 'Read again what the quarantine has of the topics of a connector',
        params: IdParams,
        response: { 200: ConnectorReplayed, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { credential, topicFilter, premises } = await connectorOf(request, request.params.id)
      const place = await records.getObject(scopeOf(request), 'premises', premises)
      if (!isOperator(identity) && place?.value.landlord !== identity.organisation)
        throw new Failure('not-allowed', 'It is replayed by the landlord of the premises or by the operator.')
      await broker.settled()
      return inbox.replay(credential, (topic) => broker.covers(topicFilter, topic), actorOf(identity))
    },
  )

  /** Which messages of a gateway an asker sees: those of connectors into premises that they see, and of none if the gateway itself is theirs to see. */
  const sightOf = async (identity: Identity, gateway: Id): Promise<((event: WatchedEvent) => boolean) | null> => {
    if (isOperator(identity)) return () => true
    const scope = { organisation: identity.organisation }
    const connectors = new Set(
      (await records.listConnectors(scope)).filter((one) => one.credential === gateway).map(({ id }) => id),
    )
    const isSeen = (await records.getObject(scope, 'devices', gateway)) !== null
    if (!isSeen && connectors.size === 0) return null
    return ({ connector }) => (connector === null ? isSeen : connectors.has(connector))
  }

  const open = async (request: FastifyRequest, reply: FastifyReply, watch: Watch): Promise<void> => {
    const identity = identityOf(request)
    let sight = await sightOf(identity, watch.gateway)
    if (sight === null) throw notFound()
    const wrong = broker.checkConnector({
      topicFilter: watch.topicFilter,
      codec: watch.codec ?? 'native',
      mapping: null,
    })
    const wrongFilter = wrong.filter(({ pointer }) => pointer === '/topicFilter')
    if (wrongFilter.length > 0)
      throw new Failure('bad-request', 'This is no topic filter that can be watched.', { problems: wrongFilter })
    const owner = `${identity.kind} ${identity.id}`
    if ((openOf.get(owner) ?? 0) >= limits.watchesPerIdentity)
      throw new Failure('too-many-requests', 'Too many gateways are watched; close one first.', { retryAfterMs: 5000 })
    openOf.set(owner, (openOf.get(owner) ?? 0) + 1)

    reply.hijack()
    const response = reply.raw
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) response.setHeader(name, value)
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    response.write(': welcome\n\n')
    const outbox = createOutbox(response, limits.liveBufferBytes)
    let number = 0
    const send = async (event: WatchedEvent): Promise<void> => {
      if (sight?.(event) !== true) return
      const shown = await messageShown(event, watch, parts)
      outbox.send(`${number++ % limits.watchedWaiting}`, shown, messageText)
    }
    const unwatch = broker.watch(watch.gateway, watch.topicFilter, (event) => void send(event).catch(failed))
    const look = async (): Promise<void> => {
      if (outbox.isStalled(limits.liveStallMs)) return void response.destroy()
      sight = (await isStillValid(identity, parts)) ? await sightOf(identity, watch.gateway) : null
      if (sight === null) end()
    }
    const looking = setInterval(() => void look().catch(failed), LOOK_MS)
    const keepingAlive = setInterval(() => outbox.send('keep-alive', null, keepAliveText), KEEP_ALIVE_MS)
    const end = (): void => {
      if (!enders.delete(end)) return
      outbox.close()
      clearInterval(looking)
      clearInterval(keepingAlive)
      unwatch()
      const left = (openOf.get(owner) ?? 1) - 1
      if (left === 0) openOf.delete(owner)
      else openOf.set(owner, left)
      response.end()
    }
    function failed(error: unknown): void {
      log.warn('watching ended', { error: String(error) })
      end()
    }
    enders.add(end)
    response.on('close', end)
  }
}

async function messageShown(event: WatchedEvent, watch: Watch, { broker }: RouteParts): Promise<WatchedMessage> {
  const { topic, payload, truncated, receivedAt, connector, codec, mapping, skipped } = event
  const { readings, ...decoded } = await broker.decode({
    topic,
    payload,
    codec: watch.codec ?? codec,
    mapping: watch.codec === null ? mapping : watch.mapping,
    receivedAt,
  })
  return {
    topic,
    ...payloadShown(payload),
    truncated,
    receivedAt: iso(receivedAt),
    connector,
    decoded: {
      ...decoded,
      readings: readings.map((one) => ({ ...one, value: valueShown(one.value), at: isoOrNull(one.at) })),
    },
    skipped,
  }
}

function payloadShown(payload: Uint8Array): { payload: string; encoding: 'text' | 'base64' } {
  try {
    return { payload: new TextDecoder('utf-8', { fatal: true }).decode(payload), encoding: 'text' }
  } catch {
    return { payload: Buffer.from(payload).toString('base64'), encoding: 'base64' }
  }
}

const messageText = (shown: object): string => `event: message\ndata: ${JSON.stringify(shown)}\n\n`
const keepAliveText = (): string => ': keep-alive\n\n'
