// Key figures, comparison, flow, factors and weather through the API: exact sums, rights, and what is not known said so.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CostComparison, CostFigures, CostFlow, EmissionFactors, WeatherShown } from '#contract/cost-figures.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let kunta: string
let virasto: string
const PATH = '/premises/talo'
const FACTOR = {
  category: 'electricity',
  unit: 'kWh',
  grams: '50',
  from: '2026-01-01',
  source: 'Sähkön myyjän ilmoitus 2026',
}

beforeAll(async () => {
  api = await startApi()
  kunta = await api.token('kunta', ['controller', 'manager', 'signatory'])
  virasto = await api.token('virasto', ['controller', 'manager'])
  await api.fill(twoHouses)
  await api.fill({
    readings: [{ device: 'mittari', point: 'energy', values: [['2026-05-01T00:00:00+03:00', '3200']] }],
    invoices: [
      {
        id: 'jate-4',
        premises: 'talo',
        category: 'waste',
        net: '33.33',
        vat: { category: 'S', rate: '25.5' },
        payer: 'kunta',
        serviceFrom: '2026-04-01',
        serviceTo: '2026-05-01',
        supplier: 'Jäte Oy',
      },
    ],
  })
})
afterAll(async () => {
  await api.close()
})
const get = (path: string, token = kunta) => api.request(token, 'GET', path)

describe('key figures', () => {
  test('a month by type, party and source, per m²; of a party what it bears', async () => {
    const figures = (await get(`${PATH}/cost-figures?from=2026-03&to=2026-03`)).json<CostFigures>()
    expect(figures).toMatchObject({ party: null, mayChange: true, weather: null, factors: [] })
    expect(figures.periods[0]).toMatchObject({
      net: '200.00',
      bySource: [
        { source: 'invoice', net: '100.00' },
        { source: 'metered', net: '100.00' },
      ],
      floorM2: '60',
      people: null,
      netPerM2: '3.33',
      usage: [{ category: 'electricity', unit: 'kWh', quantity: '1000', perM2: '16.667', normalised: null }],
      emissions: { kg: null, missing: ['electricity'] },
    })
    const own = (await get(`${PATH}/cost-figures?from=2026-03&to=2026-03&party=virasto`, virasto)).json<CostFigures>()
    expect(own).toMatchObject({ mayChange: false, periods: [{ net: '80.00', usage: [{ quantity: '400' }] }] })
  })

  test('a year is the sum of its months', async () => {
    const path = `${PATH}/cost-figures?from=2026-03&to=2026-04`
    const months = (await get(path)).json<CostFigures>().periods
    const [year] = (await get(`${path}&by=year`)).json<CostFigures>().periods
    expect(months.map(({ net }) => net)).toEqual(['200.00', '153.33'])
    expect([year?.period, year?.months, year?.net]).toEqual(['2026', 2, '353.33'])
  })

  test('are not for others, and not for too many months or the wrong way round', async () => {
    const muu = await api.token('muu', ['controller'])
    for (const what of [
      'cost-figures?from=2026-03&to=2026-03',
      'cost-comparison?before=2026-03&after=2026-04',
      'settlements/2026-03/flow',
      'emission-factors',
      'weather',
    ])
      expect((await get(`${PATH}/${what}`, muu)).status).toBe(404)
    expect((await get(`${PATH}/cost-figures?from=2020-01&to=2026-03`)).problem().code).toBe('bad-request')
    expect((await get(`${PATH}/cost-figures?from=2026-03&to=2026-02`)).problem().code).toBe('bad-request')
  })
})

test('two months side by side: volume, a new item, and the party’s part, to the cent', async () => {
  const path = `${PATH}/cost-comparison?before=2026-03&after=2026-04`
  const compared = (await get(path)).json<CostComparison>()
  // 1000 kWh, then 1200 (the counter is at 2000 on 1 April); the invoice of March is gone, that of waste is new.
  expect([compared.before.net, compared.after.net, compared.change]).toEqual(['200.00', '153.33', '-46.67'])
  const cents = (parts: { net: string }[]) => parts.reduce((sum, { net }) => sum + Math.round(Number(net) * 100), 0)
  expect(cents(compared.reasons)).toBe(-4667)
  for (const line of compared.lines) expect(cents(line.reasons)).toBe(Math.round(Number(line.change) * 100))
  expect(compared.lines.find(({ category }) => category === 'waste')).toMatchObject({
    name: { fi: 'Lasku: Jäte Oy' },
    reasons: [{ reason: 'new', net: '33.33' }],
    item: { month: '2026-04', id: 'invoice:jate-4' },
  })
  expect((await get(`${PATH}/cost-comparison?before=2026-03&after=2026`)).problem().code).toBe('bad-request')
  expect((await get(`${path}&party=virasto`)).json<CostComparison>()).toMatchObject({
    party: 'virasto',
    before: { net: '80.00' },
  })
})

