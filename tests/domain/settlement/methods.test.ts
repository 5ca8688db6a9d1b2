// Every split method, alone and nested, and what it does without weight.
import { describe, expect, test } from 'vitest'
import type { Bundle, SplitMethod } from '#domain/registry/bundle.ts'
import { counters, invoice, items, meteredCost, premises, settled, split, tariff, PER_KWH } from './build.ts'

const open = { from: '2026-01-01', to: null }
const ref = (device: string): { device: string; point: string } => ({ device, point: 'e' })

describe('weights', () => {
  test('fixed, equal, direct', () => {
    expect(split({ by: 'fixed', shares: { a: '1.5', c: '0.5' } })).toBe('100.00: a 75.00 b 0.00 c 25.00')
    expect(split({ by: 'fixed', shares: { a: '0' } })).toBe('100.00: no-weight')
    expect(split({ by: 'equal' })).toBe('100.00: a 33.34 b 33.33 c 33.33')
    expect(split({ by: 'direct', party: 'b' })).toBe('100.00: a 0.00 b 100.00 c 0.00')
  })
  test('area: a tenant that is no party leaves the space to the landlord, and without one to nobody', () => {
    const spaces = [
      { id: 's1', use: 'exclusive' as const, type: 'office', areaM2: '10' },
      { id: 's2', use: 'exclusive' as const, type: 'storage', areaM2: '30' },
      { id: 's3', use: 'exclusive' as const, areaM2: '20' },
      { id: 's4', use: 'technical' as const, areaM2: '1000' },
    ]
    const tenancies = [
      { space: 's1', organisation: 'b', ...open },
      { space: 's2', organisation: 'outsider', ...open },
      { space: 's3', organisation: 'c', from: '2026-04-11', to: '2026-04-21' },
      { space: 's4', organisation: 'c', ...open },
    ]
    const talo = (landlord: string): Bundle => ({
      premises: [{ id: 'talo', name: {}, timeZone: 'Europe/Helsinki', landlord, spaces, tenancies }],
    })
    // b 10×30, a 30×30 + 20×20, c 20×10: 300, 1300, 200.
    expect(split({ by: 'area' }, talo('a'))).toBe('100.00: a 72.22 b 16.67 c 11.11')
    expect(split({ by: 'area' }, talo('outsider'))).toBe('100.00: a 0.00 b 60.00 c 40.00')
    // storage counts a tenth, what has no type 1.
    expect(split({ by: 'area', useWeights: { storage: '0.1' } }, talo('a'))).toBe(
      // a 90 + 400, b 300, c 200 of 990.
      '100.00: a 49.50 b 30.30 c 20.20',
    )
    expect(split({ by: 'area', useWeights: { office: '0' } }, talo('outsider'))).toBe('100.00: a 0.00 b 0.00 c 100.00')
  })
  test('headcount: decimals, several rows, only days in the month', () => {
    const headcounts = [
      { organisation: 'a', people: '1.5', ...open },
      { organisation: 'a', people: 1.5, from: '2026-04-16', to: '2026-06-01' },
      { organisation: 'b', people: 3, from: '2026-03-01', to: '2026-04-02' },
      { organisation: 'x', people: 100, ...open },
    ]
    // a 45 + 22.5, b 3.
    expect(
      split(
        { by: 'headcount' },
        { premises: [{ id: 'talo', name: {}, timeZone: 'Europe/Helsinki', landlord: 'a', headcounts }] },
      ),
    ).toBe('100.00: a 95.74 b 4.26 c 0.00')
    expect(split({ by: 'headcount' })).toBe('100.00: no-weight')
  })
  test('usage: the days of the item, the devices of the method or of the item', () => {
    const usage = [
      { device: 'room', organisation: 'a', from: '2026-03-31T22:00:00+03:00', to: '2026-04-01T01:00:00+03:00' },
      { device: 'room', organisation: 'b', from: '2026-04-10T08:00:00+03:00', to: '2026-04-10T11:00:00+03:00' },
      // The same record in other words counts once.
      { device: 'room', organisation: 'b', from: '2026-04-10T05:00:00Z', to: '2026-04-10T08:00:00Z' },
      { device: 'room', organisation: 'outsider', from: '2026-04-10T08:00:00+03:00', to: '2026-04-20T11:00:00+03:00' },
      { device: 'car', organisation: 'c', from: '2026-04-10T08:00:00+03:00', to: '2026-04-10T08:30:00+03:00' },
    ]
    expect(split({ by: 'usage', devices: ['room'] }, { usage })).toBe('100.00: a 25.00 b 75.00 c 0.00')
    expect(split({ by: 'usage', devices: ['room', 'car', 'car'] }, { usage })).toBe('100.00: a 22.22 b 66.67 c 11.11')
    expect(split({ by: 'usage' }, { usage })).toBe('100.00: no-weight')
    const mine = {
      ...premises([{ category: '*', method: { by: 'usage' } }]),
      usage,
      invoices: [invoice('i', '4.00', { device: 'room' })],
    }
    expect(items([mine])).toEqual({ 'invoice:i': '4.00: a 1.00 b 3.00 c 0.00' })
  })
  test('ownership: of the device of the invoice, the asset, or the meter', () => {
    const device = {
      id: 'm',
      premises: 'talo',
      points: [{ key: 'e', kind: 'counter', unit: 'kWh' }],
      ownership: [
        { from: '2026-01-01', to: '2026-04-16', shares: { a: '1', outsider: '1' } },
        { from: '2026-04-16', to: null, shares: { b: '25', c: '75' } },
      ],
      acquisition: {
        cost: '120.00',
        date: '2026-03-31',
        usefulLifeMonths: 12,
        payer: 'c',
        vat: { category: 'O' as const, rate: '0' },
      },
    }
    // a 7.5, b 3.75, c 11.25 of 22.5.
    const bundle = {
      ...premises([{ category: '*', method: { by: 'ownership' } }]),
      devices: [device],
      tariffs: [tariff(PER_KWH)],
      meteredCosts: [meteredCost('el', 'm')],
      invoices: [invoice('i', '90.00', { device: 'm' })],
      readings: counters({ m: '30' }).readings!,
    }
    expect(items([bundle])).toEqual({
      'depreciation:m': '10.00: a 3.33 b 1.67 c 5.00',
      'invoice:i': '90.00: a 30.00 b 15.00 c 45.00',
      'metered:el': '30.00: a 10.00 b 5.00 c 15.00',
    })
  })
})

