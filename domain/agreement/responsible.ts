// Who is responsible for a task towards a device on a day: by the agreement's matrix, else who holds the space, else the landlord.
// Where a body has been succeeded by that day, its successor is.
import type { Agreement, Device, Id, Organisation, Premises, ResponsibilityTask } from '#domain/registry/bundle.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { inForceRuns } from './in-force.ts'

export type ResponsibleGround = 'matrix' | 'holder' | 'landlord'
export type Responsible = { organisation: Id; ground: ResponsibleGround }
export type ResponsibleFacts = {
  premises: Premises
  agreements: readonly Agreement[]
  device: Device | null
  space: Id | null
  /** For successors; without them everybody is taken as named. */
  organisations?: ReadonlyMap<Id, Organisation>
}

/**
 * `device` and `space` are what is concerned, either may be null; the row of the device itself goes before the row of its type.
 * Holder: of the device by its role, else the one exclusive tenant of the space. `day` is a local date.
 */
export const responsibleFor = (task: ResponsibilityTask, facts: ResponsibleFacts, day: string): Responsible =>
  responsibleInOrder(task, facts, day)[0]!

/** Who is responsible, then who would be if the one before were not: matrix, holder, landlord; each organisation once. */
export function responsibleInOrder(
  task: ResponsibilityTask,
  { premises, agreements, device, space, organisations = new Map() }: ResponsibleFacts,
  day: string,
): Responsible[] {
  const number = dayNumber(day)
  const rows = inForceRuns(agreements, number, number + 1)[0]?.inForce?.version.terms?.responsibilities ?? []
  const row =
    device === null
      ? undefined
      : (rows.find(({ of, tasks }) => 'device' in of && of.device === device.id && tasks[task] !== undefined) ??
        rows.find(({ of, tasks }) => 'deviceType' in of && of.deviceType === device.type && tasks[task] !== undefined))
  const covers = ({ from, to }: { from: string; to: string | null }): boolean =>
    dayNumber(from) <= number && (to === null || number < dayNumber(to))
  const holder = (device?.roles ?? []).find((one) => one.role === 'holder' && covers(one))
  const place = space ?? device?.space ?? null
  const tenants = place === null ? [] : (premises.tenancies ?? []).filter((one) => one.space === place && covers(one))
  const tenant = tenants.length === 1 ? tenants[0] : undefined
  const inOrder: [Id | undefined, ResponsibleGround][] = [
    [row?.tasks[task], 'matrix'],
    [holder?.organisation ?? tenant?.organisation, 'holder'],
    [premises.landlord, 'landlord'],
  ]
  const found: Responsible[] = []
  for (const [named, ground] of inOrder) {
    if (named === undefined) continue
    const organisation = bodyOn(organisations, named, day)
    if (!found.some((one) => one.organisation === organisation)) found.push({ organisation, ground })
  }
  return found
}

/** The body that has an organisation's duties on a local date: itself, or whoever succeeded it by then. */
export function bodyOn(organisations: ReadonlyMap<Id, Organisation>, id: Id, day: string): Id {
  let body = id
  // A circle of successors is refused when it comes in; a broken one must not hang.
  for (let steps = 0; steps <= organisations.size; steps += 1) {
    const { successor } = organisations.get(body) ?? {}
    if (successor === undefined || successor.from > day) return body
    body = successor.organisation
  }
  return body
}
