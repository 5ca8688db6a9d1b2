// The day that it is at a premises.
import type { Id, LocalDate } from '#domain/registry/bundle.ts'
import type { RouteParts } from '#api/parts.ts'
import { localDate } from './premises-summary.ts'

/** By the clock of the premises; UTC where it is not known. */
export async function todayOf(premises: Id, { records, now }: Pick<RouteParts, 'records' | 'now'>): Promise<LocalDate> {
  const stored = await records.getObject({ organisation: null }, 'premises', premises)
  return localDate(now(), stored?.value.timeZone ?? 'UTC')
}
