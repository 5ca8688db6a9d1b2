// One bundle that uses everything a bundle can say; tests change one thing in it.
import type { Bundle } from '#domain/registry/bundle.ts'

/** A fresh copy each time, so that a test may change it. */
export const exampleBundle = () =>
  structuredClone({
    organisations: [
      { id: 'town', name: { fi: 'Kaupunki', sv: 'Staden' }, kind: 'municipality', businessId: '9990001-6' },
      { id: 'police', name: { en: 'Police' }, kind: 'agency' },
      { id: 'kela', name: { fi: 'Kela' } },
    ],
    premises: [
      {
        id: 'house',
        name: { fi: 'Virastotalo' },
        timeZone: 'Europe/Helsinki',
        landlord: 'town',
        spaces: [
          { id: 'k1', storey: '1', use: 'exclusive', type: 'office', areaM2: '45.5' },
          { id: 'k2', storey: '1', use: 'exclusive', type: 'storage', areaM2: '10' },
          { id: 'lobby', use: 'common', areaM2: '20' },
        ],
        tenancies: [
          { space: 'k1', organisation: 'police', from: '2026-01-01', to: '2026-06-01' },
          { space: 'k1', organisation: 'kela', from: '2026-06-01', to: null },
          { space: 'k2', organisation: 'town', from: '2026-01-01', to: null },
        ],
        headcounts: [{ organisation: 'police', people: 14, from: '2026-01-01', to: null }],
      },
      { id: 'garage', name: { fi: 'Halli' }, timeZone: 'Europe/Helsinki', landlord: 'town' },
    ],
    devices: [
      {
        id: 'em-main',
        premises: 'house',
        space: null,
        type: 'electricity-meter',
        ownership: [
          { from: '2026-01-01', to: '2026-07-01', shares: { town: '1' } },
          { from: '2026-07-01', to: null, shares: { town: '2', police: '1' } },
        ],
        roles: [{ role: 'maintainer', organisation: 'kela', from: '2026-01-01', to: null }],
        acquisition: {
          cost: '12000.00',
          residual: '500.00',
          date: '2025-06-15',
          usefulLifeMonths: 120,
          payer: 'town',
          category: 'equipment',
          vat: { category: 'O', rate: '0' },
        },
        points: [
          {
            key: 'energy',
            unit: 'kWh',
            kind: 'counter',
            rollover: '1000000',
            multiplier: '1',
            meterChanges: [{ at: '2026-03-10T10:00:00Z', final: '812.5', initial: '0' }],
          },
          { key: 'quarter', unit: 'kWh', kind: 'interval', interval: 'PT15M' },
          { key: 'state', kind: 'state' },
          { key: 'temperature', unit: '°C', kind: 'gauge' },
        ],
      },
      { id: 'em-sub', premises: 'garage', points: [{ key: 'energy', unit: 'MWh', kind: 'counter' }] },
      { id: 'wm', premises: 'house', space: 'k1', points: [{ key: 'volume', unit: 'm3', kind: 'counter' }] },
    ],
    priceSeries: [{ id: 'spot', unit: 'EUR/MWh', values: [['2026-03-01T00:00:00+02:00', 'PT15M', '41.25']] }],
    tariffs: [
      {
        id: 'el',
        unit: 'kWh',
        versions: [
          {
            from: '2026-01-01',
            to: '2026-07-01',
            vat: { category: 'S', rate: '25.5', basis: 'AVL' },
            components: [
              { id: 'energy', kind: 'energy', price: '0.074512345678' },
              {
                id: 'day',
                kind: 'energy',
                price: '0.0312',
                when: { days: [1, 2, 3, 4, 5], from: '07:00', to: '22:00' },
              },
              { id: 'spot', kind: 'spot', series: 'spot', factor: '1', margin: '0.0035' },
              {
                id: 'steps',
                kind: 'stepped',
                steps: [{ upTo: '1000', price: '0.05' }, { upTo: '2000', price: '0.045' }, { price: '0.04' }],
              },
              { id: 'power', kind: 'peak', price: '2.10', minimum: '8' },
              { id: 'base', kind: 'fixed', amount: '25.00' },
            ],
          },
          {
            from: '2026-07-01',
            to: null,
            vat: { category: 'S', rate: '25.5' },
            components: [{ id: 'energy', kind: 'energy', price: '0.08' }],
          },
        ],
      },
      {
        id: 'water',
        unit: 'm3',
        versions: [{ from: '2026-01-01', to: null, vat: { category: 'O', rate: '0' }, components: [] }],
      },
    ],
    agreements: [
      {
        id: 'house-2026',
        premises: 'house',
        parties: ['town', 'police'],
        commentDays: 14,
        versions: [
          {
            version: 1,
            from: '2026-01-01',
            to: null,
            rules: [
              {
                category: 'electricity',
                method: {
                  by: 'metered',
                  meters: { police: [{ device: 'em-sub', point: 'energy' }] },
                  remainder: {
                    by: 'mix',
                    parts: [
                      { weight: '70', method: { by: 'area', useWeights: { storage: '0.5' } } },
                      { weight: '30', method: { by: 'fixed', shares: { town: '60', police: '40' } } },
                    ],
                  },
                },
              },
              { category: 'cars', method: { by: 'usage', devices: ['em-main'] } },
              { category: '*', method: { by: 'direct', party: 'town' } },
            ],
            approvals: [
              { organisation: 'town', decision: '§ 12', at: '2025-12-01T10:00:00Z' },
              { organisation: 'police', decision: 'POL-1', at: '2025-12-02T10:00:00Z' },
            ],
          },
        ],
      },
    ],
    meteredCosts: [
      {
        id: 'el-main',
        premises: 'house',
        category: 'electricity',
        meter: { device: 'em-main', point: 'energy' },
        tariff: 'el',
        payer: 'town',
        from: '2026-01-01',
        to: null,
        allowEstimated: false,
      },
    ],
    recurringCosts: [
      {
        id: 'guarding',
        premises: 'house',
        category: 'security',
        amount: '820.00',
        vat: { category: 'S', rate: '25.5' },
        payer: 'police',
        from: '2026-01-01',
        to: null,
      },
    ],
    invoices: [
      {
        id: 'inv-1',
        premises: 'house',
        category: 'cleaning',
        net: '1234.57',
        vat: { category: 'S', rate: '25.5' },
        payer: 'town',
        serviceFrom: '2026-03-01',
        serviceTo: '2026-04-01',
        device: null,
      },
    ],
    usage: [
      { device: 'em-main', organisation: 'police', from: '2026-03-10T09:00:00+02:00', to: '2026-03-10T11:30:00+02:00' },
    ],
    readings: [
      {
        device: 'em-main',
        point: 'energy',
        values: [
          ['2026-03-01T00:00:00+02:00', '10234.5'],
          ['2026-03-02T00:00:00+02:00', 10240.25],
        ],
      },
      { device: 'em-main', point: 'quarter', values: [['2026-03-01T00:15:00+02:00', '0.5']] },
      { device: 'em-main', point: 'state', values: [['2026-03-01T00:15:00+02:00', 'on']] },
      { device: 'em-main', point: 'temperature', values: [['2026-03-01T00:15:00+02:00', '-3.5']] },
    ],
  } satisfies Bundle as Bundle)
