// The fleet: every simulated device of a bundle with its models, what its points show at an instant, and the truth behind.
import type { Bundle, Device, Id, Point, Premises } from '#domain/registry/bundle.ts'
import { createWorkdays } from '#domain/quantity/holidays.ts'
import { createLocalClock, QUARTER_MS } from './local-clock.ts'
import { createCounter, createRegister } from './register.ts'
import { electricityMeter, evCharger, pvInverter } from './models/electricity.ts'
import { heatMeter, waterMeter } from './models/heat-and-water.ts'
import type { Counter, DeviceModel, PointModel, Site } from './models/model.ts'
import { createOccupancy } from './models/occupancy.ts'
import * as rooms from './models/rooms.ts'
import { createSessions, type Session } from './models/sessions.ts'
import { createWeather } from './models/weather.ts'

export const MODELS: Record<string, DeviceModel> = {
  'electricity-meter': electricityMeter,
  'heat-meter': heatMeter,
  'water-meter': waterMeter,
  'pv-inverter': pvInverter,
  'ev-charger': evCharger,
  'ventilation-unit': rooms.ventilationUnit,
  'room-sensor': rooms.roomSensor,
  'meeting-room': rooms.meetingRoom,
  'video-booth': rooms.videoBooth,
  printer: rooms.printer,
  door: rooms.door,
  'queue-machine': rooms.queueMachine,
  'photo-kiosk': rooms.photoKiosk,
  'people-counter': rooms.peopleCounter,
  'info-screen': rooms.infoScreen,
  gateway: rooms.gateway,
  lift: rooms.lift,
  'weather-station': rooms.weatherStation,
}

export type SimValue = number | boolean | string
export type SimReading = { point: string; at: number; value: SimValue }

export type Fleet = {
  /** The first instant of the simulation: counters stand still before it. */
  start: number
  devices: readonly Device[]
  /** What one point shows at an instant: the register of a counter, the consumption of the interval that starts there, a gauge's value. */
  show(device: Id, point: string, at: number): SimValue
  /** All points of a device at an instant; an interval point gives the last whole interval before it, once, at its end. */
  sample(device: Id, at: number): SimReading[]
  /** What was really used from one instant to another, in whole base units (Wh, litres, pieces). */
  truth(device: Id, point: string, from: number, to: number): number
  /** Base units in one unit of the point: 1000 for kWh and m³. */
  perUnit(device: Id, point: string): number
  /** The load of a premises that no sub-meter sees is import − export − Σ sub-meters + sun; this is its surroundings. */
  site(premises: Id): Site
  /** Sessions of a shared device that start on a local day. */
  sessions(device: Id, day: number): readonly Session[]
}

const INTERVAL_MS: Record<string, number> = { PT15M: QUARTER_MS, PT1H: 4 * QUARTER_MS }

/** First local midnight on which anybody holds a space or is counted in the bundle: the day a simulated premises begins. */
export function bundleStart(bundle: Bundle): number | null {
  const starts = (bundle.premises ?? []).flatMap((premises) =>
    [...(premises.tenancies ?? []), ...(premises.headcounts ?? [])].map(
      (row) => Temporal.PlainDate.from(row.from).toZonedDateTime(premises.timeZone).epochMilliseconds,
    ),
  )
  return starts.length === 0 ? null : starts.reduce((first, each) => Math.min(first, each))
}

/**
 * Makes the simulated devices of a bundle (those of a known type), from one seed. The same bundle, seed and start give the
 * same values at every instant. `start` (ms) is floored to a quarter; by default it is `bundleStart`.
 */
