// An alarm rule: which devices it watches, when something is wrong, and when it watches at all. Kept as a paper of its premises.
import type { Decimal, Id, LocalDate, Names, PointRef, When } from '#domain/registry/bundle.ts'
import { paperKind } from '#domain/ports/papers.ts'

export const SEVERITIES = ['info', 'warning', 'major', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

/** What a rule watches: the premises as a whole, or devices of it: all of a type, those of a space, or one. */
export type AlarmTarget =
  | { kind: 'premises' }
  | { kind: 'type'; type: string }
  | { kind: 'space'; space: Id }
  | { kind: 'device'; device: Id }

/** `point` is a point's key on each device that is watched; durations are ISO 8601 (PT5M). */
export type AlarmCondition =
  /** Beyond a limit for that long; clears when it is back by the hysteresis. */
  | { kind: 'threshold'; point: string; above?: Decimal; below?: Decimal; hysteresis?: Decimal; for?: string }
  /** Rises or falls by more than `by` within the time. */
  | { kind: 'rate'; point: string; by: Decimal; within: string }
  /** Not heard for that long; absent: three of its expected intervals. */
  | { kind: 'no-data'; for?: string }
  /** The same value for that long. */
  | { kind: 'stuck'; point: string; for: string }
  /** Outside the range that its device type declares. */
  | { kind: 'out-of-range'; point: string; for?: string }
  /** Used outside of `hours`, the opening hours: above the level while it is closed. Public holidays are closed. */
  | { kind: 'off-hours'; point: string; above: Decimal; hours: When[]; for?: string }
  /** The night's lowest power is above so much (kW), or above its own usual by so many per cent. */
  | { kind: 'night-base-load'; point: string; above?: Decimal; overUsualPercent?: Decimal }
  /** The month's cost of a party (absent: the landlord) is forecast to pass its budget by so many per cent. */
  | { kind: 'budget-forecast'; party?: Id; category?: string; overPercent: Decimal }
  /** The quarter hour, or hour, is forecast to pass so many kW. */
  | { kind: 'peak-forecast'; meter: PointRef; above: Decimal; interval: 'PT15M' | 'PT1H' }
  /** The main meter and its sub-meters differ by more than so many per cent over a day. */
  | { kind: 'main-against-subs'; main: PointRef; subs: PointRef[]; overPercent: Decimal }
  | { kind: 'counter-back'; point: string }
  /** The running or next month has a cost without tariff version or price. */
  | { kind: 'missing-price' }
  /** An expression over several points of the device: comparisons, arithmetic, and, or, not. */
  | { kind: 'expression'; expression: string; for?: string }
export type ConditionKind = AlarmCondition['kind']

/** `on`: whether it watches. `season` and `maintenance` say when it does not. */
export type AlarmRule = {
  name: Names
  on: boolean
  severity: Severity
  target: AlarmTarget
  condition: AlarmCondition
  /** Once raised, it stands until a person clears it. */
  latching?: boolean
  /** Came so often within the time: one alarm that says it flaps, until it is quiet for as long. Absent: five times within PT30M. */
  flapping?: { times: number; within: string }
  /** Only in these months and hours (local time of the premises). */
  season?: When
  /** Not while something is being worked on. */
  maintenance?: { from: LocalDate; to: LocalDate; reason?: string }[]
  /** What to do when it is raised, for who hears it. */
  advice?: Names
}
/** State: `on` or `off`. */
export const ALARM_RULE = paperKind<AlarmRule>('alarm-rule')
