// A building of the kind that the product is for: a town's property unit lets it to a town, the police and a state office.
import type { InvoicingDetails } from '#contract/documents.ts'
import type { ProposalDraft } from '#contract/proposals.ts'
import type { Bundle, Device, Invoice, Organisation, Rule, Vat } from '#domain/registry/bundle.ts'

export const HOUSE = 'virastotalo'
export const YEAR = 2026
/** The town and its property unit are one body with one business id: between them nothing is invoiced. */
export const ORGANISATIONS: Organisation[] = [
  {
    id: 'tilapalvelu',
    name: { fi: 'Kuusamon tilapalvelu', sv: 'Kuusamo lokalservice', en: 'Kuusamo Properties' },
    businessId: '9990001-6',
  },
  {
    id: 'kuusamo',
    name: { fi: 'Kuusamon kaupunki', sv: 'Kuusamo stad', en: 'Town of Kuusamo' },
    businessId: '9990001-6',
  },
  {
    id: 'poliisi',
    name: { fi: 'Oulun poliisilaitos', sv: 'Polisinrättningen i Uleåborg', en: 'Oulu Police' },
    businessId: '9990002-4',
  },
  {
    id: 'ely',
    name: { fi: 'Pohjois-Pohjanmaan ELY-keskus', sv: 'NTM-centralen', en: 'Centre of Transport' },
    businessId: '9990003-2',
  },
  {
    id: 'elinvoima',
    name: { fi: 'Pohjois-Suomen elinvoimakeskus', sv: 'Livskraftscentralen', en: 'Vitality Centre' },
    businessId: '9990004-0',
  },
  { id: 'muu', name: { fi: 'Toinen kunta', sv: 'En annan kommun', en: 'Another town' }, businessId: '9990005-9' },
]
export const LANDLORD = 'tilapalvelu'
export const PARTIES = ['kuusamo', 'poliisi', 'ely']
export const SUCCESSION = '2026-07-01'
export const KEY_CHANGE = '2026-05-01'
/** The state office as it is called in a month. */
export const officeOf = (month: string): string => (`${month}-01` < SUCCESSION ? 'ely' : 'elinvoima')
export const partiesOf = (month: string): string[] => ['kuusamo', 'poliisi', officeOf(month)]

export const AREAS: Record<string, number> = { kuusamo: 612, poliisi: 488, ely: 254 }
export const PEOPLE: Record<string, number> = { kuusamo: 31, poliisi: 24, ely: 9 }
export const S: Vat = { category: 'S', rate: '25.5' }
const point = (key: string, unit: string) => ({ key, unit, kind: 'counter' as const })
const owned = (shares: Record<string, string>) => [{ from: '2025-01-01', to: null, shares }]

