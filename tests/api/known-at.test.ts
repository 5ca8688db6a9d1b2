// Facts kept twice: what was so on a date, and what was known of it at an instant, for every dated fact; and why a month was adjusted.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AgreementRecorded } from '#contract/agreements.ts'
import type { DeviceRecorded } from '#contract/devices.ts'
import type { ExplanationAnswer } from '#contract/explanation.ts'
import type { PremisesRecorded } from '#contract/premises.ts'
import type { SettlementDetails } from '#contract/settlements.ts'
import type { PricesAnswer, TariffRecorded } from '#contract/tariffs.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

/** What was recorded first, and then, much later, with effect from the past. */
const FIRST = Date.parse('2026-04-01T08:00:00Z')
const LATER = Date.parse('2026-06-01T08:00:00Z')
const BEFORE = '2026-05-01T00:00:00Z'
const AFTER = '2026-06-02T00:00:00Z'
/** On the first date nothing changes backwards, on the second it does. */
const COMBINATIONS = [
  ['2026-02-15', BEFORE, 'old'],
  ['2026-02-15', AFTER, 'old'],
  ['2026-03-20', BEFORE, 'old'],
  ['2026-03-20', AFTER, 'new'],
] as const

let api: TestApi
let operator: string
const [talo, muu] = twoHouses.premises ?? []
const [mittari] = twoHouses.devices ?? []
const [tariff] = twoHouses.tariffs ?? []
const [sopimus] = twoHouses.agreements ?? []
const [siivous] = twoHouses.invoices ?? []
const get = (path: string): Promise<Answer> => api.request(operator, 'GET', path)

beforeEach(async () => {
  api = await startApi({ now: FIRST })
  operator = await api.token(null, ['admin', 'controller'])
  await api.fill(twoHouses)
})
afterEach(async () => {
  await api.close()
})
const later = async (bundle: Bundle): Promise<void> => {
  api.clock.now = LATER
  expect((await api.request(operator, 'POST', '/import', bundle)).status).toBe(200)
}

