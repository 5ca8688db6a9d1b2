// Who has which role of a device from a day on: rows that stand end there, new ones begin, and later ones stay.
import { DEVICE_ROLES } from './bundle.ts'
import type { Decimal, Device, Id, LocalDate, OwnershipRow, RoleRow } from './bundle.ts'
import { isInForce } from './roles.ts'

type OtherRole = RoleRow['role']
/**
 * Until further notice, or until a later row that is recorded already. `shares`: all owners with their parts, nobody when empty;
 * `holders`: all bodies of each role that is named. What is absent stays.
 */
export type RolesFrom = {
  from: LocalDate
  shares?: Readonly<Record<Id, Decimal>>
  holders?: { readonly [R in OtherRole]?: readonly Id[] }
}

type Dated = { from: LocalDate; to: LocalDate | null }
/** The rows without what lies from the day on, but for those that begin later. */
const endedOn = <R extends Dated>(rows: readonly R[], day: LocalDate): R[] =>
  rows.flatMap((row) => {
    if (row.from > day || (row.to !== null && row.to <= day)) return [row]
    return row.from === day ? [] : [{ ...row, to: day }]
  })
/** The day on which the next of these rows begins. */
const nextFrom = (rows: readonly Dated[], day: LocalDate): LocalDate | null =>
  rows
    .map(({ from }) => from)
    .filter((from) => from > day)
    .toSorted()[0] ?? null
const byDay = <R extends Dated>(rows: readonly R[]): R[] => rows.toSorted((a, b) => (a.from < b.from ? -1 : 1))

const sameShares = (a: Readonly<Record<Id, Decimal>>, b: Readonly<Record<Id, Decimal>>): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([id, share]) => b[id] === share)

function ownershipFrom(
  rows: readonly OwnershipRow[],
  day: LocalDate,
  shares: NonNullable<RolesFrom['shares']>,
): OwnershipRow[] {
  const now = rows.find((row) => isInForce(row, day))
  if (sameShares(now?.shares ?? {}, shares)) return [...rows]
  const isNobody = Object.keys(shares).length === 0
  const added = isNobody ? [] : [{ from: day, to: nextFrom(rows, day), shares: { ...shares } }]
  return byDay([...endedOn(rows, day), ...added])
}

function rowsFrom(rows: readonly RoleRow[], day: LocalDate, role: OtherRole, wanted: readonly Id[]): RoleRow[] {
  const isOf = (row: RoleRow, organisation: Id): boolean => row.role === role && row.organisation === organisation
  const stays = (row: RoleRow): boolean => row.role !== role || wanted.includes(row.organisation)
  const kept = rows.flatMap((row) => (stays(row) ? [row] : endedOn([row], day)))
  const added = [...new Set(wanted)].flatMap((organisation): RoleRow[] => {
    const own = rows.filter((row) => isOf(row, organisation))
    if (own.some((row) => isInForce(row, day))) return []
    return [{ role, organisation, from: day, to: nextFrom(own, day) }]
  })
  return [...kept, ...added]
}

/** The device with these owners and roles from the day on. */
export function withRolesFrom(device: Device, { from, shares, holders = {} }: RolesFrom): Device {
  let changed = device
  if (shares !== undefined) {
    const ownership = ownershipFrom(device.ownership ?? [], from, shares)
    if (ownership.length > 0 || device.ownership !== undefined) changed = { ...changed, ownership }
  }
  for (const role of DEVICE_ROLES) {
    const wanted = role === 'owner' ? undefined : holders[role]
    if (role === 'owner' || wanted === undefined) continue
    const roles = rowsFrom(changed.roles ?? [], from, role, wanted)
    if (roles.length > 0 || changed.roles !== undefined) changed = { ...changed, roles }
  }
  return changed
}
