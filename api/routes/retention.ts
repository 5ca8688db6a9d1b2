// Retention for the operator: what may go, holds that keep it, the file for the archive, and the deletion of what that file holds.
import { randomUUID } from 'node:crypto'
import {
  DeletionDone,
  DeletionWanted,
  ExportMade,
  HoldMade,
  HoldWanted,
  PaperIdParams,
  RetentionState,
} from '#contract/retention.ts'
import { Streamed } from '#contract/common.ts'
import { LEGAL_HOLD, RETAINED_KINDS, RETENTION_CLASSES, RETENTION_EXPORT } from '#domain/documents/retention.ts'
import { Failure } from '#domain/failure.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { actorOf, identityOf } from '#api/access/identity.ts'
import { logExport } from '#api/documents/log-export.ts'
import { deleteExported, duePapers, exportDue, holdsOf } from '#api/documents/retention.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, notFound, problems } from './answers.ts'

const SHOWN_EXPORTS = 50

export function addRetentionRoutes(app: ApiApp, parts: RouteParts): void {
  const { records } = parts
  const tags = ['retention']
  const config = { who: { operator: ['admin'] } } as const

  app.get(
    '/retention',
    {
      config,
      handlerTimeout: 120_000,
      schema: {
        tags,
        summary: 'Classes, what may be deleted, holds, exports',
        response: { 200: RetentionState, ...problems },
      },
    },
    async () => {
      const { due, more } = await duePapers(parts)
      const exports = await records.listPapers(ALL, RETENTION_EXPORT, { newestFirst: true, limit: SHOWN_EXPORTS })
      return {
        classes: Object.entries(RETAINED_KINDS).map(([kind, of]) => ({
          kind,
          class: of,
          years: RETENTION_CLASSES[of].years,
        })),
        due: due.map(({ kind, paper, class: of, until, hold }) => ({
          kind,
          id: paper.id,
          premises: paper.premises,
          class: of,
          changedAt: iso(paper.changedAt),
          until,
          hold: hold?.id ?? null,
        })),
        more,
        holds: (await holdsOf(records)).map(({ id, state, body, createdAt, changedAt, version }) => ({
          id,
          state: state === 'on' ? ('on' as const) : ('released' as const),
          ...body,
          createdAt: iso(createdAt),
          changedAt: iso(changedAt),
          version,
        })),
        exports: exports.items.map(({ id, state, createdAt, body, files }) => ({
          id,
          state: state === 'exported' ? ('exported' as const) : ('deleted' as const),
          createdAt: iso(createdAt),
          papers: body.papers.length,
          digest: files[0] ?? null,
        })),
      }
    },
  )

  app.post(
    '/retention/holds',
    {
      config,
      schema: {
        tags,
        summary: 'Keeps records whatever their age',
        body: HoldWanted,
        response: { 201: HoldMade, ...problems },
      },
    },
    async (request, reply) => {
      const { premises, kinds } = request.body
      const unknown = kinds.findIndex((kind) => !Object.hasOwn(RETAINED_KINDS, kind))
      if (unknown !== -1)
        throw new Failure('invalid-body', 'A hold is of kinds that have a retention class.', {
          problems: [{ pointer: `/kinds/${unknown}`, code: 'unknown', message: 'is no kind with a retention class' }],
        })
      if (premises !== null && (await records.getObject(ALL, 'premises', premises)) === null)
        throw new Failure('invalid-body', 'There are no such premises.', {
          problems: [{ pointer: '/premises', code: 'unknown', message: 'is not known' }],
        })
      const id = `hold-${randomUUID()}`
      const paper = { id, premises, audience: 'operator' as const, state: 'on', dueAt: null, body: request.body }
      await records.changePapers(
        { papers: [{ kind: LEGAL_HOLD, paper, expectedVersion: 0 }] },
        actorOf(identityOf(request)),
        'legal-hold.set',
      )
      return reply.code(201).send({ id, state: 'on' })
    },
  )

  app.post(
    '/retention/holds/:id/release',
    {
      config,
      schema: {
        tags,
        summary: 'Ends a hold; it stays with who and when',
        params: PaperIdParams,
        response: { 200: HoldMade, ...problems },
      },
    },
    async (request) => {
      const { id } = request.params
      const stored = await records.getPaper(ALL, LEGAL_HOLD, id)
      if (stored === null) throw notFound()
      const { premises, audience, dueAt, body, version } = stored
      const paper = { id, premises, audience, state: 'released', dueAt, body }
      await records.changePapers(
        { papers: [{ kind: LEGAL_HOLD, paper, expectedVersion: version }] },
        actorOf(identityOf(request)),
        'legal-hold.release',
      )
      return { id, state: 'released' }
    },
  )

  app.post(
    '/retention/exports',
    {
      config,
      handlerTimeout: 600_000,
      schema: {
        tags,
        summary: 'Writes what may go, and is not held, into one file',
        response: { 200: ExportMade, ...problems },
      },
    },
    async (request) => (await exportDue(parts, actorOf(identityOf(request)))) ?? { id: null, digest: null, papers: 0 },
  )

  app.get(
    '/retention/exports/:id/file',
    {
      config,
      schema: {
        tags,
        summary: 'The file of an export, until what it holds is deleted',
        params: PaperIdParams,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const stored = await records.getPaper(ALL, RETENTION_EXPORT, request.params.id)
      const file = stored?.files[0] === undefined ? null : await records.getFile(ALL, stored.files[0])
      if (file === null) throw notFound()
      await logExport(records, identityOf(request), 'retention', request.params.id, null)
      reply.header('content-disposition', `attachment; filename="${file.name}"`)
      reply.type('application/json')
      return Buffer.from(file.bytes)
    },
  )

  app.post(
    '/retention/exports/:id/delete',
    {
      config,
      handlerTimeout: 600_000,
      schema: {
        tags,
        summary: 'Deletes what an export holds; the digest of the downloaded file shows that it is kept elsewhere',
        params: PaperIdParams,
        body: DeletionWanted,
        response: { 200: DeletionDone, ...problems },
      },
    },
    async (request) => deleteExported(parts, request.params.id, request.body.digest, actorOf(identityOf(request))),
  )
}
