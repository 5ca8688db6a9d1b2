// What waits for an organisation, and until when: a month to issue, answer or close, a dispute, a proposal, a device.
import type { Id } from '#domain/registry/bundle.ts'

export const WAITING_KINDS = [
  'month-to-issue',
  'month-to-accept',
  'month-to-close',
  'dispute-to-answer',
  'dispute-to-settle',
  'proposal-to-approve',
  'transfer-to-answer',
  'loan-to-return',
  'fault-to-answer',
  'service-task-due',
  'inspection-due',
  'meter-change-to-witness',
  'data-request-to-answer',
] as const
export type WaitingKind = (typeof WAITING_KINDS)[number]
export type Waiting = {
  kind: WaitingKind
  premises: Id
  period: string | null
  /** The dispute, proposal, transfer, fault, meter change, service task or inspection; of a data request its device. */
  subject: Id | null
  waitsFor: Id
  /** Milliseconds since 1970; null where there is no end. */
  dueAt: number | null
  /** Days before the end on which those who wait are reminded. */
  reminderDays: readonly number[]
}

/** What must be known to write one line of a list of waiting things only once. */
export const waitingKey = ({
  kind,
  premises,
  period,
  subject,
  waitsFor,
  dueAt,
}: Omit<Waiting, 'kind'> & { kind: string }): string =>
  JSON.stringify([kind, premises, period, subject, waitsFor, dueAt])

/** What is due first comes first; what has no end, last. */
export const byDue = (a: Waiting, b: Waiting): number => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || 0
