// The day that it is at a premises.
import type { Id, LocalDate } from '#domain/registry/bundle.ts'
import type { Records } from '#domain/ports/records.ts'
import type { RouteParts } from '#api/parts.ts'
import { localDate } from './premises-summary.ts'

/** Time zones of premises, kept until the premises change: lists ask for those of all that they show. */
const zones = new WeakMap<Records, Map<Id, string>>()
const zonesOf = (records: Records): Map<Id, string> => {
  const known = zones.get(records)
  if (known !== undefined) return known
  const made = new Map<Id, string>()
  zones.set(records, made)
  records.onChange((changed) => {
    for (const { kind, id } of changed) if (kind === 'premises') made.delete(id)
  })
  return made
}

/** By the clock of the premises; UTC where it is not known. */
export async function todayOf(premises: Id, { records, now }: Pick<RouteParts, 'records' | 'now'>): Promise<LocalDate> {
  const known = zonesOf(records)
  const zone = known.get(premises)
  if (zone !== undefined) return localDate(now(), zone)
  const timeZone = (await records.getObject({ organisation: null }, 'premises', premises))?.value.timeZone
  if (timeZone !== undefined) known.set(premises, timeZone)
  return localDate(now(), timeZone ?? 'UTC')
}
