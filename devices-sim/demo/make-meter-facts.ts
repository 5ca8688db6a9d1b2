// What is known of the virastotalo's meters and equipment besides what they measure: plates, main meters, support, data holders, replacements.
import type { DataHolder, Device, FirmwareFacts, MeterFacts, PointRef, Replacement } from '#domain/registry/bundle.ts'
import { names } from './make-spaces.ts'

const electricity: PointRef = { device: 'em-main', point: 'energy' }
const heat: PointRef = { device: 'hm-main', point: 'energy' }
const water: PointRef = { device: 'wm-main', point: 'volume' }
/** Sub-meters by the point that counts: the main meter of which they measure a part. */
const MAIN_METERS: Record<string, PointRef> = {
  'em-poliisi/energy': electricity,
  'em-vero/energy': electricity,
  'em-kela/energy': electricity,
  'em-kuusamo-1/energy': electricity,
  'em-kuusamo-3/energy': electricity,
  'em-common/energy': electricity,
  'em-heating-posts/energy-hour': electricity,
  'hm-kela/energy': heat,
  'wm-canteen/volume': water,
}
const PLATES: Record<string, MeterFacts> = {
  'electricity-meter': { approved: true, mid: 'B M23', midClass: 'B', markingYear: 2023, pulsesPerUnit: '1000' },
  'heat-meter': { approved: true, mid: '2 M22', midClass: '2', markingYear: 2022 },
  'water-meter': { approved: true, mid: 'R160 M21', markingYear: 2021, digits: 5, decimals: 3 },
  // Its point counts pulses, litre by litre: registers are what that counter shows.
  'wm-canteen': { approved: true, mid: 'R160 M21', markingYear: 2021, pulsesPerUnit: '1000', digits: 7, decimals: 0 },
}
const FIRMWARE: Record<string, FirmwareFacts> = {
  'electricity-meter': { version: '2.0.4', supportUntil: '@30', ce: true, cra: 'placed-before' },
  'ventilation-unit': { version: '7.1', supportUntil: '@18', ce: true, cra: 'placed-before' },
  gateway: { version: '4.2.1', supportUntil: '@48', ce: true, cra: 'placed-before' },
  printer: { version: '11.3', supportUntil: '@36', ce: true },
}
const HOLDERS: Record<string, DataHolder> = {
  lift: { name: 'Nostin Oy (esimerkki)', contact: 'data@nostin.example', data: 'Ajot, viat ja huollot' },
  'ventilation-unit': { name: 'Pohjoisilma Oy (esimerkki)', contact: 'data@pohjoisilma.example' },
}
const REPLACEMENTS: Record<string, Replacement> = {
  'ahu-1': { on: '@76', cost: '42000' },
  'ahu-2': { on: '@88', cost: '38000' },
  'booth-1': { on: '@52', cost: '9800' },
  'booth-2': { on: '@52', cost: '9800' },
  'queue-1': { on: '@40', cost: '6400' },
}

/** The device with all that is known of it. */
export function withFacts(device: Device): Device {
  const type = device.type ?? ''
  const plate = PLATES[device.id] ?? PLATES[type]
  const points = (device.points ?? []).map((point) => {
    const mainMeter = MAIN_METERS[`${device.id}/${point.key}`]
    return mainMeter === undefined ? point : { ...point, mainMeter }
  })
  const unmeasured = {
    key: 'unmeasured',
    name: names('Mittaamaton sähkö', 'Omätt el', 'Unmeasured electricity'),
    unit: 'kWh',
    kind: 'virtual' as const,
    formula: [
      { of: electricity, times: '1' },
      ...Object.entries(MAIN_METERS).flatMap(([key, main]) => {
        const [id = '', point = ''] = key.split('/')
        return main === electricity ? [{ of: { device: id, point }, times: '-1' }] : []
      }),
    ],
  }
  return {
    ...device,
    ...(plate === undefined ? {} : { meter: { ...plate, verifiedUntil: '@60', seal: `S-${device.serial ?? ''}` } }),
    ...(FIRMWARE[type] === undefined ? {} : { firmware: FIRMWARE[type] }),
    ...(HOLDERS[type] === undefined ? {} : { dataHolder: HOLDERS[type] }),
    ...(REPLACEMENTS[device.id] === undefined ? {} : { replacement: REPLACEMENTS[device.id] }),
    points: device.id === electricity.device ? [...points, unmeasured] : points,
  }
}
