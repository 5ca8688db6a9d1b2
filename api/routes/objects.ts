// The routes that every registered noun has alike: list, one, change, history.
import type { TSchema } from 'typebox'
import type { Static } from 'typebox'
import { Changed, History, KnownAtQuery } from '#contract/change.ts'
import { IdParams } from '#contract/common.ts'
import type { ObjectKind, ObjectOf } from '#domain/registry/bundle.ts'
import type { ObjectQuery, Stored } from '#domain/ports/records.ts'
import { scopeOf } from '#api/access/identity.ts'
import { CHANGE_ROLES } from '#api/access/may-change.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { changeObject } from './change-object.ts'
import { instantOf, iso, notFound, pageOfQuery, pageShown, problems, setEtag } from './answers.ts'

type Noun<K extends ObjectKind> = { app: ApiApp; parts: RouteParts; path: string; kind: K; tag: string }
type ListQuery = { limit?: number; after?: string; premises?: string; q?: string }

/** GET /<nouns> */
export function addList<K extends ObjectKind, Q extends TSchema, A extends TSchema>(
  { app, parts: { records }, path, kind, tag }: Noun<K>,
  schemas: { query: Q; answer: A },
  show: (stored: Stored<ObjectOf<K>>) => unknown,
): void {
  app.get(
    path,
    {
      config: { who: 'viewer' },
      schema: {
        tags: [tag],
        summary: `List of ${tag}`,
        querystring: schemas.query as TSchema,
        response: { 200: schemas.answer as TSchema, ...problems },
      },
    },
    async (request) => {
      const query = request.query as ListQuery
      const asked: ObjectQuery = {
        ...pageOfQuery(query),
        ...(query.premises === undefined ? {} : { premises: query.premises }),
        ...(query.q === undefined ? {} : { text: query.q }),
      }
      return pageShown(await records.listObjects(scopeOf(request), kind, asked), show) as Static<TSchema>
    },
  )
}

/** GET /<nouns>/:id */
export function addOne<K extends ObjectKind>(
  { app, parts: { records }, path, kind, tag }: Noun<K>,
  answer: TSchema,
  show: (stored: Stored<ObjectOf<K>>) => unknown,
): void {
  app.get(
    `${path}/:id`,
    {
      config: { who: 'viewer' },
      schema: {
        tags: [tag],
        summary: `One of ${tag}, as of now or as it was known`,
        params: IdParams,
        querystring: KnownAtQuery,
        response: { 200: answer, ...problems },
      },
    },
    async (request, reply) => {
      const { knownAt } = request.query
      const stored = await records.getObject(
        scopeOf(request),
        kind,
        request.params.id,
        knownAt === undefined ? undefined : instantOf(knownAt, 'knownAt'),
      )
      if (stored === null) throw notFound()
      setEtag(reply, stored.version)
      return show(stored) as Static<TSchema>
    },
  )
}

/** PUT /<nouns>/:id */
export function addChange<K extends ObjectKind>({ app, parts, path, kind, tag }: Noun<K>, body: TSchema): void {
  app.put(
    `${path}/:id`,
    {
      config: { who: CHANGE_ROLES[kind] },
      schema: {
        tags: [tag],
        summary: `Make or change one of ${tag}`,
        params: IdParams,
        body,
        response: { 200: Changed, 201: Changed, ...problems },
      },
    },
    (request, reply) => changeObject(kind, request.params.id, request.body as ObjectOf<K>, request, reply, parts),
  )
}

/** GET /<nouns>/:id/history */
export function addHistory<K extends ObjectKind>({ app, parts: { records }, path, kind, tag }: Noun<K>): void {
  app.get(
    `${path}/:id/history`,
    {
      config: { who: 'viewer' },
      schema: {
        tags: [tag],
        summary: 'Its versions, newest first',
        params: IdParams,
        response: { 200: History, ...problems },
      },
    },
    async (request) => {
      const versions = await records.objectHistory(scopeOf(request), kind, request.params.id)
      if (versions.length === 0) throw notFound()
      return {
        items: versions
          .map(({ version, recordedAt, recordedBy }) => ({ version, recordedAt: iso(recordedAt), recordedBy }))
          .sort((a, b) => b.version - a.version),
      }
    },
  )
}
