// The routes that every registered noun has alike: list, one, change, history.
import type { TSchema } from 'typebox'
import type { Static } from 'typebox'
import { AtQuery, Changed, History, KnownAtQuery } from '#contract/change.ts'
import { IdParams } from '#contract/common.ts'
import type { LocalDate, ObjectKind, ObjectOf } from '#domain/registry/bundle.ts'
import type { ObjectQuery, Stored } from '#domain/ports/records.ts'
import { scopeOf } from '#api/access/identity.ts'
import { CHANGE_ROLES } from '#api/access/may-change.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { namesOfActors } from '#api/views/recorded-by.ts'
import { changeObject } from './change-object.ts'
import { dateOf, instantOf, iso, notFound, pageOfQuery, pageShown, problems, setEtag } from './answers.ts'

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

/** GET /<nouns>/:id; with `on`, which leaves what is in force on a date, it takes `?at=` too. */
export function addOne<K extends ObjectKind>(
  { app, parts: { records }, path, kind, tag }: Noun<K>,
  answer: TSchema,
  show: (stored: Stored<ObjectOf<K>>, at?: LocalDate) => unknown,
  on?: (value: ObjectOf<K>, at: LocalDate) => ObjectOf<K>,
): void {
  app.get(
    `${path}/:id`,
    {
      config: { who: 'viewer' },
      schema: {
        tags: [tag],
        summary: `One of ${tag}, as of now or as it was known`,
        params: IdParams,
        querystring: (on === undefined ? KnownAtQuery : AtQuery) as typeof AtQuery,
        response: { 200: answer, ...problems },
      },
    },
    async (request, reply) => {
      const { at, knownAt } = request.query
      const stored = await records.getObject(
        scopeOf(request),
        kind,
        request.params.id,
        knownAt === undefined ? undefined : instantOf(knownAt, 'knownAt'),
      )
      if (stored === null) throw notFound()
      setEtag(reply, stored.version)
      if (at === undefined || on === undefined) return show(stored) as Static<TSchema>
      return show({ ...stored, value: on(stored.value, dateOf(at, 'at')) }, at) as Static<TSchema>
    },
  )
}

/** The rows that hold on a date. */
export const covering = <R extends { from: LocalDate; to: LocalDate | null }>(rows: readonly R[], at: LocalDate): R[] =>
  rows.filter(({ from, to }) => from <= at && (to === null || at < to))

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
      const nameOf = await namesOfActors(
        records,
        versions.map(({ recordedBy }) => recordedBy),
      )
      return {
        items: versions
          .map(({ version, recordedAt, recordedBy }) => ({
            version,
            recordedAt: iso(recordedAt),
            recordedBy,
            recordedByName: nameOf(recordedBy),
          }))
          .sort((a, b) => b.version - a.version),
      }
    },
  )
}
