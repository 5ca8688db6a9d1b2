// Who may steer a device, or renew its firmware: the agreement's matrix says it; where it is silent, who owns or holds the device.
import type { Agreement, Device, Id, Premises } from '#domain/registry/bundle.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { responsibleFor } from '#domain/agreement/responsible.ts'
import { isAccessType } from './command-types.ts'

/** By what right: the matrix, as owner, as holder, as maintainer, as landlord of what is nobody's, or as the operator of the platform. */
export type SteerGround = 'matrix' | 'owner' | 'holder' | 'maintainer' | 'landlord' | 'operator'
export type SteerAnswer =
  | { allowed: true; ground: SteerGround }
  /** `matrix`: the agreement gives it to `organisations`; `not-theirs`: it is theirs; `access`: of a door or booth, only they. */
  | { allowed: false; reason: 'matrix' | 'not-theirs' | 'access'; organisations: Id[] }

type Facts = { premises: Premises; agreements: readonly Agreement[]; device: Device }

/**
 * `organisation` null is the operator, who steers what is no door or booth. `day` is a local date of the premises.
 * `steer` falls to owners and holders, `patch` to owners and maintainers.
 */
export function maySteer(
  task: 'steer' | 'patch',
  organisation: Id | null,
  { premises, agreements, device }: Facts,
  day: string,
): SteerAnswer {
  const facts = { premises, agreements, device, space: device.space ?? null }
  const responsible = responsibleFor(task, facts, day)
  if (responsible.ground === 'matrix') {
    if (responsible.organisation === organisation) return { allowed: true, ground: 'matrix' }
    // The operator stands in for whoever is named, but lets nobody in.
    if (organisation === null && !isAccessType(device.type)) return { allowed: true, ground: 'operator' }
    return { allowed: false, reason: 'matrix', organisations: [responsible.organisation] }
  }
  const number = dayNumber(day)
  const covers = ({ from, to }: { from: string; to: string | null }): boolean =>
    dayNumber(from) <= number && (to === null || number < dayNumber(to))
  const owners = (device.ownership ?? []).filter(covers).flatMap(({ shares }) => Object.keys(shares))
  const role = task === 'steer' ? 'holder' : 'maintainer'
  const keepers = (device.roles ?? []).filter((row) => row.role === role && covers(row)).map((row) => row.organisation)
  const isAccess = isAccessType(device.type)
  if (organisation === null)
    return isAccess
      ? { allowed: false, reason: 'access', organisations: whose(owners, keepers, responsible.organisation) }
      : { allowed: true, ground: 'operator' }
  if (keepers.includes(organisation)) return { allowed: true, ground: role }
  // Of several owners none opens a door alone while somebody holds it.
  if (owners.includes(organisation) && !(isAccess && keepers.length > 0)) return { allowed: true, ground: 'owner' }
  if (owners.length === 0 && keepers.length === 0 && responsible.organisation === organisation)
    return { allowed: true, ground: responsible.ground }
  return {
    allowed: false,
    reason: isAccess && owners.includes(organisation) ? 'access' : 'not-theirs',
    organisations: whose(owners, keepers, responsible.organisation),
  }
}

const whose = (owners: readonly Id[], keepers: readonly Id[], otherwise: Id): Id[] => {
  const all = [...new Set([...keepers, ...owners])]
  return all.length === 0 ? [otherwise] : all
}