export function createFleet(bundle: Bundle, options: { seed?: number; start?: number } = {}): Fleet {
  const seed = options.seed ?? 1
  const wanted = options.start ?? bundleStart(bundle)
  if (wanted === null)
    throw new RangeError('createFleet: the bundle has no tenancy or headcount, so say when the simulation starts')
  const start = Math.floor(wanted / QUARTER_MS) * QUARTER_MS
  // A virtual point is computed, no device sends it.
  const devices = (bundle.devices ?? [])
    .filter((device) => (device.type ?? '') in MODELS)
    .map((device) => ({ ...device, points: (device.points ?? []).filter(({ kind }) => kind !== 'virtual') }))
  const byId = new Map(devices.map((device) => [device.id, device]))
  const counters = new Map<string, Counter>()
  const registers = new Map<string, (at: number) => number>()
  const models = new Map<Id, Record<string, PointModel>>()
  const sites = new Map<Id, Site>()
  const served = meterParties(bundle)
  const devicesOf = Map.groupBy(devices, (device) => device.premises)

  const nameOf = (device: Id, point: string): string => `${device}/${point}`
  function modelOf(device: Id, point: string): PointModel {
    const known = byId.get(device)
    let points = models.get(device)
    if (points === undefined && known !== undefined) {
      points = MODELS[known.type ?? '']?.(known, site(known.premises)) ?? {}
      models.set(device, points)
    }
    const model = points?.[point]
    if (model === undefined) throw new RangeError(`no simulated point ${nameOf(device, point)}`)
    return model
  }
  function counter(device: Id, point: string): Counter {
    const name = nameOf(device, point)
    let known = counters.get(name)
    if (known === undefined) {
      const model = modelOf(device, point)
      if (model.kind !== 'flow') throw new RangeError(`${name} is not counted`)
      known = createCounter(start, model.used)
      counters.set(name, known)
    }
    return known
  }
  function createSite(premises: Premises): Site {
    const clock = createLocalClock(premises.timeZone)
    const isWorkday = createWorkdays()
    const occupancy = createOccupancy(premises, clock, isWorkday, seed)
    return {
      seed,
      premises,
      devices: devicesOf.get(premises.id) ?? [],
      clock,
      isWorkday,
      occupancy,
      weather: createWeather(seed),
      sessions: createSessions(occupancy, clock, isWorkday, seed),
      meterParty: (device, point) => served.get(nameOf(device, point)) ?? null,
      counter,
    }
  }
  function site(id: Id): Site {
    let known = sites.get(id)
    if (known === undefined) {
      const premises = (bundle.premises ?? []).find((each) => each.id === id)
      if (premises === undefined) throw new RangeError(`no premises ${id} in the bundle`)
      sites.set(id, (known = createSite(premises)))
    }
    return known
  }
  const pointOf = (device: Id, key: string): Point =>
    byId.get(device)?.points?.find((point) => point.key === key) ?? { key }
  function show(device: Id, point: string, at: number): SimValue {
    const model = modelOf(device, point)
    if (model.kind === 'gauge') return model.sample(at)
    const declared = pointOf(device, point)
    if (declared.kind === 'interval') {
      const used =
        counter(device, point).total(at + (INTERVAL_MS[declared.interval ?? 'PT15M'] ?? QUARTER_MS)) -
        counter(device, point).total(at)
      return used / (model.perUnit * Number(declared.multiplier ?? '1'))
    }
    const name = nameOf(device, point)
    let register = registers.get(name)
    if (register === undefined)
      registers.set(name, (register = createRegister(counter(device, point), model, declared, seed, name)))
    return register(at)
  }
  return {
    start,
    devices,
    show,
    sample(device, at) {
      const readings: SimReading[] = []
      for (const point of byId.get(device)?.points ?? []) {
        if (point.kind !== 'interval') {
          readings.push({ point: point.key, at, value: show(device, point.key, at) })
          continue
        }
        const lengthMs = INTERVAL_MS[point.interval ?? 'PT15M'] ?? QUARTER_MS
        if (at % lengthMs === 0)
          readings.push({ point: point.key, at: at - lengthMs, value: show(device, point.key, at - lengthMs) })
      }
      return readings
    },
    truth: (device, point, from, to) => counter(device, point).total(to) - counter(device, point).total(from),
    perUnit(device, point) {
      const model = modelOf(device, point)
      return model.kind === 'flow' ? model.perUnit : 1
    },
    site,
    sessions(device, day) {
      const known = byId.get(device)
      return known === undefined ? [] : site(known.premises).sessions.ofDay(known, day)
    },
  }
}

/** Which party each sub-meter serves, by all `metered` rules of the agreements, and how many meters of its kind that party has. */
function meterParties(bundle: Bundle): Map<string, { party: string; meters: number }> {
  const served = new Map<string, { party: string; meters: number }>()
  for (const agreement of bundle.agreements ?? []) {
    for (const version of agreement.versions) {
      for (const { method } of version.rules) {
        if (method.by !== 'metered') continue
        for (const [party, meters] of Object.entries(method.meters)) {
          for (const meter of meters) served.set(`${meter.device}/${meter.point}`, { party, meters: meters.length })
        }
      }
    }
  }
  return served
}
