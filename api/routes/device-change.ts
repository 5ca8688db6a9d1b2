// One device changed by a person: looked at with what it does to costs, then saved, as one version with the checks of an import.
import { IdParams } from '#contract/common.ts'
import { DeviceChangeAnswer, DeviceChangeWanted } from '#contract/device-change.ts'
import { Failure } from '#domain/failure.ts'
import {
  changedDevice,
  costsDifferFrom,
  differingFields,
  ownersMoved,
  type DeviceChange,
} from '#domain/registry/change-device.ts'
import { problemsOfBundle } from '#domain/registry/import-bundle.ts'
import { identityOf, scopeOf } from '#api/access/identity.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import { maySeeCosts } from '#api/access/may-settle.ts'
import { costEffects } from '#api/devices/cost-effects.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { rolesShown } from '#api/views/device-summary.ts'
import { dateOf, notFound, problems } from './answers.ts'
import { changeObject, withinObject } from './change-object.ts'

const ALL = { organisation: null }

export function addDeviceChangeRoutes(app: ApiApp, parts: RouteParts, settlements: Settlements): void {
  const { records } = parts
  app.post(
    '/devices/:id/change',
    {
      config: { who: ['manager'] },
      // Closed months that the change reaches into are computed anew, to tell the adjustment.
      handlerTimeout: 120_000,
      schema: {
        tags: ['devices'],
        summary:
          'Change facts, purchase and money facts of a device, and its owners and roles from a day on; first without `apply`, with what it does to costs. If-Match to apply',
        params: IdParams,
        body: DeviceChangeWanted,
        response: { 200: DeviceChangeAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { id } = request.params
      const { apply, ...wanted } = request.body
      const change = wanted as DeviceChange
      if (change.roles !== undefined) dateOf(change.roles.from, 'roles/from')
      const seen = await records.getObject(scopeOf(request), 'devices', id)
      const stored = await records.getObject(ALL, 'devices', id)
      if (seen === null || stored === null) throw notFound()
      const after = changedDevice(seen.value, change)
      const whole = changedDevice(stored.value, change)
      const day = change.roles?.from ?? null
      const answer = {
        applied: apply,
        version: stored.version,
        fields: differingFields(seen.value, after),
        rolesThen: day === null ? null : rolesShown(after, day),
        othersMoved:
          day === null ? [] : ownersMoved(stored.value, whole, day).filter((one) => one !== identity.organisation),
        months: null as DeviceChangeAnswer['months'],
      }
      if (apply) {
        const { version } = await changeObject('devices', id, after, request, reply, parts)
        return { ...answer, version }
      }
      try {
        await checkMayChange(identity, { devices: [after] }, records)
      } catch (error) {
        throw error instanceof Failure && error.problems.length > 0 ? withinObject(error, 'devices') : error
      }
      const wrong = await problemsOfBundle({ devices: [whole] }, records)
      if (wrong.length > 0)
        throw withinObject(
          new Failure('invalid-bundle', 'It does not fit the other facts; nothing was changed.', { problems: wrong }),
          'devices',
        )
      const premises = (await records.getObject(ALL, 'premises', whole.premises))?.value
      if (premises === undefined || !(await maySeeCosts(identity, premises, records))) return answer
      const from = costsDifferFrom(stored.value, whole)
      return { ...answer, months: from === null ? [] : await costEffects(whole, { from, day }, parts, settlements) }
    },
  )
}
