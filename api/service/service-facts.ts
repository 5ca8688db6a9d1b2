// What a step of the service rests on: the premises, the device, who is responsible for keeping it, and who may decide.
import { bodyOn, responsibleFor, type Responsible } from '#domain/agreement/responsible.ts'
import { Failure } from '#domain/failure.ts'
import type { Agreement, Device, Id, LocalDate, Organisation, Premises } from '#domain/registry/bundle.ts'
import { ALL, listAll } from '#domain/registry/list-all.ts'
import type { Records } from '#domain/ports/records.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { dayStart } from '#domain/quantity/period.ts'
import type { Identity } from '#api/access/identity.ts'
import { hasRole } from '#api/access/who.ts'
import { notFound } from '#api/routes/answers.ts'
import { localDate } from '#api/views/premises-summary.ts'

export type ServicePlace = {
  premises: Premises
  agreements: Agreement[]
  organisations: ReadonlyMap<Id, Organisation>
  today: LocalDate
}

/** Of a premises, whoever asks; @throws Failure 'not-found' where there is none. */
export async function placeOf(records: Records, id: Id, now: number): Promise<ServicePlace> {
  const stored = await records.getObject(ALL, 'premises', id)
  if (stored === null) throw notFound()
  const agreements: Agreement[] = []
  for await (const one of listAll(records, 'agreements', { premises: id })) agreements.push(one)
  const today = localDate(now, stored.value.timeZone)
  return { premises: stored.value, agreements, organisations: await organisationsOf(records), today }
}

export async function organisationsOf(records: Records): Promise<ReadonlyMap<Id, Organisation>> {
  const found = new Map<Id, Organisation>()
  for await (const one of listAll(records, 'organisations')) found.set(one.id, one)
  return found
}

/** The body that has an organisation's duties today: itself, or whoever succeeded it. */
export const bodyNow = <T extends Id | null>({ organisations, today }: ServicePlace, id: T): T =>
  (id === null ? null : bodyOn(organisations, id, today)) as T

export const responsibleAt = (
  { premises, agreements, organisations, today }: ServicePlace,
  device: Device | null,
  space: Id | null,
): Responsible => responsibleFor('maintain', { premises, agreements, device, space, organisations }, today)

/** The end of a local day: the first instant at which it is too late. */
export const endOf = ({ timeZone }: Premises, day: LocalDate): number => dayStart(dayNumber(day) + 1, timeZone)

/** A premises that the asker sees. @throws Failure 'not-found'. */
export async function seenPremises(records: Records, identity: Identity, id: Id): Promise<void> {
  if (!(await records.seesPremises({ organisation: identity.organisation }, id))) throw notFound()
}
/** A device that the asker sees, whole. @throws Failure 'not-found', also of one that is elsewhere. */
export async function seenDevice(records: Records, identity: Identity, id: Id, premises: Id): Promise<Device> {
  if ((await records.getObject({ organisation: identity.organisation }, 'devices', id)) === null) throw notFound()
  const device = (await records.getObject(ALL, 'devices', id))?.value
  if (device?.premises !== premises) throw notFound()
  return device
}

/** Whether the asker decides on the service of a device or space: a manager of who keeps it, of the landlord, or the operator. */
export function decides(identity: Identity, place: ServicePlace, responsible: Id): boolean {
  if (identity.organisation === null) return true
  if (!hasRole(identity, ['manager', 'admin'])) return false
  const deciding = [responsible, place.premises.landlord].map((id) => bodyNow(place, id))
  return deciding.includes(identity.organisation)
}
/** @throws Failure 'not-allowed' when the asker does not decide. */
export function mustDecide(identity: Identity, place: ServicePlace, responsible: Id): void {
  if (!decides(identity, place, responsible))
    throw new Failure('not-allowed', 'The service is planned by a manager of who maintains it, or of the landlord.')
}

/** @throws Failure 'invalid-body' when there is no such organisation. */
export async function mustExist(records: Records, organisation: Id | null | undefined, pointer: string): Promise<void> {
  if (organisation == null || (await records.getObject(ALL, 'organisations', organisation)) !== null) return
  throw wrong(pointer, 'unknown-id', 'There is no such organisation.')
}
/** Who is meant, if they belong to one of these organisations. @throws Failure 'invalid-body'. */
export async function personOf(
  records: Records,
  id: Id | null | undefined,
  organisations: readonly (Id | null)[],
): Promise<{ id: Id; name: string } | null> {
  if (id == null) return null
  const user = await records.getUser(id)
  const belongs = user?.memberships.some(
    ({ organisation }) => organisation !== null && organisations.includes(organisation),
  )
  if (user === null || user.disabled || belongs !== true)
    throw wrong('/assignee', 'unknown-id', 'Nobody of the responsible organisation or the contractor has this id.')
  return { id: user.id, name: user.name }
}

export const wrong = (pointer: string, code: string, message: string): Failure =>
  new Failure('invalid-body', message, { problems: [{ pointer, code, message }] })
