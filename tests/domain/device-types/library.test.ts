// The library of device types: complete names, real units and codecs, classes that Brick has; and what the inbox makes of it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CODEC_NAMES } from '#broker/codecs/registry.ts'
import { pointsOfType } from '#domain/device-types/device-type.ts'
import { DEVICE_TYPES, findDeviceType, readDeviceType, searchDeviceTypes } from '#domain/device-types/library.ts'
import { suggestDevice } from '#domain/inbox/suggest-device.ts'
import type { UnknownDevice } from '#domain/inbox/unknown-device.ts'
import { unitFamily } from '#domain/quantity/units.ts'
import { factsOf } from '#domain/registry/facts.ts'
import { checkBundle } from '#domain/registry/check-bundle.ts'
import { agreementWords } from '#domain/writing/words/agreement-fi.ts'
import { notRun } from '#tests/not-run.ts'

/** The classes of Brick 1.4.3 below Equipment that the library uses, as its sources have them. */
const BRICK_CLASSES =
  `Access_Control_Equipment Access_Reader Air_Handling_Unit Audio_Visual_Equipment Automated_External_Defibrillator
  Battery Boiler Building_Electrical_Meter Building_Hot_Water_Meter Building_Water_Meter Chilled_Water_Meter Chiller
  Computer_Room_Air_Conditioning Controller Data_Network_Equipment Daylight_Sensor_Equipment Electric_Vehicle_Charging_Port
  Electric_Vehicle_Charging_Station Electrical_Equipment Electrical_Meter Elevator Energy_Storage Equipment Ethernet_Switch
  Exhaust_Fan Fan_Coil_Unit Fire_Alarm_Control_Panel Furniture Gas_Meter Gateway Hot_Water_Meter IAQ_Sensor_Equipment
  ICT_Hardware ICT_Rack Intrusion_Detection_Equipment Leak_Detector_Equipment Lighting_Equipment Meter Modbus_Controller
  Network_Router Occupancy_Sensor_Equipment Packaged_Heat_Pump People_Count_Sensor_Equipment Photovoltaic_Inverter PlugStrip
  Relay Security_Equipment Sensor_Equipment Shading_Equipment Smoke_Detector Surveillance_Camera Switchgear Tablet
  Thermal_Power_Meter Thermostat Touchpanel Variable_Air_Volume_Box Video_Intercom Water_Distribution Water_Meter Water_Pump
  Weather_Station Wireless_Access_Point`.split(/\s+/)

test('every type has three names, a class of Brick, codecs that are read here, and points that can be stored and settled', () => {
  expect(DEVICE_TYPES.length).toBeGreaterThanOrEqual(60)
  expect(new Set(DEVICE_TYPES.map(({ id }) => id)).size).toBe(DEVICE_TYPES.length)
  for (const type of DEVICE_TYPES) {
    expect(BRICK_CLASSES, type.id).toContain(type.brick)
    expect(type.codecs.length, type.id).toBeGreaterThan(0)
    if (type.brick.endsWith('Meter')) expect(type.takesPoints, type.id).toBe(false)
    for (const codec of type.codecs) expect(CODEC_NAMES, type.id).toContain(codec)
    for (const one of [type, ...type.points])
      for (const text of Object.values(one.name)) expect(text.trim(), type.id).toMatch(/\p{L}{2}/u)
    expect(type.points.length, type.id).toBeGreaterThan(0)
    for (const { key, unit, kind, range } of type.points) {
      expect(kind === 'state', `${type.id}/${key}`).toBe(range === null)
      if (range !== null) expect(range[0]).toBeLessThan(range[1])
      // Energy and water are what is settled: their registers have units that can be.
      if (kind === 'counter' && /energy|volume|heat$/.test(key))
        expect(unitFamily(unit ?? ''), `${type.id}/${key}`).not.toBeNull()
    }
    for (const word of type.words) expect(word).toBe(word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase())
  }
  const bundle = {
    organisations: [{ id: 'kunta', name: { fi: 'Kunta' } }],
    premises: [{ id: 'talo', name: { fi: 'Talo' }, timeZone: 'Europe/Helsinki', landlord: 'kunta' }],
    devices: DEVICE_TYPES.map((type) => ({
      id: `laite-${type.id}`,
      premises: 'talo',
      type: type.id,
      brick: type.brick,
      expectedInterval: type.expectedInterval,
      points: pointsOfType(type),
    })),
  }
  expect(checkBundle(bundle, factsOf({}))).toEqual([])
})