test('the flow of a month adds up at every station', async () => {
  const flow = (await get(`${PATH}/settlements/2026-03/flow`)).json<CostFlow>()
  expect(flow).toMatchObject({
    net: '200.00',
    blocked: 0,
    stations: {
      methods: [{ key: 'fixed', net: '200.00' }],
      parties: [
        { key: 'kunta', net: '120.00' },
        { key: 'virasto', net: '80.00' },
      ],
    },
  })
  expect(flow.bands).toHaveLength(4)
})

describe('emission factors', () => {
  test('the landlord says them with their source; the month then tells its emissions; withdrawn, it does not', async () => {
    expect((await api.request(virasto, 'POST', `${PATH}/emission-factors`, FACTOR)).status).toBe(403)
    const made = await api.request(kunta, 'POST', `${PATH}/emission-factors`, FACTOR)
    expect(made.status).toBe(201)
    const { id } = made.json<{ id: string }>()
    const figures = async () => (await get(`${PATH}/cost-figures?from=2026-03&to=2026-03`)).json<CostFigures>()
    expect(await figures()).toMatchObject({
      periods: [{ emissions: { kg: '50.000', missing: [] } }],
      factors: [{ id, source: FACTOR.source }],
    })
    expect((await api.request(kunta, 'DELETE', `${PATH}/emission-factors/${id}`)).status).toBe(204)
    expect((await figures()).periods[0]?.emissions.kg).toBeNull()
    expect((await api.request(kunta, 'DELETE', `${PATH}/emission-factors/${id}`)).status).toBe(404)
  })

  test('a source and a real date are asked for; those of all premises are the operator’s', async () => {
    const refused = async (change: object) =>
      (await api.request(kunta, 'POST', `${PATH}/emission-factors`, { ...FACTOR, ...change })).status
    expect([
      await refused({ source: '' }),
      await refused({ from: '2026-02-30' }),
      await refused({ grams: '-1' }),
    ]).toEqual([400, 400, 400])
    expect((await api.request(kunta, 'POST', '/emission-factors', FACTOR)).status).toBe(403)
    const operator = await api.token(null, ['admin', 'manager'])
    expect((await api.request(operator, 'POST', '/emission-factors', { ...FACTOR, grams: '40' })).status).toBe(201)
    expect((await get(`${PATH}/emission-factors`, virasto)).json<EmissionFactors>().items).toMatchObject([
      { premises: null, grams: '40' },
    ])
  })
})

test('the weather goes by a sensor of the premises or by entered months; a day without readings is told', async () => {
  await api.fill({
    devices: [{ id: 'ulko', premises: 'talo', points: [{ key: 'temperature', unit: '°C', kind: 'gauge' }] }],
    readings: [
      {
        device: 'ulko',
        point: 'temperature',
        values: Array.from({ length: 31 }, (_, i): [string, number] => [
          `2026-03-${String(i + 1).padStart(2, '0')}T12:00:00+02:00`,
          -3,
        ]),
      },
    ],
  })
  const weather = {
    place: 'Helsinki',
    source: 'Ilmatieteen laitos',
    sensor: { device: 'ulko', point: 'temperature' },
    months: [{ month: '2026-02', degreeDays: '600' }],
    normal: Array.from({ length: 12 }, () => '500'),
    categories: ['electricity'],
    hotWater: '0',
    hotWaterUnit: 'MWh',
  }
  const put = (body: object, token = kunta, version = 0) =>
    api.request(token, 'PUT', `${PATH}/weather`, body, version === 0 ? {} : { 'if-match': `"v${version}"` })
  expect((await put(weather, virasto)).status).toBe(403)
  expect((await put({ ...weather, normal: ['1'] })).problem().problems?.[0]?.pointer).toBe('/normal')
  expect(
    (await put({ ...weather, sensor: { device: 'mittari', point: 'energy' } })).problem().problems?.[0]?.pointer,
  ).toBe('/sensor')
  expect((await put(weather)).json<WeatherShown>().version).toBe(1)
  expect((await put(weather)).status).toBe(428)
  const { periods } = (await get(`${PATH}/cost-figures?from=2026-02&to=2026-04`)).json<CostFigures>()
  expect(periods.map(({ degreeDays }) => degreeDays)).toMatchObject([
    // February has no costs, so nothing of it counts.
    {},
    // 31 days × 20; 1000 kWh × 500 ÷ 620.
    { actual: '620', normal: '500', from: 'sensor', missingDays: 0 },
    { actual: null, missingDays: 30 },
  ])
  expect(periods[1]?.usage[0]?.normalised).toBe('806.452')
})
