// Rules of the page that the worked cases do not reach, each with figures worked out by hand.
import { describe, expect, test } from 'vitest'
import type {
  AgreementVersion,
  Bundle,
  Point,
  SplitMethod,
  TariffComponent,
  TariffVersion,
} from '#domain/registry/bundle.ts'
import { allot, divide, draft, startOfDay, type FrozenEntry } from '#verify/verify.mjs'
import { closeMonth } from './make-proof.ts'

const S = { category: 'S', rate: '25.5' } as const
const PARTIES = ['a', 'b', 'c']
const approvals = PARTIES.map((organisation) => ({ organisation }))
const version = (number: number, from: string, method: SplitMethod, to: string | null = null): AgreementVersion => ({
  version: number,
  from,
  to,
  rules: [{ category: '*', method }],
  approvals,
})
const house = (
  more: Bundle,
  versions = [version(1, '2025-01-01', { by: 'equal' })],
  timeZone = 'Europe/Helsinki',
): Bundle => ({
  premises: [{ id: 'h', name: {}, timeZone, landlord: 'z' }],
  agreements: [{ id: 'g', premises: 'h', parties: PARTIES, versions }],
  ...more,
})
/** One meter under one tariff. */
const metered = (
  point: Partial<Point>,
  values: [string, string][],
  components: TariffComponent[] | TariffVersion[],
  unit = 'kWh',
  cost: object = {},
): Bundle => {
  const versions = components.every((part) => 'components' in part)
    ? components
    : [{ from: '2025-01-01', to: null, vat: S, components: components }]
  return {
    devices: [{ id: 'm', premises: 'h', points: [{ key: 'e', unit: 'kWh', kind: 'counter', ...point }] }],
    tariffs: [{ id: 't', unit, versions }],
    meteredCosts: [
      {
        id: 'x',
        premises: 'h',
        category: 'el',
        meter: { device: 'm', point: 'e' },
        tariff: 't',
        payer: 'a',
        from: '2025-01-01',
        to: null,
        ...cost,
      },
    ],
    readings: [{ device: 'm', point: 'e', values }],
  }
}
const invoice = (id: string, net: string, from: string, to: string, more: object = {}) => ({
  id,
  premises: 'h',
  category: 'x',
  net,
  vat: S,
  payer: 'a',
  serviceFrom: from,
  serviceTo: to,
  ...more,
})
const items = (bundle: Bundle, period: string, log: FrozenEntry[] = []) =>
  draft(bundle, 'h', period, log).items.map((item) => [
    item.id,
    item.net,
    item.estimated,
    item.blocked ?? item.shares.map(({ net }) => net).join(' '),
  ])
const energy = (price: string, when?: object): TariffComponent => ({
  id: 'e',
  kind: 'energy',
  price,
  ...(when ? { when } : {}),
})

describe('dividing cents', () => {
  const whole = (...numbers: number[]) => numbers.map((n) => ({ n: BigInt(n), d: 1n }))
  test('ties go to the earlier, a negative amount is the mirror image', () => {
    expect(divide(100n, whole(1, 1, 1))).toEqual([34n, 33n, 33n])
    expect(divide(-100n, whole(1, 1, 1))).toEqual([-34n, -33n, -33n])
    expect(divide(5n, whole(0, 3, 3, 4))).toEqual([0n, 2n, 1n, 2n])
    expect(divide(0n, whole(0, 0))).toEqual([0n, 0n])
    expect(divide(1n, whole(0, 0))).toBeNull()
  })
  test('exact shares of both signs', () => {
    const cents = (...hundredths: number[]) => hundredths.map((n) => ({ n: BigInt(n), d: 100n }))
    expect(allot(3n, cents(530, -230))).toEqual([5n, -2n])
    expect(allot(-3n, cents(-550, 250))).toEqual([-6n, 3n])
  })
})

