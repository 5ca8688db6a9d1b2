// The building model of a premises: Brick as Turtle, RealEstateCore as JSON-LD.
import { Readable } from 'node:stream'
import { IdParams, Streamed } from '#contract/common.ts'
import { ModelQuery } from '#contract/models.ts'
import { protectedIn, redacted } from '#domain/documents/redact.ts'
import { Failure } from '#domain/failure.ts'
import { modelOf } from '#domain/models/write-model.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import { hasRole } from '#api/access/who.ts'
import { writeJsonLd, writeTurtle } from '#api/models/write-model.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { notFound, problems } from './answers.ts'

const FILES = {
  brick: { type: 'text/turtle; charset=utf-8', ending: 'ttl', write: writeTurtle },
  rec: { type: 'application/ld+json; charset=utf-8', ending: 'jsonld', write: writeJsonLd },
} as const

export function addPremisesModelRoutes(app: ApiApp, { records, limits }: RouteParts): void {
  app.get(
    '/premises/:id/model',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['premises'],
        summary:
          'Building, storeys, spaces, devices and points as a model; what is protected or classified only with `full`, as far as you see it',
        params: IdParams,
        querystring: ModelQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const { format = 'brick', full = false } = request.query
      const identity = identityOf(request)
      const { id } = request.params
      if (full && !hasRole(identity, ['manager', 'controller', 'technician', 'admin']))
        throw new Failure(
          'not-allowed',
          'None of your roles may export everything of premises. Take the model without `full`.',
        )
      const scope = scopeOf(request)
      const stored = await records.getObject(scope, 'premises', id)
      if (stored === null) throw notFound()
      const devices: Device[] = []
      for await (const device of listAll(records, 'devices', { premises: id }, scope)) {
        devices.push(device)
        if (devices.length > limits.modelDevices)
          throw new Failure('too-large', `The premises have more than ${limits.modelDevices} devices.`)
      }
      // A model goes to planners and integrators: without `full` it holds no more than the public record does.
      const whole = { premises: [stored.value], devices }
      const told = full ? whole : redacted(whole, protectedIn(whole))
      if (full) await records.appendAudit(actorOf(identity), 'export', 'model', id, id, format)
      const { type, ending, write } = FILES[format]
      reply.header('content-disposition', `attachment; filename="${id}.${ending}"`)
      return reply.type(type).send(Readable.from(write(modelOf(told.premises![0]!, told.devices ?? [], format, full))))
    },
  )
}
