// Who may see which field of a device: the public, whoever sees the premises, or only its owners, holder and maintainer.
import { Failure } from '#domain/failure.ts'
import type { ClassifiedField, Classification, Device, Id, LocalDate } from '#domain/registry/bundle.ts'
import { isInForce } from '#domain/registry/roles.ts'

/** What each classified field covers. Whose it is, what it cost and its state are never hidden from the parties: costs rest on them. */
const COVERED = {
  name: ['name'],
  place: ['space'],
  type: ['type', 'brick', 'tags'],
  serial: ['serial'],
  model: ['manufacturer', 'model'],
  readings: ['points', 'expectedInterval'],
  money: ['supplier', 'funding', 'warranty', 'serviceContract', 'insurance', 'expectedLifeMonths', 'replacement'],
  security: ['firmware'],
} as const satisfies Record<ClassifiedField, readonly (keyof Device)[]>
const FIELDS = Object.keys(COVERED) as ClassifiedField[]

/** The level of a field: as it was set, else `parties` for what is protected or helps an attacker, and `public` for everything else. */
const levelOf = (
  { visibility, protected: isProtected }: Pick<Device, 'visibility' | 'protected'>,
  field: ClassifiedField,
): Classification => visibility?.[field] ?? (isProtected === true || field === 'security' ? 'parties' : 'public')

/** Whether one of these bodies owns, holds or maintains it on the day: they see everything of it. */
export const isKeeper = ({ ownership = [], roles = [] }: Device, bodies: ReadonlySet<Id>, date: LocalDate): boolean =>
  ownership.some((row) => isInForce(row, date) && Object.keys(row.shares).some((id) => bodies.has(id))) ||
  roles.some(
    (row) =>
      (row.role === 'holder' || row.role === 'maintainer') && isInForce(row, date) && bodies.has(row.organisation),
  )

/** The fields that only its keepers see. */
export const ownerFields = (device: Pick<Device, 'visibility'>): ClassifiedField[] =>
  FIELDS.filter((field) => device.visibility?.[field] === 'owner')

/** The fields that the public record leaves out; readings decide for the whole device (domain/documents/redact.ts). */
export const notPublic = (device: Device): ClassifiedField[] =>
  FIELDS.filter((field) => field !== 'readings' && levelOf(device, field) !== 'public')

/**
 * What every party may hold of it in a proof: without what only its keepers see, and without money facts and firmware, on which no share rests.
 * Points stay: the quantities that costs are split by must be recomputable.
 */
export const provable = (device: Device, today: Device): Device =>
  without(device, [
    ...new Set<ClassifiedField>([...ownerFields(today).filter((field) => field !== 'readings'), 'money', 'security']),
  ])

/** The device without these fields. */
export function without(device: Device, fields: readonly ClassifiedField[]): Device {
  if (fields.length === 0) return device
  const hidden = new Set<string>(fields.flatMap((field) => COVERED[field]))
  return Object.fromEntries(Object.entries(device).filter(([key]) => !hidden.has(key))) as Device
}

/**
 * A change by somebody who does not see these fields, with them as they are stored.
 * @throws Failure 'not-allowed' when it gives another value for one of them.
 */
export function withHidden(given: Device, stored: Device, fields: readonly ClassifiedField[], pointer: string): Device {
  const merged: Record<string, unknown> = { ...given }
  for (const key of fields.flatMap((field): readonly (keyof Device)[] => COVERED[field])) {
    const value = stored[key]
    if (given[key] !== undefined && JSON.stringify(given[key]) !== JSON.stringify(value)) {
      const message = `${key} is classified: only the owners, the holder and the maintainer see and change it.`
      throw new Failure('not-allowed', message, {
        problems: [{ pointer: `${pointer}/${key}`, code: 'not-allowed', message }],
      })
    }
    if (value !== undefined) merged[key] = value
  }
  return merged as Device
}
