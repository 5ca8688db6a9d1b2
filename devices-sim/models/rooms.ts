// Rooms and what stands in them: air quality by people, ventilation units, meeting equipment, booths, printers, doors, lobby.
import type { Device, Space } from '#domain/registry/bundle.ts'
import { DAY_MS, dayOfDate, QUARTER_MS } from '#sim/local-clock.ts'
import { hashName, randomAt, smoothNoise, wholeNumber } from '#sim/random.ts'
import { type DeviceModel, flow, gauge, type Site, shown } from './model.ts'

const spaceOf = (site: Site, device: Device): Space | undefined =>
  (site.premises.spaces ?? []).find((space) => space.id === device.space)
const pieces = 1

/** People in the room of a device: a booked meeting, the tenant's staff by area, or visitors in the lobby. */
function createRoomPeople(site: Site, device: Device): (at: number) => number {
  const space = spaceOf(site, device)
  const area = Number(space?.areaM2 ?? 20)
  const booked = site.devices.find(
    (other) => other.space === device.space && (other.type === 'meeting-room' || other.type === 'video-booth'),
  )
  if (booked !== undefined) {
    const seats = Math.max(1, Math.min(24, area / 4))
    return (at) => (site.sessions.at(booked, at) === null ? 0 : seats * 0.6)
  }
  const tenancies = (site.premises.tenancies ?? [])
    .filter((row) => row.space === device.space)
    .map((row) => ({
      organisation: row.organisation,
      from: dayOfDate(row.from),
      to: row.to === null ? Number.POSITIVE_INFINITY : dayOfDate(row.to),
    }))
  if (tenancies.length > 0) {
    return (at) => {
      const day = site.clock.day(at)
      const tenant = tenancies.find((row) => row.from <= day && day < row.to)?.organisation
      if (tenant === undefined) return 0
      const held = site.occupancy.heldAreaM2(tenant, at)
      return held === 0 ? 0 : (site.occupancy.people(tenant, at) * area) / held
    }
  }
  return (at) => site.occupancy.visitors(at) * 0.6 + site.occupancy.allPeople(at) * 0.03
}

export const roomSensor: DeviceModel = (device, site) => {
  const key = hashName(site.seed, `room:${device.id}`)
  const area = Number(spaceOf(site, device)?.areaM2 ?? 20)
  const people = createRoomPeople(site, device)
  /** People of the last two hours, weighted: air changes about twice an hour. */
  let lastAt = Number.NaN
  let last = 0
  const lingering = (at: number): number => {
    if (at === lastAt) return last
    let sum = 0
    for (let i = 0; i < 6; i++) sum += people(at - i * 1_200_000) * 0.5 ** i
    lastAt = at
    last = sum / 2
    return last
  }
  return {
    temperature: gauge((at) =>
      shown(
        20.6 +
          0.9 * smoothNoise(key, at / DAY_MS) +
          Math.min(2.2, (lingering(at) * 22) / area) +
          Math.max(0, site.weather.temperatureC(at) - 20) * 0.35,
        2,
      ),
    ),
    co2: gauge((at) =>
      Math.round(415 + Math.min(1600, (lingering(at) * 6200) / area) + 18 * randomAt(key, Math.floor(at / 60_000))),
    ),
    humidity: gauge((at) =>
      shown(
        Math.max(
          8,
          Math.min(
            68,
            26 +
              1.05 * site.weather.temperatureC(at) * 0.7 +
              4 * smoothNoise(key + 1, at / (DAY_MS / 3)) +
              Math.min(6, lingering(at)),
          ),
        ),
        1,
      ),
    ),
    occupied: gauge((at) => people(at) > 0.8),
  }
}

export const ventilationUnit: DeviceModel = (device, site) => {
  const key = hashName(site.seed, `ventilation:${device.id}`)
  const state = (at: number): 'boost' | 'normal' | 'night-cooling' | 'low' => {
    const minute = site.clock.minute(at)
    if (site.isWorkday(site.clock.day(at)) && minute >= 330 && minute < 1110) {
      return site.occupancy.allPeople(at) > 62 ? 'boost' : 'normal'
    }
    return site.weather.temperatureC(at) > 15 ? 'night-cooling' : 'low'
  }
  const speed = { boost: 92, normal: 68, 'night-cooling': 55, low: 28 } as const
  const watts = (at: number): number => 3600 * (speed[state(at)] / 100) ** 2.6
  return {
    state: gauge(state),
    'fan-speed': gauge((at) => speed[state(at)]),
    'supply-temperature': gauge((at) =>
      shown(18.2 + 0.6 * smoothNoise(key, at / 3_600_000) + Math.max(0, site.weather.temperatureC(at) - 19) * 0.5, 1),
    ),
    'filter-pressure': gauge((at) =>
      Math.round(90 + 70 * (((at / DAY_MS) % 180) / 180) + 8 * randomAt(key, Math.floor(at / QUARTER_MS))),
    ),
    energy: flow(1000, (quarter) => wholeNumber(key, quarter, watts(quarter * QUARTER_MS) / 4)),
  }
}

