// Tariff components over dated versions and segments, on counters whose every quarter is known.
import { describe, expect, test } from 'vitest'
import type { Bundle, TariffComponent, TariffVersion } from '#domain/registry/bundle.ts'
import { counters, items, meteredCost, premises, settled, tariff, version, PER_KWH, EQUAL } from './build.ts'

/** 1 kWh in every quarter of April: 2,880. */
const steady = counters({ m: '2880' })
const net = (components: TariffComponent[], ...more: Bundle[]): string | null =>
  settled([premises(), steady, { tariffs: [tariff(components)], meteredCosts: [meteredCost('el', 'm')] }, ...more])
    .items[0]!.net

describe('energy', () => {
  const when = (of: NonNullable<(TariffComponent & { kind: 'energy' })['when']>): string | null =>
    net([{ id: 'e', kind: 'energy', price: '1', when: of }])
  test('clock times, days and months', () => {
    expect(when({ from: '07:00', to: '22:00' })).toBe('1800.00')
    expect(when({ from: '22:00', to: '07:00' })).toBe('1080.00')
    expect(when({ from: '22:00', to: '00:00' })).toBe('240.00')
    expect(when({ from: '09:15', to: '09:15' })).toBe('2880.00')
    expect(when({ days: [1] })).toBe('384.00')
    // April 2026: five Thursdays, and what comes after midnight belongs to the day on which it falls.
    expect(when({ days: [4], from: '23:45', to: '00:30' })).toBe('15.00')
    expect(when({ months: [4] })).toBe('2880.00')
    expect(when({ months: [3, 5] })).toBe('0.00')
    expect(when({})).toBe('2880.00')
  })
  test('a price of twelve decimals is exact, the sum is rounded once', () => {
    expect(
      net([
        { id: 'e', kind: 'energy', price: '0.000001736111' },
        { id: 'f', kind: 'energy', price: '0.000000000001' },
      ]),
    ).toBe('0.01')
    expect(net([{ id: 'e', kind: 'energy', price: '0.000001736111' }])).toBe('0.00')
    expect(net([{ id: 'e', kind: 'energy', price: '-0.5' }])).toBe('-1440.00')
  })
})

describe('spot', () => {
  const hours = (price: (hour: number) => string, unit = 'EUR/MWh', interval = 'PT1H'): Bundle => ({
    priceSeries: [
      {
        id: 's',
        unit,
        values: Array.from({ length: 720 }, (_, h) => [
          new Date(Date.UTC(2026, 2, 31, 21 + h)).toISOString(),
          interval,
          price(h),
        ]),
      },
    ],
  })
  const spot = (more: Partial<TariffComponent & { kind: 'spot' }> = {}): TariffComponent[] => [
    { id: 'x', kind: 'spot', series: 's', ...more },
  ]
  test('unit, factor and margin', () => {
    expect(
      net(
        spot(),
        hours(() => '100'),
      ),
    ).toBe('288.00')
    expect(
      net(
        spot({ factor: '1.1', margin: '0.01' }),
        hours(() => '100'),
      ),
    ).toBe('345.60')
    expect(
      net(
        spot(),
        hours(() => '0.1', 'EUR/kWh'),
      ),
    ).toBe('288.00')
    expect(
      net(
        spot(),
        hours((h) => (h < 360 ? '-100' : '100.5'), 'EUR/MWh'),
      ),
    ).toBe('0.72')
  })
  test('the shortest interval, the later listed of two for the same', () => {
    const base = hours(() => '0')
    const at = '2026-04-10T12:00:00+03:00'
    const add = (interval: string, price: string): Bundle => ({
      priceSeries: [{ id: 's', unit: 'EUR/MWh', values: [[at, interval, price]] }],
    })
    expect(net(spot(), base, add('PT15M', '1000'))).toBe('1.00')
    expect(net(spot(), add('PT15M', '1000'), base)).toBe('1.00')
    expect(net(spot(), base, add('PT1H', '1000'))).toBe('4.00')
    expect(net(spot(), base, add('PT1H', '1000'), add('PT30M', '500'), add('PT4H', '7777'))).toBe('3.00')
  })
  test('of two intervals of one length the one that starts later counts', () => {
    const base = hours(() => '0')
    const late: Bundle = {
      priceSeries: [{ id: 's', unit: 'EUR/MWh', values: [['2026-04-10T12:30:00+03:00', 'PT1H', '1000']] }],
    }
    expect(net(spot(), base, late)).toBe('2.00')
    expect(net(spot(), late, base)).toBe('2.00')
  })
  test('one quarter without a price blocks, and so does a series that has none', () => {
    const values = (hours(() => '1').priceSeries![0]!.values ?? []).slice(0, -1)
    const bundle = (of: typeof values): Bundle[] => [
      premises(),
      steady,
      {
        priceSeries: [{ id: 's', unit: 'EUR/MWh', values: of }],
        tariffs: [tariff(spot())],
        meteredCosts: [meteredCost('el', 'm')],
      },
    ]
    expect(items(bundle(values))).toEqual({ 'metered:el': 'null: no-price' })
    const rest: typeof values = [0, 15, 30].map((minute) => [
      `2026-04-30T23:${String(minute).padStart(2, '0')}:00+03:00`,
      'PT15M',
      '1',
    ])
    expect(items(bundle([...values, ...rest]))).toEqual({ 'metered:el': 'null: no-price' })
    expect(settled(bundle([...values, ...rest, ['2026-04-30T23:45:00+03:00', 'PT15M', '1']])).items[0]!.net).toBe(
      '2.88',
    )
  })
})

