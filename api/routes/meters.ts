// Meters of premises: their tree with its balance, which main meter a meter has, and virtual meters.
import { Type } from 'typebox'
import { Changed } from '#contract/change.ts'
import { IdParams } from '#contract/common.ts'
import {
  MainMeterWanted,
  MeterTreeAnswer,
  MeterTreeQuery,
  PointParams,
  VirtualMeterWanted,
  type MeterShown,
} from '#contract/meters.ts'
import { inForceRuns } from '#domain/agreement/in-force.ts'
import { Failure } from '#domain/failure.ts'
import type { ConsumptionStep } from '#domain/metering/consumption.ts'
import { balanceOf, meterKey, meterTree, type MeterNode } from '#domain/metering/meter-tree.ts'
import type { Scope, Stored } from '#domain/ports/records.ts'
import { ONE } from '#domain/quantity/fraction.ts'
import { dayOfInstant } from '#domain/quantity/period.ts'
import { unitFactor } from '#domain/quantity/units.ts'
import type { Device, Id, Point, RemainderBand } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import { COUNTS_FACET } from '#domain/search/findable.ts'
import { scopeOf } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { meterSteps, metersBehind } from '#api/views/meter-steps.ts'
import { edgesOf, monthsOf, mustBeFew, startOf } from '#api/views/step-edges.ts'
import { iso, isoOrNull, notFound, problems } from './answers.ts'
import { changeObject } from './change-object.ts'

const tags = ['meters']

