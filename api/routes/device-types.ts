// The library of device types, for forms, the technician's page and the command line.
import { IdParams } from '#contract/common.ts'
import { DeviceTypeList, DeviceTypeQuery, DeviceTypeShown } from '#contract/device-types.ts'
import type { DeviceType } from '#domain/device-types/device-type.ts'
import { findDeviceType, searchDeviceTypes } from '#domain/device-types/library.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import { notFound, problems } from './answers.ts'

export function addDeviceTypeRoutes(app: ApiApp): void {
  const tags = ['device types']
  app.get(
    '/device-types',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary:
          'Device types by words of their names and other words that speak for them, in the order of the language',
        querystring: DeviceTypeQuery,
        response: { 200: DeviceTypeList, ...problems },
      },
    },
    async (request) => {
      const { q = '', language = 'fi' } = request.query
      return { items: searchDeviceTypes(q, language).map(typeShown) }
    },
  )
  app.get(
    '/device-types/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'One device type with its points',
        params: IdParams,
        response: { 200: DeviceTypeShown, ...problems },
      },
    },
    async (request) => {
      const type = findDeviceType(request.params.id)
      if (type === null) throw notFound()
      return typeShown(type)
    },
  )
}

const typeShown = ({
  units: _units,
  deviceClasses: _classes,
  points,
  codecs,
  words,
  ...type
}: DeviceType): DeviceTypeShown => ({
  ...type,
  name: { ...type.name },
  codecs: [...codecs],
  words: [...words],
  points: points.map(({ key, name, unit, kind, range }) => ({
    key,
    name: { ...name },
    unit: unit ?? null,
    kind,
    range: range === null ? null : { least: range[0], most: range[1] },
  })),
})
