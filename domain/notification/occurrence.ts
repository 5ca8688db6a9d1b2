// Something happened that people may be told of. Each kind of paper says what its changes mean; whoever doesn't see the paper isn't told.
import type { Severity } from '#domain/alarms/rule.ts'
import type { Id } from '#domain/registry/bundle.ts'

export const OCCURRENCE_KINDS = [
  'alarm-raised',
  'alarm-assigned',
  'alarm-cleared',
  'fault-offered',
  'fault-accepted',
  'fault-declined',
  'fault-escalated',
  'fault-done',
  'service-due',
  'service-overdue',
  'service-done',
  'webhook-disabled',
  'system-away',
  'system-back',
] as const
export type OccurrenceKind = (typeof OCCURRENCE_KINDS)[number]

/** What people choose to be told of: the word before the hyphen. */
export const FAMILIES = ['alarm', 'fault', 'service', 'webhook', 'system'] as const
export type Family = (typeof FAMILIES)[number]
export const familyOf = (kind: OccurrenceKind): Family => kind.slice(0, kind.indexOf('-')) as Family

export type Occurrence = {
  /** The same for the same happening, however often it is derived: `alarm/a-1/3/alarm-raised`. */
  id: string
  kind: OccurrenceKind
  /** Milliseconds since 1970. */
  at: number
  severity: Severity
  premises: Id | null
  device: Id | null
  /** The paper that it is about. */
  paper: { kind: string; id: Id }
  /** Whose turn it is to act; null: by the agreement's matrix, whoever repairs the device. */
  responsible: Id | null
  /** Only the people of these organisations are told; null: all that see the paper. */
  organisations: readonly Id[] | null
  /** Told whatever they subscribed to, as it was given to them. */
  person: Id | null
}

/** Why somebody was told. */
export type Reason = 'subscribed' | 'assigned' | 'on-call' | 'deputy'
/** An occurrence as one person is told of it: as a member of which organisation, and why; `step` is that of an escalation. */
export type Thing = Occurrence & { as: Id | null; reason: Reason; step?: number }
