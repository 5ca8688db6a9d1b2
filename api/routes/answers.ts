// Small words that many routes need: schemas of error answers, stored objects as they are shown, ETags.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '#domain/failure.ts'
import { formatInstant, parseInstant } from '#domain/quantity/instant.ts'
import { parseLocalDate } from '#domain/quantity/local-date.ts'
import type { Page, Stored } from '#domain/ports/records.ts'
import type { Value } from '#domain/ports/telemetry.ts'
import { DEFAULT_PAGE } from '#contract/common.ts'
import { ProblemDocument } from '#contract/problem.ts'
import { NOTHING_HERE } from '#api/schema-compilers.ts'

/** The error answers of every route. */
export const problems = { '4xx': ProblemDocument, '5xx': ProblemDocument }

export const notFound = (): Failure => new Failure('not-found', NOTHING_HERE)
export const iso = (at: number): string => formatInstant(at)
export const isoOrNull = (at: number | null): string | null => (at === null ? null : formatInstant(at))

/** An instant of a query that its pattern let through. @throws Failure 'bad-request' when there is no such day. */
export function instantOf(text: string, name: string): number {
  const at = parseInstant(text)
  if (at === null) throw new Failure('bad-request', `${name} is no instant: give ISO 8601 with offset or Z.`)
  return at
}
/** A date of a query that its pattern let through. @throws Failure 'bad-request' when there is no such day. */
export function dateOf(text: string, name: string): string {
  if (parseLocalDate(text) === null) throw new Failure('bad-request', `${name} is no date: there is no ${text}.`)
  return text
}

/** A stored object with its version, as a GET shows it. */
export const shown = <T extends object>(stored: Stored<T>): T & { version: number; recordedAt: string } => ({
  ...stored.value,
  version: stored.version,
  recordedAt: iso(stored.recordedAt),
})
export const pageShown = <T, U>(page: Page<T>, show: (item: T) => U): { items: U[]; next: string | null } => ({
  items: page.items.map(show),
  next: page.next,
})
/** The part of a list's query that stores take. */
export const pageOfQuery = (query: { limit?: number; after?: string }): { limit: number; after?: string } => ({
  limit: query.limit ?? DEFAULT_PAGE,
  ...(query.after === undefined ? {} : { after: query.after }),
})

export const setEtag = (reply: FastifyReply, version: number): void => void reply.header('etag', `"v${version}"`)

/** The version that If-Match names, or null without the header. @throws Failure 'bad-request' when it is none of ours. */
export function versionOfIfMatch(request: FastifyRequest): number | null {
  const header = request.headers['if-match']
  if (header === undefined) return null
  const match = /^"v(\d{1,9})"$/.exec(header)
  if (match === null) throw new Failure('bad-request', 'If-Match is the ETag of a GET, like "v3".')
  return Number(match[1])
}

/**
 * Whoever changes what exists names the version that they have seen; `stored` is null when it does not exist.
 * @throws Failure 'precondition-required' without If-Match for an existing one, 'changed-meanwhile' when it is at another version.
 */
export function checkVersion(request: FastifyRequest, stored: number | null): void {
  const expected = versionOfIfMatch(request)
  if (stored !== null && expected === null)
    throw new Failure(
      'precondition-required',
      'It exists already: send If-Match with the ETag of the version that you change.',
    )
  if (expected !== null && expected !== (stored ?? 0))
    throw new Failure(
      'changed-meanwhile',
      stored === null ? 'It does not exist any more, or not yet.' : `It is at version ${stored} now.`,
    )
}

/** A value as the API shows it: an exact decimal as the number nearest to it. */
export const valueShown = (value: Value): number | boolean | string =>
  typeof value === 'object' ? Number(value.decimal) : value
