// The terms of an agreement by which a month lives: days to comment and to answer, when to remind, what change is unusual.
import type { Agreement, AgreementVersion, Decimal } from '#domain/registry/bundle.ts'

export type MonthTerms = {
  /** Days in which parties may comment on an issued month; afterwards silence is acceptance. */
  commentDays: number
  /** Days that each side of a dispute has when it is its turn. */
  answerDays: number
  /** Reminders are sent so many days before an end. */
  reminderDays: readonly number[]
  /** A change is told when it is more than this part (0.3 = 30 %) and at least these euros. */
  unusualPart: Decimal
  unusualEuros: Decimal
  /** The agreed band of a remainder as parts of the main meter's quantity, or null. */
  remainderBand: { from: Decimal; to: Decimal } | null
}
export const DEFAULT_TERMS: MonthTerms = {
  commentDays: 14,
  answerDays: 14,
  reminderDays: [7, 2],
  unusualPart: '0.3',
  unusualEuros: '50',
  remainderBand: null,
}

/** What the version says, else the agreement, else the defaults. */
export function readTerms(agreement: Agreement | null, version: AgreementVersion | null): MonthTerms {
  const terms = (version as { terms?: Partial<MonthTerms> } | null)?.terms ?? {}
  return {
    commentDays: terms.commentDays ?? agreement?.commentDays ?? DEFAULT_TERMS.commentDays,
    answerDays: terms.answerDays ?? DEFAULT_TERMS.answerDays,
    reminderDays: terms.reminderDays ?? DEFAULT_TERMS.reminderDays,
    unusualPart: terms.unusualPart ?? DEFAULT_TERMS.unusualPart,
    unusualEuros: terms.unusualEuros ?? DEFAULT_TERMS.unusualEuros,
    remainderBand: terms.remainderBand ?? DEFAULT_TERMS.remainderBand,
  }
}