test('the classes are those of the vocabulary itself', (context) => {
  const file = ['Brick.ttl', 'brick.ttl']
    .map((name) => `../shared/data/models/${name}`)
    .find((path) => existsSync(path))
  if (file === undefined)
    return notRun(
      context,
      'Brick’s own vocabulary holds the classes',
      'Brick.ttl of brickschema.org, release 1.4',
      true,
    )
  const text = readFileSync(file, 'utf8')
  for (const name of BRICK_CLASSES) expect(text).toContain(`brick:${name} a `)
})

test('example models use the same classes', (context) => {
  const folder = '../shared/data/models'
  if (!existsSync(folder))
    return notRun(context, 'published Brick models', 'the example models of brickschema.org', true)
  const used = new Set(
    readdirSync(folder)
      .filter((name) => name.endsWith('.ttl'))
      .flatMap((name) =>
        [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/brick:([A-Z]\w+)/g)].map((match) => match[1]),
      ),
  )
  for (const name of ['Electrical_Meter', 'Building_Electrical_Meter', 'Electric_Vehicle_Charging_Station']) {
    expect(used).toContain(name)
    expect(BRICK_CLASSES).toContain(name)
  }
})

test('types are found by words of any language, and read from the cell of a table', () => {
  const ids = (q: string): string[] => searchDeviceTypes(q, 'sv').map(({ id }) => id)
  expect(ids('kaukolämpö')).toContain('heat-meter')
  expect(ids('laddstation')).toContain('ev-charger')
  expect(ids('hot water')).toContain('hot-water-meter')
  expect(ids('ei tällaista ole')).toEqual([])
  expect(searchDeviceTypes('', 'fi')).toHaveLength(DEVICE_TYPES.length)
  expect(readDeviceType('Sähkömittari')?.id).toBe('electricity-meter')
  expect(readDeviceType('vattenmatare')?.id).toBe('water-meter')
  expect(readDeviceType('constructor')).toBeNull()
  expect(findDeviceType('water-meter')?.points.map(({ key }) => key)).toEqual(['volume', 'flow'])
})

test('what agreements and the demonstration call a type is in the library, by the same name', () => {
  for (const [id, name] of Object.entries(agreementWords.deviceTypes)) expect(findDeviceType(id)?.name.fi).toBe(name)
})

test('the inbox suggests a type with its class, interval and kinds of points', () => {
  const point = (
    key: string,
    unit: string | null,
    deviceClass: string | null = null,
  ): UnknownDevice['points'][number] => ({
    key,
    unit,
    sample: '1',
    name: null,
    deviceClass,
    count: 1,
    firstAt: 0,
    lastAt: 0,
  })
  const unknown = (key: string, points: UnknownDevice['points'], model: string | null = null): UnknownDevice => ({
    connector: 'c',
    gateway: 'g',
    codec: 'zigbee2mqtt',
    key,
    name: null,
    manufacturer: null,
    model,
    topics: [],
    moreTopics: false,
    points,
    morePoints: false,
    messages: 1,
    firstAt: 0,
    lastAt: 0,
    device: null,
  })
  const suggested = (one: UnknownDevice) => suggestDevice(one, { spaces: [], isTaken: () => false })
  expect(suggested(unknown('keittio/vuotovahti', [point('water_leak', null, 'moisture')]))).toMatchObject({
    type: 'leak-detector',
    brick: 'Leak_Detector_Equipment',
    expectedInterval: 'P1D',
  })
  expect(suggested(unknown('savu 3', [point('smoke', null, 'smoke')])).type).toBe('smoke-detector')
  expect(suggested(unknown('lampopumppu', [point('energy', 'kWh', 'energy')])).type).toBe('heat-pump')
  const plug = suggested(unknown('mittari 7', [point('energy', null), point('power', 'W')]))
  expect(plug.type).toBe('electricity-meter')
  expect(plug.points).toEqual([
    { key: 'energy', unit: 'kWh', kind: 'counter' },
    { key: 'power', unit: 'W', kind: 'gauge' },
  ])
})
