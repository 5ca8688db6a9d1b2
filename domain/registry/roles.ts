// Who has which of the seven roles of a device on a date.
import { divide, parseDecimalFraction, sum, ZERO } from '#domain/quantity/fraction.ts'
import type { Fraction } from '#domain/quantity/fraction.ts'
import { DEVICE_ROLES } from '#domain/registry/bundle.ts'
import type { Device, DeviceRole, Id, LocalDate } from '#domain/registry/bundle.ts'

/** `share` is the owner's exact part of the device; null for the other roles. */
export type RoleHolder = { role: DeviceRole; organisation: Id; share: Fraction | null }

type Dated = { from: LocalDate; to: LocalDate | null }
/** Whether a local date lies in a dated row: `from` is in, `to` is not. */
export const isInForce = (row: Dated, date: LocalDate): boolean =>
  row.from <= date && (row.to === null || date < row.to)

/** In the order of the seven roles; within a role as the device has them, an organisation once. */
export const rolesOn = (device: Device, date: LocalDate): RoleHolder[] => {
  const holders = [...ownersOn(device, date), ...othersOn(device, date)]
  return DEVICE_ROLES.flatMap((role) => holders.filter((holder) => holder.role === role))
}

const ownersOn = (device: Device, date: LocalDate): RoleHolder[] => {
  const row = device.ownership?.find((row) => isInForce(row, date))
  const shares = Object.entries(row?.shares ?? {}).map(([id, share]): [Id, Fraction] => [
    id,
    parseDecimalFraction(share) ?? ZERO,
  ])
  const whole = sum(shares.map(([, share]) => share))
  return shares.map(([organisation, share]) => ({ role: 'owner', organisation, share: divide(share, whole) }))
}

const othersOn = (device: Device, date: LocalDate): RoleHolder[] => {
  const rows = (device.roles ?? []).filter((row) => isInForce(row, date))
  const once = new Map(rows.map((row) => [`${row.role} ${row.organisation}`, row]))
  return [...once.values()].map(({ role, organisation }) => ({ role, organisation, share: null }))
}
