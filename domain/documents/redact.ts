// What a public record leaves out of the facts: names, places and readings of protected spaces and devices. Figures stay.
import { notPublic, without } from '#domain/lifecycle/classification.ts'
import type { Bundle, Device, Id, Space } from '#domain/registry/bundle.ts'

export type Protected = { spaces: ReadonlySet<Id>; devices: ReadonlySet<Id> }

/**
 * Protected spaces and devices by id; a device in a protected space is protected too. `today` are the facts as they are now: what was
 * protected after the month is hidden as well.
 */
export function protectedIn(frozen: Bundle, today: Bundle = {}): Protected {
  const premises = [...(frozen.premises ?? []), ...(today.premises ?? [])]
  const devices = [...(frozen.devices ?? []), ...(today.devices ?? [])]
  const spaces = new Set(
    premises.flatMap((one) => (one.spaces ?? []).filter((space) => space.protected === true).map(({ id }) => id)),
  )
  const hidden = devices.filter(
    (device) =>
      device.protected === true ||
      device.visibility?.readings === 'parties' ||
      device.visibility?.readings === 'owner' ||
      (device.space != null && spaces.has(device.space)),
  )
  return { spaces, devices: new Set(hidden.map(({ id }) => id)) }
}

/** Areas, uses and their weights stay: shares rest on them. */
const plainSpace = ({ id, use, areaM2, type }: Space): Space => ({
  id,
  use,
  areaM2,
  ...(type === undefined ? {} : { type }),
  protected: true,
})
/** What it cost and whose it is stays, and how its counters are to be read. */
const plainDevice = ({ id, premises, ownership, acquisition, points, simulated }: Device): Device => ({
  id,
  premises,
  ...(ownership === undefined ? {} : { ownership }),
  ...(acquisition === undefined ? {} : { acquisition }),
  ...(points === undefined ? {} : { points: points.map(({ name: _name, meterChanges: _changes, ...point }) => point) }),
  ...(simulated === undefined ? {} : { simulated }),
  protected: true,
})

/** The facts without what is protected; rows of readings and usage of protected devices are left out whole. */
export const redacted = (bundle: Bundle, { spaces, devices }: Protected): Bundle => ({
  ...bundle,
  premises: (bundle.premises ?? []).map((one) => ({
    ...one,
    ...(one.spaces === undefined
      ? {}
      : { spaces: one.spaces.map((space) => (spaces.has(space.id) ? plainSpace(space) : space)) }),
  })),
  devices: (bundle.devices ?? []).map((device) =>
    devices.has(device.id) ? plainDevice(device) : without(device, notPublic(device)),
  ),
  readings: (bundle.readings ?? []).filter(({ device }) => !devices.has(device)),
  usage: (bundle.usage ?? []).filter(({ device }) => !devices.has(device)),
})

/** Whether some JSON names one of the ids as a whole text, or within `device/point`. */
export function names(value: unknown, ids: ReadonlySet<Id>): boolean {
  if (typeof value === 'string') return value.split(/[/:@]/).some((part) => ids.has(part))
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, one]) => ids.has(key) || names(one, ids))
}
