// Imports: upload, preview with the problems of each row, mend, take, undo; and the credentials of what was imported.
import { Readable } from 'node:stream'
import { IdParams, Nothing, Streamed } from '#contract/common.ts'
import { FILE_TYPES } from '#contract/files.ts'
import {
  ImportListQuery,
  ImportPage,
  ImportRowsAnswer,
  ImportRowsQuery,
  ImportShown,
  ImportSummary,
  ImportUndoBody,
  ImportUndone,
  ImportUploadQuery,
  ImportWorkBody,
  type RowProblemShown,
} from '#contract/imports.ts'
import { Failure } from '#domain/failure.ts'
import { IMPORT, type RowProblem } from '#domain/imports/import.ts'
import { RULES } from '#domain/imports/kinds.ts'
import { identityOf, scopeOf } from '#api/access/identity.ts'
import { makeCredentials } from '#api/imports/credentials.ts'
import { errorsOf } from '#api/imports/evaluations.ts'
import { createImports, type Imports, type StoredImport, type View } from '#api/imports/imports.ts'
import { takeImport } from '#api/imports/take.ts'
import { undoImport } from '#api/imports/undo.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, isoOrNull, pageOfQuery, pageShown, problems, setEtag, versionOfIfMatch } from './answers.ts'

const WHO = ['technician', 'manager', 'controller'] as const
const ROWS_PAGE = 100
/** Problems that the import itself shows. */
const SHOWN_PROBLEMS = 200

