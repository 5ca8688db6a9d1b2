// What could not be used: looked at, deleted, or replayed after its mapping is mended.
import {
  QuarantineDeleted,
  QuarantineIds,
  QuarantineIdsQuery,
  QuarantinePage,
  QuarantineQuery,
  QuarantineReplayed,
  type QuarantineShown,
} from '#contract/quarantine.ts'
import type { QuarantineEntry, Scope } from '#domain/ports/records.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, pageOfQuery, pageShown, problems } from './answers.ts'

const PAGE = 200
/** Pages that are read to find the entries to replay. */
const MAX_PAGES = 500

export function addQuarantineRoutes(app: ApiApp, { records, broker }: RouteParts): void {
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
      const page = await records.listQuarantine(scopeOf(request), {
        ...pageOfQuery(request.query),
        ...(device === undefined ? {} : { device }),
      })
      return pageShown(page, entryShown)
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
      const ids = request.query.ids.split(',').map(Number)
      return { deleted: await records.deleteQuarantine(scopeOf(request), ids, actorOf(identityOf(request))) }
    },
  )
  app.post(
    '/quarantine/replay',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['quarantine'],
        summary: 'Try entries again; those that are taken leave the quarantine',
        body: QuarantineIds,
        response: { 200: QuarantineReplayed, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const entries = await entriesOf(scope, new Set(request.body.ids))
      const answer: QuarantineReplayed = { replayed: 0, stored: 0, refused: [] }
      const taken: number[] = []
      for (const entry of entries) {
        const { stored, refused } = await broker.replay(entry)
        answer.replayed++
        answer.stored += stored
        if (refused === null) taken.push(entry.id)
        else answer.refused.push({ id: entry.id, reason: refused })
      }
      if (taken.length > 0) await records.deleteQuarantine(scope, taken, actorOf(identityOf(request)))
      return answer
    },
  )
  const entriesOf = async (scope: Scope, ids: ReadonlySet<number>): Promise<QuarantineEntry[]> => {
    const found: QuarantineEntry[] = []
    let after: string | null | undefined
    for (let page = 0; page < MAX_PAGES && after !== null && found.length < ids.size; page++) {
      const listed = await records.listQuarantine(scope, { limit: PAGE, ...(after === undefined ? {} : { after }) })
      found.push(...listed.items.filter((entry) => ids.has(entry.id)))
      after = listed.next
    }
    return found
  }
}

function entryShown(entry: QuarantineEntry): QuarantineShown {
  const { payload, encoding } = payloadShown(entry.payload)
  const { id, credential, device, premises, topic, reason, detail, count } = entry
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
    firstAt: iso(entry.firstAt),
    lastAt: iso(entry.lastAt),
  }
}
function payloadShown(payload: Uint8Array): { payload: string; encoding: 'text' | 'base64' } {
  try {
    return { payload: new TextDecoder('utf-8', { fatal: true }).decode(payload), encoding: 'text' }
  } catch {
    return { payload: Buffer.from(payload).toString('base64'), encoding: 'base64' }
  }
}
