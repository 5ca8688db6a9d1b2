// The checks of a month through the API: each kind is found where it is, and not where it isn't; sentences in three languages.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Finding, MonthChecks } from '#contract/checks.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

let api: TestApi
let kunta = ''
beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T06:00:00Z') })
  await api.fill(twoHouses)
  kunta = await api.token('kunta', ['controller'])
})
afterEach(() => api.close())

const checks = async (period = '2026-03'): Promise<Finding[]> => {
  const answer = await api.request(kunta, 'GET', `/premises/talo/settlements/${period}/checks`)
  expect([answer.status, answer.text.slice(0, 400)]).toEqual([200, expect.anything()])
  return answer.json<MonthChecks>().findings
}
const found = async (code: string, period?: string): Promise<Finding[]> =>
  (await checks(period)).filter((finding) => finding.code === code)
const [agreement] = twoHouses.agreements ?? []
const [version] = agreement?.versions ?? []
const withVersion = (over: object): Bundle => ({
  agreements: [{ ...agreement!, versions: [{ ...version!, ...over }] }],
})
const hourly = (from: string, hours: number, value: (hour: number) => number): [string, string][] =>
  Array.from({ length: hours + 1 }, (_, hour) => [
    new Date(Date.parse(from) + hour * 3_600_000).toISOString(),
    String(value(hour)),
  ])

test('a month that is not over, and blocked items, hinder; each says why in three languages', async () => {
  const april = await checks('2026-04')
  expect(april.filter(({ severity }) => severity === 'hinders').map(({ code }) => code)).toEqual([
    'not-over',
    'blocked',
  ])
  const [, blocked] = april
  expect(blocked).toMatchObject({ items: ['metered:sahko'], figures: { reason: 'too-much-estimated' } })
  expect(blocked?.sentence.fi).toContain('Liian suuri osa kulutuksesta on arvioitu')
  expect(blocked?.sentence.sv).toContain('kan inte skickas')
  expect(blocked?.sentence.en).toContain('cannot be issued')
  expect((await checks()).filter(({ severity }) => severity === 'hinders')).toEqual([])
})

describe('unusual change', () => {
  const cleaning = (id: string, net: string, month: string, end: string) => ({
    ...twoHouses.invoices![0]!,
    id,
    net,
    serviceFrom: `${month}-01`,
    serviceTo: `${end}-01`,
  })
  test('is told by days: 280 € of 28 days is what 310 € of 31 is, and 30 % or 50 € are not passed by equals', async () => {
    const fill = (net: string): Promise<void> =>
      api.fill({
        invoices: [cleaning('siivous', net, '2026-03', '2026-04'), cleaning('helmi', '280.00', '2026-02', '2026-03')],
      })
    await fill('310.00')
    expect(await found('changed-category')).toEqual([])
    await fill('403.00')
    expect(await found('changed-category')).toEqual([])
    await fill('403.01')
    expect(await found('changed-category')).toMatchObject([
      {
        severity: 'warn',
        items: ['invoice:siivous'],
        figures: { category: 'cleaning', against: '2026-02', now: '403.01', expected: '310.00', difference: '93.01' },
      },
    ])
    expect((await found('changed-category'))[0]?.sentence.en).toContain('€403.01. Against February 2026 (€310.00')
  })

  test('below 50 € is nobody’s business, whatever the part', async () => {
    const small = [cleaning('siivous', '59.99', '2026-03', '2026-04'), cleaning('helmi', '9.03', '2026-02', '2026-03')]
    await api.fill({ invoices: small })
    expect(await found('changed-category')).toEqual([])
    await api.fill({ invoices: [{ ...small[0]!, net: '60.00' }] })
    expect(await found('changed-category')).toHaveLength(1)
  })

  test('of an item against the same month of last year', async () => {
    await api.fill({
      ...withVersion({ from: '2025-01-01' }),
      recurringCosts: [
        {
          id: 'vartiointi',
          premises: 'talo',
          category: 'security',
          amount: '300.00',
          vat: { category: 'E', rate: '0' },
          payer: 'kunta',
          from: '2025-01-01',
          to: null,
        },
      ],
      invoices: [
        { ...cleaning('lisa', '500.00', '2026-03', '2026-04'), category: 'security' },
        cleaning('viime', '100.00', '2025-03', '2025-04'),
      ],
    })
    const changed = await found('changed-category')
    expect(changed.map(({ severity, figures }) => [severity, figures['category'], figures['against']])).toEqual([
      ['warn', 'security', '2026-02'],
      ['warn', 'security', '2025-03'],
      // What cost nothing then is only noted.
      ['note', 'cleaning', '2026-02'],
      ['note', 'electricity', '2025-03'],
    ])
    expect(await found('changed-item')).toEqual([])
  })
})

