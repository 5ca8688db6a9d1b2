// The consumption of one meter by steps: a counter or interval point by its readings, a virtual one by the meters of its formula.
import { setImmediate } from 'node:timers/promises'
import { consumption, type ConsumptionStep } from '#domain/metering/consumption.ts'
import { virtualConsumption, type VirtualPart } from '#domain/metering/virtual.ts'
import type { Scope } from '#domain/ports/records.ts'
import { multiply, ONE, parseDecimalFraction } from '#domain/quantity/fraction.ts'
import { monthOfInstant, periodOf } from '#domain/quantity/period.ts'
import { unitFactor } from '#domain/quantity/units.ts'
import type { Device, Id, Point } from '#domain/registry/bundle.ts'
import type { RouteParts } from '#api/parts.ts'

/** How many meters must be read for a point. */
export const metersBehind = ({ kind, formula = [] }: Point): number => (kind === 'virtual' ? formula.length : 1)

/**
 * Steps between ascending edges on the quarter. What has not begun yet is not known, also where a settlement would estimate it; nor is
 * a virtual meter of which the scope may not see a part.
 */
export async function meterSteps(
  device: Device,
  point: Point,
  edges: readonly number[],
  timeZone: string,
  scope: Scope,
  { records, telemetry, now }: Pick<RouteParts, 'records' | 'telemetry' | 'now'>,
): Promise<ConsumptionStep[]> {
  // Estimates of interval points rest on whole months.
  const from = periodOf(monthOfInstant(edges[0] ?? 0, timeZone), timeZone).from
  const to = periodOf(monthOfInstant((edges.at(-1) ?? 1) - 1, timeZone), timeZone).to
  const measured = async (id: Id, one: Point): Promise<ConsumptionStep[]> => {
    const series = telemetry.findSeries(id, one.key)
    const readings = series === null ? null : await telemetry.meterReadings(series, from, to)
    const steps = consumption(one, readings, edges, timeZone)
    await setImmediate() // others get their turn between two meters
    return steps.map((step) => (step.from >= now() ? { ...step, quantity: null, micro: null } : step))
  }
  if (point.kind !== 'virtual') return measured(device.id, point)
  const parts: VirtualPart[] = []
  for (const { of, times } of point.formula ?? []) {
    const stored = await records.getObject(scope, 'devices', of.device)
    const one = stored?.value.points?.find(({ key }) => key === of.point)
    const factor = unitFactor(one?.unit ?? '', point.unit ?? '')
    const unknown = edges
      .slice(1)
      .map((end, i) => ({ from: edges[i]!, to: end, quantity: null, micro: null, estimated: '0' }))
    parts.push({
      factor: multiply(parseDecimalFraction(times) ?? ONE, factor ?? ONE),
      steps: one === undefined || factor === null ? unknown : await measured(of.device, one),
    })
  }
  return virtualConsumption(parts)
}
