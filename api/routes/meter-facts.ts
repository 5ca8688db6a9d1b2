// Approval and verification of a meter, recorded for its device.
import { Type } from 'typebox'
import { IdParams } from '#contract/common.ts'
import { MeterFactsWanted } from '#contract/meter-facts.ts'
import { Failure } from '#domain/failure.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { notFound, problems } from './answers.ts'

export function addMeterFactsRoutes(app: ApiApp, { records, telemetry, now }: RouteParts): void {
  app.post(
    '/devices/:id/meter',
    {
      config: { who: ['manager', 'technician'] },
      schema: {
        tags: ['devices'],
        summary: 'Whether the meter is approved for billing, its MID marking, and until when it is verified',
        params: IdParams,
        body: MeterFactsWanted,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const stored = await records.getObject(scopeOf(request), 'devices', request.params.id)
      if (stored === null) throw notFound()
      await checkMayChange(identity, { devices: [stored.value] }, records)
      const { meter } = request.body
      const { meter: _, ...others } = stored.value
      const result = await importBundle(
        { devices: [meter === null ? others : { ...others, meter }] },
        {
          records,
          telemetry,
          now: now(),
          actor: actorOf(identity),
          action: 'devices.meter',
          expectedVersions: new Map([[`devices/${stored.value.id}`, stored.version]]),
        },
      )
      if (!result.ok)
        throw new Failure('invalid-bundle', 'What is to be recorded of the meter is not right.', {
          problems: result.problems.map((one) => ({ ...one, pointer: one.pointer.replace(/^\/devices\/0/, '') })),
        })
      return reply.code(204).send(null)
    },
  )
}
