// The virastotalo's money: tariffs with the Finnish components, the agreement in two versions, metered and recurring costs.
import type {
  Agreement,
  MeteredCost,
  Names,
  RecurringCost,
  ResponsibilityRow,
  Rule,
  Tariff,
  TariffVersion,
  Vat,
} from '#domain/registry/bundle.ts'
import { names } from './make-spaces.ts'

const taxed: Vat = { category: 'S', rate: '25.5', basis: 'Yleinen verokanta / allmän skattesats (AVL 84 §)' }
const exempt: Vat = { category: 'E', rate: '0', basis: 'Vakuutus / försäkring (AVL 44 §)' }

function electricity(
  from: string,
  to: string | null,
  price: { margin: string; day: string; night: string; power: string; base: string },
): TariffVersion {
  return {
    from,
    to,
    vat: taxed,
    components: [
      { id: 'spot', kind: 'spot', series: 'demo-spot', factor: '1', margin: price.margin },
      { id: 'transfer-day', kind: 'energy', price: price.day, when: { from: '07:00', to: '22:00' } },
      { id: 'transfer-night', kind: 'energy', price: price.night, when: { from: '22:00', to: '07:00' } },
      // Class I: 2.24 + 0.013 c/kWh.
      { id: 'electricity-tax', kind: 'energy', price: '0.02253' },
      { id: 'power', kind: 'peak', price: price.power, minimum: '20' },
      { id: 'base', kind: 'fixed', amount: price.base },
    ],
  }
}
const heat = (
  from: string,
  to: string | null,
  winter: string,
  between: string,
  summer: string,
  capacity: string,
): TariffVersion => ({
  from,
  to,
  vat: taxed,
  components: [
    { id: 'winter', kind: 'energy', price: winter, when: { months: [1, 2, 3, 12] } },
    { id: 'spring-autumn', kind: 'energy', price: between, when: { months: [4, 5, 9, 10, 11] } },
    { id: 'summer', kind: 'energy', price: summer, when: { months: [6, 7, 8] } },
    { id: 'capacity', kind: 'fixed', amount: capacity },
  ],
})

export const TARIFFS: Tariff[] = [
  {
    id: 'demo-electricity',
    name: names('Sähkö: pörssi ja siirto', 'El: börs och överföring', 'Electricity: exchange and distribution'),
    unit: 'kWh',
    versions: [
      electricity('@-24', '@3', { margin: '0.0042', day: '0.0298', night: '0.0149', power: '2.95', base: '61.20' }),
      electricity('@3', null, { margin: '0.0042', day: '0.0312', night: '0.0156', power: '3.10', base: '63.50' }),
    ],
  },
  {
    id: 'demo-heat',
    name: names('Kaukolämpö', 'Fjärrvärme', 'District heat'),
    unit: 'MWh',
    versions: [
      heat('@-24', '@3', '89.40', '72.10', '49.80', '605.00'),
      heat('@3', null, '91.90', '74.30', '50.60', '622.50'),
    ],
  },
  {
    id: 'demo-water',
    name: names('Vesi ja jätevesi', 'Vatten och avloppsvatten', 'Water and waste water'),
    unit: 'm3',
    versions: [
      {
        from: '@-24',
        to: null,
        vat: taxed,
        components: [
          {
            id: 'water',
            kind: 'stepped',
            steps: [{ upTo: '40', price: '1.95' }, { upTo: '80', price: '1.82' }, { price: '1.70' }],
          },
          { id: 'waste-water', kind: 'energy', price: '2.86' },
          { id: 'base', kind: 'fixed', amount: '34.50' },
        ],
      },
    ],
  },
]