export function addMeterRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, telemetry, limits } = parts

  app.get(
    '/premises/:id/meter-tree',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The meters as a tree, each with its consumption, and of main meters what no sub-meter measures',
        params: IdParams,
        querystring: MeterTreeQuery,
        response: { 200: MeterTreeAnswer, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const premises = (await records.getObject(scope, 'premises', request.params.id))?.value
      if (premises === undefined) throw notFound()
      const { timeZone } = premises
      const [from, to] = [startOf(request.query.from, 'from', timeZone), startOf(request.query.to, 'to', timeZone)]
      if (to <= from) throw new Failure('bad-request', 'to comes after from.')
      const devices: Device[] = []
      const counting = { premises: premises.id, facets: [COUNTS_FACET] }
      for await (const device of listAll(records, 'devices', counting, scope)) devices.push(device)
      const nodes = meterTree(devices)
      const edges = edgesOf(from, to, request.query.step ?? 'P1M', timeZone)
      const meters = nodes.reduce((sum, { point }) => sum + metersBehind(point), 0)
      mustBeFew(meters, nodes.length, monthsOf(from, to, timeZone).length, edges.length - 1, limits.consumptionSteps)
      const steps = new Map<string, ConsumptionStep[]>()
      for (const { ref, device, point } of nodes)
        steps.set(meterKey(ref), await meterSteps(device, point, edges, timeZone, scope, parts))
      const newest = await newestOf(nodes)
      const bands = await bandsOn(premises.id, dayOfInstant(to - 1, timeZone), scope)
      return {
        timeZone,
        from: iso(from),
        to: iso(to),
        meters: nodes.map((node) => shown(node, nodes, steps, bands, newest)),
      }
    },
  )

  const newestOf = async (nodes: readonly MeterNode[]): Promise<Map<string, number>> => {
    const found = nodes.flatMap(({ ref }) => {
      const series = telemetry.findSeries(ref.device, ref.point)
      return series === null ? [] : [{ key: meterKey(ref), series }]
    })
    const latest = await telemetry.latest(found.map(({ series }) => series))
    return new Map(found.flatMap(({ key }, i) => (latest[i] == null ? [] : [[key, latest[i].at]])))
  }

  const bandsOn = async (premises: Id, day: number, scope: Scope): Promise<readonly RemainderBand[]> => {
    const agreements = []
    for await (const one of listAll(records, 'agreements', { premises }, scope)) agreements.push(one)
    return inForceRuns(agreements, day, day + 1)[0]?.inForce?.version.terms?.remainderBands ?? []
  }

  const shown = (
    node: MeterNode,
    nodes: readonly MeterNode[],
    steps: ReadonlyMap<string, ConsumptionStep[]>,
    bands: readonly RemainderBand[],
    newest: ReadonlyMap<string, number>,
  ): MeterShown => {
    const { ref, device, point, main, depth } = node
    const own = steps.get(meterKey(ref)) ?? []
    const subs = nodes.filter((one) => one.main !== null && meterKey(one.main) === meterKey(ref))
    const band =
      bands.find(({ of }) => 'meter' in of && meterKey(of.meter) === meterKey(ref)) ??
      bands.find(({ of }) => 'category' in of && of.category === '*') ??
      null
    const written = ({ from, to }: { from: number; to: number }) => ({ from: iso(from), to: iso(to) })
    return {
      ...ref,
      deviceName: device.name ?? null,
      pointName: point.name ?? null,
      unit: point.unit ?? null,
      kind: point.kind as MeterShown['kind'],
      depth,
      main,
      formula: point.formula ?? null,
      meter: device.meter ?? null,
      simulated: device.simulated === true,
      lastReadingAt: isoOrNull(newest.get(meterKey(ref)) ?? null),
      steps: own.map((step) => ({ ...written(step), quantity: step.quantity, estimated: step.estimated })),
      balance:
        subs.length === 0
          ? null
          : balanceOf(
              own,
              subs.map((sub) => ({
                factor: unitFactor(sub.point.unit ?? '', point.unit ?? '') ?? ONE,
                steps: steps.get(meterKey(sub.ref)) ?? [],
              })),
              band,
            ).map((step) => ({ ...step, ...written(step) })),
    }
  }

  const pointOf = async (
    scope: Scope,
    id: Id,
    key: string,
  ): Promise<{ stored: Stored<Device>; point: Point | null }> => {
    const stored = await records.getObject(scope, 'devices', id)
    if (stored === null || stored.hidden?.includes('readings') === true) throw notFound()
    return { stored, point: stored.value.points?.find((one) => one.key === key) ?? null }
  }
  const withPoint = ({ value }: Stored<Device>, key: string, point: Point | null): Device => {
    const points = value.points ?? []
    const at = points.findIndex((one) => one.key === key)
    const others = points.filter((one) => one.key !== key)
    return { ...value, points: point === null ? others : at < 0 ? [...points, point] : points.with(at, point) }
  }

  app.put(
    '/devices/:id/points/:point/main-meter',
    {
      config: { who: ['manager', 'technician'] },
      schema: {
        tags,
        summary: 'Which main meter a meter measures a part of; null: none. If-Match as for the device',
        params: PointParams,
        body: MainMeterWanted,
        response: { 200: Changed, ...problems },
      },
    },
    async (request, reply) => {
      const { id, point: key } = request.params
      const { stored, point } = await pointOf(scopeOf(request), id, key)
      if (point === null) throw notFound()
      const { mainMeter: _before, ...rest } = point
      const { main } = request.body
      const changed = withPoint(stored, key, main === null ? rest : { ...rest, mainMeter: main })
      return changeObject('devices', id, changed, request, reply, parts)
    },
  )

  app.put(
    '/devices/:id/points/:point/formula',
    {
      config: { who: ['manager', 'technician'] },
      schema: {
        tags,
        summary:
          'Make or change a virtual meter of a device: the sum of meters times constants. If-Match as for the device',
        params: PointParams,
        body: VirtualMeterWanted,
        response: { 200: Changed, ...problems },
      },
    },
    async (request, reply) => {
      const { id, point: key } = request.params
      const { stored, point } = await pointOf(scopeOf(request), id, key)
      if (point !== null && point.kind !== 'virtual')
        throw new Failure('conflict', `${key} is a point of the device already: give the virtual meter another key.`)
      const { name, unit, formula } = request.body
      const made: Point = { ...point, key, kind: 'virtual', unit, formula, ...(name === undefined ? {} : { name }) }
      return changeObject('devices', id, withPoint(stored, key, made), request, reply, parts)
    },
  )

  app.delete(
    '/devices/:id/points/:point/formula',
    {
      config: { who: ['manager', 'technician'] },
      schema: {
        tags,
        summary: 'Remove a virtual meter. If-Match as for the device',
        params: PointParams,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { id, point: key } = request.params
      const { stored, point } = await pointOf(scopeOf(request), id, key)
      if (point === null || point.kind !== 'virtual') throw notFound()
      await changeObject('devices', id, withPoint(stored, key, null), request, reply, parts)
      return reply.code(204).send(null)
    },
  )
}
