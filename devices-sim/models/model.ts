// What a model of a device gives: for each of its points either a flow (counted exactly) or a gauge (looked at).
import type { Device, Premises } from '#domain/registry/bundle.ts'
import type { LocalClock } from '#sim/local-clock.ts'
import type { Occupancy } from './occupancy.ts'
import type { Sessions } from './sessions.ts'
import type { Weather } from './weather.ts'

/** What is used, in whole base units (Wh, litres, pages, …), in the quarter that starts at quarter × 15 min. */
export type Flow = {
  kind: 'flow'
  /** Base units in one unit of the point: 1000 Wh in a kWh. */ perUnit: number
  used(quarter: number): number
}
export type Gauge = { kind: 'gauge'; sample(at: number): number | boolean | string }
export type PointModel = Flow | Gauge

/** The running total of a flow since the start of the simulation; kept, so that asking again is cheap. */
export type Counter = {
  used(quarter: number): number
  /** Whole base units used from the start until the instant; inside a quarter in proportion, rounded down. */
  total(at: number): number
}

/** What a model knows of its surroundings: one premises with its weather, people and neighbouring devices. */
export type Site = {
  seed: number
  premises: Premises
  devices: readonly Device[]
  clock: LocalClock
  weather: Weather
  occupancy: Occupancy
  sessions: Sessions
  isWorkday(day: number): boolean
  /** The party whose consumption a sub-meter counts by the agreement's `metered` rules, and how many such meters it has. */
  meterParty(device: string, point: string): { party: string; meters: number } | null
  /** The counter of a neighbour's point; throws when it has none. */
  counter(device: string, point: string): Counter
}

/** One model per device type: gives the points by key that it can drive. */
export type DeviceModel = (device: Device, site: Site) => Record<string, PointModel>

export const flow = (perUnit: number, used: (quarter: number) => number): Flow => ({ kind: 'flow', perUnit, used })
export const gauge = (sample: (at: number) => number | boolean | string): Gauge => ({ kind: 'gauge', sample })

/** Rounds for display (sensors have a resolution); money never sees these. */
export const shown = (value: number, decimals: number): number => {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale
}
