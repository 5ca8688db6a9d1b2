// A bundle goes in whole or not at all, twice as once, and comes out as the same bytes.
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Bundle } from '#domain/registry/bundle.ts'
import { factsOfPremises } from '#domain/registry/facts-of-premises.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { edited } from './edit.ts'
import { exampleBundle } from './example-bundle.ts'
import { actor, closeStores, exported, imported, openStores } from './stores.ts'
import type { Stores } from './stores.ts'

const everything = { organisation: null }
const clock = { now: 1_000 }
let stores: Stores
beforeEach(() => {
  clock.now = 1_000
  stores = openStores(clock)
})
afterEach(() => closeStores(stores))

describe('import', () => {
  test('the same bundle twice changes nothing', async () => {
    expect(await imported(stores, exampleBundle())).toEqual({
      created: 17,
      changed: 0,
      unchanged: 0,
      readings: { stored: 5, duplicate: 0, superseded: 0 },
    })
    const before = await exported(stores)
    expect(await imported(stores, exampleBundle())).toEqual({
      created: 0,
      changed: 0,
      unchanged: 17,
      readings: { stored: 0, duplicate: 5, superseded: 0 },
    })
    expect(await exported(stores)).toBe(before)
  })

  test('with one problem nothing is stored, readings neither', async () => {
    const bundle = edited(exampleBundle(), '/invoices/0/payer', 'nobody')
    const result = await importBundle(bundle, { ...stores, now: 1, actor })
    expect(result).toEqual({
      ok: false,
      problems: [expect.objectContaining({ pointer: '/invoices/0/payer', code: 'unknown-id' })],
    })
    expect(await exported(stores)).toBe('{}\n')
    expect(stores.telemetry.state().readings).toBe(0)
    expect((await stores.records.audit(everything, { limit: 10 })).items).toEqual([])
  })

  test('of several values of one instant the last listed stands, in one bundle and over bundles', async () => {
    const values = (...values: string[]): Bundle => ({
      readings: [
        { device: 'em-main', point: 'energy', values: values.map((value) => ['2026-03-05T00:00:00Z', value]) },
      ],
    })
    await imported(stores, exampleBundle())
    expect((await imported(stores, values('1', '2'))).readings).toEqual({ stored: 1, duplicate: 0, superseded: 0 })
    expect((await imported(stores, values('1', '2'))).readings).toEqual({ stored: 0, duplicate: 1, superseded: 0 })
    expect((await imported(stores, values('3'))).readings).toMatchObject({ superseded: 1 })
    expect(await exported(stores)).toContain('["2026-03-05T00:00:00.000Z","3"]')
  })

  test('decimals that no float carries stay exact', async () => {
    const digits = '12345678.123456789012'
    await imported(stores, edited(exampleBundle(), '/readings/0/values/0/1', digits))
    const series = stores.telemetry.findSeries('em-main', 'energy')!
    const readings = await stores.telemetry.readings(series, 0, Date.UTC(2100, 0, 1), 10)
    expect(readings.map((reading) => reading.value)).toEqual([{ decimal: digits }, 10240.25])
    expect(readings.map(({ quality, receivedAt, simulated }) => [quality, receivedAt, simulated])).toEqual([
      ['measured', 1_000, false],
      ['measured', 1_000, false],
    ])
  })

  test('readings of a simulated device are marked', async () => {
    await imported(stores, edited(exampleBundle(), '/devices/0/simulated', true))
    const [latest] = await stores.telemetry.latest([stores.telemetry.findSeries('em-main', 'energy')!])
    expect(latest?.simulated).toBe(true)
  })

  test('a bundle is checked against what is stored, also far away', async () => {
    await imported(stores, exampleBundle())
    const refused = async (bundle: Bundle) => {
      const result = await importBundle(bundle, { ...stores, now: 2, actor })
      return result.ok ? [] : result.problems.map(({ pointer, code }) => `${pointer} ${code}`)
    }
    const [sub] = exampleBundle().devices!.slice(1)
    expect(await refused({ devices: [{ ...sub!, points: [{ key: 'energy', unit: 'l', kind: 'counter' }] }] })).toEqual([
      '/devices/0 unit-family',
    ])
    const house = edited({ premises: [exampleBundle().premises![0]!] }, '/premises/0/spaces/0/id', 'k7')
    expect(await refused(edited(house, '/premises/0/tenancies', []))).toEqual(['/premises/0 unknown-id'])
    expect(await refused({ priceSeries: [{ id: 'spot', unit: 'EUR/m3' }] })).toEqual(['/priceSeries/0 unit-family'])
    const [agreement] = exampleBundle().agreements!
    expect(await refused({ agreements: [{ ...agreement!, id: 'other' }] })).toEqual([
      '/agreements/0/versions/0 overlap',
    ])
    const town = { ...exampleBundle().organisations![0]!, successor: { organisation: 'police', from: '2027-01-01' } }
    expect(await refused({ organisations: [town] })).toEqual([])
    const police = { ...exampleBundle().organisations![1]!, successor: { organisation: 'town', from: '2027-01-01' } }
    expect(await refused({ organisations: [police] })).toEqual([
      '/organisations/0/successor/organisation successor-cycle',
    ])
  })

  test('a large bundle is checked with pauses', async () => {
    let pauses = 0
    const values = Array.from({ length: 50_000 }, (_, i): [string, number] => [new Date(i * 60_000).toISOString(), i])
    const bundle = { ...exampleBundle(), readings: [{ device: 'em-main', point: 'energy', values }] }
    const pause = async () => void (pauses += 1)
    const result = await importBundle(bundle, { ...stores, now: 1, actor, pause })
    expect(result).toMatchObject({ ok: true, counts: { readings: { stored: 50_000 } } })
    expect(pauses).toBe(10)
  })

  test('imports at the same time follow each other: of two that exclude each other one is refused', async () => {
    await imported(stores, { ...exampleBundle(), agreements: [] })
    const [agreement] = exampleBundle().agreements!
    const tries = ['one', 'two'].map((id) =>
      importBundle({ agreements: [{ ...agreement!, id }] }, { ...stores, now: 2, actor }),
    )
    expect((await Promise.all(tries)).map((result) => result.ok)).toEqual([true, false])
  })

  test('expected versions: a change that rests on an older one is refused', async () => {
    await imported(stores, exampleBundle())
    const bundle = { organisations: [{ id: 'kela', name: { fi: 'Kansaneläkelaitos' } }] }
    const change = (version: number) =>
      importBundle(bundle, {
        ...stores,
        now: 2,
        actor,
        action: 'organisation.put',
        expectedVersions: new Map([['organisations/kela', version]]),
      })
    await expect(change(7)).rejects.toEqual(expect.objectContaining({ code: 'changed-meanwhile' }))
    expect(await change(1)).toMatchObject({ ok: true, counts: { changed: 1 } })
    expect((await stores.records.audit(everything, { limit: 1 })).items[0]).toMatchObject({
      action: 'organisation.put',
      id: 'kela',
    })
  })
})

