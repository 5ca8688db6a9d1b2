// Firmware of a device with its known vulnerabilities and who patches it; everything affected in sight; the import of a list.
import { Nothing, IdParams } from '#contract/common.ts'
import { Changed } from '#contract/change.ts'
import { FirmwareFacts } from '#contract/bundle.ts'
import {
  DeviceSecurity,
  VulnerabilityImported,
  VulnerabilityPage,
  VulnerabilityQuery,
  VulnerabilityUpload,
  type VulnerabilityShown,
} from '#contract/security.ts'
import { responsibleFor } from '#domain/agreement/responsible.ts'
import { Failure } from '#domain/failure.ts'
import { firmwareWarnings } from '#domain/lifecycle/firmware.ts'
import { bySeverity, matchOf } from '#domain/vulnerabilities/match.ts'
import { VULNERABILITY } from '#domain/vulnerabilities/vulnerability.ts'
import type { Scope } from '#domain/ports/records.ts'
import type { Agreement, Device, Id } from '#domain/registry/bundle.ts'
import { ALL, listAll } from '#domain/registry/list-all.ts'
import { identityOf, scopeOf } from '#api/access/identity.ts'
import { reportedVersions, withVersion } from '#api/firmware/reported-version.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { todayOf } from '#api/views/today.ts'
import { createVulnerabilities, type StoredVulnerability } from '#api/vulnerabilities/vulnerabilities.ts'
import { notFound, problems } from './answers.ts'
import { changeObject } from './change-object.ts'

const tags = ['security']
const LIST_TYPES = ['application/json', 'text/csv', 'text/plain', 'application/octet-stream']