describe('effective in the past, recorded today', () => {
  test('tenancy', async () => {
    const tenancies = [
      { space: 't-1', organisation: 'virasto', from: '2026-01-01', to: '2026-03-10' },
      { space: 't-1', organisation: 'kunta', from: '2026-03-10', to: null },
    ]
    await later({ premises: [{ ...talo!, tenancies }] })
    for (const [at, knownAt, is] of COMBINATIONS) {
      const premises = (await get(`/premises/talo?at=${at}&knownAt=${knownAt}`)).json<PremisesRecorded>()
      expect(premises.tenancies?.map(({ organisation }) => organisation)).toEqual([is === 'old' ? 'virasto' : 'kunta'])
    }
  })

  test('area: it has no dates, so only the instant of knowing decides', async () => {
    await later({ premises: [{ ...talo!, spaces: [{ ...talo!.spaces![0]!, areaM2: '75' }] }] })
    const areaOf = async (knownAt: string): Promise<string | undefined> =>
      (await get(`/premises/talo?knownAt=${knownAt}`)).json<PremisesRecorded>().spaces?.[0]?.areaM2
    expect([await areaOf(BEFORE), await areaOf(AFTER)]).toEqual(['60', '75'])
  })

  test('ownership', async () => {
    const ownership = [
      { from: '2026-01-01', to: '2026-03-10', shares: { kunta: '2', virasto: '1' } },
      { from: '2026-03-10', to: null, shares: { kunta: '1', virasto: '3' } },
    ]
    await later({ devices: [{ ...mittari!, ownership }] })
    for (const [at, knownAt, is] of COMBINATIONS) {
      const { rolesAt } = (await get(`/devices/mittari?at=${at}&knownAt=${knownAt}`)).json<DeviceRecorded>()
      expect(rolesAt.find(({ organisation }) => organisation === 'virasto')?.share).toBe(
        is === 'old' ? '0.333333' : '0.75',
      )
    }
  })

  test('book value: on any date, past or to come, by the acquisition as it was known', async () => {
    const acquisition = {
      cost: '1000.00',
      residual: '100.00',
      date: '2026-01-15',
      usefulLifeMonths: 7,
      payer: 'kunta',
      vat: { category: 'O' as const, rate: '0' },
    }
    await api.fill({ devices: [{ ...mittari!, acquisition }] })
    await later({ devices: [{ ...mittari!, acquisition: { ...acquisition, cost: '1007.00' } }] })
    const valueOn = async (at: string, knownAt: string): Promise<string | null> =>
      (await get(`/devices/mittari?at=${at}&knownAt=${knownAt}`)).json<DeviceRecorded>().bookValue
    // 900.00 over seven months from February: 128.58 with the odd cent, then 128.57.
    expect(await valueOn('2026-01-14', BEFORE)).toBeNull()
    expect(await valueOn('2026-02-28', BEFORE)).toBe('1000.00')
    expect(await valueOn('2026-03-01', BEFORE)).toBe('871.42')
    expect(await valueOn('2026-07-01', BEFORE)).toBe('357.14')
    expect(await valueOn('2036-01-01', BEFORE)).toBe('100.00')
    expect(await valueOn('2026-03-01', AFTER)).toBe('877.42')
  })

  test('tariff', async () => {
    const [version] = tariff!.versions
    const versions = [
      { ...version!, to: '2026-03-10' },
      { ...version!, from: '2026-03-10', components: [{ id: 'energy', kind: 'energy' as const, price: '0.20' }] },
    ]
    await later({ tariffs: [{ ...tariff!, versions }] })
    for (const [at, knownAt, is] of COMBINATIONS) {
      const found = (await get(`/tariffs/sahko?at=${at}&knownAt=${knownAt}`)).json<TariffRecorded>()
      expect(found.versions.map(({ components: [component] }) => component)).toEqual([
        { id: 'energy', kind: 'energy', price: is === 'old' ? '0.10' : '0.20' },
      ])
    }
    expect((await get(`/tariffs/sahko?at=2025-12-31`)).json<TariffRecorded>().versions).toEqual([])
  })

  test('agreement: the version of the date, and whether it is in force then', async () => {
    const [version] = sopimus!.versions
    const versions = [
      { ...version!, to: '2026-03-10' },
      { ...version!, version: 2, from: '2026-03-10', rules: [{ category: '*', method: { by: 'equal' as const } }] },
    ]
    await later({ agreements: [{ ...sopimus!, versions }] })
    for (const [at, knownAt, is] of COMBINATIONS) {
      const found = (await get(`/agreements/sopimus?at=${at}&knownAt=${knownAt}`)).json<AgreementRecorded>()
      expect(found.states).toEqual([{ version: is === 'old' ? 1 : 2, missing: [], inForce: true }])
      expect(found.versions.map(({ rules: [rule] }) => rule?.method.by)).toEqual([is === 'old' ? 'fixed' : 'equal'])
    }
  })

  test('prices of a series', async () => {
    const series = (price: string): Bundle => ({
      priceSeries: [{ id: 'spot', unit: 'EUR/MWh', values: [['2026-03-20T00:00:00Z', 'PT1H', price]] }],
    })
    await api.fill(series('41.25'))
    await later(series('43'))
    const priceOf = async (knownAt: string): Promise<string | undefined> =>
      (
        await get(`/price-series/spot/prices?from=2026-03-20T00:00:00Z&to=2026-03-21T00:00:00Z&knownAt=${knownAt}`)
      ).json<PricesAnswer>().items[0]?.price
    expect([await priceOf(BEFORE), await priceOf(AFTER)]).toEqual(['41.25', '43'])
  })

  test('before anything was recorded there was nothing', async () => {
    for (const path of ['/premises/talo', '/devices/mittari', '/tariffs/sahko', '/agreements/sopimus'])
      expect((await get(`${path}?knownAt=2026-03-31T00:00:00Z`)).status, path).toBe(404)
    expect((await get('/tariffs/sahko?knownAt=2026-02-31T00:00:00Z')).status).toBe(400)
    expect((await get('/tariffs/sahko?at=2026-02-30')).status).toBe(400)
    expect((await get('/invoices/siivous?at=2026-03-01')).status).toBe(400)
  })
})

