// Whether a scope may read an alarm: its audience decided when it was raised, and a device that was classified since then hides it too.
import type { Alarm } from '#domain/alarms/alarm.ts'
import type { Records, Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'

/** Remembers devices; made for one answer. */
export function createAlarmSight(records: Records, scope: Scope): (alarm: Pick<Alarm, 'device'>) => Promise<boolean> {
  const seen = new Map<Id, boolean>()
  return async ({ device }) => {
    if (device === null || scope.organisation === null) return true
    let may = seen.get(device)
    if (may === undefined) {
      const stored = await records.getObject(scope, 'devices', device)
      may = stored === null || stored.hidden?.includes('readings') !== true
      seen.set(device, may)
    }
    return may
  }
}
