// Who may act on an alarm, and who may change a rule: those whose device it is, and the landlord.
import type { Alarm } from '#domain/alarms/alarm.ts'
import type { AlarmRule } from '#domain/alarms/rule.ts'
import { watchedDevices } from '#domain/alarms/watched.ts'
import type { Device, Id, LocalDate, Premises } from '#domain/registry/bundle.ts'
import { rolesOn } from '#domain/registry/roles.ts'
import type { Records, Role } from '#domain/ports/records.ts'
import type { Identity } from './identity.ts'
import { hasRole } from './who.ts'

const ALARM_ROLES: readonly Role[] = ['technician', 'manager']
const RULE_ROLES: readonly Role[] = ['manager']

/** The bodies with a role towards the device of an alarm today, and the landlord; of the premises as a whole: its tenants too. */
export function concernedBy(
  { device, affected }: Pick<Alarm, 'device' | 'affected'>,
  premises: Premises,
  devices: ReadonlyMap<Id, Device>,
  today: LocalDate,
): Id[] {
  const found = new Set<Id>([premises.landlord])
  for (const id of device === null ? affected : [device, ...affected]) {
    const one = devices.get(id)
    if (one !== undefined) for (const { organisation } of rolesOn(one, today)) found.add(organisation)
  }
  if (device === null && affected.length === 0)
    for (const { organisation, from, to } of premises.tenancies ?? [])
      if (from <= today && (to === null || today < to)) found.add(organisation)
  return [...found]
}

/** Whether the asker, who sees an alarm, may acknowledge, assign, snooze and clear it. */
export const mayActOnAlarm = (identity: Identity, concerned: readonly Id[]): boolean =>
  !identity.readOnly &&
  hasRole(identity, ALARM_ROLES) &&
  (identity.organisation === null || concerned.includes(identity.organisation))

/** Whether the asker may make, change and remove a rule: manager of the landlord, or of an owner or the holder of all that it watches. */
export function mayChangeRule(
  identity: Identity,
  rule: Pick<AlarmRule, 'target' | 'condition'>,
  premises: Premises,
  devices: readonly Device[],
  today: LocalDate,
): boolean {
  if (identity.readOnly || !hasRole(identity, RULE_ROLES)) return false
  const own = identity.organisation
  if (own === null || own === premises.landlord) return true
  const { condition } = rule
  if (condition.kind === 'budget-forecast') return condition.party === own
  const named =
    condition.kind === 'peak-forecast'
      ? [condition.meter.device]
      : condition.kind === 'main-against-subs'
        ? [condition.main, ...condition.subs].map(({ device }) => device)
        : null
  const watched = named === null ? watchedDevices(rule, devices, today) : devices.filter(({ id }) => named.includes(id))
  return watched.length > 0 && watched.every((device) => isKeptBy(device, own, today))
}

const isKeptBy = (device: Device, organisation: Id, today: LocalDate): boolean =>
  rolesOn(device, today).some(
    (one) => (one.role === 'owner' || one.role === 'holder') && one.organisation === organisation,
  )

/** The devices of a premises as the organisation sees them, without those whose readings are classified for others. */
export async function devicesWithReadings(records: Records, organisation: Id | null, premises: Id): Promise<Device[]> {
  const found: Device[] = []
  for (let after: string | null | undefined; after !== null;) {
    const page: Awaited<ReturnType<typeof records.listObjects<'devices'>>> = await records.listObjects(
      { organisation },
      'devices',
      { premises, limit: 1_000, ...(after === undefined ? {} : { after }) },
    )
    for (const { value, hidden } of page.items) if (hidden?.includes('readings') !== true) found.push(value)
    after = page.next
  }
  return found
}
