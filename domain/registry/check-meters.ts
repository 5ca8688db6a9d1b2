// What main meters and formulas must be: meters of the same premises in units of one family, and no meter below itself.
import { unitFamily } from '#domain/quantity/units.ts'
import type { Device, Point, PointRef } from './bundle.ts'
import { findPoint } from './check-meter.ts'
import { checkDecimal, shown } from './check-values.ts'
import type { Look } from './facts.ts'
import { at } from './pointer.ts'
import type { Report } from './problems.ts'

/** Meters above one another at most. */
const DEPTH_LIMIT = 50

/** The meters that a point names, with their places in it. */
export const metersOfPoint = ({ mainMeter, formula = [] }: Point): { ref: PointRef; pointer: string }[] => [
  ...(mainMeter === undefined ? [] : [{ ref: mainMeter, pointer: '/mainMeter' }]),
  ...formula.map(({ of }, i) => ({ ref: of, pointer: at('/formula', i, 'of') })),
]

/** Main meters and formulas of a device's points, against the other devices. Unknown devices are reported elsewhere. */
export function checkMeters(device: Device, look: Look, report: Report): void {
  for (const [p, point] of (device.points ?? []).entries()) {
    const place = at('/points', p)
    if ((point.formula !== undefined) !== (point.kind === 'virtual'))
      report(
        `${place}/formula`,
        'invalid-formula',
        point.kind === 'virtual'
          ? 'A virtual meter needs its formula: the meters that it is the sum of.'
          : 'Only a point of kind virtual has a formula.',
      )
    if (point.formula?.length === 0) report(`${place}/formula`, 'invalid-formula', 'A formula has at least one meter.')
    for (const [i, { times }] of (point.formula ?? []).entries())
      checkDecimal(times, at(`${place}/formula`, i, 'times'), report)
    for (const { ref, pointer } of metersOfPoint(point))
      checkNamed(device, point, ref, `${place}${pointer}`, look, report)
    if (point.mainMeter !== undefined && isBelowItself({ device: device.id, point: point.key }, look))
      report(
        `${place}/mainMeter`,
        'loop',
        `${device.id}/${point.key} would be a main meter of itself. Choose another main meter.`,
      )
  }
}

function checkNamed(device: Device, point: Point, ref: PointRef, pointer: string, look: Look, report: Report): void {
  const named = look('devices', ref.device)
  if (named === undefined) return
  const other = findPoint(ref, look)
  const name = `${ref.device}/${ref.point}`
  if (other === undefined)
    return report(`${pointer}/point`, 'unknown-point', `The device ${ref.device} has no point ${shown(ref.point)}.`)
  if (named.premises !== device.premises)
    return report(pointer, 'other-premises', `${name} lies in other premises than this meter.`)
  const isMeter = other.kind === 'counter' || other.kind === 'interval'
  if (!isMeter && !(pointer.endsWith('/mainMeter') && other.kind === 'virtual'))
    return report(
      pointer,
      'not-a-meter',
      other.kind === 'virtual'
        ? `${name} is a virtual meter: a formula is of counters and intervals only.`
        : `${name} is neither a counter nor an interval point.`,
    )
  if (unitFamily(point.unit ?? '') === null || unitFamily(point.unit ?? '') !== unitFamily(other.unit ?? ''))
    report(
      pointer,
      'unit-family',
      `${name} is in ${shown(other.unit ?? null)}, which cannot be added to ${shown(point.unit ?? null)}.`,
    )
}

/** Whether its main meters lead back to it. */
function isBelowItself(start: PointRef, look: Look): boolean {
  let ref = findPoint(start, look)?.mainMeter
  for (let depth = 0; ref !== undefined && depth < DEPTH_LIMIT; depth += 1) {
    if (ref.device === start.device && ref.point === start.point) return true
    ref = findPoint(ref, look)?.mainMeter
  }
  return ref !== undefined
}
