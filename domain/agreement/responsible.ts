// Who is responsible for a task towards a device on a day: by the agreement's matrix, else who holds the space, else the landlord.
import type { Agreement, Device, Id, Premises, ResponsibilityTask } from '#domain/registry/bundle.ts'
import { dayNumber } from '#domain/quantity/local-date.ts'
import { inForceRuns } from './in-force.ts'

export type Responsible = { organisation: Id; ground: 'matrix' | 'holder' | 'landlord' }

/**
 * `device` and `space` are what is concerned, either may be null; the row of the device itself goes before the row of its type.
 * Holder: of the device by its role, else the one exclusive tenant of the space. `day` is a local date.
 */
export function responsibleFor(
  task: ResponsibilityTask,
  {
    premises,
    agreements,
    device,
    space,
  }: { premises: Premises; agreements: readonly Agreement[]; device: Device | null; space: Id | null },
  day: string,
): Responsible {
  const number = dayNumber(day)
  const rows = inForceRuns(agreements, number, number + 1)[0]?.inForce?.version.terms?.responsibilities ?? []
  const named =
    device === null
      ? undefined
      : (rows.find(({ of, tasks }) => 'device' in of && of.device === device.id && tasks[task] !== undefined) ??
        rows.find(({ of, tasks }) => 'deviceType' in of && of.deviceType === device.type && tasks[task] !== undefined))
  const byMatrix = named?.tasks[task]
  if (byMatrix !== undefined) return { organisation: byMatrix, ground: 'matrix' }
  const covers = ({ from, to }: { from: string; to: string | null }): boolean =>
    dayNumber(from) <= number && (to === null || number < dayNumber(to))
  const holder = (device?.roles ?? []).find((row) => row.role === 'holder' && covers(row))
  if (holder !== undefined) return { organisation: holder.organisation, ground: 'holder' }
  const place = space ?? device?.space ?? null
  const tenants = (premises.tenancies ?? []).filter((row) => row.space === place && covers(row))
  if (place !== null && tenants.length === 1) return { organisation: tenants[0]!.organisation, ground: 'holder' }
  return { organisation: premises.landlord, ground: 'landlord' }
}
