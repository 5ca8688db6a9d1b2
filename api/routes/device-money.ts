// Parts of a device that are changed as one: its money facts, read for any day, and who may see it.
import { IdParams } from '#contract/common.ts'
import { Visibility } from '#contract/bundle.ts'
import { DeviceMoney, MoneyFacts, MoneyQuery } from '#contract/device-money.ts'
import { NewVersion } from '#contract/devices.ts'
import { moneyOn } from '#domain/lifecycle/money-facts.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { todayOf } from '#api/views/today.ts'
import { dateOf, notFound, problems, setEtag } from './answers.ts'
import { changeObject } from './change-object.ts'

export function addDeviceMoneyRoutes(app: ApiApp, parts: RouteParts): void {
  const { records } = parts
  const tags = ['devices']

  app.get(
    '/devices/:id/money',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Purchase, funding, covers, expected life, replacement; book value, parts and warnings on a day',
        params: IdParams,
        querystring: MoneyQuery,
        response: { 200: DeviceMoney, ...problems },
      },
    },
    async (request, reply) => {
      const stored = await records.getObject(scopeOf(request), 'devices', request.params.id)
      if (stored === null) throw notFound()
      setEtag(reply, stored.version)
      const device = stored.value
      const { at } = request.query
      const date = at === undefined ? await todayOf(device.premises, parts) : dateOf(at, 'at')
      return {
        at: date,
        acquisition: device.acquisition ?? null,
        facts: factsIn(device),
        ...moneyOn(device, date),
      }
    },
  )

  app.put(
    '/devices/:id/money',
    {
      config: { who: ['manager', 'controller'] },
      schema: {
        tags,
        summary:
          'Replace supplier, funding, covers, expected life and replacement; what is absent goes. If-Match as for the device',
        params: IdParams,
        body: MoneyFacts,
        response: { 200: NewVersion, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const stored = await records.getObject(scopeOf(request), 'devices', id)
      if (stored === null) throw notFound()
      const {
        supplier: _supplier,
        funding: _funding,
        warranty: _warranty,
        serviceContract: _service,
        insurance: _insurance,
        expectedLifeMonths: _life,
        replacement: _replacement,
        ...rest
      } = stored.value
      const { version } = await changeObject('devices', id, { ...rest, ...request.body }, request, reply, parts)
      return { version }
    },
  )

  app.put(
    '/devices/:id/visibility',
    {
      config: { who: ['manager'] },
      schema: {
        tags,
        summary:
          'Who may see which of its fields: an owner, the holder or the maintainer says it. If-Match as for the device',
        params: IdParams,
        body: Visibility,
        response: { 200: NewVersion, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const stored = await records.getObject(scopeOf(request), 'devices', id)
      if (stored === null) throw notFound()
      const device = { ...stored.value, visibility: request.body }
      const { version } = await changeObject('devices', id, device, request, reply, parts)
      return { version }
    },
  )
}

const factsIn = (device: Device): MoneyFacts => {
  const { supplier, funding, warranty, serviceContract, insurance, expectedLifeMonths, replacement } = device
  return {
    ...(supplier === undefined ? {} : { supplier }),
    ...(funding === undefined ? {} : { funding }),
    ...(warranty === undefined ? {} : { warranty }),
    ...(serviceContract === undefined ? {} : { serviceContract }),
    ...(insurance === undefined ? {} : { insurance }),
    ...(expectedLifeMonths === undefined ? {} : { expectedLifeMonths }),
    ...(replacement === undefined ? {} : { replacement }),
  }
}
