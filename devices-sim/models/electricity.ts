// Electricity: sub-meters by area and people, the common load, the sun's power, and the main meter as their exact sum.
import type { Device } from '#domain/registry/bundle.ts'
import { QUARTER_MS } from '#sim/local-clock.ts'
import { hashName, randomAt, wholeNumber } from '#sim/random.ts'
import { type DeviceModel, flow, gauge, type Flow, type PointModel, type Site, shown } from './model.ts'

const KWH = 1000
/** Brick's name for a meter of the whole building; any other electricity meter sits behind it. */
export const isMainMeter = (device: Device): boolean => (device.brick ?? '').startsWith('Building_')
const quarterStart = (quarter: number): number => quarter * QUARTER_MS
/** W over a quarter as Wh, whole, right on average. */
const wattHours = (key: number, quarter: number, watts: number): number => wholeNumber(key, quarter, watts / 4)

/** kW of a flow now, with the small unrest that a display shows. */
const powerGauge = (site: Site, device: Device, point: string): PointModel => {
  const key = hashName(site.seed, `power:${device.id}`)
  return gauge((at) => {
    const watts = site.counter(device.id, point).used(Math.floor(at / QUARTER_MS)) * 4
    return shown((watts * (0.97 + 0.06 * randomAt(key, Math.floor(at / 10_000)))) / 1000, 2)
  })
}
const unrest = (key: number, quarter: number): number => 0.9 + 0.2 * randomAt(key, quarter)

/** A party's own spaces: standby by area, lighting while someone is in, 130 W of equipment per person. */
function partyWatts(site: Site, party: string, at: number): number {
  const area = site.occupancy.heldAreaM2(party, at)
  const people = site.occupancy.people(party, at)
  return 1.6 * area + (people > 0.3 ? 5.5 * area * Math.min(1, 0.3 + people / (area / 14 + 1)) : 0) + 130 * people
}

/** Lobby, corridors, outdoor lights, lift, network and server room. */
export function commonWatts(site: Site, at: number): number {
  const open = site.occupancy.allPeople(at) > 0.5 || site.occupancy.open(at)
  const dark = site.weather.sun(at) < 0.02
  return 2600 + (open ? 3800 : 300) + (dark ? 1400 : 0) + 40 * site.occupancy.visitors(at)
}

/** Outlets for block heaters: cars of those present, when it is below -5 °C, two hours in the morning and before going home. */
function postWatts(site: Site, at: number): number {
  const temperature = site.weather.temperatureC(at)
  if (temperature > -5) return 0
  const minute = site.clock.minute(at)
  const heated = (minute >= 360 && minute < 480) || (minute >= 810 && minute < 960)
  return heated && site.isWorkday(site.clock.day(at)) ? 450 * Math.min(14, 4 + (-5 - temperature) / 2) : 0
}

/** Hidden load: what no sub-meter sees. */
export function createCommonLoad(site: Site): Flow {
  const key = hashName(site.seed, `common:${site.premises.id}`)
  return flow(KWH, (quarter) =>
    wattHours(key, quarter, commonWatts(site, quarterStart(quarter)) * unrest(key, quarter) * 0.7),
  )
}

/** Every device behind the main meter that consumes, with the point that counts it. */
export function consumers(site: Site): { device: string; point: string }[] {
  return site.devices.flatMap((device) => {
    const behind =
      (device.type === 'electricity-meter' && !isMainMeter(device)) ||
      device.type === 'ev-charger' ||
      device.type === 'ventilation-unit'
    const point = (device.points ?? []).find((each) => each.key === 'energy' || each.key === 'energy-hour')
    return behind && point !== undefined ? [{ device: device.id, point: point.key }] : []
  })
}
export const producers = (site: Site): { device: string; point: string }[] =>
  site.devices
    .filter((device) => device.type === 'pv-inverter')
    .map((device) => ({ device: device.id, point: 'energy' }))

