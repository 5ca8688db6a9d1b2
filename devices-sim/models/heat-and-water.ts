// District heat by degree-days and night set-back, domestic hot water, cold water by people.
import type { Device } from '#domain/registry/bundle.ts'
import { QUARTER_MS } from '#sim/local-clock.ts'
import { hashName, randomAt, wholeNumber } from '#sim/random.ts'
import { isMainMeter } from './electricity.ts'
import { type DeviceModel, flow, gauge, type Site, shown } from './model.ts'

const KWH = 1000
const LITRES_PER_M3 = 1000
/** Heat loss of the envelope and ventilation per m² and degree below 17 °C. */
const LOSS_W_PER_M2_K = 0.85
/** Heat that warms one litre of hot water (58 kWh/m³). */
const HOT_WATER_WH_PER_LITRE = 58

const floorAreaM2 = (site: Site): number =>
  (site.premises.spaces ?? []).reduce((sum, space) => sum + Number(space.areaM2), 0)

/** Heating power in W for an area: the building's mass smooths the outdoor temperature, night set-back saves a sixth. */
function heatingWatts(site: Site, areaM2: number, at: number): number {
  const hour = 3_600_000
  const { weather } = site
  const outdoor =
    (weather.temperatureC(at) + weather.temperatureC(at - 6 * hour) + weather.temperatureC(at - 12 * hour)) / 3
  const minute = site.clock.minute(at)
  const setBack = minute < 300 || minute >= 1140 || !site.isWorkday(site.clock.day(at)) ? 0.84 : 1
  return LOSS_W_PER_M2_K * areaM2 * Math.max(0, 17 - outdoor) * setBack
}

/** Litres in a quarter: people and visitors, and the cleaners' evening round. */
function waterLitres(site: Site, at: number): number {
  const minute = site.clock.minute(at)
  const cleaning = minute >= 1020 && minute < 1140 && site.isWorkday(site.clock.day(at)) ? 22 : 0
  return 0.9 * site.occupancy.allPeople(at) + 0.35 * site.occupancy.visitors(at) + cleaning
}
/** The canteen: dish-washing and cooking around lunch on workdays. */
function canteenLitres(site: Site, at: number): number {
  const minute = site.clock.minute(at)
  if (minute < 480 || minute >= 870 || !site.isWorkday(site.clock.day(at))) return 0
  return (minute >= 660 && minute < 810 ? 55 : 18) * (0.4 + site.occupancy.allPeople(at) / 60)
}

const supplyTemperatureC = (site: Site, at: number): number =>
  Math.max(68, Math.min(115, 78 - 1.25 * site.weather.temperatureC(at)))

export const heatMeter: DeviceModel = (device, site) => {
  const main = isMainMeter(device)
  const key = hashName(site.seed, `heat:${device.id}`)
  const area = floorAreaM2(site)
  const served = site.meterParty(device.id, 'energy')
  const watts = (at: number): number => {
    if (main) return heatingWatts(site, area, at) + waterLitres(site, at) * 0.3 * HOT_WATER_WH_PER_LITRE * 4
    const part = served === null ? area * 0.1 : site.occupancy.heldAreaM2(served.party, at) / served.meters
    return heatingWatts(site, part, at) * 0.94
  }
  const used = (quarter: number): number =>
    wholeNumber(key, quarter, (watts(quarter * QUARTER_MS) / 4) * (0.96 + 0.08 * randomAt(key + 1, quarter)))
  const returnTemperatureC = (at: number): number => 38 + 4 * randomAt(key, Math.floor(at / 600_000))
  return {
    energy: flow(KWH, used),
    // Water that gave this heat: 1.163 Wh per litre and degree between supply and return.
    volume: flow(LITRES_PER_M3, (quarter) => {
      const at = quarter * QUARTER_MS
      return Math.round(
        site.counter(device.id, 'energy').used(quarter) /
          (1.163 * (supplyTemperatureC(site, at) - returnTemperatureC(at))),
      )
    }),
    power: gauge((at) => shown(watts(Math.floor(at / QUARTER_MS) * QUARTER_MS) / 1000, 1)),
    'supply-temperature': gauge((at) => shown(supplyTemperatureC(site, at), 1)),
    'return-temperature': gauge((at) => shown(returnTemperatureC(at), 1)),
  }
}

const isCanteen = (device: Device): boolean => device.id.includes('canteen')

export const waterMeter: DeviceModel = (device, site) => {
  const key = hashName(site.seed, `water:${device.id}`)
  const litres = (quarter: number): number => {
    const at = quarter * QUARTER_MS
    if (isCanteen(device)) return wholeNumber(key, quarter, canteenLitres(site, at))
    if (!isMainMeter(device)) return wholeNumber(key, quarter, waterLitres(site, at) * 0.2)
    let sum = wholeNumber(key, quarter, waterLitres(site, at))
    for (const other of site.devices) {
      if (other.type === 'water-meter' && isCanteen(other)) sum += site.counter(other.id, 'volume').used(quarter)
    }
    return sum
  }
  return {
    volume: flow(LITRES_PER_M3, litres),
    flow: gauge((at) => shown(litres(Math.floor(at / QUARTER_MS)) * 4, 0)),
  }
}
