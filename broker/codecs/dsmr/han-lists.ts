// What the lists of Aidon, Kamstrup and Kaifa meters mean (the makers' descriptions of the Norwegian HAN port).
import { clockInstant } from '#broker/codecs/gathering.ts'
import type { Gathering, Origin } from '#broker/codecs/gathering.ts'
import { instantOfCosem, isOctets, obisOf, textOf } from './dlms.ts'
import type { DlmsValue, Notification } from './dlms.ts'

type Figure = { obis: string; value: DlmsValue; scale: number; unit: string | null }

/** Units of COSEM by number. */
const UNITS = new Map<number, string>([
  ...([
    [7, 's'],
    [8, '°'],
    [9, '°C'],
    [13, 'm3'],
    [27, 'W'],
    [28, 'V·A'],
    [29, 'var'],
    [30, 'Wh'],
  ] as const),
  ...([
    [31, 'V·Ah'],
    [32, 'varh'],
    [33, 'A'],
    [35, 'V'],
    [44, 'Hz'],
    [56, '%'],
  ] as const),
])
const METER_ID = /^\d-\d:(?:96\.1\.0|0\.0\.5)$/
const CLOCK = /^\d-\d:1\.0\.0$/
/** Kaifa's list after its name, the meter's number and type: object, power of ten, unit. */
const KAIFA_POWERS: [string, number, string][] = [
  ['1-0:1.7.0', 0, 'W'],
  ['1-0:2.7.0', 0, 'W'],
  ['1-0:3.7.0', 0, 'var'],
  ['1-0:4.7.0', 0, 'var'],
]
const KAIFA_PHASE_1: [string, number, string][] = [
  ['1-0:31.7.0', -3, 'A'],
  ['1-0:32.7.0', -1, 'V'],
]
const KAIFA_PHASES: [string, number, string][] = [
  ...([
    ['1-0:31.7.0', -3, 'A'],
    ['1-0:51.7.0', -3, 'A'],
    ['1-0:71.7.0', -3, 'A'],
  ] as [string, number, string][]),
  ...([
    ['1-0:32.7.0', -1, 'V'],
    ['1-0:52.7.0', -1, 'V'],
    ['1-0:72.7.0', -1, 'V'],
  ] as [string, number, string][]),
]
const KAIFA_ENERGIES: [string, number, string][] = [
  ['0-0:1.0.0', 0, ''],
  ['1-0:1.8.0', 0, 'Wh'],
  ['1-0:2.8.0', 0, 'Wh'],
  ['1-0:3.8.0', 0, 'varh'],
  ['1-0:4.8.0', 0, 'varh'],
]
const KAIFA_HEAD = 3

/** Adds the readings of a notification whose list is known; another one is a problem. */
export function addLists({ clock, body }: Notification, gathering: Gathering): void {
  const figures = Array.isArray(body) ? figuresOf(body) : null
  if (figures === null) return gathering.refuse('wrong-shape', 'a list of a maker that is not known')
  const listClock = figures.find(({ obis, value }) => CLOCK.test(obis) && isOctets(value))?.value
  const ownClock = clock ?? (isOctets(listClock) ? listClock.octets : null)
  const id = figures.find(({ obis }) => METER_ID.test(obis))
  const origin: Origin = {
    device: textOf(id?.value),
    at: ownClock === null ? null : clockInstant(instantOfCosem(ownClock)),
  }
  for (const figure of figures) addFigure(figure, origin, gathering)
}

function addFigure({ obis, value, scale, unit }: Figure, origin: Origin, gathering: Gathering): void {
  if (typeof value !== 'number') return gathering.ignore(obis)
  // Dividing keeps tenths and hundredths as they would be written.
  gathering.add(origin, obis, scale < 0 ? value / 10 ** -scale : value * 10 ** scale, unit)
}

function figuresOf(body: DlmsValue[]): Figure[] | null {
  if (body.length > 0 && body.every((member) => Array.isArray(member) && obisOf(member[0]) !== null))
    return aidonFigures(body)
  const name = textOf(body[0]) ?? ''
  if (name.startsWith('Kamstrup')) return kamstrupFigures(body)
  if (name.startsWith('KFM_') || (body.length === 1 && typeof body[0] === 'number')) return kaifaFigures(body)
  return null
}

/** Each member is object, value, and power of ten with unit. */
function aidonFigures(body: DlmsValue[]): Figure[] {
  return body.map((member) => {
    const [object, value = null, meaning] = member as DlmsValue[]
    const [scale, unit] = Array.isArray(meaning) ? meaning : []
    const isScaled = typeof scale === 'number' && Math.abs(scale) <= 9 && typeof unit === 'number'
    return {
      obis: obisOf(object) as string,
      // A number without power of ten and unit could be anything.
      value: typeof value === 'number' && !isScaled ? null : value,
      scale: isScaled ? scale : 0,
      unit: isScaled ? (UNITS.get(unit) ?? null) : null,
    }
  })
}

/** The list's name, then object and value in turn; powers of ten and units are the maker's. */
function kamstrupFigures(body: DlmsValue[]): Figure[] | null {
  const figures: Figure[] = []
  for (let at = 1; at + 1 < body.length; at += 2) {
    const obis = obisOf(body[at])
    if (obis === null) return null
    figures.push({ obis, value: body[at + 1] as DlmsValue, ...kamstrupMeaning(obis) })
  }
  return figures
}

function kamstrupMeaning(obis: string): { scale: number; unit: string | null } {
  if (/:[12]\.7\.0$/.test(obis)) return { scale: 0, unit: 'W' }
  if (/:[34]\.7\.0$/.test(obis)) return { scale: 0, unit: 'var' }
  if (/:(?:31|51|71)\.7\.0$/.test(obis)) return { scale: -2, unit: 'A' }
  if (/:(?:32|52|72)\.7\.0$/.test(obis)) return { scale: 0, unit: 'V' }
  if (/:[12]\.8\.0$/.test(obis)) return { scale: 1, unit: 'Wh' }
  return /:[34]\.8\.0$/.test(obis) ? { scale: 1, unit: 'varh' } : { scale: 0, unit: null }
}

/** Values by their place; the list's length tells which they are. */
function kaifaFigures(body: DlmsValue[]): Figure[] | null {
  const figureOf = ([obis, scale, unit]: [string, number, string], value: DlmsValue | undefined): Figure => ({
    obis,
    value: value ?? null,
    scale,
    unit: unit === '' ? null : unit,
  })
  if (body.length === 1) return [figureOf(KAIFA_POWERS[0] as [string, number, string], body[0])]
  const onePhase = [...KAIFA_POWERS, ...KAIFA_PHASE_1]
  const threePhases = [...KAIFA_POWERS, ...KAIFA_PHASES]
  const places = [onePhase, threePhases, [...onePhase, ...KAIFA_ENERGIES], [...threePhases, ...KAIFA_ENERGIES]].find(
    (list) => list.length + KAIFA_HEAD === body.length,
  )
  if (places === undefined) return null
  const meter: Figure = { obis: '0-0:96.1.0', value: body[1] ?? null, scale: 0, unit: null }
  return [meter, ...places.map((place, index) => figureOf(place, body[index + KAIFA_HEAD]))]
}