describe('metered', () => {
  const by = (
    meters: Record<string, string[]>,
    main?: string,
    more: Partial<SplitMethod & { by: 'metered' }> = {},
  ): SplitMethod => ({
    by: 'metered',
    meters: Object.fromEntries(Object.entries(meters).map(([party, devices]) => [party, devices.map(ref)])),
    remainder: { by: 'direct', party: 'a' },
    ...(main === undefined ? {} : { main: ref(main) }),
    ...more,
  })
  test('a main meter, sub-meters of other units, the rest by its method', () => {
    const sub = counters({ b: '250000', c: '500000' }, 'Wh')
    expect(split(by({ c: ['c'], b: ['b'] }, 'main'), counters({ main: '1' }, 'MWh'), sub)).toBe(
      '100.00: a 25.00 b 25.00 c 50.00',
    )
    // 0.9 GJ is 250 kWh.
    expect(split(by({ b: ['g'] }, 'main'), counters({ main: '1' }, 'MWh'), counters({ g: '0.9' }, 'GJ'))).toBe(
      '100.00: a 75.00 b 25.00 c 0.00',
    )
  })
  test('above the main meter: half a per cent is let pass, and not a millionth more', () => {
    const at = (sub: string): string =>
      split(by({ b: ['b'], c: ['c'] }, 'main'), counters({ main: '1000', b: '500', c: sub }))
    expect(at('505')).toBe('100.00: a 0.00 b 49.75 c 50.25')
    expect(at('505.000001')).toBe('100.00: submeters-exceed-main')
    expect(at('500')).toBe('100.00: a 0.00 b 50.00 c 50.00')
    expect(split(by({ b: ['b'] }, 'main'), counters({ main: '0', b: '0.000001' }))).toBe(
      '100.00: submeters-exceed-main',
    )
  })
  test('all zero: everything is remainder; with neither main nor meters too', () => {
    expect(split(by({ b: ['b'] }, 'main'), counters({ main: '0', b: '0' }))).toBe('100.00: a 100.00 b 0.00 c 0.00')
    expect(split(by({ b: ['b'] }), counters({ b: '0' }))).toBe('100.00: a 100.00 b 0.00 c 0.00')
    expect(split(by({}), counters({}))).toBe('100.00: a 100.00 b 0.00 c 0.00')
  })
  test('the main given counts, not the meter of the item', () => {
    const bundle: Bundle = {
      ...premises([{ category: '*', method: by({ b: ['b'] }, 'main') }]),
      tariffs: [tariff(PER_KWH)],
      meteredCosts: [meteredCost('el', 'own')],
    }
    expect(items([counters({ own: '100', main: '50', b: '25' }), bundle])).toEqual({
      'metered:el': '100.00: a 50.00 b 50.00 c 0.00',
    })
  })
  test('the remainder may be metered in turn, against the same main meter', () => {
    const method = by({ b: ['b'] }, 'main', { remainder: by({ c: ['c'] }, 'main') })
    // 40 of 100 to b; of the other 60 a tenth, as c is of the main meter.
    expect(split(method, counters({ main: '100', b: '40', c: '10' }))).toBe('100.00: a 54.00 b 40.00 c 6.00')
  })
  test('ties: sub-metered parties in agreement order, then the remainder', () => {
    const method = { ...by({ c: ['c'], b: ['b'] }, 'main'), remainder: { by: 'direct' as const, party: 'a' } }
    const bundle = { ...premises([{ category: '*', method }]), invoices: [invoice('i', '0.02')] }
    expect(items([counters({ main: '3', b: '1', c: '1' }), bundle])).toEqual({
      'invoice:i': '0.02: a 0.00 b 0.01 c 0.01',
    })
  })
  test('estimates: the item’s word with a meter, the method’s without', () => {
    const short: [string, string][] = [
      ['2026-04-01T00:00:00', '0'],
      ['2026-04-16T00:00:00', '15'],
    ]
    const readings = counters({ own: '100', b: short })
    const method = (allowEstimated: boolean): SplitMethod => by({ b: ['b'] }, undefined, { allowEstimated })
    const bundle = (allowItem: boolean, allowMethod: boolean): Bundle => ({
      ...premises([{ category: '*', method: method(allowMethod) }]),
      tariffs: [tariff(PER_KWH)],
      meteredCosts: [meteredCost('el', 'own', { allowEstimated: allowItem })],
      invoices: [invoice('i', '30.00')],
    })
    expect(items([readings, bundle(false, true)])).toEqual({
      'invoice:i': '30.00: a 0.00 b 30.00 c 0.00',
      'metered:el': '100.00: too-much-estimated',
    })
    expect(items([readings, bundle(true, false)])).toEqual({
      'invoice:i': '30.00: too-much-estimated',
      'metered:el': '100.00: a 70.00 b 30.00 c 0.00',
    })
    expect(settled([readings, bundle(true, true)]).items.map(({ estimated }) => estimated)).toEqual(['0.5', '0.5'])
  })
})

