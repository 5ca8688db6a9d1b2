// The terms by which a month lives: days to comment and to answer, when to remind, what change is unusual, what is agreed of remainders and estimates.
import type {
  Agreement,
  AgreementVersion,
  Decimal,
  EstimateTerms,
  RemainderBand,
  UnapprovedMeter,
} from '#domain/registry/bundle.ts'
import { DEFAULT_FAULT_HOURS } from '#domain/faults/working-time.ts'

export type MonthTerms = {
  /** Days in which parties may comment on an issued month; afterwards silence is acceptance. */
  commentDays: number
  /** Days that each side of a dispute has when it is its turn. */
  answerDays: number
  /** Working hours within which a fault is accepted or declined. */
  faultHours: number
  /** Reminders are sent so many days before an end. */
  reminderDays: readonly number[]
  /** A change is told when it is more than this part (0.3 = 30 %) and at least these euros. */
  unusualPart: Decimal
  unusualEuros: Decimal
  remainderBands: readonly RemainderBand[]
  estimates: EstimateTerms | null
  /** Null: nothing is agreed of them. */
  unapprovedMeters: readonly UnapprovedMeter[] | null
}
export const DEFAULT_TERMS: MonthTerms = {
  commentDays: 14,
  answerDays: 14,
  faultHours: DEFAULT_FAULT_HOURS,
  reminderDays: [7, 2],
  unusualPart: '0.3',
  unusualEuros: '50',
  remainderBands: [],
  estimates: null,
  unapprovedMeters: null,
}

/** What the version says, else the agreement, else the defaults. */
export function readTerms(agreement: Agreement | null, version: AgreementVersion | null): MonthTerms {
  const { reminderDays, answerDays, faultHours, unusualChange, remainderBands, estimates, unapprovedMeters } =
    version?.terms ?? {}
  return {
    ...DEFAULT_TERMS,
    commentDays: agreement?.commentDays ?? DEFAULT_TERMS.commentDays,
    reminderDays: reminderDays === undefined ? DEFAULT_TERMS.reminderDays : [reminderDays],
    answerDays: answerDays ?? DEFAULT_TERMS.answerDays,
    faultHours: faultHours ?? DEFAULT_TERMS.faultHours,
    unusualPart: unusualChange?.part ?? DEFAULT_TERMS.unusualPart,
    unusualEuros: unusualChange?.euros ?? DEFAULT_TERMS.unusualEuros,
    remainderBands: remainderBands ?? DEFAULT_TERMS.remainderBands,
    estimates: estimates ?? null,
    unapprovedMeters: unapprovedMeters ?? null,
  }
}
