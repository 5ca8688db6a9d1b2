// What every new alarm starts with, and what it saw, as it stands in its paper.
import type { Alarm } from '#domain/alarms/alarm.ts'
import type { ConditionKind } from '#domain/alarms/rule.ts'
import { silentMs, valueSeen } from '#domain/alarms/watch.ts'
import type { Watch } from './watches.ts'

/** Nobody has done anything about it yet. */
export const plainReason = {
  clearedAt: null,
  conditionClearedAt: null,
  assignee: null,
  snoozedUntil: null,
  affected: [],
  returns: 0,
  fault: null,
  gateway: null,
} satisfies Partial<Alarm>

/** The reading that raised it beside the limit; of silence, when it was heard last and what is waited for. */
export function reasonOf({ rule, device, state, watcher }: Watch): Alarm['reason'] {
  const { condition } = rule.body
  if (condition.kind === 'no-data')
    return {
      point: null,
      value: null,
      limit: condition.for ?? (device === null ? null : `PT${Math.round(silentMs(device.device) / 60_000)}M`),
      unit: null,
      at: device === null || device.heardAt === 0 ? null : device.heardAt,
    }
  const { seen } = state
  const point = seen?.point ?? (watcher.probe.points?.length === 1 ? (watcher.probe.points[0] ?? null) : null)
  const declared = device?.device.points?.find(({ key }) => key === point)?.unit ?? null
  const unit = UNITS[condition.kind] ?? declared
  return { point, value: valueSeen(state), limit: seen?.limit ?? null, unit, at: seen?.at ?? null }
}
/** Kinds whose figures are in a unit of their own. */
const UNITS: { [K in ConditionKind]?: string } = {
  'main-against-subs': '%',
  'peak-forecast': 'kW',
  'night-base-load': 'kW',
  'budget-forecast': '€',
}
