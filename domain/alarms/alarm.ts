// An alarm: one cause, from raised to cleared, with what people did about it. One cause is one alarm, whatever it takes down with it.
import type { Id, Names } from '#domain/registry/bundle.ts'
import { paperKind } from '#domain/ports/papers.ts'
import type { ConditionKind, Severity } from './rule.ts'

export const ALARM_STATES = ['raised', 'acknowledged', 'assigned', 'cleared'] as const
export type AlarmState = (typeof ALARM_STATES)[number]
export const STANDING_STATES: readonly AlarmState[] = ['raised', 'acknowledged', 'assigned']

export type AlarmEntry = {
  /** Milliseconds since 1970. */
  at: number
  by: string
  organisation: Id | null
  kind:
    | 'raised'
    | 'acknowledged'
    | 'assigned'
    | 'comment'
    | 'snoozed'
    | 'flapping'
    | 'affected'
    | 'returned'
    | 'cleared'
    | 'fault'
  text: string
}
/** What it saw: the value that raised it, beside the limit, as written; `at` is the reading's own time. */
export type AlarmReason = {
  point: string | null
  value: string | null
  limit: string | null
  unit: string | null
  at: number | null
}
export type Alarm = {
  rule: Id
  /** What its rule was called when it was raised. */
  name: Names
  condition: ConditionKind
  /** What it is of: one device, a way by which many devices come (a gateway; without one the network of the premises), many at once, or the premises. */
  extent: 'device' | 'way' | 'storm' | 'premises'
  severity: Severity
  /** The device that is the cause (a gateway, where it took others down); null: the premises as a whole. */
  device: Id | null
  /** The gateway or bridge that is the cause, whether or not it is a device; null where none is. */
  gateway: Id | null
  reason: AlarmReason
  raisedAt: number
  clearedAt: number | null
  /** It is over, and stands because it latches or flaps. */
  conditionClearedAt: number | null
  assignee: { organisation: Id; person: { id: Id; name: string } | null } | null
  snoozedUntil: number | null
  /** The devices that are silent because of this one, or that raised the same at once. */
  affected: readonly Id[]
  /** It comes and goes too often to be told each time. */
  flapping: boolean
  /** How often it came back while flapping. */
  returns: number
  /** The fault that was made of it. */
  fault: Id | null
  entries: readonly AlarmEntry[]
}
/** State: an `AlarmState`. Audience: the premises, or fewer where the device's readings are classified. */
export const ALARM = paperKind<Alarm>('alarm')

/** One alarm stands at a time for each of these. */
export function alarmKey(
  { extent, rule, device, gateway }: Pick<Alarm, 'extent' | 'rule' | 'device' | 'gateway'>,
  premises: Id,
): string {
  switch (extent) {
    case 'device':
      return `${rule}/${device ?? ''}`
    case 'premises':
      return `${rule}/`
    case 'storm':
      return `storm ${rule}`
    case 'way':
      return wayKey(premises, gateway)
  }
}
export const wayKey = (premises: Id, gateway: Id | null): string => `way ${premises}/${gateway ?? ''}`