describe('stepped, peak, fixed', () => {
  test('steps are not made smaller for part months, and end open', () => {
    const steps: TariffComponent[] = [
      {
        id: 's',
        kind: 'stepped',
        steps: [{ upTo: '96', price: '1' }, { upTo: '96.5', price: '10' }, { price: '100' }],
      },
    ]
    const part = { meteredCosts: [meteredCost('el', 'm', { from: '2026-04-30' })] }
    expect(net(steps, part)).toBe('96.00')
    expect(net(steps, { meteredCosts: [meteredCost('el', 'm', { from: '2026-04-29' })] })).toBe('9651.00')
  })
  test('peak: the minimum, the hour of all days, other units, part months', () => {
    const peak = (minimum?: string): TariffComponent[] => [
      { id: 'p', kind: 'peak', price: '3', ...(minimum === undefined ? {} : { minimum }) },
    ]
    expect(net(peak())).toBe('12.00')
    expect(net(peak('8'))).toBe('24.00')
    expect(net(peak('4'), { meteredCosts: [meteredCost('el', 'm', { to: '2026-04-11' })] })).toBe('4.00')
    const wh = counters({ w: '2880000' }, 'Wh')
    const inMwh = { tariffs: [tariff(peak(), {}, 'MWh')], meteredCosts: [meteredCost('el', 'w')] }
    expect(settled([premises(), wh, inMwh]).items[0]!.net).toBe('12.00')
  })
  test('the hour that autumn repeats is two hours', () => {
    const readings: Bundle = {
      devices: [
        { id: 'q', premises: 'talo', points: [{ key: 'e', kind: 'interval', interval: 'PT15M', unit: 'kWh' }] },
      ],
      readings: [
        {
          device: 'q',
          point: 'e',
          values: Array.from({ length: 745 * 4 }, (_, i) => {
            const at = Date.UTC(2026, 8, 30, 21) + i * 900_000
            // 03:00–04:00, both times.
            const night = at >= Date.UTC(2026, 9, 25, 0) && at < Date.UTC(2026, 9, 25, 2)
            return [new Date(at).toISOString(), night ? '2' : '1'] as [string, string]
          }),
        },
      ],
    }
    const bundle = {
      tariffs: [tariff([{ id: 'p', kind: 'peak', price: '1' }])],
      meteredCosts: [meteredCost('el', 'q')],
    }
    expect(settled([premises(), readings, bundle], '2026-10').items[0]!.net).toBe('8.00')
  })
  test('a water tariff', () => {
    const water = counters({ w: '2880' }, 'l')
    const bundle = {
      tariffs: [tariff([...PER_KWH, { id: 'f', kind: 'fixed', amount: '10' }], {}, 'm3')],
      meteredCosts: [meteredCost('v', 'w')],
    }
    expect(settled([premises(), water, bundle]).items[0]!.net).toBe('12.88')
  })
})

