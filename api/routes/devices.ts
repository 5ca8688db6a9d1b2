// Devices: list with facets, one with presence, roles and newest readings, and the acceptance of the points that they propose.
import { Device as DeviceBody } from '#contract/bundle.ts'
import { IdParams } from '#contract/common.ts'
import {
  DeviceOneQuery,
  DevicePage,
  DeviceQuery,
  DeviceRecorded,
  NewVersion,
  ProposedPointsAnswer,
  type DeviceSummary,
} from '#contract/devices.ts'
import { Failure } from '#domain/failure.ts'
import { announcedOf } from '#domain/inbox/announced-points.ts'
import { pointOfProposal } from '#domain/inbox/point-of-proposal.ts'
import { lifecycleOn } from '#domain/lifecycle/lifecycle.ts'
import { formatCents } from '#domain/quantity/money.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import type { PointKind } from '#domain/registry/bundle.ts'
import type { Scope } from '#domain/ports/records.ts'
import { bookValue } from '#domain/settlement/items/depreciation.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import { isDelicate } from '#api/devices/delicate.ts'
import { createDeviceList } from '#api/devices/list-devices.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { deviceSummary, presenceShown, rolesShown } from '#api/views/device-summary.ts'
import { todayOf } from '#api/views/today.ts'
import { dateOf, instantOf, iso, notFound, pageOfQuery, problems, setEtag, shown } from './answers.ts'
import { addChange, addHistory } from './objects.ts'
import { latestOf } from './series.ts'

const MAX_PROPOSED = 1000

export function addDeviceRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, telemetry, broker, now, saw } = parts
  const proposedCounts = async (scope: Scope): Promise<Map<string, number>> => {
    const counts = new Map<string, number>()
    for (const { device } of await records.listProposedPoints(scope, { limit: MAX_PROPOSED }))
      counts.set(device, (counts.get(device) ?? 0) + 1)
    return counts
  }

  app.get(
    '/devices',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['devices'],
        summary:
          'Devices by premises, space, type, tag, owner, holder, maintainer, presence (of those that should be heard), lifecycle, words',
        querystring: DeviceQuery,
        response: { 200: DevicePage, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const { limit: _limit, after: _after, ...filter } = request.query
      const list = createDeviceList(parts, scope)
      const { items, next } = await list.page(filter, pageOfQuery(request.query))
      const counts = await proposedCounts(scope)
      const shownItems: DeviceSummary[] = []
      for (const { value } of items)
        shownItems.push(deviceSummary(value, broker, await list.todayIn(value.premises), counts.get(value.id) ?? 0))
      return { items: shownItems, next }
    },
  )

  app.get(
    '/devices/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['devices'],
        summary: 'One device, with its roles on a date',
        params: IdParams,
        querystring: DeviceOneQuery,
        response: { 200: DeviceRecorded, ...problems },
      },
    },
    async (request, reply) => {
      const scope = scopeOf(request)
      const { at, knownAt } = request.query
      const stored = await records.getObject(
        scope,
        'devices',
        request.params.id,
        knownAt === undefined ? undefined : instantOf(knownAt, 'knownAt'),
      )
      if (stored === null) throw notFound()
      setEtag(reply, stored.version)
      const device = stored.value
      if (isDelicate(device))
        await saw(identityOf(request), { kind: 'devices', id: device.id, premises: device.premises })
      const { hidden = [] } = stored
      const isHidden = hidden.includes('readings')
      const series = (isHidden ? [] : telemetry.seriesOfDevice(device.id)).map(({ point: key }) => ({
        device,
        key,
        point: device.points?.find((point) => point.key === key) ?? null,
      }))
      const date = at === undefined ? await todayOf(device.premises, parts) : dateOf(at, 'at')
      const inBooks = device.acquisition === undefined ? null : bookValue(device.acquisition, date)
      const proposed = isHidden
        ? []
        : await records.listProposedPoints(scope, { device: device.id, limit: MAX_PROPOSED })
      return {
        ...shown(stored),
        presence: presenceShown(broker, device.id),
        rolesAt: rolesShown(device, date),
        lifecycleAt: lifecycleOn(device, date),
        hidden: [...hidden],
        bookValue: inBooks === null ? null : formatCents(inBooks),
        latest: (await latestOf(series, telemetry)).map(
          ({ point, at: instant, value, quality, simulated, receivedAt }) => ({
            point,
            at: instant,
            value,
            quality,
            simulated,
            receivedAt,
          }),
        ),
        proposed: proposed.map(({ key, unit, sample, firstAt, lastAt }) => ({
          key,
          unit,
          sample,
          firstAt: iso(firstAt),
          lastAt: iso(lastAt),
        })),
      }
    },
  )
  const noun = { app, parts, path: '/devices', kind: 'devices' as const, tag: 'devices' }
  addChange(noun, DeviceBody)
  addHistory(noun)

  app.post(
    '/devices/:id/proposed-points',
    {
      config: { who: ['technician', 'manager'] },
      schema: {
        tags: ['devices'],
        summary: 'Accept or dismiss points that a device sends undeclared',
        params: IdParams,
        body: ProposedPointsAnswer,
        response: { 200: NewVersion, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const stored = await records.getObject(scopeOf(request), 'devices', request.params.id)
      if (stored === null) throw notFound()
      await checkMayChange(identity, { devices: [stored.value] }, records)
      const { accept, dismiss = [] } = request.body
      const proposed = new Map(
        (await records.listProposedPoints(scopeOf(request), { device: stored.value.id, limit: MAX_PROPOSED })).map(
          (point) => [point.key, point],
        ),
      )
      for (const [index, { key }] of accept.entries()) {
        if (!proposed.has(key))
          throw new Failure('invalid-body', `The device proposes no point ${key}.`, {
            problems: [{ pointer: `/accept/${index}/key`, code: 'unknown-point', message: 'is not proposed' }],
          })
      }
      let version = stored.version
      if (accept.length > 0) {
        const announced = await announcedOf(records, [stored.value.id])
        const points = accept.map(({ key, unit, kind }) =>
          pointOfProposal(proposed.get(key)!, stored.value, announced(stored.value.id, key), {
            ...(unit === undefined ? {} : { unit }),
            ...(kind === undefined ? {} : { kind: kind as PointKind }),
          }),
        )
        const result = await importBundle(
          { devices: [{ ...stored.value, points: [...(stored.value.points ?? []), ...points] }] },
          {
            records,
            telemetry,
            now: now(),
            actor: actorOf(identity),
            action: 'accept-points',
            expectedVersions: new Map([[`devices/${stored.value.id}`, stored.version]]),
          },
        )
        if (!result.ok)
          throw new Failure('invalid-bundle', 'The device would not be right with these points.', {
            problems: result.problems,
          })
        version = (await records.getObject({ organisation: null }, 'devices', stored.value.id))?.version ?? version
      }
      const done = [...accept.map(({ key }) => key), ...dismiss]
      if (done.length > 0) await records.deleteProposedPoints(stored.value.id, done)
      setEtag(reply, version)
      return { version }
    },
  )
}