/** What the property unit's people enter: the building by its manager, tariffs and costs by its controller. */
export const building: Bundle = {
  premises: [
    {
      id: HOUSE,
      name: { fi: 'Kuusamon virastotalo', sv: 'Kuusamo ämbetshus', en: 'Kuusamo Government House' },
      address: 'Kaitilankatu 1, Kuusamo',
      timeZone: 'Europe/Helsinki',
      landlord: LANDLORD,
      demonstration: true,
      spaces: [
        ...PARTIES.map((party, i) => ({
          id: `k${i + 1}`,
          storey: String(i + 1),
          use: 'exclusive' as const,
          type: 'office',
          areaM2: String(AREAS[party]),
        })),
        { id: 'aula', storey: '1', use: 'common', type: 'lobby', areaM2: '140' },
        {
          id: 'tila-0',
          name: { fi: 'Viestiliikennetila' },
          storey: '0',
          use: 'technical',
          areaM2: '60',
          protected: true,
        },
      ],
      tenancies: PARTIES.map((organisation, i) => ({ space: `k${i + 1}`, organisation, from: '2025-01-01', to: null })),
      headcounts: PARTIES.map((organisation) => ({
        organisation,
        people: PEOPLE[organisation]!,
        from: '2025-01-01',
        to: null,
      })),
    },
  ],
  devices: [
    { id: 'em-main', premises: HOUSE, space: 'tila-0', type: 'electricity-meter', points: [point('energy', 'kWh')] },
    {
      id: 'em-poliisi',
      premises: HOUSE,
      space: 'k2',
      type: 'electricity-meter',
      serial: 'A-1',
      points: [point('energy', 'kWh')],
    },
    { id: 'em-ely', premises: HOUSE, space: 'k3', type: 'electricity-meter', points: [point('energy', 'kWh')] },
    { id: 'heat', premises: HOUSE, space: 'tila-0', type: 'heat-meter', points: [point('energy', 'MWh')] },
    { id: 'water', premises: HOUSE, space: 'tila-0', type: 'water-meter', points: [point('volume', 'm3')] },
    {
      id: 'kioski',
      name: { fi: 'Asiointikioski', sv: 'Servicekiosk', en: 'Service kiosk' },
      premises: HOUSE,
      space: 'aula',
      type: 'kiosk',
      ownership: owned({ kuusamo: '1', poliisi: '1', ely: '1' }),
    },
  ],
}
/** The kiosk is on trial until the police buy it for all three. */
export const bought: Device['acquisition'] = {
  cost: '5432.10',
  date: '2026-08-20',
  usefulLifeMonths: 36,
  payer: 'poliisi',
  vat: { category: 'O', rate: '0', basis: 'AVL 1 §' },
}
export const costs: Bundle = {
  priceSeries: [{ id: 'fi-spot', unit: 'EUR/MWh' }],
  tariffs: [
    {
      id: 'sahko',
      unit: 'kWh',
      versions: [
        {
          from: '2026-01-01',
          to: null,
          vat: S,
          components: [
            { id: 'spot', kind: 'spot', series: 'fi-spot', margin: '0.0035' },
            { id: 'day', kind: 'energy', price: '0.0312', when: { days: [1, 2, 3, 4, 5], from: '07:00', to: '22:00' } },
            { id: 'power', kind: 'peak', price: '2.10', minimum: '8' },
            { id: 'base', kind: 'fixed', amount: '45.50' },
          ],
        },
      ],
    },
    {
      id: 'lampo',
      unit: 'MWh',
      versions: [
        {
          from: '2026-01-01',
          to: null,
          vat: S,
          components: [
            { id: 'energy', kind: 'energy', price: '78.25' },
            { id: 'base', kind: 'fixed', amount: '310.00' },
          ],
        },
      ],
    },
    {
      id: 'vesi',
      unit: 'm3',
      versions: [
        { from: '2026-01-01', to: null, vat: S, components: [{ id: 'energy', kind: 'energy', price: '5.12' }] },
      ],
    },
  ],
  meteredCosts: (
    [
      ['sahko', 'electricity', 'em-main', 'energy'],
      ['lampo', 'heating', 'heat', 'energy'],
      ['vesi', 'water', 'water', 'volume'],
    ] as const
  ).map(([tariff, category, device, key]) => ({
    id: tariff,
    premises: HOUSE,
    category,
    meter: { device, point: key },
    tariff,
    payer: LANDLORD,
    from: '2026-01-01',
    to: null,
  })),
  recurringCosts: [
    {
      id: 'vakuutus',
      premises: HOUSE,
      category: 'insurance',
      amount: '211.11',
      vat: { category: 'E', rate: '0', basis: 'AVL 44 §' },
      payer: LANDLORD,
      from: '2026-01-01',
      to: null,
    },
  ],
}
/** Guarding is bought by the police, who enter it themselves. */
export const guarding = {
  id: 'vartiointi',
  premises: HOUSE,
  category: 'security',
  amount: '820.01',
  vat: S,
  payer: 'poliisi',
  from: '2026-01-01',
  to: null,
}