export async function addSecurityRoutes(app: ApiApp, parts: RouteParts): Promise<void> {
  const { records, limits } = parts
  const vulnerabilities = createVulnerabilities(parts)

  app.get(
    '/devices/:id/security',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Firmware, support, CE and CRA standing, known vulnerabilities with what to do, and who patches',
        params: IdParams,
        response: { 200: DeviceSecurity, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const stored = await records.getObject(scope, 'devices', request.params.id)
      if (stored === null) throw notFound()
      const device = stored.value
      const premises = (await records.getObject(ALL, 'premises', device.premises))?.value
      if (premises === undefined) throw notFound()
      const today = await todayOf(premises.id, parts)
      const agreements: Agreement[] = []
      for await (const one of listAll(records, 'agreements', { premises: premises.id })) agreements.push(one)
      const place = { premises, agreements, device, space: device.space ?? null }
      const hidden = stored.hidden?.includes('security') === true
      const reported = hidden ? undefined : (await reportedVersions(records, [device.id])).get(device.id)
      const running = withVersion(device, reported)
      const found = hidden ? [] : vulnerabilities.of(running, await vulnerabilities.open(scope))
      return {
        firmware: running.firmware ?? {},
        versionBy:
          reported !== undefined
            ? ('device' as const)
            : device.firmware?.version === undefined
              ? null
              : ('record' as const),
        hidden,
        warnings: hidden ? [] : firmwareWarnings(device, today),
        vulnerabilities: found.map((one) => ({ ...shownOf(one.stored), match: one.match })).toSorted(bySeverity),
        responsible: responsibleFor('patch', place, today),
      }
    },
  )

  app.put(
    '/devices/:id/firmware',
    {
      config: { who: ['manager', 'technician'] },
      schema: {
        tags,
        summary: 'Replace version, end of support, CE marking and CRA standing. If-Match as for the device',
        params: IdParams,
        body: FirmwareFacts,
        response: { 200: Changed, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const stored = await records.getObject(scopeOf(request), 'devices', id)
      if (stored === null) throw notFound()
      const { firmware: _before, ...rest } = stored.value
      const firmware = Object.keys(request.body).length === 0 ? {} : { firmware: request.body }
      return changeObject('devices', id, { ...rest, ...firmware }, request, reply, parts)
    },
  )

  app.get(
    '/vulnerabilities',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Known vulnerabilities that are kept, with the devices in sight that they affect, the worst first',
        querystring: VulnerabilityQuery,
        response: { 200: VulnerabilityPage, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const { premises, q = '', severity, affecting, limit = 50, after } = request.query
      const word = q.trim().toLowerCase()
      const devices = await devicesIn(scope, premises)
      const all = (await vulnerabilities.open(scope))
        .map((stored) => ({ ...shownOf(stored), stored }))
        .filter(
          ({ stored: { body }, ...one }) =>
            (severity === undefined || one.severity === severity) &&
            (affecting === undefined || devices.some((device) => matchOf(device, body) !== null)) &&
            [
              one.code,
              one.title,
              one.remedy ?? '',
              ...body.affected.map((by) => `${by.manufacturer} ${by.model}`),
            ].some((text) => text.toLowerCase().includes(word)),
        )
        .toSorted(bySeverity)
      const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
      const items = all.slice(from, from + limit).map(({ stored, ...one }) => ({
        ...one,
        products: [...new Set(stored.body.affected.map(({ manufacturer, model }) => `${manufacturer} ${model}`))],
        devices: devices.flatMap((device) => {
          const match = matchOf(device, stored.body)
          return match === null ? [] : [{ id: device.id, name: device.name ?? null, match }]
        }),
      }))
      return { items, next: from + limit < all.length ? (items.at(-1)?.id ?? null) : null }
    },
  )

  await app.register(async (raw: ApiApp) => {
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser(LIST_TYPES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    raw.post(
      '/vulnerabilities',
      {
        config: { who: ['manager', 'technician'] },
        bodyLimit: limits.fileBytes,
        schema: {
          tags,
          summary:
            'Take a list (CSAF 2.0, CVE JSON 5, CSV); without apply=true it is only shown what it holds. Of the operator: for everyone',
          querystring: VulnerabilityUpload,
          response: { 200: VulnerabilityImported, ...problems },
        },
      },
      async (request) => {
        const { body } = request as { body: unknown }
        if (!Buffer.isBuffer(body) || body.length === 0) throw new Failure('invalid-body', 'The file is empty.')
        const identity = identityOf(request)
        const list = vulnerabilities.read(body)
        const apply = request.query.apply === 'true' && list.problems.length === 0
        const devices = await devicesIn(scopeOf(request))
        return {
          applied: apply,
          form: list.form,
          ...(await vulnerabilities.take(identity, request.query.name, list, apply)),
          devices: devices.filter((device) => list.vulnerabilities.some((one) => matchOf(device, one) !== null)).length,
          problems: list.problems.map(({ row, field, code, message }) => ({ row, field, code, message })),
        }
      },
    )
  })

  app.delete(
    '/vulnerabilities/:id',
    {
      config: { who: ['manager', 'technician'] },
      schema: {
        tags,
        summary: 'Withdraw a vulnerability of your own list; what is everyone’s is withdrawn by the operator',
        params: IdParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const stored = await records.getPaper(scopeOf(request), VULNERABILITY, request.params.id)
      if (stored === null || stored.state !== 'open') throw notFound()
      if (stored.audience === 'everyone' && identity.organisation !== null)
        throw new Failure('not-allowed', 'This list is everyone’s: the operator withdraws from it.')
      await vulnerabilities.withdraw(identity, stored)
      return reply.code(204).send(null)
    },
  )

  /** Those whose firmware is seen. */
  const devicesIn = async (scope: Scope, premises?: Id): Promise<Device[]> => {
    const devices: Device[] = []
    for await (const device of listAll(records, 'devices', premises === undefined ? {} : { premises }, scope))
      if (device.model !== undefined && !(device.visibility?.security === 'owner' && device.firmware === undefined))
        devices.push(device)
    const versions = await reportedVersions(
      records,
      devices.map(({ id }) => id),
    )
    return devices.map((device) => withVersion(device, versions.get(device.id)))
  }
}

const shownOf = ({ id, body }: StoredVulnerability): VulnerabilityShown => ({
  id,
  code: body.code,
  title: body.title,
  severity: body.severity,
  score: body.score,
  remedy: body.remedy,
  published: body.published,
  url: body.url,
  importedAt: body.source.at,
  importedBy: body.source.by,
})
