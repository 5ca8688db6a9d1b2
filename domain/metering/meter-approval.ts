// May a meter decide a price: what is recorded of its approval and verification, on all days up to a date.
import type { Decimal, Device, LocalDate, MeterFacts } from '#domain/registry/bundle.ts'
import { checkDate, checkDecimal, checkText, checkWhole } from '#domain/registry/check-values.ts'
import type { Report } from '#domain/registry/problems.ts'

/** Digits of a register before the point, and after it: readings keep six decimals. */
const DIGITS_LIMIT = 12
const DECIMALS_LIMIT = 6

/** `unknown`: nobody has recorded it, which says nothing against the meter. */
export type MeterApproval = 'approved' | 'not-approved' | 'verification-over' | 'unknown'

/** Of the days before `end`, which is the first day that no longer counts. */
export function meterApproval({ meter }: Pick<Device, 'meter'>, end: LocalDate): MeterApproval {
  if (meter === undefined) return 'unknown'
  if (!meter.approved) return 'not-approved'
  return meter.verifiedUntil !== undefined && meter.verifiedUntil < end ? 'verification-over' : 'approved'
}

export function checkMeterFacts(facts: MeterFacts, report: Report): void {
  const { mid, midClass, markingYear, verifiedUntil, pulsesPerUnit, digits, decimals, seal } = facts
  if (mid !== undefined) checkText(mid, '/meter/mid', report)
  if (midClass !== undefined) checkText(midClass, '/meter/midClass', report)
  if (markingYear !== undefined) checkWhole(markingYear, 1900, 2200, '/meter/markingYear', report)
  if (pulsesPerUnit !== undefined) checkDecimal(pulsesPerUnit, '/meter/pulsesPerUnit', report, 'above-zero')
  if (digits !== undefined) checkWhole(digits, 1, DIGITS_LIMIT, '/meter/digits', report)
  if (decimals !== undefined) checkWhole(decimals, 0, DECIMALS_LIMIT, '/meter/decimals', report)
  if (seal !== undefined) checkText(seal, '/meter/seal', report)
  if (verifiedUntil !== undefined) checkDate(verifiedUntil, '/meter/verifiedUntil', report)
}

export type RegisterDoubt = 'too-many-digits' | 'too-many-decimals'
/** What a register with so many digits can't show: a value as it was typed, a plain decimal. */
export function registerDoubt({ digits, decimals }: Partial<MeterFacts>, value: Decimal): RegisterDoubt | null {
  const [whole = '', part = ''] = value.replace('-', '').split('.')
  if (digits !== undefined && whole.replace(/^0+/, '').length > digits) return 'too-many-digits'
  return decimals !== undefined && part.replace(/0+$/, '').length > decimals ? 'too-many-decimals' : null
}