describe('calendar', () => {
  test.each([
    'Europe/Helsinki',
    'America/Havana',
    'Africa/Cairo',
    'America/Sao_Paulo',
    'Asia/Beirut',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'UTC',
  ])('the first instant of every local date in %s', (zone) => {
    const wrong: string[] = []
    for (const year of [2011, 2018, 2023, 2026]) {
      for (let date = Temporal.PlainDate.from(`${year}-01-01`); date.year === year; date = date.add({ days: 1 })) {
        const right = date.toZonedDateTime(zone).epochMilliseconds
        if (startOfDay(zone, Date.parse(date.toString()) / 86_400_000) !== right && date.toString() !== '2011-12-30')
          wrong.push(date.toString())
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('counters', () => {
  const month: [string, string][] = [
    ['2026-03-31T21:00:00Z', '0'],
    ['2026-04-30T21:00:00Z', '720'],
  ]
  test('the mean rate of a tail takes readings of 28 × 24 h, both ends included, and at least two', () => {
    const tail = (values: [string, string][]) =>
      items(house(metered({}, values, [energy('1')], 'kWh', { allowEstimated: true })), '2026-04')
    const last: [string, string] = ['2026-04-28T21:00:00Z', '672']
    const middle: [string, string] = ['2026-04-14T21:00:00Z', '600'] // not on the line
    expect(tail([['2026-03-31T20:59:59Z', '0'], ['2026-03-31T21:00:00Z', '0'], middle, last])).toEqual([
      ['metered:x', '720.00', '0.0667', '240.00 240.00 240.00'],
    ])
    // The reading 28 days and one second before is not in it: the last two then are, ten hours apart.
    expect(tail([['2026-03-31T20:59:59Z', '0'], ['2026-04-28T11:00:00Z', '652'], last])).toEqual([
      ['metered:x', '768.00', '0.125', '256.00 256.00 256.00'],
    ])
  })
  test('thresholds of a roll-over: 0.9 R and 0.1 R are enough, a millionth less is not', () => {
    const roll = (before: string, now: string) =>
      items(
        house(
          metered(
            { rollover: '1000' },
            [
              ['2026-03-31T21:00:00Z', before],
              ['2026-04-30T21:00:00Z', now],
            ],
            [energy('1')],
          ),
        ),
        '2026-04',
      )[0]?.slice(1)
    expect(roll('900', '100')).toEqual(['200.00', '0', '66.67 66.67 66.66'])
    expect(roll('899.999999', '100')).toEqual([null, '0', 'counter-went-back'])
    expect(roll('900', '100.000001')).toEqual([null, '0', 'counter-went-back'])
  })
  test('a meter change stands in place of a reading at its instant, multiplied and converted like the rest', () => {
    const change = { at: '2026-04-10T00:00:00+03:00', final: 100.0000005, initial: '7' }
    const bundle = house(
      metered(
        { unit: 'GJ', multiplier: '3', meterChanges: [change] },
        [
          ['2026-03-31T21:00:00Z', '40'],
          ['2026-04-09T21:00:00Z', '5'],
          ['2026-04-30T21:00:00Z', '12'],
        ],
        [energy('0.01')],
        'MWh',
      ),
    )
    // (60.000001 + 5) GJ × 3 / 3.6 × 0.01
    expect(items(bundle, '2026-04')).toEqual([['metered:x', '0.54', '0', '0.18 0.18 0.18']])
  })
  test('a fall blocks where its step is used, also for the mean rate only', () => {
    const values: [string, string][] = [
      ['2026-04-10T00:00:00Z', '50'],
      ['2026-04-11T00:00:00Z', '10'],
      ['2026-04-30T21:00:00Z', '100'],
      ['2026-05-05T00:00:00Z', '120'],
    ]
    const bundle = house(metered({}, values, [energy('1')], 'kWh', { allowEstimated: true }))
    expect(items(bundle, '2026-04')).toEqual([['metered:x', null, '0', 'counter-went-back']])
    expect(items(bundle, '2026-05')).toEqual([['metered:x', null, '0', 'counter-went-back']])
    values.push(['2026-05-31T21:00:00Z', '200'])
    expect(items(bundle, '2026-05')).toEqual([['metered:x', '100.00', '0', '33.34 33.33 33.33']])
    // A fall that ends at the very start of the month is not used by it.
    values.splice(0, 5, ['2026-04-10T00:00:00Z', '50'], ['2026-04-30T21:00:00Z', '10'], ['2026-05-31T21:00:00Z', '110'])
    expect(items(bundle, '2026-05')).toEqual([['metered:x', '100.00', '0', '33.34 33.33 33.33']])
  })
  test('nothing consumed and no later reading: the time counts as estimated', () => {
    const still: [string, string][] = [
      ['2026-03-31T21:00:00Z', '7'],
      ['2026-04-24T21:00:00Z', '7'],
    ]
    expect(items(house(metered({}, still, [energy('1')])), '2026-04')).toEqual([
      ['metered:x', '0.00', '0.2', '0.00 0.00 0.00'],
    ])
    expect(
      items(
        house(
          metered(
            {},
            [
              ['2026-03-31T21:00:00Z', '7'],
              ['2026-04-24T20:59:59Z', '7'],
            ],
            [energy('1')],
          ),
        ),
        '2026-04',
      )[0]?.at(3),
    ).toBe('too-much-estimated')
  })
  test('months of other lengths: a peak of a clock hour, fixed by days, from a counter', () => {
    const parts: TariffComponent[] = [
      { id: 'p', kind: 'peak', price: '30' },
      { id: 'f', kind: 'fixed', amount: '60.00' },
    ]
    expect(items(house(metered({}, month, parts, 'MWh', { from: '2026-04-16', to: '2026-04-21' })), '2026-04')).toEqual(
      [['metered:x', '15.00', '0', '5.00 5.00 5.00']],
    )
  })
})

describe('intervals', () => {
  test('the hour that the clock shows twice is two hours, and both match a price for it', () => {
    const values: [string, string][] = [
      ['2026-10-25T00:00:00Z', '10'],
      ['2026-10-25T01:00:00Z', '8'],
      ['2026-10-25T02:00:00Z', '16'],
    ]
    const parts: TariffComponent[] = [
      energy('1', { from: '03:00', to: '04:00' }),
      { id: 'p', kind: 'peak', price: '310' },
    ]
    const bundle = house(
      metered({ kind: 'interval', interval: 'PT1H' }, values, parts, 'kWh', {
        from: '2026-10-25',
        to: '2026-10-26',
        allowEstimated: true,
      }),
    )
    // 10 + 8 kWh in the two hours; the highest hour 16 kW × 310 × 1/31 day; 22 hours are the mean of all, 34/12 kWh a quarter.
    expect(items(bundle, '2026-10')[0]?.slice(1, 3)).toEqual(['178.00', '0.88'])
  })
  test('a missing quarter of a day with a doubled hour takes other days only', () => {
    const values: [string, string][] = [
      ['2026-10-25T00:00:00Z', '4'],
      ['2026-10-24T00:00:00Z', '12'],
    ]
    const parts = [energy('1', { from: '03:00', to: '04:00' })]
    const cost = { from: '2026-10-25', to: '2026-10-26', allowEstimated: true }
    expect(
      items(house(metered({ kind: 'interval', interval: 'PT1H' }, values, parts, 'kWh', cost)), '2026-10')[0]?.[1],
    ).toBe('16.00')
  })
})

describe('tariffs and segments', () => {
  const level: [string, string][] = [
    ['2026-03-31T21:00:00Z', '0'],
    ['2026-04-30T21:00:00Z', '720'],
  ]
  const from = (date: string, to: string | null, rate: string, components: TariffComponent[]): TariffVersion => ({
    from: date,
    to,
    vat: { category: 'S', rate },
    components,
  })
  const steps = (...prices: string[]): TariffComponent => ({
    id: 's',
    kind: 'stepped',
    steps: [
      { upTo: '100', price: prices[0] ?? '' },
      { upTo: '400', price: prices[1] ?? '' },
      { price: prices[2] ?? '' },
    ],
  })
  test('a change of the VAT rate cuts a metered cost, a new price with the same VAT does not', () => {
    const versions = [
      from('2025-01-01', '2026-04-06', '24', [energy('1')]),
      from('2026-04-06', '2026-04-11', '24.0', [energy('2')]),
      from('2026-04-11', null, '25.5', [energy('1')]),
    ]
    const settlement = draft(house(metered({}, level, versions)), 'h', '2026-04')
    expect(settlement.items.map(({ id, net, vat }) => [id, net, vat?.rate])).toEqual([
      ['metered:x', '360.00', '24'],
      ['metered:x@2026-04-11', '480.00', '25.5'],
    ])
  })
  test('steps go on over versions, and a version is cut by its quantity', () => {
    const versions = [
      from('2025-01-01', '2026-04-11', '24', [steps('1', '2', '3')]),
      from('2026-04-11', null, '24', [steps('10', '20', '30')]),
    ]
    const cut = [
      version(1, '2025-01-01', { by: 'direct', party: 'a' }),
      version(2, '2026-04-16', { by: 'direct', party: 'b' }),
    ]
    // 240 kWh: 100 × 1 + 140 × 2 = 380; then 160 × 20 + 320 × 30 = 12800, a quarter of it before the 16th.
    expect(items(house(metered({}, level, versions), cut), '2026-04')).toEqual([
      ['metered:x', '3580.00', '0', '3580.00 0.00 0.00'],
      ['metered:x@2026-04-16', '9600.00', '0', '0.00 9600.00 0.00'],
    ])
  })
  test('a day without a tariff version blocks the whole item before any agreement does', () => {
    const bundle = house(metered({}, level, [from('2026-04-02', null, '24', [energy('1')])]), [
      version(1, '2026-04-11', { by: 'equal' }),
    ])
    expect(items(bundle, '2026-04').every(([, net, , blocked]) => net === null && blocked === 'no-price')).toBe(true)
  })
  test('the shortest interval counts, and a quarter without a price blocks even without consumption', () => {
    const spot: TariffComponent[] = [{ id: 's', kind: 'spot', series: 'p', factor: '2', margin: '-0.001' }]
    const cost = { from: '2026-04-02', to: '2026-04-03' }
    const hours = Array.from({ length: 24 }, (_, i): [string, string, string] => [
      new Date(Date.UTC(2026, 3, 1, 21 + i)).toISOString(),
      'PT1H',
      '10',
    ])
    const series = (values: [string, string, string][]) => ({
      ...house(metered({}, level, spot, 'kWh', cost)),
      priceSeries: [{ id: 'p', unit: 'EUR/MWh', values }],
    })
    expect(
      items(
        series([...hours, ['2026-04-01T21:00:00Z', 'PT15M', '90'], ['2026-04-01T21:00:00Z', 'PT15M', '50']]),
        '2026-04',
      )[0]?.[1],
    ).toBe('0.48')
    expect(items(series([...hours, ['2026-04-01T21:00:00Z', 'PT15M', '90050']]), '2026-04')[0]?.[1]).toBe('45.48')
    const still = series(hours.slice(1))
    still.readings = [
      {
        device: 'm',
        point: 'e',
        values: [
          ['2026-03-31T21:00:00Z', '7'],
          ['2026-04-30T21:00:00Z', '7'],
        ],
      },
    ]
    expect(items(still, '2026-04')[0]?.[3]).toBe('no-price')
  })
  test('cents over segments: by exact amounts, ties to the earlier', () => {
    const cut = [
      version(1, '2025-01-01', { by: 'direct', party: 'a' }),
      version(2, '2026-04-16', { by: 'direct', party: 'b' }),
    ]
    const bundle = house(
      {
        invoices: [
          invoice('i', '-0.01', '2026-04-01', '2026-05-01'),
          invoice('late', '5.00', '2026-04-20', '2026-04-21'),
        ],
      },
      cut,
    )
    expect(items(bundle, '2026-04')).toEqual([
      ['invoice:i', '-0.01', '0', '-0.01 0.00 0.00'],
      ['invoice:i@2026-04-16', '0.00', '0', '0.00 0.00 0.00'],
      ['invoice:late@2026-04-16', '5.00', '0', '0.00 5.00 0.00'],
    ])
  })
})

describe('split methods', () => {
  const april = (method: SplitMethod, more: Bundle = {}, cost: object = {}) =>
    items(
      house({ invoices: [invoice('i', '100.00', '2026-04-01', '2026-05-01', cost)], ...more }, [
        version(1, '2025-01-01', method),
      ]),
      '2026-04',
    )[0]
  test('a vacant room counts for nobody when the landlord is no party, also one that a stranger holds', () => {
    const bundle = house({ invoices: [invoice('i', '100.00', '2026-04-01', '2026-05-01')] }, [
      version(1, '2025-01-01', { by: 'area' }),
    ])
    const [premises] = bundle.premises ?? []
    Object.assign(premises ?? {}, {
      spaces: ['p', 'q', 'r'].map((id) => ({ id, use: 'exclusive', areaM2: '10' })),
      tenancies: [
        { space: 'p', organisation: 'b', from: '2026-04-16', to: null },
        { space: 'q', organisation: 'stranger', from: '2026-01-01', to: null },
      ],
    })
    expect(items(bundle, '2026-04')[0]?.[3]).toBe('0.00 100.00 0.00')
    Object.assign(premises ?? {}, { landlord: 'a' })
    expect(items(bundle, '2026-04')[0]?.[3]).toBe('83.33 16.67 0.00')
  })
  test('a share of ownership is over its whole row, strangers included', () => {
    const devices = [
      {
        id: 'd',
        premises: 'h',
        ownership: [
          { from: '2026-01-01', to: '2026-04-16', shares: { a: '1', stranger: '3' } },
          { from: '2026-04-16', to: null, shares: { b: '0.5' } },
        ],
      },
    ]
    expect(april({ by: 'ownership' }, { devices }, { device: 'd' })?.[3]).toBe('20.00 80.00 0.00')
    expect(april({ by: 'ownership' })?.[3]).toBe('no-weight')
  })
  const subs = (main: string[], sub: string[], point: Partial<Point> = {}): Bundle => ({
    devices: ['main', 'sub'].map((id) => ({
      id,
      premises: 'h',
      points: [{ key: 'e', unit: 'kWh', kind: 'counter', ...point }],
    })),
    readings: [main, sub].map((values, i) => ({
      device: i === 0 ? 'main' : 'sub',
      point: 'e',
      values: values.map((value, d): [string, string] => [
        `2026-${String(4 + d).padStart(2, '0')}-01T00:00:00+03:00`,
        value,
      ]),
    })),
  })
  const by = (more: object = {}): SplitMethod => ({
    by: 'metered',
    main: { device: 'main', point: 'e' },
    meters: { b: [{ device: 'sub', point: 'e' }] },
    remainder: { by: 'direct', party: 'c' },
    ...more,
  })
  test('sub-meters: 0.5 % above the main meter is the most', () => {
    expect(april(by(), subs(['0', '1000'], ['0', '250']))?.[3]).toBe('0.00 25.00 75.00')
    expect(april(by(), subs(['0', '1000'], ['0', '1005']))?.[3]).toBe('0.00 100.00 0.00')
    expect(april(by(), subs(['0', '1000'], ['0', '1005.000001']))?.[3]).toBe('submeters-exceed-main')
    expect(april(by(), subs(['0', '0'], ['0', '0']))?.[3]).toBe('0.00 0.00 100.00')
  })
  test('codes of main and sub-meters, and whose allowEstimated counts', () => {
    expect(april(by(), subs(['0'], ['9', '0']))?.[3]).toBe('no-readings')
    expect(april(by(), subs(['0', '1000'], ['9', '0']))?.[3]).toBe('counter-went-back')
    const tail = subs(['0', '1000'], ['0', '100'])
    tail.readings?.[1]?.values.splice(1, 1, ['2026-04-16T00:00:00+03:00', '50'])
    expect(april(by(), tail)?.slice(1)).toEqual(['100.00', '0.5', 'too-much-estimated'])
    expect(april(by({ allowEstimated: true }), tail)?.slice(1)).toEqual(['100.00', '0.5', '0.00 10.00 90.00'])
    const unmeasured = subs(['0'], ['9', '0'])
    expect(
      items(
        house({ ...unmeasured, invoices: [invoice('i', '1.00', '2026-04-01', '2026-05-01')] }, []),
        '2026-04',
      )[0]?.[3],
    ).toBe('no-agreement')
  })
  test('a method for nobody, two agreements and two tenancies at once are refused', () => {
    expect(() => april({ by: 'direct', party: 'stranger' })).toThrow(
      'agreement g: a method names stranger, who is not a party',
    )
    const two = house({ invoices: [invoice('i', '1.00', '2026-04-01', '2026-05-01')] })
    two.agreements?.push({
      id: 'other',
      premises: 'h',
      parties: ['a'],
      versions: [{ ...version(1, '2026-04-30', { by: 'equal' }) }],
    })
    expect(() => items(two, '2026-04')).toThrow('agreement other: it overlaps agreement g on 2026-04-30')
    expect(() => april({ by: 'fixed', shares: { a: '-1' } })).toThrow('/shares/a: "-1" is not a number of zero or more')
  })
})

describe('adjustments', () => {
  const closed = (bundle: Bundle, ...periods: string[]) => {
    const log: FrozenEntry[] = []
    for (const period of periods) closeMonth(bundle, 'h', period, log)
    return log
  }
  test('a share that moves from one party to another adds up to 0.00; a changed payer or VAT alone is no difference', () => {
    const bundle = house({ invoices: [invoice('i', '9.00', '2026-01-01', '2026-02-01')] })
    const log = closed(bundle, '2026-01')
    const [only] = bundle.invoices ?? []
    Object.assign(only ?? {}, { payer: 'b', vat: { category: 'Z', rate: '0' } })
    expect(items(bundle, '2026-02', log)).toEqual([])
    bundle.agreements?.[0]?.versions.push(version(2, '2026-01-01', { by: 'direct', party: 'c' }))
    const [item] = draft(bundle, 'h', '2026-02', log).items
    expect(item).toMatchObject({
      id: 'adjustment:2026-01:invoice:i',
      net: '0.00',
      payer: 'a',
      vat: { category: 'S', rate: '25.5' },
      estimated: '0',
      source: 'adjustment',
    })
    expect(item?.shares.map(({ net }) => net)).toEqual(['-3.00', '-3.00', '6.00'])
  })
  test('what is issued or closed counts as adjusted, a draft does not; the month itself is left out', () => {
    const bundle = house({ invoices: [invoice('i', '9.00', '2026-01-01', '2026-02-01')] })
    const log = closed(bundle, '2026-01')
    bundle.invoices?.push(invoice('late', '3.00', '2026-01-01', '2026-02-01'))
    const february = draft(bundle, 'h', '2026-02', log)
    expect(items(bundle, '2026-03', log)).toHaveLength(1)
    log.push({ status: 'issued', settlement: { ...february, status: 'issued' } })
    expect(items(bundle, '2026-03', log)).toEqual([])
    expect(items(bundle, '2026-02', log)).toEqual([['adjustment:2026-01:invoice:late', '3.00', '0', '1.00 1.00 1.00']])
    bundle.invoices?.push(invoice('late', '0.00', '2026-01-01', '2026-02-01'))
    expect(items(bundle, '2026-03', log)).toEqual([
      ['adjustment:2026-01:invoice:late', '-3.00', '0', '-1.00 -1.00 -1.00'],
    ])
  })
  test('what cannot be recomputed is a blocked adjustment, also of an item that is new', () => {
    const bundle = house({ invoices: [invoice('i', '9.00', '2026-01-01', '2026-02-01')] })
    const log = closed(bundle, '2026-01')
    bundle.agreements?.[0]?.versions.push(version(2, '2026-01-01', { by: 'headcount' }))
    bundle.invoices?.push(invoice('new', '1.00', '2026-01-31', '2026-02-01'))
    expect(items(bundle, '2026-02', log)).toEqual([
      ['adjustment:2026-01:invoice:i', null, '0', 'no-weight'],
      ['adjustment:2026-01:invoice:new', null, '0', 'no-weight'],
    ])
  })
  test('a party that only adjustments name stands last, by id', () => {
    const bundle = house({ invoices: [invoice('i', '9.00', '2026-01-01', '2026-02-01')] })
    const log = closed(bundle, '2026-01')
    bundle.agreements = [
      {
        id: 'new',
        premises: 'h',
        parties: ['z', 'b'],
        versions: [
          {
            version: 1,
            from: '2026-01-01',
            to: null,
            rules: [{ category: '*', method: { by: 'equal' } }],
            approvals: [{ organisation: 'z' }, { organisation: 'b' }],
          },
        ],
      },
    ]
    const settlement = draft(bundle, 'h', '2026-02', log)
    expect(settlement.statements.map(({ party, net }) => [party, net])).toEqual([
      ['z', '4.50'],
      ['b', '1.50'],
      ['a', '-3.00'],
      ['c', '-3.00'],
    ])
    expect(settlement.items[0]?.shares.map(({ party }) => party)).toEqual(['z', 'b', 'a', 'c'])
  })
})

describe('the order of what is listed', () => {
  test('parties of a later agreement of the month come after, whatever its own order, which only decides ties', () => {
    const bundle = house({ invoices: [invoice('i', '0.02', '2026-04-01', '2026-05-01')] }, [
      version(1, '2025-01-01', { by: 'equal' }, '2026-04-16'),
    ])
    bundle.agreements?.push({
      id: 'later',
      premises: 'h',
      parties: ['d', 'c', 'b'],
      versions: [
        {
          version: 1,
          from: '2026-04-16',
          to: null,
          rules: [{ category: '*', method: { by: 'equal' } }],
          approvals: ['b', 'c', 'd'].map((organisation) => ({ organisation })),
        },
      ],
    })
    const settlement = draft(bundle, 'h', '2026-04')
    expect(settlement.statements.map(({ party }) => party)).toEqual(['a', 'b', 'c', 'd'])
    expect(settlement.items[1]?.shares).toEqual([
      { party: 'b', net: '0.00' },
      { party: 'c', net: '0.00' },
      { party: 'd', net: '0.01' },
    ])
  })
})
