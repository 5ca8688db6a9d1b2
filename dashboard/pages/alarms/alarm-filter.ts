// The filters of the list of alarms, as they stand in the address.
import type { AlarmFilter } from '#dashboard/client/alarm-queries.ts'

export const SHOWN = ['standing', 'ours', 'all'] as const
export type Shown = (typeof SHOWN)[number]
/** Severities as the address has them: none is all of them. */
export const SEVERITY_WISHES = ['', 'major,critical', 'critical', 'major', 'warning', 'info'] as const

export const shownOf = (get: (key: string) => string | null): Shown =>
  SHOWN.find((one) => one === get('state')) ?? 'standing'

export const readAlarmFilter = (get: (key: string) => string | null): AlarmFilter => {
  const shown = shownOf(get)
  const severity = SEVERITY_WISHES.find((one) => one === get('severity')) ?? ''
  const filter: AlarmFilter = {}
  for (const key of ['premises', 'device', 'rule', 'q', 'from', 'to'] as const) {
    const value = get(key)
    if (value !== null && value !== '') filter[key] = value
  }
  return {
    ...filter,
    ...(severity === '' ? {} : { severity }),
    ...(shown === 'all' ? {} : { standing: 'true' }),
    ...(shown === 'ours' ? { mine: 'true' } : {}),
  }
}
