// Whether a device's point can be settled: it is declared, counts something, and does so in a unit of a known family.
import { unitFamily } from '#domain/quantity/units.ts'
import type { UnitFamily } from '#domain/quantity/units.ts'
import type { Point, PointRef } from '#domain/registry/bundle.ts'
import { shown } from './check-values.ts'
import type { Look } from './facts.ts'
import { at } from './pointer.ts'
import type { Report } from './problems.ts'

export const findPoint = (ref: PointRef, look: Look): Point | undefined =>
  look('devices', ref.device)?.points?.find((point) => point.key === ref.point)

/** The unit and family of a meter, or null after reporting why it is none (an unknown device is reported elsewhere). */
export const checkMeter = (
  ref: PointRef,
  pointer: string,
  look: Look,
  report: Report,
): { unit: string; family: UnitFamily } | null => {
  if (look('devices', ref.device) === undefined) return null
  const point = findPoint(ref, look)
  if (point === undefined) {
    report(
      at(pointer, 'point'),
      'unknown-point',
      `The device ${ref.device} has no point ${shown(ref.point)}. Declare it in its points.`,
    )
    return null
  }
  if (point.kind === 'virtual') {
    report(
      at(pointer, 'point'),
      'virtual-meter',
      `${ref.point} of ${ref.device} is a virtual meter: it shows, but decides no money. Name its main meter and sub-meters in the method metered, which divides the same difference.`,
    )
    return null
  }
  if (point.kind !== 'counter' && point.kind !== 'interval') {
    report(
      at(pointer, 'point'),
      'not-a-meter',
      `The point ${ref.point} of ${ref.device} is neither a counter nor an interval point, so it cannot be settled.`,
    )
    return null
  }
  const family = unitFamily(point.unit ?? '')
  if (family === null) {
    report(
      at(pointer, 'point'),
      'unknown-unit',
      `The point ${ref.point} of ${ref.device} is in ${shown(point.unit ?? null)}, which cannot be settled. Use Wh, kWh, MWh, GJ, l or m3.`,
    )
    return null
  }
  return { unit: point.unit ?? '', family }
}
