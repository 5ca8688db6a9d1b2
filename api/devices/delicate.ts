// Devices that tell something about the security of a place: what is known of them is given to few, and who looks is noted.
import type { Device } from '#domain/registry/bundle.ts'
import { findDeviceType } from '#domain/device-types/library.ts'

/** Doors, locks, alarms and cameras. */
const DELICATE_GROUPS: readonly string[] = ['access', 'safety']

export const isDelicateType = (type: string | null | undefined): boolean =>
  DELICATE_GROUPS.includes(findDeviceType(type ?? '')?.group ?? '')
/** By its type, or because somebody said so. */
export const isDelicate = ({ type, protected: isProtected, visibility }: Device): boolean =>
  isProtected === true || visibility !== undefined || isDelicateType(type)
