// The library of device types: all of them, by id, and found by what people call them.
import type { Language } from '#domain/registry/bundle.ts'
import type { DeviceType } from './device-type.ts'
import { ELECTRICITY_TYPES } from './electricity.ts'
import { ENERGY_TYPES } from './energy.ts'
import { HVAC_TYPES } from './hvac.ts'
import { ICT_TYPES } from './ict.ts'
import { METER_TYPES } from './meters.ts'
import { SECURITY_TYPES } from './security.ts'
import { SENSOR_TYPES } from './sensors.ts'
import { SERVICE_TYPES } from './service.ts'

/** Of types that fit an unknown device equally well, the one that stands first is suggested. */
export const DEVICE_TYPES: readonly DeviceType[] = [
  ...ENERGY_TYPES,
  ...METER_TYPES,
  ...HVAC_TYPES,
  ...SENSOR_TYPES,
  ...SECURITY_TYPES,
  ...ELECTRICITY_TYPES,
  ...SERVICE_TYPES,
  ...ICT_TYPES,
]
const BY_ID: ReadonlyMap<string, DeviceType> = new Map(DEVICE_TYPES.map((type) => [type.id, type]))

/** The type of this id, or null. */
export const findDeviceType = (id: string | null | undefined): DeviceType | null => BY_ID.get(id ?? '') ?? null

/** The type of this id, or of this name in any of the languages, as people write it into tables; or null. */
export const readDeviceType = (text: string): DeviceType | null => {
  const plain = plainText(text)
  return (
    findDeviceType(text) ??
    DEVICE_TYPES.find(({ name }) => Object.values(name).some((one) => plainText(one) === plain)) ??
    null
  )
}

/** Types whose name, id or words hold all the words of `q`, by name in the language; all of them when `q` is empty. */
export const searchDeviceTypes = (q: string, language: Language): DeviceType[] => {
  const wanted = plainText(q)
    .split(/\s+/)
    .filter((word) => word !== '')
  return DEVICE_TYPES.filter(({ id, name, words }) => {
    const text = plainText([id, ...Object.values(name), ...words].join(' '))
    return wanted.every((word) => text.includes(word))
  }).toSorted((a, b) => a.name[language].localeCompare(b.name[language], language))
}

/** Small letters without accents. */
const plainText = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase()
