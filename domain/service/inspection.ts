// A statutory inspection: what a law wants looked at again and again by somebody approved for it, with its certificates.
import { paperKind } from '#domain/ports/papers.ts'
import type { Id, LocalDate, Names } from '#domain/registry/bundle.ts'
import { addMonths } from './schedule.ts'

export const INSPECTION_RESULTS = ['passed', 'remarks', 'failed'] as const
export type InspectionResult = (typeof INSPECTION_RESULTS)[number]
/** One inspection that was made. */
export type InspectionRecord = {
  on: LocalDate
  result: InspectionResult
  /** The inspector or inspection body, in words. */
  inspector: string
  remarks: string
  certificate: { digest: string; name: string } | null
  /** The next day that the inspector set; null: by the interval. */
  nextDue: LocalDate | null
  recordedAt: number
  recordedBy: string
}
export type Inspection = {
  /** What of the library it was made of. */
  template: Id | null
  device: Id | null
  space: Id | null
  title: Names
  /** The law or contract that asks for it, as it is called. */
  law: Names
  intervalMonths: number
  /** When the first is due, as long as none is recorded. */
  firstDue: LocalDate
  contractor: Id | null
  /** By the order in which they were recorded. */
  records: readonly InspectionRecord[]
}
export const INSPECTION_STATES = ['current', 'ended'] as const
export type InspectionState = (typeof INSPECTION_STATES)[number]
/** Due: the end of the local day of `inspectionDue`. */
export const INSPECTION = paperKind<Inspection>('inspection')

/** The newest by its day; of one day the one recorded last. */
const newest = (records: readonly InspectionRecord[]): InspectionRecord | null =>
  records.reduce<InspectionRecord | null>((last, one) => (last === null || one.on >= last.on ? one : last), null)

/**
 * The last day on which the next one is in time: as the inspector set it, by the interval, or the first. One that failed moves
 * nothing, unless the inspector set a day for inspecting again.
 */
export function inspectionDue({
  records,
  intervalMonths,
  firstDue,
}: Pick<Inspection, 'records' | 'intervalMonths' | 'firstDue'>): LocalDate {
  const last = newest(records)
  if (last !== null && last.nextDue !== null) return last.nextDue
  const passed = newest(records.filter(({ result }) => result !== 'failed'))
  return passed === null ? firstDue : (passed.nextDue ?? addMonths(passed.on, intervalMonths))
}
