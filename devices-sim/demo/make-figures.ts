// What the demonstration's key figures go by: emission factors and a normal year. They are examples and say so; an installation enters its own.
import type { ApiClient } from '#sim/api-client.ts'
import { DEMO_PREMISES } from './demo-bundle.ts'

const EXAMPLE = 'Esimerkkiluku esittelyä varten, ei julkaistu kerroin / exempel, ingen publicerad faktor'
/** gCO2e per unit; `year` counts from the year in which the demonstration begins. */
const FACTORS = [
  { category: 'electricity', unit: 'kWh', grams: '48', year: 0 },
  { category: 'electricity', unit: 'kWh', grams: '41', year: 1 },
  { category: 'heat', unit: 'kWh', grams: '132', year: 0 },
  { category: 'heat', unit: 'kWh', grams: '124', year: 1 },
  { category: 'water', unit: 'm3', grams: '320', year: 0 },
]
/** Degree days of January to December that fit the simulated weather. */
const NORMAL = ['927', '820', '756', '546', '310', '84', '21', '78', '282', '515', '681', '846']

/** Can be repeated: the same factor is there once, and what stands of the weather stays. */
export async function makeFigures(api: ApiClient, start: number): Promise<void> {
  const path = `/premises/${DEMO_PREMISES}`
  const first = new Date(start).getUTCFullYear()
  for (const { year, ...factor } of FACTORS)
    await api.request('POST', `${path}/emission-factors`, { ...factor, from: `${first + year}-01-01`, source: EXAMPLE })
  const { version } = await api.request<{ version: number }>('GET', `${path}/weather`)
  if (version > 0) return
  await api.request('PUT', `${path}/weather`, {
    place: 'Kuusamo',
    source: EXAMPLE,
    sensor: { device: 'saa-1', point: 'temperature' },
    months: [],
    normal: NORMAL,
    categories: ['heat'],
    hotWater: '1.2',
    hotWaterUnit: 'MWh',
  })
}
