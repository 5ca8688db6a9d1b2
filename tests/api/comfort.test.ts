// Comfort of spaces, the opening hours it counts within, and energy by use, over HTTP: figures, who sees, and wrong questions.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Comfort, OpeningHours } from '#contract/comfort.ts'
import type { EnergyByUse } from '#contract/energy-by-use.ts'
import { startApi, type TestApi } from './start-api.ts'

const HOUR_MS = 3_600_000
/** A Wednesday, noon in Helsinki (summer time), within the heating season. */
const NOW = Date.parse('2026-04-08T09:00:00Z')
let api: TestApi
let landlord: string
let tenant: string
let stranger: string

/** Since midnight, local time: warm enough from seven on, and stuffy at ten. */
const hours = Array.from({ length: 13 }, (_, hour) => NOW - (12 - hour) * HOUR_MS)
const point = (key: string, unit: string, kind: string) => ({ key, unit, kind })
const written = (device: string, key: string, value: (hour: number) => number) => ({
  device,
  point: key,
  values: hours.map((at, hour): [string, number] => [new Date(at).toISOString(), value(hour)]),
})

beforeAll(async () => {
  api = await startApi({ now: NOW })
  const owned = { premises: 'talo', ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1' } }] }
  await api.fill({
    organisations: ['kunta', 'virasto', 'muu'].map((id) => ({ id, name: { fi: id } })),
    premises: [
      {
        id: 'talo',
        name: { fi: 'Talo' },
        timeZone: 'Europe/Helsinki',
        landlord: 'kunta',
        spaces: [{ id: 'k1-101', storey: '1', use: 'exclusive', areaM2: '10' }],
        tenancies: [{ space: 'k1-101', organisation: 'virasto', from: '2026-01-01', to: null }],
      },
      { id: 'muualla', name: { fi: 'Muualla' }, timeZone: 'Europe/Helsinki', landlord: 'muu' },
    ],
    devices: [
      {
        ...owned,
        id: 'anturi',
        space: 'k1-101',
        points: [point('temperature', '°C', 'instant'), point('co2', 'ppm', 'instant')],
      },
      {
        ...owned,
        id: 'paamittari',
        type: 'electricity-meter',
        space: null,
        points: [point('energy', 'kWh', 'counter')],
      },
      { ...owned, id: 'iv-kone', type: 'ventilation-unit', space: null, points: [point('energy', 'kWh', 'counter')] },
    ],
    readings: [
      written('anturi', 'temperature', (hour) => (hour < 7 ? 18 : 21)),
      written('anturi', 'co2', (hour) => (hour === 10 ? 1600 : 600)),
      written('paamittari', 'energy', (hour) => 1000 + 5 * hour),
      written('iv-kone', 'energy', (hour) => 200 + 2 * hour),
    ],
  })
  landlord = await api.token('kunta', ['manager'])
  tenant = await api.token('virasto', ['viewer'])
  stranger = await api.token('muu', ['manager'])
})
afterAll(() => api.close())

const comfort = async (query: string): Promise<Comfort> =>
  (await api.request(tenant, 'GET', `/premises/talo/comfort?from=2026-04-08&to=2026-04-09${query}`)).json()

test('without opening hours every hour counts; with them only those that are open', async () => {
  const none = await api.request(tenant, 'GET', '/premises/talo/opening-hours')
  expect(none.json<OpeningHours>()).toMatchObject({ schedule: null, openNow: null, days: [] })
  const [all] = (await comfort('')).spaces
  expect(all?.temperature).toMatchObject({ hoursBelow: 7, hoursAbove: 0, verdict: 'within', limits: [20, 25] })
  expect(all?.co2).toMatchObject({ hoursAbove: 1, verdict: 'within' })

  const schedule = {
    premises: 'talo',
    name: { fi: 'Aukioloajat' },
    on: true,
    hours: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '16:00' }],
    closedOnHolidays: true,
    closedOnEves: true,
    exceptions: [{ from: '2026-04-10', to: '2026-04-11', hours: null, reason: 'Koulutus' }],
    triggers: [],
  }
  expect((await api.request(landlord, 'POST', '/schedules', schedule)).status).toBe(201)
  const [open] = (await comfort('')).spaces
  expect(open?.temperature).toMatchObject({ hoursBelow: 0 })
  expect(open?.co2).toMatchObject({ hoursAbove: 1 })
  // 420 ppm of the outdoor air and 1,150 ppm above it.
  expect((await comfort('&limits=action')).spaces[0]?.co2).toMatchObject({ hoursAbove: 1, limits: [0, 1570] })

  const hoursNow = (await api.request(tenant, 'GET', '/premises/talo/opening-hours')).json<OpeningHours>()
  expect(hoursNow.openNow).toBe(true)
  expect(hoursNow.days).toHaveLength(14)
  expect(hoursNow.days[0]).toMatchObject({
    date: '2026-04-08',
    open: [{ from: '2026-04-08T05:00:00.000Z', to: '2026-04-08T13:00:00.000Z' }],
  })
  expect(hoursNow.days[2]).toMatchObject({ open: [], exception: 'Koulutus' })
})

test('energy of today by use: what has a meter of its own, and the rest of the main meter', async () => {
  const answer = (await api.request(tenant, 'GET', '/premises/talo/energy-by-use')).json<EnergyByUse>()
  expect(answer.media).toEqual([
    {
      medium: 'electricity',
      unit: 'kWh',
      total: { soFar: '60', expected: null },
      uses: [{ use: 'ventilation', meters: [{ device: 'iv-kone', point: 'energy' }], soFar: '24', expected: null }],
      rest: { soFar: '36', expected: null },
    },
  ])
})

test('another organisation has none of it, and wrong questions are named', async () => {
  for (const path of ['comfort', 'opening-hours', 'energy-by-use'])
    expect((await api.request(stranger, 'GET', `/premises/talo/${path}`)).status).toBe(404)
  const asked = (query: string) => api.request(tenant, 'GET', `/premises/talo/comfort?${query}`)
  expect((await asked('from=2026-04-09&to=2026-04-08')).status).toBe(400)
  expect((await asked('from=2024-01-01&to=2026-01-01')).status).toBe(400)
  expect((await asked('limits=cosy')).status).toBe(400)
})