const submeters = {
  kuusamo: [
    { device: 'em-kuusamo-1', point: 'energy' },
    { device: 'em-kuusamo-3', point: 'energy' },
  ],
  poliisi: [{ device: 'em-poliisi', point: 'energy' }],
  vero: [{ device: 'em-vero', point: 'energy' }],
  kela: [{ device: 'em-kela', point: 'energy' }],
}
const areaRule = { by: 'area', useWeights: { storage: '0.5' } } as const
const common: Rule[] = [
  {
    category: 'water',
    method: {
      by: 'metered',
      meters: { kuusamo: [{ device: 'wm-canteen', point: 'volume' }] },
      remainder: { by: 'headcount' },
    },
  },
  { category: 'maintenance', method: { by: 'area' } },
  { category: 'waste', method: { by: 'headcount' } },
  { category: 'insurance', method: { by: 'area' } },
  { category: 'network', method: { by: 'equal' } },
  { category: 'canteen', method: { by: 'direct', party: 'kuusamo' } },
  { category: 'equipment', method: { by: 'ownership' } },
  { category: 'booth-service', method: { by: 'usage', devices: ['booth-1', 'booth-2'] } },
  {
    category: 'meeting-rooms',
    method: { by: 'usage', devices: ['av-ruka', 'av-oulanka', 'av-kitka', 'av-council', 'av-julma-olkky'] },
  },
  { category: 'ev-equipment', method: { by: 'usage', devices: ['ev-1', 'ev-2', 'ev-3', 'ev-4'] } },
  { category: 'ev-charging', method: { by: 'usage', devices: ['ev-1', 'ev-2', 'ev-3', 'ev-4'] } },
]
const PARTIES = ['kuusamo', 'poliisi', 'vero', 'kela']
const approvals = (month: number, section: string): { organisation: string; decision: string; at: string }[] =>
  PARTIES.map((organisation, index) => ({
    organisation,
    decision: organisation === 'kuusamo' ? `§ ${section}` : `${organisation.toUpperCase()}/${section}/01.02.00`,
    at: `@${month}-${String(8 + index * 3).padStart(2, '0')}T10:00:00Z`,
  }))

/** Whoever owns devices of a type buys, insures, renews and pays for them; another body keeps them working. */
const matrixRow = (deviceType: string, owner: string, keeper: string): ResponsibilityRow => ({
  of: { deviceType },
  tasks: {
    buy: owner,
    insure: owner,
    maintain: keeper,
    repair: keeper,
    renew: owner,
    pay: owner,
    patch: keeper,
    data: owner,
  },
})

const VENTILATION = matrixRow('ventilation-unit', 'kuusamo', 'talohuolto')

export const AGREEMENT: Agreement = {
  id: 'virastotalo-kustannustenjako',
  name: names(
    'Virastotalon kustannustenjakosopimus',
    'Avtal om kostnadsfördelning för ämbetshuset',
    'Cost-sharing agreement of the government house',
  ),
  premises: 'virastotalo',
  parties: PARTIES,
  commentDays: 14,
  versions: [
    {
      version: 1,
      from: '@0',
      to: null,
      approvals: approvals(-2, '118'),
      rules: [
        { category: 'electricity', method: { by: 'metered', meters: submeters, remainder: { by: 'area' } } },
        { category: 'heat', method: { by: 'area' } },
        { category: 'cleaning', method: areaRule },
        {
          category: 'security',
          method: { by: 'fixed', shares: { kuusamo: '40', poliisi: '25', vero: '15', kela: '20' } },
        },
        { category: 'lobby', method: { by: 'equal' } },
        ...common,
        { category: '*', method: { by: 'area' } },
      ],
    },
    {
      version: 2,
      from: '@7',
      to: null,
      approvals: approvals(5, '64'),
      rules: [
        {
          category: 'electricity',
          method: {
            by: 'metered',
            meters: submeters,
            remainder: {
              by: 'mix',
              parts: [
                { weight: '60', method: { by: 'area' } },
                { weight: '40', method: { by: 'headcount' } },
              ],
            },
          },
        },
        {
          category: 'heat',
          method: {
            by: 'metered',
            meters: { kela: [{ device: 'hm-kela', point: 'energy' }] },
            remainder: { by: 'area' },
          },
        },
        { category: 'cleaning', method: areaRule },
        {
          category: 'security',
          method: { by: 'fixed', shares: { kuusamo: '35', poliisi: '25', vero: '17.5', kela: '22.5' } },
        },
        {
          category: 'lobby',
          method: {
            by: 'mix',
            parts: [
              { weight: '50', method: { by: 'headcount' } },
              { weight: '50', method: { by: 'equal' } },
            ],
          },
        },
        ...common,
        { category: '*', method: { by: 'area' } },
      ],
      terms: {
        reminderDays: 5,
        estimates: { most: '0.2', beyond: 'show' },
        responsibilities: [
          matrixRow('lift', 'kuusamo', 'talohuolto'),
          { ...VENTILATION, tasks: { ...VENTILATION.tasks, steer: 'talohuolto' } },
          {
            of: { deviceType: 'info-screen' },
            tasks: { maintain: 'koillistieto', steer: 'kuusamo', patch: 'koillistieto' },
          },
          matrixRow('electricity-meter', 'kuusamo', 'talohuolto'),
          matrixRow('video-booth', 'kuusamo', 'koillistieto'),
          matrixRow('printer', 'koillistieto', 'koillistieto'),
          matrixRow('photo-kiosk', 'poliisi', 'koillistieto'),
          {
            of: { system: names('Kulunvalvonta', 'Passerkontroll', 'Access control') },
            tasks: { buy: 'kuusamo', maintain: 'talohuolto', patch: 'koillistieto', data: 'kuusamo' },
          },
        ],
        accounts: [
          { party: 'kuusamo', category: '*', account: '4330', costCentre: '7100' },
          { party: 'kuusamo', category: 'electricity', account: '4400', costCentre: '7100' },
          { party: 'poliisi', category: '*', account: '43300', costCentre: '1420' },
          { party: 'vero', category: '*', account: '43300', costCentre: '7752' },
          { party: 'kela', category: '*', account: '4380', costCentre: '3010' },
        ],
      },
    },
  ],
}