describe('mix', () => {
  test('parts first, then each by its method; ties to the earlier part', () => {
    const method: SplitMethod = {
      by: 'mix',
      parts: [
        { weight: '1', method: { by: 'direct', party: 'c' } },
        {
          weight: '1',
          method: {
            by: 'mix',
            parts: [
              { weight: '0', method: { by: 'headcount' } },
              { weight: '2.5', method: { by: 'equal' } },
            ],
          },
        },
      ],
    }
    const bundle = { ...premises([{ category: '*', method }]), invoices: [invoice('i', '0.05'), invoice('j', '-0.05')] }
    expect(items([bundle])).toEqual({
      'invoice:i': '0.05: a 0.01 b 0.01 c 0.03',
      'invoice:j': '-0.05: a -0.01 b -0.01 c -0.03',
    })
  })
  test('no weights: blocked, but not for nothing', () => {
    const method: SplitMethod = { by: 'mix', parts: [{ weight: '0', method: { by: 'equal' } }] }
    const bundle = { ...premises([{ category: '*', method }]), invoices: [invoice('i', '0.05'), invoice('z', '0.00')] }
    expect(items([bundle])).toEqual({ 'invoice:i': '0.05: no-weight', 'invoice:z': '0.00: a 0.00 b 0.00 c 0.00' })
  })
})
