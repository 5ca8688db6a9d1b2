// Degree days, heat of a normal year, emissions and key figures, against figures worked out by hand.
import { describe, expect, test } from 'vitest'
import { degreeDays, normalisedHeat } from '#domain/costs/degree-days.ts'
import { emissionsOf, factorFor, type KnownFactor } from '#domain/costs/emissions.ts'
import { floorOf, peopleOf } from '#domain/costs/floor-and-people.ts'
import { periodFigures, type MonthInput } from '#domain/costs/period-figures.ts'
import type { CostLine } from '#domain/costs/cost-lines.ts'
import { formatRounded, fraction, parseDecimalFraction } from '#domain/quantity/fraction.ts'
import type { Premises } from '#domain/registry/bundle.ts'

const decimal = (text: string) => parseDecimalFraction(text) ?? fraction(0n)

describe('degree days', () => {
  test.each([
    ['2026-01', ['-10', '-20.5', '0'], '81.5'],
    // 10.1 °C is above the limit of spring, 10 °C is not.
    ['2026-05', ['10', '10.1', '4'], '20'],
    // In autumn the limit is 12 °C.
    ['2026-09', ['12', '12.1', '4'], '18'],
    ['2026-06', ['17', '18'], '0'],
  ])('of %s with daily means %j are %s', (month, means, expected) => {
    expect(formatRounded(degreeDays(month, means.map(decimal)), 3)).toBe(expected)
  })

  test('heat of a normal year leaves hot water as it is (the example of the Motiva formula)', () => {
    const heat = normalisedHeat({ actual: decimal('3650'), normal: decimal('3878') }, decimal('182.4'), decimal('14.2'))
    expect(formatRounded(heat, 2)).toBe('192.91')
    expect(normalisedHeat({ actual: decimal('0'), normal: decimal('4') }, decimal('7'), decimal('9'))).toEqual(
      decimal('7'),
    )
  })
})

const factor = (from: string, grams: string, premises: string | null = null): KnownFactor => ({
  id: `f-${from}-${premises ?? 'all'}`,
  premises,
  category: 'heat',
  unit: 'kWh',
  grams,
  from,
  source: 'test',
})
const heat = (cents: bigint, amount: string): CostLine => ({
  key: 'metered:heat:a',
  category: 'heat',
  source: 'metered',
  items: ['metered:a'],
  cents,
  shares: new Map([
    ['p', cents / 4n],
    ['q', cents - cents / 4n],
  ]),
  quantity: { unit: 'MWh', amount: decimal(amount) },
})

describe('emissions', () => {
  test('the factor of the month’s first day holds, that of the premises before that of all', () => {
    const factors = [factor('2025-01-01', '150'), factor('2026-03-02', '100'), factor('2026-01-01', '90', 'talo')]
    expect(factorFor(factors.slice(0, 2), 'heat', '2026-03')?.grams).toBe('150')
    expect(factorFor(factors.slice(0, 2), 'heat', '2026-04')?.grams).toBe('100')
    expect(factorFor(factors, 'heat', '2026-04')?.grams).toBe('90')
    expect(factorFor(factors, 'heat', '2024-12')).toBeNull()
  })

  test('are quantity times factor in grams, borne as the cents are; what has no factor is told, never guessed', () => {
    const water = { ...heat(100n, '3'), category: 'water', quantity: { unit: 'm3', amount: decimal('3') } }
    expect(emissionsOf([heat(1000n, '12.3456'), water], [factor('2026-01-01', '120.5')], '2026-02')).toEqual({
      lines: [
        {
          category: 'heat',
          factor: 'f-2026-01-01-all',
          grams: 1_487_645n,
          shares: [
            { party: 'p', grams: 371_911n },
            { party: 'q', grams: 1_115_734n },
          ],
        },
      ],
      missing: ['water'],
    })
  })
})

const premises: Premises = {
  id: 'talo',
  name: { fi: 'Talo' },
  timeZone: 'Europe/Helsinki',
  landlord: 'q',
  spaces: [
    { id: 'a', use: 'exclusive', areaM2: '60.5' },
    { id: 'b', use: 'common', areaM2: '20' },
  ],
  tenancies: [{ space: 'a', organisation: 'p', from: '2026-04-16', to: null }],
  headcounts: [
    { organisation: 'p', people: 10, from: '2026-01-01', to: '2026-04-16' },
    { organisation: 'q', people: '2.5', from: '2026-01-01', to: null },
  ],
}
test('floor and people are means over the days of the month', () => {
  expect(formatRounded(floorOf(premises, '2026-04', null) ?? fraction(0n), 3)).toBe('80.5')
  expect(formatRounded(floorOf(premises, '2026-04', 'p') ?? fraction(0n), 3)).toBe('30.25')
  expect(formatRounded(peopleOf(premises, '2026-04', null) ?? fraction(0n), 3)).toBe('7.5')
  expect(peopleOf(premises, '2026-04', 'x')).toBeNull()
})

test('a year is its months: sums to the cent, per m² of the mean floor, its weather only when every month’s is known', () => {
  const month = (period: string, actual: string | null): MonthInput => ({
    month: period,
    status: period === '2026-01' ? 'closed' : 'draft',
    lines: [heat(10_001n, '2')],
    blocked: 0,
    floor: decimal('80'),
    people: decimal('8'),
    weather: {
      actual: actual === null ? null : decimal(actual),
      normal: decimal('500'),
      from: 'sensor',
      missingDays: actual === null ? 3 : 0,
    },
  })
  const weather = {
    place: 'Kuusamo',
    source: 'x',
    sensor: null,
    months: [],
    normal: [],
    categories: ['heat'],
    hotWater: '0.5',
    hotWaterUnit: 'MWh' as const,
  }
  const whole = periodFigures('2026', [month('2026-01', '400'), month('2026-02', '500')], null, [], weather)
  expect(whole).toMatchObject({
    period: '2026',
    months: 2,
    status: 'draft',
    net: '200.02',
    netPerM2: '2.50',
    netPerPerson: '25.00',
    byCategory: [{ category: 'heat', net: '200.02' }],
    byParty: [
      { party: 'p', net: '50.00' },
      { party: 'q', net: '150.02' },
    ],
    // (500/400 × 1.5 + 0.5) + 2
    usage: [
      {
        category: 'heat',
        unit: 'MWh',
        quantity: '4',
        perUnit: 'kWh',
        perM2: '50',
        perPerson: '500',
        normalised: '4.375',
      },
    ],
    degreeDays: { actual: '900', normal: '1000', missingDays: 0 },
    emissions: { kg: null, missing: ['heat'] },
  })
  const own = periodFigures('2026-01', [month('2026-01', null)], 'p', [factor('2026-01-01', '100')], weather)
  expect(own).toMatchObject({
    net: '25.00',
    byParty: [{ party: 'p', net: '25.00' }],
    usage: [{ quantity: '0.5', normalised: null }],
    degreeDays: { actual: null, missingDays: 3 },
    emissions: { kg: '49.995', missing: [] },
  })
})