describe('export', () => {
  test('export, import, export: the same bytes', async () => {
    await imported(stores, exampleBundle())
    const first = await exported(stores)
    const others = openStores()
    await imported(others, JSON.parse(first) as Bundle)
    expect(await exported(others)).toBe(first)
    await closeStores(others)
  })

  test('one premises takes along what it needs and nothing else', async () => {
    await imported(stores, exampleBundle())
    const one = JSON.parse(await exported(stores, { premises: 'house' })) as Bundle
    const ids = Object.fromEntries(
      Object.entries(one).map(([kind, list]) => [kind, list.map((one) => ('id' in one ? one.id : one.device))]),
    )
    expect(ids).toEqual({
      organisations: ['kela', 'police', 'town'],
      premises: ['garage', 'house'],
      devices: ['em-main', 'em-sub', 'wm'],
      priceSeries: ['spot'],
      tariffs: ['el'],
      agreements: ['house-2026'],
      meteredCosts: ['el-main'],
      recurringCosts: ['guarding'],
      invoices: ['inv-1'],
      usage: ['em-main'],
      readings: ['em-main', 'em-main', 'em-main', 'em-main'],
    })
    const garage = JSON.parse(await exported(stores, { premises: 'garage' })) as Bundle
    expect(Object.keys(garage)).toEqual(['organisations', 'premises', 'devices'])
    const others = openStores()
    await imported(others, one)
    expect(await exported(others, { premises: 'house' })).toBe(await exported(stores, { premises: 'house' }))
    await closeStores(others)
  })

  test('S08: an organisation exports what it sees; other premises are not there', async () => {
    await imported(stores, exampleBundle())
    expect(await exported(stores, { premises: 'garage', scope: { organisation: 'police' } })).toBe('{}\n')
    const all = JSON.parse(await exported(stores, { scope: { organisation: 'police' } })) as Bundle
    expect(all.premises?.map((premises) => premises.id)).toEqual(['house'])
    expect(all.devices?.map((device) => device.id)).toEqual(['em-main', 'wm'])
    expect(all.tariffs?.map((tariff) => tariff.id)).toEqual(['el'])
    expect(all.readings?.every((rows) => rows.device === 'em-main')).toBe(true)
  })

  test('what was known at an instant', async () => {
    await imported(stores, exampleBundle())
    const before = await exported(stores)
    clock.now = 5_000
    await imported(stores, edited(exampleBundle(), '/invoices/0/net', '99.00'))
    expect(await exported(stores, { knownAt: 4_999 })).toBe(before)
    expect((await factsOfPremises(stores.records, 'house', { knownAt: 4_999 }))?.invoices?.[0]?.net).toBe('1234.57')
    expect((await factsOfPremises(stores.records, 'house'))?.invoices?.[0]?.net).toBe('99.00')
    expect(await factsOfPremises(stores.records, 'house', { knownAt: 999 })).toBeNull()
    expect(await factsOfPremises(stores.records, 'nowhere')).toBeNull()
  })

  test('prices and usage of a range only', async () => {
    await imported(stores, exampleBundle())
    const march = { from: Date.parse('2026-03-01T00:00:00+02:00'), to: Date.parse('2026-04-01T00:00:00+03:00') }
    const facts = await factsOfPremises(stores.records, 'house', { range: march })
    expect([facts?.priceSeries?.[0]?.values?.length, facts?.usage?.length]).toEqual([1, 1])
    const later = await factsOfPremises(stores.records, 'house', { range: { from: march.to, to: march.to + 1 } })
    expect([later?.priceSeries?.[0]?.values, later?.usage]).toEqual([undefined, []])
  })

  test('values that no bundle could bring back are left out, so that every export can be imported', async () => {
    await imported(stores, exampleBundle())
    const series = stores.telemetry.seriesOf('em-main', 'quarter')
    const at = Date.parse('2026-03-02T00:00:00Z')
    stores.telemetry.add(series, at + 1, 1, 'measured', at, false)
    stores.telemetry.add(series, at + 900_000, -1, 'suspect', at, false)
    stores.telemetry.add(series, at + 1_800_000, 'faulty', 'suspect', at, false)
    await stores.telemetry.commit()
    const rows = (JSON.parse(await exported(stores)) as Bundle).readings?.find((rows) => rows.point === 'quarter')
    expect(rows?.values).toEqual([['2026-02-28T22:15:00.000Z', '0.5']])
  })
})