export const meetingRoom: DeviceModel = (device, site) => ({
  state: gauge((at) => (site.sessions.at(device, at) === null ? 'standby' : 'in-use')),
  power: gauge((at) =>
    site.sessions.at(device, at) === null
      ? 6
      : 210 + Math.round(40 * randomAt(hashName(site.seed, device.id), Math.floor(at / 30_000))),
  ),
})

export const videoBooth: DeviceModel = (device, site) => ({
  occupied: gauge((at) => site.sessions.at(device, at) !== null),
  sessions: flow(pieces, (quarter) => {
    const at = quarter * QUARTER_MS
    return site.sessions.at(device, at)?.from === at ? 1 : 0
  }),
  link: gauge((at) =>
    randomAt(hashName(site.seed, `link:${device.id}`), Math.floor(at / 3_600_000)) > 0.004 ? 'good' : 'poor',
  ),
})

export const printer: DeviceModel = (device, site) => {
  const key = hashName(site.seed, `printer:${device.id}`)
  const cartridgePages = 6000
  const pages = (quarter: number): number =>
    wholeNumber(key, quarter, site.occupancy.allPeople(quarter * QUARTER_MS) * 0.055)
  return {
    pages: flow(pieces, pages),
    toner: gauge((at) =>
      shown(
        100 -
          ((site.counter(device.id, 'pages').total(at) + (key % cartridgePages)) % cartridgePages) /
            (cartridgePages / 100),
        0,
      ),
    ),
    state: gauge((at) => (pages(Math.floor(at / QUARTER_MS)) > 0 ? 'printing' : 'sleep')),
  }
}

export const door: DeviceModel = (device, site) => {
  const key = hashName(site.seed, `door:${device.id}`)
  const busy = device.id.includes('main') ? 1 : 0.25
  const openings = (quarter: number): number => {
    const at = quarter * QUARTER_MS
    const minute = site.clock.minute(at)
    const rush = minute < 570 || (minute >= 690 && minute < 750) || minute >= 900 ? 0.35 : 0.12
    return wholeNumber(key, quarter, busy * (site.occupancy.visitors(at) * 1.6 + site.occupancy.allPeople(at) * rush))
  }
  return {
    openings: flow(pieces, openings),
    // Each opening holds the door open for about nine seconds.
    open: gauge((at) => randomAt(key, Math.floor(at / 9000)) < openings(Math.floor(at / QUARTER_MS)) / 100),
    locked: gauge((at) => !site.occupancy.open(at)),
  }
}

/** Queue machine, photo kiosk and people counter: so many for each visitor. */
const perVisitor =
  (point: string, rate: number): DeviceModel =>
  (device, site) => {
    const key = hashName(site.seed, `${point}:${device.id}`)
    return {
      [point]: flow(pieces, (quarter) =>
        wholeNumber(key, quarter, site.occupancy.visitors(quarter * QUARTER_MS) * rate),
      ),
      state: gauge((at) => (site.occupancy.open(at) ? 'on' : 'standby')),
    }
  }
export const queueMachine = perVisitor('tickets', 0.7)
export const photoKiosk = perVisitor('photos', 0.08)
export const peopleCounter = perVisitor('entries', 1.3)

export const infoScreen: DeviceModel = (device, site) => ({
  state: gauge((at) => (site.occupancy.allPeople(at) > 0.5 ? 'on' : 'off')),
  power: gauge((at) =>
    site.occupancy.allPeople(at) > 0.5
      ? 92 + Math.round(6 * randomAt(hashName(site.seed, device.id), Math.floor(at / 60_000)))
      : 1,
  ),
})

export const gateway: DeviceModel = (device, site) => ({
  load: gauge((at) => shown(8 + 14 * randomAt(hashName(site.seed, device.id), Math.floor(at / 60_000)), 1)),
  signal: gauge((at) => Math.round(-71 + 9 * smoothNoise(hashName(site.seed, `signal:${device.id}`), at / 3_600_000))),
})

export const lift: DeviceModel = (device, site) => {
  const key = hashName(site.seed, `lift:${device.id}`)
  return {
    trips: flow(pieces, (quarter) => wholeNumber(key, quarter, site.occupancy.allPeople(quarter * QUARTER_MS) * 0.18)),
    state: gauge((at) => (randomAt(key, Math.floor(at / 7_200_000)) > 0.0006 ? 'in-service' : 'out-of-service')),
  }
}

/** The outdoor temperature of the site, as its heating sees it. */
export const weatherStation: DeviceModel = (_device, site) => ({
  temperature: gauge((at) => shown(site.weather.temperatureC(at), 1)),
})