export async function addImportRoutes(api: ApiApp, parts: RouteParts): Promise<void> {
  const { records, limits } = parts
  const imports = createImports(parts)
  api.addHook('onClose', () => imports.stop())
  const summary = (stored: StoredImport): ImportSummary => summaryOf(stored, imports)

  await api.register(async (app: ApiApp) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser([...FILE_TYPES], { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.post(
      '/imports',
      {
        config: { who: WHO },
        bodyLimit: Math.max(limits.fileBytes, limits.modelBytes, limits.ifcBytes),
        schema: {
          tags: ['imports'],
          summary:
            'Reads a file (CSV, XLSX, Finvoice, UBL, iCalendar, Brick as Turtle, RealEstateCore as JSON-LD, IFC) as a draft; the body is the file itself. Nothing is taken yet',
          querystring: ImportUploadQuery,
          response: { 201: ImportShown, ...problems },
        },
      },
      async (request, reply) => {
        const { body } = request as { body: unknown }
        if (!Buffer.isBuffer(body) || body.length === 0) throw new Failure('invalid-body', 'The file is empty.')
        const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? ''
        const { name, kind = null } = request.query
        const identity = identityOf(request)
        const stored = await imports.upload(identity, name, mediaType, body, kind)
        setEtag(reply, stored.version)
        return reply.status(201).send(shownOf(await imports.view(identity, stored.id), imports))
      },
    )
  })

  api.get(
    '/imports',
    {
      config: { who: WHO },
      schema: {
        tags: ['imports'],
        summary: 'Imports, the newest first',
        querystring: ImportListQuery,
        response: { 200: ImportPage, ...problems },
      },
    },
    async (request) => {
      const { kind, state, premises, ...page } = request.query
      const found = await records.listPapers(scopeOf(request), IMPORT, {
        ...pageOfQuery(page),
        newestFirst: true,
        ...(state === undefined ? {} : { states: [state] }),
        ...(premises === undefined ? {} : { premises }),
        ...(kind === undefined ? {} : { text: `"kind":"${kind}"` }),
      })
      return pageShown(found, summary)
    },
  )

  api.get(
    '/imports/:id',
    {
      config: { who: WHO },
      schema: {
        tags: ['imports'],
        summary: 'One import: its columns, what it would make, its problems, how far it is',
        params: IdParams,
        response: { 200: ImportShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const stored = await imports.find(identity, request.params.id)
      setEtag(reply, stored.version)
      // What is taken is looked at no more: it would find itself there.
      if (stored.state !== 'draft') return restOf(stored, imports)
      return shownOf(await imports.view(identity, stored.id), imports)
    },
  )

  api.get(
    '/imports/:id/rows',
    {
      config: { who: WHO },
      schema: {
        tags: ['imports'],
        summary: 'Rows of a draft with their problems',
        params: IdParams,
        querystring: ImportRowsQuery,
        response: { 200: ImportRowsAnswer, ...problems },
      },
    },
    async (request) => {
      const { table, work, evaluation } = await imports.view(identityOf(request), request.params.id)
      const { from = 0, limit = ROWS_PAGE, only = 'all' } = request.query
      const found = Map.groupBy(evaluation.problems, ({ row }) => row)
      const rows =
        only === 'all'
          ? table.rows.map((_row, i) => i + 1)
          : [...found.keys()].filter((row) => row > 0).toSorted((a, b) => a - b)
      const leftOut = new Set(work.leftOut)
      return {
        of: rows.length,
        rows: rows.slice(from, from + limit).map((row) => ({
          row,
          line: table.lines[row - 1] ?? row + 1,
          leftOut: leftOut.has(row),
          cells: table.header.map((_name, i) => table.rows[row - 1]?.[i] ?? ''),
          mends: work.mends[row] ?? {},
          problems: (found.get(row) ?? []).map((problem) => problemShown(problem, table, work.columns)),
        })),
      }
    },
  )

  api.put(
    '/imports/:id/work',
    {
      config: { who: WHO },
      schema: {
        tags: ['imports'],
        summary:
          'Which column is what, values for the whole file, meanings, mended cells, rows left out; remembered for the next file with this header',
        params: IdParams,
        body: ImportWorkBody,
        response: { 200: ImportShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const stored = await imports.decide(
        identity,
        request.params.id,
        request.body,
        mustMatch(versionOfIfMatch(request)),
      )
      setEtag(reply, stored.version)
      return shownOf(await imports.view(identity, stored.id), imports)
    },
  )

  api.post(
    '/imports/:id/take',
    {
      config: { who: WHO },
      schema: {
        tags: ['imports'],
        summary: 'Takes it, all or nothing, in the background: GET the import tells how far it is',
        params: IdParams,
        response: { 202: ImportSummary, ...problems },
      },
    },
    async (request, reply) =>
      reply
        .status(202)
        .send(
          summary(
            await takeImport(
              identityOf(request),
              request.params.id,
              mustMatch(versionOfIfMatch(request)),
              imports,
              parts,
            ),
          ),
        ),
  )

  api.post(
    '/imports/:id/undo',
    {
      config: { who: WHO },
      schema: {
        tags: ['imports'],
        summary: 'Sets everything back that it made or changed, as new versions',
        params: IdParams,
        body: ImportUndoBody,
        response: { 200: ImportUndone, ...problems },
      },
    },
    async (request) => {
      const { leaveChanged = false, acceptAdjustments = false } = request.body
      const { stored, closedMonths } = await undoImport(
        identityOf(request),
        request.params.id,
        { leaveChanged, acceptAdjustments },
        imports,
        parts,
      )
      return { import: summary(stored), closedMonths }
    },
  )

  api.post(
    '/imports/:id/credentials',
    {
      config: { who: WHO, showsSecret: true },
      schema: {
        tags: ['imports'],
        summary: 'Makes a credential for each device that the import made and that has none; a CSV that is shown once',
        params: IdParams,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const csv = await makeCredentials(identity, request.params.id, imports, parts)
      reply.header('cache-control', 'no-store')
      reply.header('content-disposition', 'attachment; filename="credentials.csv"')
      return reply.type('text/csv; charset=utf-8').send(Readable.from([csv]))
    },
  )

  api.delete(
    '/imports/:id',
    {
      config: { who: WHO },
      schema: {
        tags: ['imports'],
        summary: 'Forgets a draft with its file',
        params: IdParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      await imports.drop(identityOf(request), request.params.id)
      return reply.status(204).send(null)
    },
  )
}

function mustMatch(version: number | null): number {
  if (version === null)
    throw new Failure('precondition-required', 'Send If-Match with the ETag of the import as you have seen it.')
  return version
}

function summaryOf(
  { id, state, version, premises, createdAt, createdBy, body }: StoredImport,
  imports: Imports,
): ImportSummary {
  const { kind, file, counts, madeDevices, failure, takenBy, undoneBy } = body
  const progress = imports.running(id)
  return {
    id,
    kind,
    state: state as ImportSummary['state'],
    version,
    name: file.name,
    file: file.digest,
    rows: file.rows,
    premises,
    at: iso(createdAt),
    by: createdBy,
    takenAt: isoOrNull(body.takenAt),
    takenBy,
    undoneAt: isoOrNull(body.undoneAt),
    undoneBy,
    counts,
    madeDevices,
    failure:
      failure ??
      (state === 'taking' && progress === null
        ? 'It was interrupted. Take it again: what is there already is not taken twice.'
        : null),
    progress,
  }
}

/** An import that is no draft any more: what it was and what came of it. */
function restOf(stored: StoredImport, imports: Imports): ImportShown {
  const { file, kind } = stored.body
  return {
    ...summaryOf(stored, imports),
    form: file.form,
    encoding: file.encoding,
    header: file.header,
    fields: fieldsOf(kind),
    work: { columns: {}, defaults: {}, values: {}, mends: {}, leftOut: [] },
    takenRows: 0,
    errors: 0,
    warnings: 0,
    errorRows: [],
    problems: [],
    makes: {},
  }
}

function shownOf({ paper, table, work, evaluation }: View, imports: Imports): ImportShown {
  const { bundle, connectors, problems: found, rows } = evaluation
  const errors = errorsOf(found)
  const made = Object.entries(bundle).map(([list, values]): [string, number] => [
    list,
    list === 'readings' || list === 'priceSeries'
      ? (values as { values?: unknown[] }[]).reduce((sum, one) => sum + (one.values?.length ?? 0), 0)
      : values.length,
  ])
  return {
    ...restOf(paper, imports),
    work,
    takenRows: rows,
    errors,
    warnings: found.length - errors,
    errorRows: [...new Set(found.filter(({ severity, row }) => severity === 'error' && row > 0).map(({ row }) => row))],
    problems: found.slice(0, SHOWN_PROBLEMS).map((problem) => problemShown(problem, table, work.columns)),
    makes: { ...Object.fromEntries(made), ...(connectors.length === 0 ? {} : { connectors: connectors.length }) },
  }
}
const fieldsOf = (kind: keyof typeof RULES): ImportShown['fields'] =>
  RULES[kind].fields.map(({ key, form, required = false, choices, default: given }) => ({
    key,
    form,
    required,
    choices: choices === undefined ? null : [...choices],
    default: given ?? null,
  }))

function problemShown(problem: RowProblem, table: View['table'], columns: Record<string, number>): RowProblemShown {
  const column = problem.field === null ? undefined : columns[problem.field]
  return {
    ...problem,
    line: problem.row === 0 ? null : (table.lines[problem.row - 1] ?? null),
    column: column === undefined ? null : (table.header[column] ?? null),
  }
}