export const rules = (changed: boolean): Rule[] => [
  {
    category: 'electricity',
    method: {
      by: 'metered',
      meters: { poliisi: [{ device: 'em-poliisi', point: 'energy' }], ely: [{ device: 'em-ely', point: 'energy' }] },
      remainder: { by: 'area' },
    },
  },
  {
    category: 'heating',
    method: changed
      ? {
          by: 'mix',
          parts: [
            { weight: '70', method: { by: 'area' } },
            { weight: '30', method: { by: 'headcount' } },
          ],
        }
      : { by: 'area' },
  },
  { category: 'water', method: { by: 'headcount' } },
  { category: 'cleaning', method: changed ? { by: 'headcount' } : { by: 'area' } },
  { category: 'security', method: { by: 'equal' } },
  { category: 'equipment', method: { by: 'ownership' } },
  { category: '*', method: { by: 'area' } },
]
export const agreement = (from: string, changed: boolean): ProposalDraft => ({
  agreement: {
    id: 'virastotalo-sopimus',
    name: { fi: 'Virastotalon sopimus', sv: 'Ämbetshusets avtal' },
    premises: HOUSE,
    parties: PARTIES,
    commentDays: 14,
  },
  version: {
    from,
    to: null,
    rules: rules(changed),
    terms: {
      reminderDays: 5,
      estimates: { most: '0.1', beyond: 'block' },
      responsibilities: [
        { of: { device: 'kioski' }, tasks: { maintain: 'poliisi', pay: 'poliisi', insure: LANDLORD } },
      ],
      accounts: PARTIES.map((party, i) => ({ party, category: '*', account: String(4300 + i), costCentre: `K${i}` })),
    },
  },
})

const suppliers: Record<string, [category: string, payer: string, vat: Vat]> = {
  siivous: ['cleaning', LANDLORD, S],
  jatehuolto: ['waste', LANDLORD, S],
  kahvi: ['catering', 'ely', { category: 'S', rate: '13.5' }],
}
/** The invoices of a month that come in time; amounts change from month to month. The office's coffee is invoiced each quarter. */
export function invoicesOf(month: string): Invoice[] {
  const n = Number(month.slice(5))
  const [year] = month.split('-')
  const serviceTo = n === 12 ? `${Number(year) + 1}-01-01` : `${year}-${String(n + 1).padStart(2, '0')}-01`
  const own = Object.entries(suppliers).filter(([id]) => id !== 'kahvi' || n % 3 === 0)
  return own.map(([id, [category, payer, vat]], i) => ({
    id: `${id}-${month}`,
    premises: HOUSE,
    category,
    net: [`${2410 + n}.${37 + n}`, `${180 + 3 * n}.0${n % 10}`, `${96 + n}.5${n % 10}`][i]!,
    vat,
    payer: payer === 'ely' ? officeOf(month) : payer,
    serviceFrom: `${month}-01`,
    serviceTo,
  }))
}

const details = (
  ovt: string,
  iban: string,
  prefix: string,
  more: Partial<InvoicingDetails> = {},
): InvoicingDetails => ({
  address: { street: 'Kaitilankatu 1', postCode: '93600', town: 'Kuusamo', country: 'FI' },
  ovt,
  operator: 'DABAFIHH',
  iban,
  bic: 'NDEAFIHH',
  vatRegistered: true,
  paymentDays: 21,
  numberPrefix: prefix,
  language: 'fi',
  asBuyer: { buyerReference: 'Virastotalo' },
  ...more,
})
export const invoicing: Record<string, InvoicingDetails> = {
  tilapalvelu: details('003799900016200', 'FI2112345600000785', 'T1'),
  kuusamo: details('003799900016', 'FI8333010001100775', 'K2'),
  poliisi: details('003799900024017', 'FI5350001520000234', 'P3', {
    asBuyer: { orderNumber: 'V19-4711', buyerReference: 'POL' },
  }),
  ely: details('003799900032', 'FI8080001234567891', 'E4', { language: 'sv' }),
  elinvoima: details('003799900040', 'FI8080001234567891', 'V5', {
    asBuyer: { contractNumber: 'ELI/7/2026', buyerReference: 'ELI' },
  }),
}