describe('a settlement as it was known', () => {
  const MARCH = '/premises/talo/settlements/2026-03'
  const shown = async (knownAt?: string): Promise<Settlement> =>
    (await get(knownAt === undefined ? MARCH : `${MARCH}?knownAt=${knownAt}`)).json<Settlement>()

  test('an open month: the draft by the facts, prices and readings of then', async () => {
    const then = await shown()
    await later({
      invoices: [{ ...siivous!, net: '300.00' }],
      readings: [{ device: 'mittari', point: 'energy', values: [['2026-04-01T00:00:00+03:00', '2500']] }],
    })
    const now = await shown()
    expect(now.items.map(({ net }) => net)).toEqual(['300.00', '150.00'])
    expect(await shown(BEFORE)).toEqual(then)
    expect(await shown(AFTER)).toEqual(now)
    expect((await get(`${MARCH}?knownAt=2026-03-31T00:00:00Z`)).status).toBe(404)
  })

  test('a frozen month: the draft before its issue, as issued after it, closed after the closing', async () => {
    const draft = await shown()
    api.clock.now = LATER
    await api.request(operator, 'POST', `${MARCH}/issue`, {})
    api.clock.now += 3_600_000
    await api.request(operator, 'POST', `${MARCH}/close`, { force: true, reason: 'tilinpäätös' })
    expect(await shown(BEFORE)).toEqual(draft)
    expect((await shown('2026-06-01T08:30:00Z')).status).toBe('issued')
    expect((await shown('2026-06-01T10:00:00Z')).status).toBe('closed')
  })
})

