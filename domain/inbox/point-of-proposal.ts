// A proposed point as it becomes one of the device: what a person says goes first, then the device's type, then what it sends or announces.
import { findDeviceType } from '#domain/device-types/library.ts'
import type { ProposedPoint } from '#domain/ports/records.ts'
import type { Device, Names, Point, PointKind } from '#domain/registry/bundle.ts'
import type { AnnouncedPoint } from './announced-points.ts'
import { kindOf } from './suggest-device.ts'

export function pointOfProposal(
  sent: ProposedPoint,
  device: Pick<Device, 'type'>,
  announced: AnnouncedPoint | null,
  said: { unit?: string; kind?: PointKind; name?: Names } = {},
): Point {
  const typed = findDeviceType(device.type)?.points.find(({ key }) => key === sent.key)
  const unit = said.unit ?? sent.unit ?? announced?.unit ?? typed?.unit ?? null
  const kind = said.kind ?? typed?.kind ?? kindOf({ unit, sample: sent.sample })
  // What others call it is in no language that we know: it stands where Finnish would.
  const name = said.name ?? typed?.name ?? (announced?.name == null ? undefined : { fi: announced.name })
  return {
    key: sent.key,
    kind,
    ...(unit === null ? {} : { unit }),
    ...(name === undefined ? {} : { name: { ...name } }),
  }
}