const metered = (id: string, category: string, device: string, point: string, tariff: string): MeteredCost => ({
  id,
  premises: 'virastotalo',
  category,
  meter: { device, point },
  tariff,
  payer: 'kuusamo',
  from: '@0',
  to: null,
  allowEstimated: false,
})
export const METERED_COSTS: MeteredCost[] = [
  metered('sahko', 'electricity', 'em-main', 'energy', 'demo-electricity'),
  metered('kaukolampo', 'heat', 'hm-main', 'energy', 'demo-heat'),
  metered('vesi', 'water', 'wm-main', 'volume', 'demo-water'),
]
const recurring = (
  id: string,
  name: Names,
  category: string,
  amount: string,
  payer: string,
  more: Partial<RecurringCost> = {},
): RecurringCost => ({
  id,
  name,
  premises: 'virastotalo',
  category,
  amount,
  vat: taxed,
  payer,
  from: '@0',
  to: null,
  ...more,
})
export const RECURRING_COSTS: RecurringCost[] = [
  recurring('vartiointi', names('Vartiointi', 'Bevakning', 'Guarding'), 'security', '820.00', 'poliisi'),
  recurring('siivous', names('Siivous', 'Städning', 'Cleaning'), 'cleaning', '2310.00', 'kuusamo', { to: '@9' }),
  recurring(
    'siivous-2',
    names('Siivous, uusi sopimus', 'Städning, nytt avtal', 'Cleaning, new contract'),
    'cleaning',
    '2395.00',
    'kuusamo',
    { from: '@9' },
  ),
  recurring(
    'kiinteistonhoito',
    names('Kiinteistönhoito', 'Fastighetsskötsel', 'Property care'),
    'maintenance',
    '1485.00',
    'kuusamo',
  ),
  recurring('aulapalvelu', names('Aulapalvelu', 'Receptionstjänster', 'Lobby service'), 'lobby', '3150.00', 'kela'),
  recurring(
    'tietoliikenne',
    names('Tietoliikenneyhteydet', 'Dataförbindelser', 'Network connections'),
    'network',
    '412.40',
    'vero',
  ),
  recurring(
    'vakuutus',
    names('Kiinteistövakuutus', 'Fastighetsförsäkring', 'Property insurance'),
    'insurance',
    '268.75',
    'kuusamo',
    { vat: exempt },
  ),
  recurring(
    'koppien-ohjelmisto',
    names('Etäpalvelukoppien ohjelmisto', 'Distansservicebåsens programvara', 'Remote service booths: software'),
    'booth-service',
    '236.00',
    'kela',
  ),
]
