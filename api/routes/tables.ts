// Any list as CSV or XLSX: exactly what its filters give, asked of the list's own route as whoever asks.
import type { FastifyRequest } from 'fastify'
import { Streamed } from '#contract/common.ts'
import { TableParams, TableQuery, TABLES } from '#contract/tables.ts'
import { Failure, FAILURE_CODES, type FailureCode } from '#domain/failure.ts'
import { identityOf } from '#api/access/identity.ts'
import { withinHeader } from '#api/access/within.ts'
import { csvText } from '#api/documents/csv.ts'
import { listRows } from '#api/documents/list-rows.ts'
import { logExport } from '#api/documents/log-export.ts'
import { xlsxBytes } from '#api/documents/xlsx.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { problems } from './answers.ts'
import { MEDIA_TYPES } from './documents.ts'

const API = '/api/v1'
const PAGE = 200
/** What an answer calls its rows. */
const ROWS = ['items', 'lines', 'meters'] as const
type Page = { [R in (typeof ROWS)[number]]?: Record<string, unknown>[] } & { next?: string | null }

export function addTableRoutes(app: ApiApp, { records, limits }: RouteParts): void {
  /** One page of a list, as whoever asked for the table would get it. */
  const ask = async (request: FastifyRequest, path: string, query: Record<string, string>): Promise<Page> => {
    const { authorization, cookie } = request.headers
    const answer = await app.inject({
      method: 'GET',
      url: `${API}${path}?${new URLSearchParams(query).toString()}`,
      headers: {
        ...withinHeader(),
        ...(authorization === undefined ? {} : { authorization }),
        ...(cookie === undefined ? {} : { cookie }),
      },
      remoteAddress: request.ip,
    })
    if (answer.statusCode === 200) return answer.json<Page>()
    const {
      code,
      detail = 'The list was refused.',
      problems: found = [],
    } = answer.json<{
      code: string
      detail?: string
      problems?: Failure['problems']
    }>()
    throw new Failure(code in FAILURE_CODES ? (code as FailureCode) : 'internal', detail, { problems: found })
  }

  app.get(
    '/tables/:list',
    {
      config: { who: 'viewer' },
      handlerTimeout: 300_000,
      schema: {
        tags: ['lists'],
        summary: 'A list as CSV or XLSX: all rows of its filters, which are given beside as for the list itself',
        params: TableParams,
        querystring: TableQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const list = request.params.list
      const {
        format = 'csv',
        language = 'fi',
        ...given
      } = request.query as Record<string, string> & {
        format?: 'csv' | 'xlsx'
        language?: 'fi' | 'sv' | 'en'
      }
      const { limit: _limit, after: _after, ...filters } = given
      const premises = filters['premises'] ?? null
      const inPath = TABLES[list].includes(':premises')
      if (inPath && premises === null) throw new Failure('bad-request', 'This list is of one premises: name it.')
      const path = TABLES[list].replace(':premises', encodeURIComponent(premises ?? ''))
      if (inPath) delete filters['premises']
      const items: Record<string, unknown>[] = []
      for (let after: string | null = null; ;) {
        const paged = inPath ? {} : { limit: String(PAGE), ...(after === null ? {} : { after }) }
        const page = await ask(request, path, { ...filters, ...paged })
        items.push(...(ROWS.map((name) => page[name]).find((rows) => rows !== undefined) ?? []))
        if (items.length > limits.tableRows)
          throw new Failure('too-large', `A table has ${limits.tableRows} rows at most. Narrow the filters.`)
        after = page.next ?? null
        if (after === null) break
      }
      await logExport(records, identityOf(request), `${list}.${format}`, premises ?? 'all', premises)
      reply.header('content-disposition', `attachment; filename="${list}.${format}"`)
      reply.type(MEDIA_TYPES[format])
      const { heads, rows } = listRows(items, language)
      return format === 'csv' ? csvText([heads, ...rows], language) : xlsxBytes([{ name: list, heads, rows }])
    },
  )
}