/** Import − export of a premises in a quarter, in Wh: Σ sub-meters + common load − sun. */
function netWattHours(site: Site, common: Flow): (quarter: number) => number {
  let parts: ReturnType<Site['counter']>[] | null = null
  let sources: ReturnType<Site['counter']>[] = []
  return (quarter) => {
    parts ??= consumers(site).map((each) => site.counter(each.device, each.point))
    if (sources.length === 0) sources = producers(site).map((each) => site.counter(each.device, each.point))
    let sum = common.used(quarter)
    for (const part of parts) sum += part.used(quarter)
    for (const source of sources) sum -= source.used(quarter)
    return sum
  }
}

export const electricityMeter: DeviceModel = (device, site) => {
  if (isMainMeter(device)) {
    const net = netWattHours(site, createCommonLoad(site))
    return {
      energy: flow(KWH, (quarter) => Math.max(0, net(quarter))),
      'energy-export': flow(KWH, (quarter) => Math.max(0, -net(quarter))),
      power: powerGauge(site, device, 'energy'),
      voltage: gauge((at) => shown(231 + 3 * randomAt(hashName(site.seed, device.id), Math.floor(at / 10_000)), 1)),
    }
  }
  const key = hashName(site.seed, `load:${device.id}`)
  const served = site.meterParty(device.id, 'energy')
  const watts = (at: number): number => {
    if (device.id.includes('heating-post')) return postWatts(site, at)
    if (served === null) return commonWatts(site, at) * 0.5
    return partyWatts(site, served.party, at) / served.meters
  }
  const load = flow(KWH, (quarter) => wattHours(key, quarter, watts(quarterStart(quarter)) * unrest(key, quarter)))
  const point =
    (device.points ?? []).find((each) => each.key === 'energy-hour') === undefined ? 'energy' : 'energy-hour'
  return { [point]: load, power: powerGauge(site, device, point) }
}

/** 30 kWp unless the model name says another size; snow lies on the panels from November to March. */
export const pvInverter: DeviceModel = (device, site) => {
  const peakWatts = Number(/(\d+) kWp/.exec(device.model ?? '')?.[1] ?? 30) * 1000
  const key = hashName(site.seed, `pv:${device.id}`)
  const watts = (at: number): number => {
    const sun = site.weather.sun(at)
    if (sun <= 0.03) return 0
    const month = new Date(at).getUTCMonth() + 1
    const snow = month <= 2 || month >= 11 ? 0.1 : month === 3 ? 0.6 : 1
    return peakWatts * 0.92 * sun ** 0.9 * (1 - 0.78 * site.weather.clouds(at)) * snow
  }
  return {
    energy: flow(KWH, (quarter) => wattHours(key, quarter, watts(quarterStart(quarter) + QUARTER_MS / 2))),
    power: powerGauge(site, device, 'energy'),
    state: gauge((at) => (site.weather.sun(at) > 0.03 ? 'producing' : 'sleeping')),
  }
}

/** 11 kW until the car has what it lacks; the plug stays in until the session ends. */
export const evCharger: DeviceModel = (device, site) => {
  const wattHoursPerQuarter = 11_000 / 4
  const used = (quarter: number): number => {
    const at = quarterStart(quarter)
    const session = site.sessions.at(device, at)
    if (session === null) return 0
    const before = ((at - session.from) / QUARTER_MS) * wattHoursPerQuarter
    return Math.max(0, Math.min(wattHoursPerQuarter, session.energyWh - before))
  }
  return {
    energy: flow(KWH, (quarter) => Math.floor(used(quarter))),
    power: gauge((at) => shown((used(Math.floor(at / QUARTER_MS)) * 4) / 1000, 2)),
    state: gauge((at) => {
      if (site.sessions.at(device, at) === null) return 'free'
      return used(Math.floor(at / QUARTER_MS)) > 0 ? 'charging' : 'plugged-in'
    }),
  }
}