describe('any bundle', () => {
  const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.nat(12)).map(([digits, scale]) => {
    const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
    return `${digits < 0n ? '-' : ''}${text.slice(0, text.length - scale)}${scale > 0 ? `.${text.slice(-scale)}` : ''}`
  })
  const instant = fc.integer({ min: 0, max: 4_000_000 }).map((quarter) => new Date(quarter * 900_000).toISOString())
  const value = fc.oneof(
    decimal,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.string({ maxLength: 20 }),
  )
  const anyBundle = fc.record({
    names: fc.array(fc.record({ fi: fc.string({ minLength: 1 }).filter((text) => text.trim() !== '') }), {
      minLength: 1,
      maxLength: 4,
    }),
    prices: fc.array(fc.tuple(instant, fc.constantFrom('PT15M', 'PT1H', 'PT60M'), fc.oneof(decimal, fc.integer())), {
      maxLength: 8,
    }),
    usage: fc.array(fc.tuple(instant, fc.integer({ min: 1, max: 1_000_000 })), { maxLength: 5 }),
    readings: fc.array(fc.tuple(instant, value), { maxLength: 12 }),
    states: fc.array(fc.tuple(instant, value), { maxLength: 5 }),
    counters: fc.array(
      fc.tuple(instant, fc.oneof(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.nat().map(String))),
      { maxLength: 12 },
    ),
  })
  const bundleOf = (facts: typeof anyBundle extends fc.Arbitrary<infer T> ? T : never): Bundle => ({
    organisations: facts.names.map((name, i) => ({ id: `o${i}`, name })),
    premises: [{ id: 'p', name: { fi: 'P' }, timeZone: 'Europe/Helsinki', landlord: 'o0' }],
    devices: [
      {
        id: 'd',
        premises: 'p',
        points: [{ key: 'counter', kind: 'counter', unit: 'kWh' }, { key: 'any' }, { key: 'state', kind: 'state' }],
      },
    ],
    priceSeries: [{ id: 's', unit: 'EUR/MWh', values: facts.prices }],
    usage: facts.usage.map(([from, length]) => ({
      device: 'd',
      organisation: 'o0',
      from,
      to: new Date(Date.parse(from) + length).toISOString(),
    })),
    readings: [
      { device: 'd', point: 'any', values: facts.readings },
      { device: 'd', point: 'state', values: facts.states },
      { device: 'd', point: 'counter', values: facts.counters },
    ],
  })

  test('export → import → export is byte-identical, and importing its own export changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyBundle, async (facts) => {
        const [a, b] = [openStores(), openStores()]
        await imported(a, bundleOf(facts))
        const first = await exported(a)
        await imported(b, JSON.parse(first) as Bundle)
        expect(await exported(b)).toBe(first)
        const again = await imported(a, JSON.parse(first) as Bundle)
        expect([again.created, again.changed, again.readings.stored, again.readings.superseded]).toEqual([0, 0, 0, 0])
        await closeStores(a)
        await closeStores(b)
      }),
      { numRuns: 60 },
    )
  })

  test('the order of the lists changes nothing', async () => {
    const lists = Object.entries(exampleBundle()) as [string, unknown[]][]
    await imported(stores, exampleBundle())
    const expected = await exported(stores)
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(lists, { minLength: lists.length }),
        fc.infiniteStream(fc.nat()),
        async (shuffled, random) => {
          const order = (list: unknown[]) =>
            list
              .map((one) => ({ one, key: random.next().value as number }))
              .toSorted((a, b) => a.key - b.key)
              .map(({ one }) => one)
          const other = openStores()
          await imported(other, Object.fromEntries(shuffled.map(([name, list]) => [name, order(list)])) as Bundle)
          expect(await exported(other)).toBe(expected)
          await closeStores(other)
        },
      ),
      { numRuns: 15 },
    )
  })
})
