// What is agreed, cut into clauses: the smallest parts that have a sentence of their own. The text is made of them, and two texts are compared by them.
import type {
  EstimateTerms,
  Id,
  LocalDate,
  Names,
  PartyAccount,
  RemainderBand,
  ResponsibilityRow,
  SplitMethod,
  UnapprovedMeter,
  UnusualChange,
} from '#domain/registry/bundle.ts'
import { bandKey, meterKey, subjectOf } from '#domain/registry/check-terms.ts'
import type { AgreementContent } from './content.ts'

/** `key` tells clauses of one part apart. */
export type Clause = { key: string } & (
  | { part: 'name'; value: Names }
  | { part: 'parties'; value: readonly Id[] }
  | { part: 'premises'; value: Id }
  | { part: 'period'; value: { number: number; from: LocalDate; to: LocalDate | null } }
  | { part: 'replaces'; value: { agreement: Id; from: LocalDate } }
  | { part: 'rule'; value: { category: string; method: SplitMethod } }
  | { part: 'commentDays'; value: number }
  | { part: 'reminderDays'; value: number }
  | { part: 'answerDays'; value: number }
  | { part: 'faultHours'; value: number }
  | { part: 'unusualChange'; value: UnusualChange }
  | { part: 'estimates'; value: EstimateTerms }
  | { part: 'remainderBand'; value: RemainderBand }
  | { part: 'unapprovedMeter'; value: UnapprovedMeter }
  | { part: 'responsibility'; value: ResponsibilityRow }
  | { part: 'account'; value: PartyAccount }
)

/** All clauses in the order in which they are read; what is not agreed has none. */
export function clausesOf({ agreement, number, version, replaces }: AgreementContent): Clause[] {
  const terms = version.terms ?? {}
  const seen = new Map<string, number>()
  return [
    ...(agreement.name === undefined ? [] : [{ part: 'name' as const, key: '', value: agreement.name }]),
    { part: 'parties', key: '', value: agreement.parties },
    { part: 'premises', key: '', value: agreement.premises },
    { part: 'period', key: '', value: { number, from: version.from, to: version.to } },
    ...(replaces === undefined
      ? []
      : [{ part: 'replaces' as const, key: '', value: { agreement: replaces, from: version.from } }]),
    ...version.rules.map((rule): Clause => {
      // Only the first rule of a category holds; a second one is told all the same.
      const times = (seen.get(rule.category) ?? 0) + 1
      seen.set(rule.category, times)
      return { part: 'rule', key: times === 1 ? rule.category : `${rule.category} (${times})`, value: rule }
    }),
    ...(agreement.commentDays === undefined
      ? []
      : [{ part: 'commentDays' as const, key: '', value: agreement.commentDays }]),
    ...(terms.reminderDays === undefined
      ? []
      : [{ part: 'reminderDays' as const, key: '', value: terms.reminderDays }]),
    ...(terms.answerDays === undefined ? [] : [{ part: 'answerDays' as const, key: '', value: terms.answerDays }]),
    ...(terms.faultHours === undefined ? [] : [{ part: 'faultHours' as const, key: '', value: terms.faultHours }]),
    ...(terms.unusualChange === undefined
      ? []
      : [{ part: 'unusualChange' as const, key: '', value: terms.unusualChange }]),
    ...(terms.estimates === undefined ? [] : [{ part: 'estimates' as const, key: '', value: terms.estimates }]),
    ...(terms.remainderBands ?? []).map((value): Clause => ({ part: 'remainderBand', key: bandKey(value), value })),
    ...(terms.unapprovedMeters ?? []).map((value): Clause => ({
      part: 'unapprovedMeter',
      key: meterKey(value.meter),
      value,
    })),
    ...(terms.responsibilities ?? []).map((value): Clause => ({
      part: 'responsibility',
      key: subjectOf(value),
      value,
    })),
    ...(terms.accounts ?? []).map((value): Clause => ({
      part: 'account',
      key: `${value.party} ${value.category}`,
      value,
    })),
  ]
}
