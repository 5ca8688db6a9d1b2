// What could not be used: looked at, deleted, or replayed after its mapping is mended.
import {
  QuarantineDeleted,
  QuarantineIds,
  QuarantineIdsQuery,
  QuarantineMessagesPage,
  QuarantineMessagesParams,
  QuarantineMessagesQuery,
  QuarantinePage,
  QuarantineQuery,
  QuarantineReplayed,
  type QuarantineMessageShown,
  type QuarantineShown,
} from '#contract/quarantine.ts'
import type { Actor, Page, QuarantinedMessage, QuarantineEntry, Scope } from '#domain/ports/records.ts'
import { seenQuarantine } from '#api/inbox/quarantine-sight.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, notFound, pageOfQuery, pageShown, problems } from './answers.ts'

/** Messages that are read again before those of them that are taken leave the quarantine. */
const REPLAYED_AT_ONCE = 100

export function addQuarantineRoutes(app: ApiApp, { records, broker, limits }: RouteParts): void {
  app.get(
    '/quarantine',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['quarantine'],
        summary: 'What could not be used',
        querystring: QuarantineQuery,
        response: { 200: QuarantinePage, ...problems },
      },
    },
    async (request) => {
      const { device } = request.query
      const page = await seenQuarantine(records, scopeOf(request), {
        ...pageOfQuery(request.query),
        ...(device === undefined ? {} : { device }),
      })
      return pageShown(page, ({ entry }) => entryShown(entry))
    },
  )
  app.get(
    '/quarantine/:id/messages',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['quarantine'],
        summary: 'The kept messages of an entry, in order of arrival',
        params: QuarantineMessagesParams,
        querystring: QuarantineMessagesQuery,
        response: { 200: QuarantineMessagesPage, ...problems },
      },
    },
    async (request) => {
      const { id } = request.params
      const [seen] = (await seenQuarantine(records, scopeOf(request), { ids: [id], limit: 1 })).items
      if (seen === undefined) throw notFound()
      const query = { entry: id, ...pageOfQuery(request.query) }
      return pageShown(await records.quarantinedMessages(seen.scope, query), messageShown)
    },
  )
  app.delete(
    '/quarantine',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['quarantine'],
        summary: 'Forget entries',
        querystring: QuarantineIdsQuery,
        response: { 200: QuarantineDeleted, ...problems },
      },
    },
    async (request) => {
      const ids = [...new Set(request.query.ids.split(',').map(Number))]
      const actor = actorOf(identityOf(request))
      const { items } = await seenQuarantine(records, scopeOf(request), { ids, limit: ids.length })
      let deleted = 0
      for (const { entry, scope } of items) deleted += await records.deleteQuarantine(scope, [entry.id], actor)
      return { deleted }
    },
  )
  app.post(
    '/quarantine/replay',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['quarantine'],
        summary:
          'Read all kept messages of entries again, in order of arrival; those that are taken leave the quarantine',
        body: QuarantineIds,
        response: { 200: QuarantineReplayed, ...problems },
      },
    },
    async (request) => {
      const actor = actorOf(identityOf(request))
      const ids = [...new Set(request.body.ids)]
      const { items } = await seenQuarantine(records, scopeOf(request), { ids, limit: ids.length })
      const answer: QuarantineReplayed = { replayed: 0, stored: 0, refused: [], unfinished: [] }
      for (const { entry, scope } of items.toReversed()) await replayRow(scope, entry.id, actor, answer)
      return answer
    },
  )
  /** All kept messages of a row in order of arrival; those that are taken wholly leave it. */
  const replayRow = async (scope: Scope, id: number, actor: Actor, answer: QuarantineReplayed): Promise<void> => {
    const refused = new Map<string, number>()
    for (let after: string | null = '0'; after !== null;) {
      const limit = Math.min(REPLAYED_AT_ONCE, limits.replayMessages - answer.replayed)
      if (limit <= 0) {
        answer.unfinished.push(id)
        break
      }
      const page: Page<QuarantinedMessage> = await records.quarantinedMessages(scope, { entry: id, after, limit })
      const results = await broker.replay(page.items)
      const taken = page.items.filter((_, index) => results[index]?.refused === null).map((message) => message.id)
      if (taken.length > 0) await records.releaseQuarantined(scope, taken, actor)
      for (const { stored, refused: reason } of results) {
        answer.replayed++
        answer.stored += stored
        if (reason !== null) refused.set(reason, (refused.get(reason) ?? 0) + 1)
      }
      after = page.next
    }
    for (const [reason, count] of refused) answer.refused.push({ id, reason, count })
  }
}

function entryShown(entry: QuarantineEntry): QuarantineShown {
  const { payload, encoding } = payloadShown(entry.payload)
  const { id, credential, device, premises, topic, reason, detail, count, kept, truncated } = entry
  return {
    id,
    credential,
    device,
    premises,
    topic,
    reason,
    detail,
    payload,
    encoding,
    count,
    kept,
    truncated,
    firstAt: iso(entry.firstAt),
    lastAt: iso(entry.lastAt),
  }
}
function messageShown({ id, topic, payload, truncated, at }: QuarantinedMessage): QuarantineMessageShown {
  return { id, topic, ...payloadShown(payload), truncated, receivedAt: iso(at) }
}
function payloadShown(payload: Uint8Array): { payload: string; encoding: 'text' | 'base64' } {
  try {
    return { payload: new TextDecoder('utf-8', { fatal: true }).decode(payload), encoding: 'text' }
  } catch {
    return { payload: Buffer.from(payload).toString('base64'), encoding: 'base64' }
  }
}