describe('meters', () => {
  const energy = (values: [string, string][]): Bundle => ({
    readings: [{ device: 'mittari', point: 'energy', values }],
  })

  test('readings at both ends and none between: interpolated over days, which is only noted', async () => {
    expect(await found('no-reading-near-end')).toEqual([])
    expect(await found('interpolated')).toMatchObject([
      { severity: 'note', items: ['metered:sahko'], figures: { device: 'mittari', hours: '395', stretches: '2' } },
    ])
  })

  test('hour by hour nothing is told', async () => {
    await api.fill(energy(hourly('2026-02-28T22:00:00Z', 743, (hour) => 1000 + hour)))
    expect((await checks()).filter(({ code }) => code === 'interpolated' || code === 'no-reading-near-end')).toEqual([])
  })

  test('an end without a reading within a day of it', async () => {
    const late = await startApi({ now: Date.parse('2026-04-10T06:00:00Z') })
    try {
      const readings = [
        {
          device: 'mittari',
          point: 'energy',
          values: hourly('2026-02-20T22:00:00Z', 24 * 40, (hour) => 1000 + hour).filter(
            ([at]) => at < '2026-02-27T21:59:59Z' || (at > '2026-03-01T22:00:01Z' && at < '2026-03-30T20:59:59Z'),
          ),
        },
      ]
      await late.fill({ ...twoHouses, readings })
      const token = await late.token('kunta', ['controller'])
      const answer = await late.request(token, 'GET', '/premises/talo/settlements/2026-03/checks')
      const ends = answer.json<MonthChecks>().findings.filter(({ code }) => code === 'no-reading-near-end')
      expect(ends.map(({ figures }) => [figures['end'], figures['nearest']])).toEqual(
        [
          ['start', '2026-02-27T21:00:00.000Z'],
          ['end', '2026-03-30T20:00:00.000Z'],
        ].map(([end, nearest]) => [end, nearest]),
      )
    } finally {
      await late.close()
    }
  })
})

test('what is agreed of estimates: shown beyond it, or the month is not issued', async () => {
  const readings = [
    { device: 'mittari', point: 'energy', values: hourly('2026-02-28T22:00:00Z', 700, (h) => 1000 + h) },
  ]
  const sparse = await startApi({ now: Date.parse('2026-04-10T06:00:00Z') })
  try {
    await sparse.fill({ ...twoHouses, readings })
    const token = await sparse.token('kunta', ['controller'])
    const estimated = async (): Promise<string[]> =>
      (await sparse.request(token, 'GET', '/premises/talo/settlements/2026-03/checks'))
        .json<MonthChecks>()
        .findings.filter(({ code }) => code === 'estimated')
        .map(({ severity, figures }) => `${severity} ${figures['part'] ?? ''}`)
    const issue = (): Promise<Answer> => sparse.request(token, 'POST', '/premises/talo/settlements/2026-03/issue', {})
    expect(await estimated()).toEqual(['warn 0.0579'])
    await sparse.fill(withVersion({ terms: { estimates: { most: '0.1', beyond: 'block' } } }))
    expect(await estimated()).toEqual(['note 0.0579'])
    await sparse.fill(withVersion({ terms: { estimates: { most: '0.05', beyond: 'show' } } }))
    expect(await estimated()).toEqual(['warn 0.0579'])
    await sparse.fill(withVersion({ terms: { estimates: { most: '0.05', beyond: 'block' } } }))
    expect(await estimated()).toEqual(['hinders 0.0579'])
    const refused = await issue()
    expect([refused.status, refused.problem().detail]).toEqual([409, expect.stringContaining('metered:sahko')])
    await sparse.fill(withVersion({ terms: { estimates: { most: '0.05', beyond: 'show' } } }))
    expect((await issue()).status).toBe(200)
  } finally {
    await sparse.close()
  }
})

