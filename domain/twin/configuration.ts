// What can be configured on a device by its type: the keys that are desired of it, with their ranges.
import type { Problem } from '#domain/failure.ts'
import { words } from '#domain/device-types/device-type.ts'
import { findDeviceType } from '#domain/device-types/library.ts'
import { checkFields, type Field, type Fields, type JsonObject } from './field.ts'

const interval: Field = {
  kind: 'number',
  name: words('Lähetysväli', 'Sändningsintervall', 'Sending interval'),
  least: 5,
  most: 86_400,
  unit: 's',
}
const setpoint: Field = {
  kind: 'number',
  name: words('Lämpötilan asetusarvo', 'Temperaturens börvärde', 'Temperature setpoint'),
  least: 5,
  most: 35,
  unit: '°C',
}
const brightness: Field = {
  kind: 'number',
  name: words('Kirkkaus', 'Ljusstyrka', 'Brightness'),
  least: 0,
  most: 100,
  unit: '%',
}
const volume: Field = { ...brightness, name: words('Äänenvoimakkuus', 'Ljudvolym', 'Volume') }
const fanSpeed: Field = { ...brightness, name: words('Puhaltimen nopeus', 'Fläkthastighet', 'Fan speed') }
const holdOpen: Field = {
  kind: 'number',
  name: words('Avausaika', 'Öppettid', 'Time held open'),
  least: 1,
  most: 60,
  unit: 's',
}
const currentLimit: Field = {
  kind: 'number',
  name: words('Virran raja', 'Strömgräns', 'Current limit'),
  least: 6,
  most: 32,
  unit: 'A',
}
const mode: Field = {
  kind: 'choice',
  name: words('Käyttötapa', 'Driftläge', 'Mode'),
  options: ['auto', 'day', 'night', 'off'],
}

const OF_TYPE: Readonly<Record<string, Fields>> = {
  thermostat: { setpoint, mode },
  'fan-coil-unit': { setpoint, mode, 'fan-speed': fanSpeed },
  'ventilation-unit': { setpoint, mode, 'fan-speed': fanSpeed },
  'exhaust-fan': { 'fan-speed': fanSpeed },
  'heat-pump': { setpoint, mode },
  'lighting-controller': { brightness, mode },
  'info-screen': { brightness, volume },
  'queue-machine': { brightness, volume },
  'calling-display': { brightness, volume },
  'video-booth': { brightness, volume },
  'meeting-room': { volume },
  door: { 'hold-open': holdOpen },
  'automatic-door': { 'hold-open': holdOpen },
  'ev-charger': { 'current-limit': currentLimit },
  'ev-charging-port': { 'current-limit': currentLimit },
}

/** The keys of a type; null where the type is not in the library: then any key may be set. */
export const configurationOfType = (type: string | undefined): Fields | null =>
  findDeviceType(type) === null ? null : { interval, ...OF_TYPE[type ?? ''] }

/** Problems of what is desired of a device; null as a value takes the key away. */
export function checkDesired(type: string | undefined, desired: JsonObject, at: string): Problem[] {
  const fields = configurationOfType(type)
  return fields === null ? [] : checkFields(desired, fields, at)
}
