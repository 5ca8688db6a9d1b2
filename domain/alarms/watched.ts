// Which devices a rule watches: those of its target that are in use and have what it reads.
import { isToBeHeard, lifecycleOn } from '#domain/lifecycle/lifecycle.ts'
import type { Device, LocalDate } from '#domain/registry/bundle.ts'
import { parseExpression } from './expression.ts'
import type { AlarmCondition, AlarmRule, ConditionKind } from './rule.ts'

/** Kinds that speak of the premises, or name their meters themselves. */
export const PREMISES_KINDS: ReadonlySet<ConditionKind> = new Set([
  'budget-forecast',
  'peak-forecast',
  'main-against-subs',
  'missing-price',
])
/** Kinds that a job looks at, not a reading. */
export const SLOW_KINDS: ReadonlySet<ConditionKind> = new Set([...PREMISES_KINDS, 'night-base-load'])

/** The points that a condition reads on each device; null: any. */
export function pointsOfCondition(condition: AlarmCondition): readonly string[] | null {
  if (condition.kind === 'expression') {
    const read = parseExpression(condition.expression)
    return read.ok ? read.expression.points : []
  }
  return 'point' in condition ? [condition.point] : null
}

/** `today` is the local date; a rule of the premises with a point watches every device there that has the point. */
export function watchedDevices(
  { target, condition }: Pick<AlarmRule, 'target' | 'condition'>,
  devices: readonly Device[],
  today: LocalDate,
): Device[] {
  if (PREMISES_KINDS.has(condition.kind)) return []
  const points = pointsOfCondition(condition)
  return devices.filter((device) => {
    if (target.kind === 'type' && device.type !== target.type) return false
    if (target.kind === 'space' && device.space !== target.space) return false
    if (target.kind === 'device' && device.id !== target.device) return false
    if (!isToBeHeard(lifecycleOn(device, today))) return false
    // Without an expected interval nobody knows when to miss it.
    if (condition.kind === 'no-data' && condition.for === undefined && device.expectedInterval === undefined)
      return false
    // One device that is named may send points that nobody declared.
    return (
      points === null ||
      target.kind === 'device' ||
      points.every((key) => device.points?.some((point) => point.key === key))
    )
  })
}
