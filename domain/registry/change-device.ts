// The change of one device by a person: what is said of it anew, and who has its roles from a day on.
import { formatFraction } from '#domain/quantity/fraction.ts'
import type { Device, Id, LocalDate } from './bundle.ts'
import { withRolesFrom, type RolesFrom } from './roles-from.ts'
import { rolesOn } from './roles.ts'

/** What a person changes of a device as a whole value each. */
export const CHANGED_FIELDS = [
  'name',
  'space',
  'type',
  'brick',
  'serial',
  'manufacturer',
  'model',
  'tags',
  'expectedInterval',
  'acquisition',
  'supplier',
  'funding',
  'warranty',
  'serviceContract',
  'insurance',
  'expectedLifeMonths',
  'replacement',
] as const satisfies readonly (keyof Device)[]
type ChangedField = (typeof CHANGED_FIELDS)[number]
/** Null takes a field away; what is absent stays. */
export type DeviceChange = {
  set?: { readonly [F in ChangedField]?: Device[F] | null }
  roles?: RolesFrom
}

export function changedDevice(device: Device, { set = {}, roles }: DeviceChange): Device {
  const next: Record<string, unknown> = { ...device }
  for (const [field, value] of Object.entries(set)) {
    if (value === undefined) continue
    if (value === null) delete next[field]
    else next[field] = value
  }
  const changed = next as Device
  return roles === undefined ? changed : withRolesFrom(changed, roles)
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
/** The fields that differ, in the order of the form. */
export const differingFields = (before: Device, after: Device): (ChangedField | 'ownership' | 'roles')[] =>
  ([...CHANGED_FIELDS, 'ownership', 'roles'] as const).filter((field) => !same(before[field], after[field]))

/**
 * The first local date from which a cost may be split or charged otherwise: by its owners, or by the depreciation of its purchase.
 * Null: nothing that a cost rests on differs.
 */
export function costsDifferFrom(before: Device, after: Device): LocalDate | null {
  const days: LocalDate[] = []
  if (!same(before.acquisition, after.acquisition))
    for (const { acquisition } of [before, after]) if (acquisition !== undefined) days.push(acquisition.date)
  if (!same(before.ownership, after.ownership)) {
    const bounds = [before, after].flatMap(({ ownership = [] }) =>
      ownership.flatMap(({ from, to }) => [from, to ?? from]),
    )
    const first = [...new Set(bounds)].toSorted().find((day) => !same(ownersOn(before, day), ownersOn(after, day)))
    if (first !== undefined) days.push(first)
  }
  return days.toSorted()[0] ?? null
}
const ownersOn = ({ ownership = [] }: Device, day: LocalDate) =>
  ownership.find(({ from, to }) => from <= day && (to === null || day < to))?.shares

/** Who owned a part on the day, and would own another part or none. */
export function ownersMoved(before: Device, after: Device, day: LocalDate): Id[] {
  const partsOf = (device: Device): Map<Id, string> =>
    new Map(
      rolesOn(device, day).flatMap(({ organisation, share }) =>
        share === null ? [] : [[organisation, formatFraction(share)] as const],
      ),
    )
  const [then, now] = [partsOf(before), partsOf(after)]
  return [...then.keys()].filter((id) => then.get(id) !== now.get(id))
}