test('a remainder outside its agreed band, by meter before category before all', async () => {
  const meter = { device: 'mittari', point: 'energy' }
  const sub = { device: 'ala', point: 'energy' }
  const rules = [
    { category: 'electricity', method: { by: 'metered', meters: { virasto: [sub] }, remainder: { by: 'equal' } } },
    { category: '*', method: { by: 'equal' } },
  ]
  const agreed = (remainderBands: object[]): Bundle => withVersion({ rules, terms: { remainderBands } })
  await api.fill({
    devices: [{ id: 'ala', premises: 'talo', points: [{ key: 'energy', unit: 'kWh', kind: 'counter' }] }],
    readings: [
      {
        ...sub,
        values: [
          ['2026-03-01T00:00:00+02:00', '0'],
          ['2026-04-01T00:00:00+03:00', '700'],
        ],
      },
    ],
  })
  await api.fill(agreed([{ of: { category: '*' }, least: '0', most: '0.3' }]))
  expect(await found('remainder-outside-band')).toEqual([])
  await api.fill(agreed([{ of: { category: '*' }, least: '0', most: '0.2999' }]))
  expect(await found('remainder-outside-band')).toMatchObject([
    {
      items: ['metered:sahko'],
      figures: { device: 'mittari', quantity: '300', main: '1000', part: '0.3', to: '0.2999' },
    },
  ])
  const category = { of: { category: 'electricity' }, least: '0', most: '0.1' }
  await api.fill(agreed([category, { of: { meter }, least: '0', most: '0.5' }]))
  expect(await found('remainder-outside-band')).toEqual([])
})

test('vacant space whose landlord is no party', async () => {
  const house = twoHouses.premises![0]!
  const area = [{ category: '*', method: { by: 'area' } }]
  await api.fill({
    premises: [
      {
        ...house,
        landlord: 'muu',
        spaces: [
          ...(house.spaces ?? []),
          { id: 't-2', use: 'exclusive', areaM2: '30' },
          { id: 'k', use: 'common', areaM2: '9' },
        ],
        tenancies: [
          ...(house.tenancies ?? []),
          { space: 't-2', organisation: 'kunta', from: '2026-03-11', to: '2026-03-21' },
        ],
      },
    ],
    ...withVersion({ rules: area }),
  })
  expect(await found('vacant-without-landlord')).toMatchObject([
    { figures: { space: 't-2', days: '21', areaM2: '30', landlord: 'muu' } },
  ])
  await api.fill({
    premises: [{ ...house, spaces: [...(house.spaces ?? []), { id: 't-2', use: 'exclusive', areaM2: '30' }] }],
  })
  expect(await found('vacant-without-landlord')).toEqual([])
})

test('an invoice that came in each of three months, and not now', async () => {
  const water = (id: string, from: string, to: string) => ({
    ...twoHouses.invoices![0]!,
    id,
    category: 'water',
    supplier: 'Vesilaitos',
    serviceFrom: from,
    serviceTo: to,
  })
  await api.fill({
    ...withVersion({ from: '2025-01-01' }),
    invoices: [water('v1', '2025-12-01', '2026-01-01'), water('v2', '2026-01-01', '2026-03-01')],
  })
  expect(await found('invoice-missing')).toMatchObject([
    { figures: { category: 'water', supplier: 'Vesilaitos', last: 'v2' } },
  ])
  await api.fill({ invoices: [water('v3', '2026-03-15', '2026-03-16')] })
  expect(await found('invoice-missing')).toEqual([])
  expect(await found('invoice-missing', '2026-02')).toEqual([])
})

