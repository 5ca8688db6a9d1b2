// May a meter decide a price: what is recorded of its approval and verification, on all days up to a date.
import type { Device, LocalDate, MeterFacts } from '#domain/registry/bundle.ts'
import { checkDate, checkText } from '#domain/registry/check-values.ts'
import type { Report } from '#domain/registry/problems.ts'

/** `unknown`: nobody has recorded it, which says nothing against the meter. */
export type MeterApproval = 'approved' | 'not-approved' | 'verification-over' | 'unknown'

/** Of the days before `end`, which is the first day that no longer counts. */
export function meterApproval({ meter }: Pick<Device, 'meter'>, end: LocalDate): MeterApproval {
  if (meter === undefined) return 'unknown'
  if (!meter.approved) return 'not-approved'
  return meter.verifiedUntil !== undefined && meter.verifiedUntil < end ? 'verification-over' : 'approved'
}

export function checkMeterFacts({ mid, verifiedUntil }: MeterFacts, report: Report): void {
  if (mid !== undefined) checkText(mid, '/meter/mid', report)
  if (verifiedUntil !== undefined) checkDate(verifiedUntil, '/meter/verifiedUntil', report)
}
