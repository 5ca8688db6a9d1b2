// Models of others, as published: what is read of each, and that whatever is not is counted.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Premises } from '#domain/registry/bundle.ts'
import { notRun } from '#tests/not-run.ts'
import { evaluated, tableOfText } from './round-trip.ts'

const FOLDER = '../shared/data/models'
const HOUSE: Premises = { id: 'talo', name: { fi: 'Talo' }, timeZone: 'Europe/Helsinki', landlord: 'kunta' }
/** Spaces, devices, points, kinds of what is not taken. */
const READ: Record<string, [spaces: number, devices: number, points: number, left: number]> = {
  'brick_air_quality_sensor_example.ttl': [1, 1, 5, 2],
  'brick_apartment.ttl': [4, 0, 0, 5],
  'brick_building.ttl': [4, 3, 3, 2],
  'brick_building_meter.ttl': [0, 4, 6, 5],
  'brick_evse.ttl': [1, 6, 3, 6],
  'brick_main-and-submeter.ttl': [0, 4, 4, 5],
  'brick_multiple-submeters.ttl': [0, 3, 3, 4],
  'brick_single-meter.ttl': [0, 1, 1, 4],
  'brick_soda_hall_real.ttl': [243, 260, 925, 11],
  'brick_solar_array.ttl': [0, 9, 3, 13],
  'brick_virtual-meter.ttl': [0, 1, 1, 5],
}

test('published models, the real Soda Hall among them, become spaces, devices and points without errors', async (context) => {
  if (!existsSync(FOLDER)) notRun(context, 'published Brick models', `put them into ${FOLDER}`, true)
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.ttl'))) {
    const table = await tableOfText(readFileSync(`${FOLDER}/${name}`, 'utf8'))
    const { bundle, problems } = evaluated(table, HOUSE)
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    const counts = [
      bundle.premises?.[0]?.spaces?.length ?? 0,
      bundle.devices?.length ?? 0,
      (bundle.devices ?? []).reduce((sum, { points = [] }) => sum + points.length, 0),
      problems.filter(({ code }) => code === 'not-understood').length,
    ]
    if (READ[name] !== undefined) expect([name, counts]).toEqual([name, READ[name]])
  }
})

test('of the real Soda Hall boxes are boxes, rooms have their storeys, and what is left out is told with its number', async (context) => {
  const path = `${FOLDER}/brick_soda_hall_real.ttl`
  if (!existsSync(path)) notRun(context, 'the Brick model of Soda Hall', `put it at ${path}`, true)
  const { bundle, problems } = evaluated(await tableOfText(readFileSync(path, 'utf8')), HOUSE)
  const box = bundle.devices!.find(({ id }) => id === 'vav-c180')!
  expect(box).toMatchObject({ brick: 'VAV', type: 'vav-box' })
  expect(box.points?.map(({ key, kind }) => [key, kind])).toEqual(
    expect.arrayContaining([['temp_sensor_hvac_zone_C180', 'gauge']]),
  )
  // Two rooms are on storeys that the model only names.
  expect(Object.keys(Object.groupBy(bundle.premises![0]!.spaces!, ({ storey = '' }) => storey)).toSorted()).toEqual([
    '',
    'floor_1',
    'floor_2',
    'floor_3',
    'floor_4',
    'floor_5',
    'floor_6',
    'floor_7',
  ])
  expect(problems.filter(({ code }) => code === 'missing').map(({ message }) => message)).toEqual([
    'The model has no area of the space: it is taken with 0 m². Give the area before costs are split by it (243 rows).',
  ])
  const told = problems.filter(({ code }) => code === 'not-understood').map(({ message }) => message)
  expect(told).toEqual(
    expect.arrayContaining([
      expect.stringContaining('brick:feeds (484 times)'),
      expect.stringContaining('class brick:HVAC_Zone (243 times)'),
      expect.stringContaining('part of a thing that is not in the model (2 times)'),
    ]),
  )
})