test('a missing price day is seen while the month still runs', async () => {
  api.clock.now = Date.parse('2026-03-20T10:00:00Z')
  const days = (from: number, to: number): [string, string, string][] =>
    Array.from({ length: (to - from) * 24 }, (_, hour) => [
      new Date(Date.parse('2026-02-28T22:00:00Z') + (from * 24 + hour) * 3_600_000).toISOString(),
      'PT1H',
      '40',
    ])
  await api.fill({
    priceSeries: [{ id: 'spot', unit: 'EUR/MWh', values: [...days(0, 4), ...days(6, 20)] }],
    tariffs: [
      {
        ...twoHouses.tariffs![0]!,
        versions: [
          { ...twoHouses.tariffs![0]!.versions[0]!, components: [{ id: 'spot', kind: 'spot', series: 'spot' }] },
        ],
      },
    ],
  })
  expect(await found('price-missing')).toMatchObject([
    { items: ['metered:sahko'], figures: { series: 'spot', days: '2', first: '2026-03-05', last: '2026-03-06' } },
  ])
  api.clock.now = Date.parse('2026-03-22T10:00:00Z')
  expect((await found('price-missing'))[0]?.figures).toMatchObject({ days: '4', last: '2026-03-22' })
})

describe("a supplier's invoice against the own metering", () => {
  const invoice = {
    meteredCost: 'sahko',
    serviceFrom: '2026-03-01',
    serviceTo: '2026-04-01',
    net: '131.00',
    fixed: '20.00',
    quantity: '1.05',
    unit: 'MWh',
    number: 'E-77',
    supplier: 'Energia Oy',
  }
  const put = (token: string, body: object = invoice, id = 'e77', headers = {}): Promise<Answer> =>
    api.request(token, 'PUT', `/premises/talo/supplier-invoices/${id}`, body, headers)

  test('is no cost; its difference is told in parts that add up', async () => {
    expect((await put(kunta)).status).toBe(200)
    const [finding] = await found('supplier-invoice')
    // Own 1,000 kWh at 0.10: volume 50 × 0.10, price 1,050 × (111/1,050 − 0.10), fixed 20.
    expect(finding).toMatchObject({
      severity: 'note',
      items: ['metered:sahko'],
      figures: { number: 'E-77', difference: '31.00', volume: '5.00', price: '6.00', timing: '0.00', fixed: '20.00' },
    })
    expect(finding?.sentence.sv).toContain('Leverantörens faktura E-77')
    const { items } = (await api.request(kunta, 'GET', '/premises/talo/settlements/2026-03')).json<{
      items: object[]
    }>()
    expect(items).toHaveLength(2)
  })

  test('of other days the timing is told by the own meter on those days', async () => {
    await put(kunta, { ...invoice, serviceTo: '2026-03-16', quantity: '500', unit: 'kWh', net: '50.00', fixed: '0.00' })
    const [finding] = await found('supplier-invoice')
    const parts = ['volume', 'price', 'timing', 'fixed'].map((part) => Math.round(Number(finding?.figures[part]) * 100))
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(Math.round(Number(finding?.figures['difference']) * 100))
    expect(parts[2]).toBeLessThan(0)
  })

  test('is refused with its place, to the wrong role and the wrong organisation; a change names its version', async () => {
    const refused = async (over: object): Promise<string | undefined> =>
      (await put(kunta, { ...invoice, ...over })).problem().problems?.[0]?.pointer
    expect(await refused({ meteredCost: 'muu' })).toBe('/meteredCost')
    expect(await refused({ net: '1.005' })).toBe('/net')
    expect(await refused({ unit: 'm3' })).toBe('/unit')
    expect((await put(await api.token('virasto', ['controller']))).status).toBe(403)
    expect(await refused({ serviceTo: '2026-03-01' })).toBe('/serviceTo')
    expect((await put(await api.token('kunta', ['viewer']))).status).toBe(403)
    expect((await put(await api.token('muu', ['controller']))).status).toBe(404)
    expect((await put(kunta)).headers['etag']).toBe('"v1"')
    expect((await put(kunta, { ...invoice, net: '130.00' })).status).toBe(428)
    expect((await put(kunta, { ...invoice, net: '130.00' }, 'e77', { 'if-match': '"v1"' })).status).toBe(200)
  })
})

test('the checks are for whose business the costs are', async () => {
  const path = '/premises/talo/settlements/2026-03/checks'
  expect((await api.request(await api.token('virasto', ['viewer']), 'GET', path)).status).toBe(200)
  expect((await api.request(await api.token('muu', ['controller', 'admin']), 'GET', path)).status).toBe(404)
  expect((await api.request(null, 'GET', path)).status).toBe(401)
})
