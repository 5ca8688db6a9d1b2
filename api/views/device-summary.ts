// A device as lists show it: presence, today's owners, how many points it proposes.
import type { DeviceSummary, Presence, RoleAt } from '#contract/devices.ts'
import { lifecycleOn } from '#domain/lifecycle/lifecycle.ts'
import { formatRounded } from '#domain/quantity/fraction.ts'
import { rolesOn } from '#domain/registry/roles.ts'
import type { Device, Id, LocalDate } from '#domain/registry/bundle.ts'
import type { BrokerPart } from '#api/parts.ts'
import { isoOrNull } from '#api/routes/answers.ts'

const SHARE_PLACES = 6

export function presenceShown(broker: BrokerPart, device: Id): Presence {
  const { state, lastHeardAt, connected } = broker.presence(device)
  return { state, lastHeardAt: isoOrNull(lastHeardAt), connected }
}

/** Who stands in which role on a local date; owners with their shares as parts of one. */
export function rolesShown(device: Device, date: LocalDate): RoleAt[] {
  return rolesOn(device, date).map(({ role, organisation, share }) => ({
    role,
    organisation,
    share: share === null ? null : formatRounded(share, SHARE_PLACES),
  }))
}

/** `today` is the local date of its premises. */
export function deviceSummary(
  device: Device,
  broker: BrokerPart,
  today: string,
  proposedPoints: number,
): DeviceSummary {
  return {
    id: device.id,
    name: device.name ?? null,
    premises: device.premises,
    space: device.space ?? null,
    type: device.type ?? null,
    brick: device.brick ?? null,
    simulated: device.simulated === true,
    lifecycle: lifecycleOn(device, today),
    presence: presenceShown(broker, device.id),
    owners: rolesShown(device, today).flatMap(({ organisation, share }) =>
      share === null ? [] : [{ organisation, share }],
    ),
    tags: device.tags ?? [],
    proposedPoints,
  }
}