describe('versions and segments', () => {
  const v = (from: string, to: string | null, components: TariffComponent[], rate = '25.5'): TariffVersion => ({
    from,
    to,
    vat: { category: 'S', rate },
    components,
  })
  const energy = (price: string): TariffComponent[] => [{ id: 'e', kind: 'energy', price }]
  const bundle = (versions: TariffVersion[], agreement = [version(EQUAL)], more = {}): Bundle[] => [
    premises(),
    steady,
    {
      tariffs: [{ id: 't', unit: 'kWh', versions }],
      meteredCosts: [meteredCost('el', 'm', more)],
      agreements: [{ id: 'sopimus', premises: 'talo', parties: ['a', 'b', 'c'], versions: agreement }],
    },
  ]
  test('a new rate of VAT cuts a metered cost, another written basis or way of writing does not', () => {
    const cut = settled(
      bundle([v('2026-01-01', '2026-04-11', energy('1'), '24'), v('2026-04-11', null, energy('2'), '25.5')]),
    )
    expect(cut.items.map(({ id, net, vat }) => [id, net, vat!.rate])).toEqual([
      ['metered:el', '960.00', '24'],
      ['metered:el@2026-04-11', '3840.00', '25.5'],
    ])
    const same = bundle([
      v('2026-01-01', '2026-04-11', energy('1'), '25.50'),
      { ...v('2026-04-11', null, energy('2')), vat: { category: 'S', rate: '25.5', basis: 'x' } },
    ])
    expect(Object.keys(items(same))).toEqual(['metered:el'])
  })
  test('a change of VAT outside the item’s days does not cut', () => {
    const versions = [v('2026-01-01', '2026-04-11', energy('1'), '24'), v('2026-04-11', null, energy('2'), '25.5')]
    expect(Object.keys(items(bundle(versions, undefined, { from: '2026-04-11' })))).toEqual(['metered:el'])
  })
  test('steps by quantity, peak and fixed by days, cents by largest remainder', () => {
    const components: TariffComponent[] = [
      { id: 's', kind: 'stepped', steps: [{ upTo: '1440', price: '1' }, { price: '3' }] },
      { id: 'f', kind: 'fixed', amount: '0.01' },
    ]
    const agreement = [version(EQUAL, { to: '2026-04-16' }), version(EQUAL, { version: 2, from: '2026-04-16' })]
    // 1440 + 4320 of the version's steps, half by quantity; half a cent each, the earlier segment gets the whole one.
    const found = settled(bundle([v('2026-01-01', null, components)], agreement))
    expect(found.items.map(({ id, net }) => [id, net])).toEqual([
      ['metered:el', '2880.01'],
      ['metered:el@2026-04-16', '2880.00'],
    ])
  })
  test('a version goes on from the quantity that the one before reached', () => {
    const steps = (price: string): TariffComponent[] => [
      { id: 's', kind: 'stepped', steps: [{ upTo: '1000', price: '0' }, { price }] },
    ]
    // 960 kWh under the first; of the second's 1920, 40 fill the first step.
    const versions = [v('2026-01-01', '2026-04-11', energy('0')), v('2026-04-11', null, steps('1'))]
    expect(settled(bundle(versions)).items[0]!.net).toBe('1880.00')
  })
  test('a day without a version: all segments blocked, without net; VAT null where there is none', () => {
    const found = settled(bundle([v('2026-04-11', null, energy('1'))]))
    expect(found.items.map(({ id, net, vat, blocked }) => [id, net, vat?.rate ?? null, blocked])).toEqual([
      ['metered:el', null, null, 'no-price'],
      ['metered:el@2026-04-11', null, '25.5', 'no-price'],
    ])
    expect(items(bundle([]))).toEqual({ 'metered:el': 'null: no-price' })
  })
})
