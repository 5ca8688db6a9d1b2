// Facts for the tests of the records store: two premises, three organisations, one tariff.
import type { Device, Invoice, Organisation, Premises, Tariff } from '#domain/registry/bundle.ts'
import type { Actor, LedgerEntry, ObjectChange } from '#domain/ports/records.ts'

export const actor: Actor = { kind: 'user', id: 'maija', name: 'Maija', organisation: 'town' }
export const operator = { organisation: null }

export const organisation = (id: string): ObjectChange => ({
  kind: 'organisations',
  id,
  value: { id, name: { fi: `Virasto ${id}` } } satisfies Organisation,
})
export const premises = (id: string, landlord: string, more: Partial<Premises> = {}): ObjectChange => ({
  kind: 'premises',
  id,
  value: { id, name: { fi: `Talo ${id}` }, timeZone: 'Europe/Helsinki', landlord, ...more },
})
export const device = (id: string, premises: string, more: Partial<Device> = {}): ObjectChange => ({
  kind: 'devices',
  id,
  value: { id, premises, ...more },
})
export const invoice = (id: string, premises: string, payer: string): ObjectChange => ({
  kind: 'invoices',
  id,
  value: {
    id,
    premises,
    category: 'cleaning',
    net: '10.00',
    vat: { category: 'O', rate: '0' },
    payer,
    serviceFrom: '2026-03-01',
    serviceTo: '2026-04-01',
  } satisfies Invoice,
})
export const tariff = (id: string, series: string): ObjectChange => ({
  kind: 'tariffs',
  id,
  value: {
    id,
    unit: 'kWh',
    versions: [
      {
        from: '2026-01-01',
        to: null,
        vat: { category: 'O', rate: '0' },
        components: [{ id: 'spot', kind: 'spot', series }],
      },
    ],
  } satisfies Tariff,
})
export const meteredCost = (
  id: string,
  premises: string,
  payer: string,
  device: string,
  tariff: string,
): ObjectChange => ({
  kind: 'meteredCosts',
  id,
  value: {
    id,
    premises,
    category: 'electricity',
    meter: { device, point: 'energy' },
    tariff,
    payer,
    from: '2026-01-01',
    to: null,
  },
})

/** Town lets `house` to the police; `barn` is the church's alone. */
export const twoPremises: ObjectChange[] = [
  organisation('town'),
  organisation('police'),
  organisation('church'),
  premises('house', 'town', {
    spaces: [{ id: 'k1', use: 'exclusive', areaM2: '10' }],
    tenancies: [{ space: 'k1', organisation: 'police', from: '2020-01-01', to: '2021-01-01' }],
  }),
  premises('barn', 'church'),
  device('meter', 'house', { type: 'electricity-meter', space: 'k1', name: { fi: 'Päämittari' } }),
  device('lamp', 'barn', { type: 'lamp' }),
]

export const ledgerEntry = (period: string, issue: number, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  premises: 'house',
  period,
  issue,
  status: 'issued',
  at: 5,
  by: 'maija',
  body: `{"period":"${period}","issue":${issue}}`,
  digest: null,
  previousDigest: null,
  force: null,
  grounds: { simulated: true, demonstration: false },
  ...more,
})
