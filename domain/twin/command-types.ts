// The commands that the platform knows: which devices take them, with which parameters, and whether doing one twice is the same as once.
import { words, type Words } from '#domain/device-types/device-type.ts'
import { findDeviceType } from '#domain/device-types/library.ts'
import type { Fields, JsonObject } from './field.ts'

export type CommandType = {
  name: string
  title: Words
  params: Fields
  /** Done twice it is the same as once: it may be sent again when no answer comes. */
  repeatable: boolean
  /** Which reported key each parameter becomes: so a scene knows what was there before. */
  reports: Readonly<Record<string, string>>
  /** Device types; null: all. */
  types: readonly string[] | null
}

const on = { kind: 'boolean', name: words('Päällä', 'På', 'On'), needed: true } as const
const SWITCHED = [
  'relay',
  'smart-plug',
  'lighting-controller',
  'ventilation-unit',
  'exhaust-fan',
  'pump',
  'boiler',
  'info-screen',
  'calling-display',
  'car-heating-post',
  'ev-charger',
  'meeting-room',
  'video-booth',
]
const OPENED = ['door', 'automatic-door', 'locker', 'access-reader', 'video-booth']

export const COMMAND_TYPES: readonly CommandType[] = [
  {
    name: 'switch',
    title: words('Kytke', 'Koppla', 'Switch'),
    params: { on },
    repeatable: true,
    reports: { on: 'on' },
    types: SWITCHED,
  },
  {
    name: 'setpoint',
    title: words('Aseta lämpötila', 'Ställ in temperaturen', 'Set the temperature'),
    params: {
      celsius: {
        kind: 'number',
        name: words('Lämpötila', 'Temperatur', 'Temperature'),
        least: 5,
        most: 35,
        unit: '°C',
        needed: true,
      },
    },
    repeatable: true,
    reports: { celsius: 'setpoint' },
    types: ['thermostat', 'fan-coil-unit', 'ventilation-unit', 'heat-pump'],
  },
  {
    name: 'dim',
    title: words('Säädä kirkkaus', 'Ställ in ljusstyrkan', 'Set the brightness'),
    params: {
      percent: {
        kind: 'number',
        name: words('Kirkkaus', 'Ljusstyrka', 'Brightness'),
        least: 0,
        most: 100,
        unit: '%',
        needed: true,
      },
    },
    repeatable: true,
    reports: { percent: 'brightness' },
    types: ['lighting-controller', 'info-screen', 'calling-display', 'video-booth'],
  },
  {
    name: 'open',
    title: words('Avaa', 'Öppna', 'Open'),
    params: {
      seconds: {
        kind: 'number',
        name: words('Avausaika', 'Öppettid', 'Time held open'),
        least: 1,
        most: 60,
        unit: 's',
      },
    },
    repeatable: false,
    reports: {},
    types: OPENED,
  },
  {
    name: 'lock',
    title: words('Lukitse tai vapauta', 'Lås eller lås upp', 'Lock or unlock'),
    params: { locked: { kind: 'boolean', name: words('Lukossa', 'Låst', 'Locked'), needed: true } },
    repeatable: true,
    reports: { locked: 'locked' },
    types: ['door', 'automatic-door', 'video-booth'],
  },
  {
    name: 'identify',
    title: words('Näytä, mikä laite', 'Visa vilken apparat', 'Show which device'),
    params: {},
    repeatable: true,
    reports: {},
    types: null,
  },
  {
    name: 'restart',
    title: words('Käynnistä uudelleen', 'Starta om', 'Restart'),
    params: {},
    repeatable: false,
    reports: {},
    types: null,
  },
]

/** Doors, booths, locks and alarms: who opens one is let in somewhere. */
export const ACCESS_TYPES: ReadonlySet<string> = new Set([
  'door',
  'automatic-door',
  'locker',
  'access-reader',
  'intercom',
  'video-booth',
  'intrusion-alarm',
  'fire-alarm-panel',
  'surveillance-camera',
  'panic-button',
])
export const isAccessType = (type: string | undefined): boolean => ACCESS_TYPES.has(type ?? '')

/** Those that a device of the type takes, all of them where the type is not in the library. */
export const commandsOfType = (type: string | undefined): CommandType[] =>
  COMMAND_TYPES.filter(({ types }) => types === null || findDeviceType(type) === null || types.includes(type ?? ''))

export const commandOfType = (type: string | undefined, name: string): CommandType | null =>
  commandsOfType(type).find((one) => one.name === name) ?? null

/** The same command with what was reported before, or null: what it did cannot be taken back. */
export function undoParams({ reports, params }: CommandType, before: JsonObject): JsonObject | null {
  const keys = Object.keys(params)
  if (keys.length === 0 || keys.some((key) => before[reports[key] ?? ''] === undefined)) return null
  return Object.fromEntries(keys.map((key) => [key, before[reports[key] ?? ''] ?? null]))
}
