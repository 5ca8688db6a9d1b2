// The bundle in, all of it or nothing, and out again as a stream.
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { FastifyRequest } from 'fastify'
import { Bundle } from '#contract/bundle.ts'
import { Streamed } from '#contract/common.ts'
import { ExportQuery, ImportAnswer } from '#contract/import-export.ts'
import { Failure } from '#domain/failure.ts'
import { OBJECT_KINDS } from '#domain/registry/bundle.ts'
import { exportBundle } from '#domain/registry/export-bundle.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import { checkMayChange, mayChangeKind } from '#api/access/may-change.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { validatorCompiler } from '#api/schema-compilers.ts'
import { notFound, problems } from './answers.ts'

/** Elsewhere an empty body stands for an empty object; an import of nothing is a mistake. */
const mustHaveBody = async (request: FastifyRequest): Promise<void> => {
  if (request.body === undefined) throw new Failure('invalid-body', 'There is no bundle: send one JSON object.')
}

export function addImportExportRoutes(app: ApiApp, { records, telemetry, limits, now }: RouteParts): void {
  app.post(
    '/import',
    {
      bodyLimit: limits.importBytes,
      config: { who: ['manager', 'controller'] },
      validatorCompiler: validatorCompiler('invalid-bundle') as never,
      preValidation: mustHaveBody,
      schema: {
        tags: ['bundle'],
        summary: 'Take a bundle in: all of it or nothing',
        body: Bundle,
        response: { 200: ImportAnswer, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const bundle = request.body
      for (const kind of OBJECT_KINDS)
        if ((bundle[kind] ?? []).length > 0 && identity.organisation !== null && !mayChangeKind(identity, kind))
          throw new Failure('not-allowed', `None of your roles may change ${kind}.`, {
            problems: [{ pointer: `/${kind}`, code: 'not-allowed', message: 'is not yours to change' }],
          })
      await checkMayChange(identity, bundle, records)
      const result = await importBundle(bundle, {
        records,
        telemetry,
        now: now(),
        actor: actorOf(identity),
        pause: () => setImmediate(),
      })
      if (!result.ok) {
        const [first] = result.problems
        throw new Failure('invalid-bundle', `Nothing was imported: ${first?.pointer ?? ''} ${first?.message ?? ''}`, {
          problems: result.problems,
        })
      }
      return result.counts
    },
  )

  app.get(
    '/export',
    {
      config: { who: ['manager', 'controller', 'technician'] },
      handlerTimeout: 3_600_000,
      schema: {
        tags: ['bundle'],
        summary: 'Everything that the organisation sees, or one premises, as a bundle',
        querystring: ExportQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const scope = scopeOf(request)
      const { premises, readings } = request.query
      if (premises !== undefined && (await records.getObject(scope, 'premises', premises)) === null) throw notFound()
      await records.appendAudit(
        actorOf(identity),
        'export',
        'bundle',
        premises ?? 'all',
        premises ?? null,
        readings === true ? 'with readings' : 'facts',
      )
      const pieces = exportBundle({
        records,
        scope,
        ...(premises === undefined ? {} : { premises }),
        ...(readings === true ? { telemetry } : {}),
      })
      reply.header('content-disposition', `attachment; filename="${premises ?? 'samtila'}.json"`)
      return reply.type('application/json; charset=utf-8').send(Readable.from(pieces))
    },
  )
}
