// Time series through the API: buckets, newest values, consumption over a clock change, streams, superseded values.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  ConsumptionAnswer,
  LatestAnswer,
  SeriesAnswer,
  SeriesColumnsAnswer,
  SupersededAnswer,
} from '#contract/series.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { csvField } from '#api/routes/series.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let api: TestApi
let viewer: string
const HOUR_MS = 3_600_000
beforeAll(async () => {
  api = await startApi({ now: Date.parse('2026-04-02T00:00:00Z') })
  const operator = await api.token(null, ['admin'])
  viewer = await api.token('virasto', ['viewer'])
  const device: Device = {
    id: 'tila',
    premises: 'talo',
    points: [
      { key: 'state', kind: 'state' },
      { key: 'varttimittari', kind: 'interval', interval: 'PT1H', unit: 'kWh' },
      { key: 'pulssit', kind: 'counter', unit: 'm3', multiplier: '0.001' },
    ],
  }
  await api.fill(twoHouses)
  const hours = Array.from({ length: 23 }, (_, i): [string, string] => [
    new Date(Date.parse('2026-03-29T00:00:00+02:00') + i * HOUR_MS).toISOString(),
    '2',
  ])
  await api.fill({
    devices: [device],
    readings: [
      {
        device: 'tila',
        point: 'state',
        values: [
          ['2026-03-10T00:00:00Z', '=SUM(A1)'],
          ['2026-03-10T00:01:00Z', 'on, "really"'],
        ],
      },
      { device: 'tila', point: 'varttimittari', values: hours },
      { device: 'tila', point: 'pulssit', values: [['2026-03-10T00:00:00Z', '8835']] },
    ],
  })
  api.clock.now += 1000
  await api.request(operator, 'POST', '/import', {
    readings: [{ device: 'mittari', point: 'energy', values: [['2026-03-15T12:00:00+02:00', '1501.5']] }],
  })
})
afterAll(async () => {
  await api.close()
})
const get = async <T>(path: string): Promise<T> => {
  const answer = await api.request(viewer, 'GET', path)
  expect([answer.status, answer.text]).toEqual([200, answer.text])
  return answer.json<T>()
}

describe('buckets', () => {
  test('as columns are the same buckets', async () => {
    const asked = 'points=mittari/energy,tila:state,mittari/ei-ole&from=2026-02-28T22:00:00Z&to=2026-03-31T21:00:00Z'
    const { series } = await get<SeriesAnswer>(`/series?${asked}&buckets=31`)
    const columns = await get<SeriesColumnsAnswer>(`/series/columns?${asked}&buckets=31`)
    expect(columns.edges).toEqual([
      ...(series[0]?.buckets ?? []).map(({ from }) => from),
      series[0]?.buckets.at(-1)?.to,
    ])
    expect(columns.series).toEqual(
      series.map(({ buckets, ...shown }) => ({
        ...shown,
        min: buckets.map(({ min }) => min),
        max: buckets.map(({ max }) => max),
        mean: buckets.map(({ mean }) => mean),
        count: buckets.map(({ count }) => count),
        quality: buckets.map(({ quality }) => quality),
        simulated: buckets.map(({ simulated }) => simulated),
      })),
    )
  })
  test('tile the time without gap; a gap in the data is null and never zero', async () => {
    const answer = await get<SeriesAnswer>(
      '/series?points=mittari/energy,tila:state,mittari/ei-ole&from=2026-02-28T22:00:00Z&to=2026-03-31T21:00:00Z&buckets=31',
    )
    expect(answer.series.map(({ device, point, unit, kind }) => [device, point, unit, kind])).toEqual([
      ['mittari', 'energy', 'kWh', 'counter'],
      ['tila', 'state', null, 'state'],
      ['mittari', 'ei-ole', null, null],
    ])
    for (const { buckets } of answer.series) {
      expect(buckets).toHaveLength(31)
      expect(buckets[0]?.from).toBe('2026-02-28T22:00:00.000Z')
      expect(buckets.at(-1)?.to).toBe('2026-03-31T21:00:00.000Z')
      for (let i = 1; i < buckets.length; i++) expect(buckets[i]?.from).toBe(buckets[i - 1]?.to)
    }
    const energy = answer.series[0]?.buckets ?? []
    expect(energy[0]).toMatchObject({
      first: 1000,
      last: 1000,
      mean: 1000,
      count: 1,
      quality: 'measured',
      simulated: false,
    })
    expect(energy[1]).toMatchObject({
      min: null,
      max: null,
      mean: null,
      first: null,
      last: null,
      count: 0,
      quality: null,
    })
    expect(energy.reduce((sum, { count }) => sum + count, 0)).toBe(2)
  })

  test('more buckets than milliseconds are as many as there are', async () => {
    const answer = await get<SeriesAnswer>(
      '/series?points=mittari/energy&from=2026-03-01T00:00:00.000Z&to=2026-03-01T00:00:00.005Z&buckets=2000',
    )
    expect(answer.series[0]?.buckets).toHaveLength(5)
  })
})