describe('an adjustment has its cause', () => {
  const APRIL = '/premises/talo/settlements/2026-04'
  const causesOf = async (item: string, path = APRIL) =>
    (await get(`${path}/explanations/${encodeURIComponent(item)}`)).json<ExplanationAnswer>().causes
  const april = ['2026-05-01T00:00:00+03:00', '2100'] as const
  const closeMarch = async (): Promise<void> => {
    await api.request(operator, 'POST', '/premises/talo/settlements/2026-03/close', { force: true, reason: 'x' })
  }

  test('a price, a late reading and a corrected one of a metered cost; nothing that has no bearing', async () => {
    await closeMarch()
    const [version] = tariff!.versions
    await later({
      premises: [{ ...talo!, tenancies: [], name: { fi: 'Uusi nimi' } }, muu!],
      tariffs: [
        {
          ...tariff!,
          versions: [{ ...version!, components: [{ id: 'energy', kind: 'energy', price: '0.12' }] }],
        },
      ],
      readings: [
        {
          device: 'mittari',
          point: 'energy',
          values: [['2026-03-20T00:00:00+02:00', '1600'], ['2026-04-01T00:00:00+03:00', '2050'], [...april]],
        },
      ],
    })
    const causes = await causesOf('adjustment:2026-03:metered:sahko')
    expect(causes?.counts).toEqual({ fact: 1, price: 0, usage: 0, reading: 2 })
    expect(causes?.since).toBe('2026-04-01T08:00:00.000Z')
    expect(causes?.until).toBeNull()
    expect(causes?.items).toEqual([
      {
        kind: 'fact',
        object: { kind: 'tariffs', id: 'sahko' },
        pointer: '/versions/0/components/0/price',
        before: '0.10',
        after: '0.12',
        recordedAt: '2026-06-01T08:00:00.000Z',
        recordedBy: expect.stringContaining('token'),
      },
      ...[
        ['/2026-03-19T22:00:00.000Z', null, '1600'],
        ['/2026-03-31T21:00:00.000Z', '2000', '2050'],
      ].map(([pointer, before, after]) => ({
        kind: 'reading',
        object: { kind: 'readings', id: 'mittari/energy' },
        pointer,
        before,
        after,
        recordedAt: '2026-06-01T08:00:00.000Z',
        recordedBy: null,
      })),
    ])
    const details = (await get(`${APRIL}/details`)).json<SettlementDetails>()
    expect(Object.keys(details.causes)).toEqual(['adjustment:2026-03:metered:sahko'])
    expect(details.causes['adjustment:2026-03:metered:sahko']).toEqual(causes)
  })

  test('an invoice that is corrected, one that is new, and a rule that was agreed backwards', async () => {
    await closeMarch()
    const [version] = sopimus!.versions
    await later({
      invoices: [
        { ...siivous!, net: '110.00', number: 'A-2' },
        { ...siivous!, id: 'lumityo', net: '50.00' },
      ],
      agreements: [
        {
          ...sopimus!,
          versions: [
            version!,
            { ...version!, version: 2, rules: [{ category: 'cleaning', method: { by: 'equal' } }, ...version!.rules] },
          ],
        },
      ],
      readings: [{ device: 'mittari', point: 'energy', values: [[...april]] }],
    })
    const corrected = await causesOf('adjustment:2026-03:invoice:siivous')
    expect(corrected?.items.map(({ object, pointer, before }) => [object.id, pointer, before])).toEqual([
      ['siivous', '/net', '100.00'],
      ['sopimus', '/versions/1', null],
    ])
    const added = await causesOf('adjustment:2026-03:invoice:lumityo')
    expect(added?.items.map(({ object, pointer, before }) => [object.id, pointer, before])).toContainEqual([
      'lumityo',
      '',
      null,
    ])
  })

  test('usage and spot prices that came later; each says when it was recorded', async () => {
    const spot = (price: string): Bundle => ({
      priceSeries: [
        {
          id: 'spot',
          unit: 'EUR/MWh',
          values: Array.from({ length: 32 }, (_, day) => [
            new Date(Date.UTC(2026, 1, 28 + day)).toISOString(),
            'PT24H',
            price,
          ]),
        },
      ],
    })
    const [version] = tariff!.versions
    await api.fill(spot('100'))
    await api.fill({
      tariffs: [
        { ...tariff!, versions: [{ ...version!, components: [{ id: 'spot', kind: 'spot', series: 'spot' }] }] },
      ],
      devices: [{ id: 'auto', premises: 'talo', type: 'vehicle' }],
      agreements: [
        {
          ...sopimus!,
          versions: [
            {
              ...sopimus!.versions[0]!,
              rules: [
                { category: 'cleaning', method: { by: 'usage', devices: ['auto'] } },
                ...sopimus!.versions[0]!.rules,
              ],
            },
          ],
        },
      ],
      usage: [{ device: 'auto', organisation: 'kunta', from: '2026-03-10T09:00:00Z', to: '2026-03-10T11:00:00Z' }],
    })
    await closeMarch()
    await later({
      priceSeries: [{ id: 'spot', unit: 'EUR/MWh', values: [['2026-03-05T00:00:00Z', 'PT24H', '300']] }],
      usage: [{ device: 'auto', organisation: 'virasto', from: '2026-03-12T09:00:00Z', to: '2026-03-12T12:00:00Z' }],
      readings: [{ device: 'mittari', point: 'energy', values: [[...april]] }],
    })
    const recordedAt = '2026-06-01T08:00:00.000Z'
    expect((await causesOf('adjustment:2026-03:metered:sahko'))?.items).toEqual([
      {
        kind: 'price',
        object: { kind: 'priceSeries', id: 'spot' },
        pointer: '/values/2026-03-05T00:00:00.000Z/PT24H',
        before: '100',
        after: '300',
        recordedAt,
        recordedBy: null,
      },
    ])
    expect((await causesOf('adjustment:2026-03:invoice:siivous'))?.items).toMatchObject([
      {
        kind: 'usage',
        object: { kind: 'usage', id: 'auto' },
        before: null,
        after: { organisation: 'virasto' },
        recordedAt,
      },
    ])
  })

  test('a second adjustment tells what changed since the first; a frozen one what was known when it was frozen', async () => {
    await closeMarch()
    await later({
      invoices: [{ ...siivous!, net: '110.00' }],
      readings: [{ device: 'mittari', point: 'energy', values: [[...april], ['2026-06-01T00:00:00+03:00', '2200']] }],
    })
    const item = 'adjustment:2026-03:invoice:siivous'
    api.clock.now += 1000
    expect((await api.request(operator, 'POST', `${APRIL}/close`, { force: true, reason: 'x' })).status).toBe(200)
    api.clock.now += 1000
    await api.request(operator, 'POST', '/import', { invoices: [{ ...siivous!, net: '111.00' }] })
    const may = await causesOf(item, '/premises/talo/settlements/2026-05')
    expect(may?.items.map(({ before, after }) => [before, after])).toEqual([['110.00', '111.00']])
    const frozen = await causesOf(item)
    expect(frozen?.items.map(({ before, after }) => [before, after])).toEqual([['100.00', '110.00']])
    expect(frozen?.until).toBe('2026-06-01T08:00:01.000Z')
  })

  test('a thousand late readings are counted, ten of them shown', async () => {
    await closeMarch()
    const start = Date.parse('2026-03-02T00:00:00Z')
    const values = Array.from({ length: 1000 }, (_, i): [string, string] => [
      new Date(start + i * 900_000).toISOString(),
      String(1010 + i / 4),
    ])
    await later({
      readings: [
        { device: 'mittari', point: 'energy', values: [...values, ['2026-04-01T00:00:00+03:00', '2001'], [...april]] },
      ],
    })
    const causes = await causesOf('adjustment:2026-03:metered:sahko')
    expect(causes?.counts.reading).toBe(1001)
    expect(causes?.items).toHaveLength(10)
  })
})
