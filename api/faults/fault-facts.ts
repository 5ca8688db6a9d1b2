// The facts by which a fault finds who must act: premises, agreements, device and successors, as they are today.
import { responsibleInOrder, type Responsible } from '#domain/agreement/responsible.ts'
import { inForceRuns } from '#domain/agreement/in-force.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { ownerFields } from '#domain/lifecycle/classification.ts'
import type { Audience } from '#domain/ports/papers.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Agreement, Device, Id, LocalDate, Names, Organisation, Premises } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import { rolesOn } from '#domain/registry/roles.ts'
import { localDate } from '#api/views/premises-summary.ts'
import { termsOf } from '#api/settlement/terms.ts'

const ALL = { organisation: null }
export type FaultFacts = {
  premises: Premises
  device: Device | null
  space: { id: Id; name: Names | null } | null
  /** Who is asked for the repair, one after the other. */
  order: Responsible[]
  organisations: ReadonlyMap<Id, Organisation>
  /** To whom it can be handed on: who is responsible, the parties, whoever owns, holds or maintains the device. */
  concerned: Id[]
  /** Cost categories with a rule of their own in the agreement in force. */
  categories: string[]
  answerHours: number
  today: LocalDate
}

/** Null when there is no such premises, or the device or space is not there. */
export async function faultFacts(
  { records, now }: { records: Records; now: () => number },
  { premises: id, device: deviceId, space: spaceId }: { premises: Id; device: Id | null; space: Id | null },
): Promise<FaultFacts | null> {
  const premises = (await records.getObject(ALL, 'premises', id))?.value
  if (premises === undefined) return null
  const device = deviceId === null ? null : ((await records.getObject(ALL, 'devices', deviceId))?.value ?? null)
  const place = spaceId ?? device?.space ?? null
  const space = premises.spaces?.find((one) => one.id === place)
  const today = localDate(now(), premises.timeZone)
  const agreements: Agreement[] = await Array.fromAsync(listAll(records, 'agreements', { premises: id }))
  const organisations = new Map<Id, Organisation>()
  for await (const one of listAll(records, 'organisations')) organisations.set(one.id, one)
  const order = responsibleInOrder('repair', { premises, agreements, device, space: place, organisations }, today)
  const day = dayNumber(today)
  const inForce = inForceRuns(agreements, day, day + 1)[0]?.inForce ?? null
  const roles = device === null ? [] : rolesOn(device, today)
  const keepers = roles.flatMap(({ role, organisation }) =>
    ['owner', 'holder', 'maintainer'].includes(role) ? [organisation] : [],
  )
  const named = (inForce?.version.terms?.responsibilities ?? []).flatMap(({ tasks }) => Object.values(tasks))
  const { faultHours } = await termsOf(records, id, today.slice(0, 7))
  return {
    premises,
    device,
    space: space === undefined ? null : { id: space.id, name: space.name ?? null },
    order,
    organisations,
    concerned: [
      ...new Set([
        ...order.map(({ organisation }) => organisation),
        ...(inForce?.agreement.parties ?? []),
        ...keepers,
        ...named,
        premises.landlord,
      ]),
    ],
    categories: (inForce?.version.rules ?? []).map(({ category }) => category).filter((category) => category !== '*'),
    answerHours: faultHours,
    today,
  }
}

/** Everyone who sees the premises, and whoever has or had it; of a device that is classified only its keepers, the landlord and these. */
export function audienceOf(
  { device, premises, today }: FaultFacts,
  custody: readonly { organisation: Id }[],
): Audience {
  const had = custody.map(({ organisation }) => organisation)
  if (device === null || ownerFields(device).length === 0) return { premisesAnd: had }
  const keepers = rolesOn(device, today)
    .filter(({ role }) => role === 'owner' || role === 'holder' || role === 'maintainer')
    .map(({ organisation }) => organisation)
  return [...new Set([...had, ...keepers, premises.landlord])]
}