describe('newest values', () => {
  test('of points and of a premises, with unit and instants', async () => {
    const [power] = (await get<LatestAnswer>('/latest?points=mittari/power')).items
    expect(power).toMatchObject({
      device: 'mittari',
      point: 'power',
      unit: 'kW',
      value: 4.5,
      at: '2026-03-31T20:55:00.000Z',
      quality: 'measured',
    })
    expect(power).not.toHaveProperty('multiplier')
    const [pulses] = (await get<LatestAnswer>('/latest?points=tila/pulssit')).items
    expect(pulses).toMatchObject({ value: 8835, unit: 'm3', multiplier: '0.001' })
    const all = (await get<LatestAnswer>('/latest?premises=talo')).items
    expect(all.map(({ device, point }) => `${device}/${point}`).sort()).toEqual([
      'mittari/energy',
      'mittari/power',
      'tila/pulssit',
      'tila/state',
      'tila/varttimittari',
    ])
  })
})

describe('consumption', () => {
  test('a day of the clock change has 23 hours, and hours and day agree', async () => {
    const day = await get<ConsumptionAnswer>(
      '/consumption?points=tila/varttimittari&from=2026-03-29&to=2026-03-30&step=P1D',
    )
    expect(day).toMatchObject({
      timeZone: 'Europe/Helsinki',
      series: [
        {
          unit: 'kWh',
          steps: [{ from: '2026-03-28T22:00:00.000Z', to: '2026-03-29T21:00:00.000Z', quantity: '46', estimated: '0' }],
        },
      ],
    })
    const hours = await get<ConsumptionAnswer>(
      '/consumption?points=tila/varttimittari&from=2026-03-29&to=2026-03-30&step=PT1H',
    )
    expect(hours.series[0]?.steps).toHaveLength(23)
    expect(new Set(hours.series[0]?.steps.map(({ quantity }) => quantity))).toEqual(new Set(['2']))
  })

  test('months of a counter are those of the settlement; what has not begun is not known', async () => {
    const { series } = await get<ConsumptionAnswer>(
      '/consumption?points=mittari/energy&from=2026-02-01&to=2026-06-01&step=P1M',
    )
    expect(
      series[0]?.steps.map(({ from, quantity }) => [
        from.slice(0, 10),
        quantity === null ? null : Number(quantity) > 0,
      ]),
    ).toEqual([
      ['2026-01-31', null],
      ['2026-02-28', true],
      ['2026-03-31', true],
      ['2026-04-30', null],
    ])
    expect(series[0]?.steps[1]).toMatchObject({ quantity: '1000', estimated: '0' })
    expect(series[0]?.steps[2]?.estimated).toBe('1')
  })
})

describe('raw readings', () => {
  const range = 'from=2026-03-01T00:00:00Z&to=2026-04-02T00:00:00Z'
  test('as NDJSON', async () => {
    const answer = await api.request(viewer, 'GET', `/readings?point=mittari/energy&${range}`)
    expect(answer.headers['content-type']).toContain('application/x-ndjson')
    const lines = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { at: string; value: number })
    expect(lines.map(({ at, value }) => [at, value])).toEqual([
      ['2026-03-15T10:00:00.000Z', 1501.5],
      ['2026-03-31T21:00:00.000Z', 2000],
    ])
  })

  test('S35: as CSV; what a spreadsheet would take for a formula is text', async () => {
    const answer = await api.request(viewer, 'GET', `/readings?point=tila/state&${range}&format=csv`)
    expect(answer.headers['content-type']).toContain('text/csv')
    expect(answer.headers['content-disposition']).toBe('attachment; filename="tila-state.csv"')
    const [head, ...lines] = answer.text.trimEnd().split('\n')
    expect(head).toBe('at,value,quality,simulated,receivedAt')
    expect(lines[0]).toContain(",'=SUM(A1),measured,false,")
    expect(lines[1]).toContain(',"on, ""really""",measured,')
    expect(['+1', '-1', '@x', '\tx', 'x', -1].map(csvField)).toEqual(["'+1", "'-1", "'@x", "'\tx", 'x', '-1'])
  })

  test('a point that has none gives an empty stream', async () => {
    expect((await api.request(viewer, 'GET', `/readings?point=mittari/ei-ole&${range}`)).text).toBe('')
  })

  test('what a later value replaced is kept and shown', async () => {
    const { items } = await get<SupersededAnswer>(`/superseded?point=mittari/energy&${range}`)
    expect(items).toMatchObject([
      {
        at: '2026-03-15T10:00:00.000Z',
        value: 1500.5,
        receivedAt: '2026-04-02T00:00:00.000Z',
        supersededAt: '2026-04-02T00:00:01.000Z',
      },
    ])
  })
})
