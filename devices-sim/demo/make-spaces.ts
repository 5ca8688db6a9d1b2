// The virastotalo's organisations, spaces, tenancies and headcounts, as tables that are easy to read and change.
import type { Headcount, Names, Organisation, Premises, Space, SpaceUse, Tenancy } from '#domain/registry/bundle.ts'

export const names = (fi: string, sv: string, en: string): Names => ({ fi, sv, en })

export const ORGANISATIONS: Organisation[] = [
  {
    id: 'kuusamo',
    name: names('Kuusamon kaupunki', 'Kuusamo stad', 'Town of Kuusamo'),
    kind: 'municipality',
    businessId: '9990001-6',
  },
  {
    id: 'poliisi',
    name: names('Poliisin lupapalvelut', 'Polisens tillståndstjänster', 'Police licence services'),
    kind: 'agency',
    businessId: '9990004-0',
  },
  {
    id: 'vero',
    name: names('Verohallinto', 'Skatteförvaltningen', 'Tax Administration'),
    kind: 'agency',
    businessId: '9990005-9',
  },
  { id: 'kela', name: names('Kela', 'FPA', 'Kela'), kind: 'social-security-institution', businessId: '9990002-4' },
  {
    id: 'koillistieto',
    name: names('Koillistieto Oy (esimerkki)', 'Koillistieto Ab (exempel)', 'Koillistieto Ltd (example)'),
    kind: 'in-house-company',
    businessId: '9990003-2',
  },
  {
    id: 'talohuolto',
    name: names('Rukan Talohuolto Oy (esimerkki)', 'Rukan Talohuolto Ab (exempel)', 'Ruka Property Care Ltd (example)'),
    kind: 'service-company',
  },
]

/** id, use, type, m², who holds it (exclusive only), name in fi, sv, en. The first figure of the number is the storey. */
const SPACES: [string, SpaceUse, string, string, string | null, string, string, string][] = [
  ['101', 'common', 'lobby', '118.5', null, 'Suomi-pisteen aula', 'Finlandsdiskens aula', 'Suomi-piste lobby'],
  [
    '102',
    'common',
    'customer-service',
    '86',
    null,
    'Yhteinen asiakaspalvelu',
    'Gemensam kundservice',
    'Joint customer service',
  ],
  ['103', 'common', 'booth', '4.5', null, 'Etäpalvelukoppi 1', 'Distansservicebås 1', 'Remote-service booth 1'],
  ['104', 'common', 'booth', '4.5', null, 'Etäpalvelukoppi 2', 'Distansservicebås 2', 'Remote-service booth 2'],
  [
    '105',
    'exclusive',
    'customer-service',
    '64',
    'poliisi',
    'Lupapalvelujen asiakastila',
    'Tillståndstjänsternas kundutrymme',
    'Licence services, customers',
  ],
  [
    '106',
    'exclusive',
    'office',
    '52.5',
    'poliisi',
    'Lupapalvelujen toimisto',
    'Tillståndstjänsternas kontor',
    'Licence services, office',
  ],
  [
    '107',
    'exclusive',
    'customer-service',
    '58',
    'kela',
    'Kelan asiakaspalvelu',
    'FPA:s kundservice',
    'Kela customer service',
  ],
  ['108', 'exclusive', 'office', '41.5', 'kela', 'Kelan takatoimisto', 'FPA:s bakre kontor', 'Kela back office'],
  [
    '109',
    'exclusive',
    'customer-service',
    '38',
    'vero',
    'Verohallinnon asiakaspalvelu',
    'Skatteförvaltningens kundservice',
    'Tax customer service',
  ],
  [
    '110',
    'exclusive',
    'customer-service',
    '72',
    'kuusamo',
    'Kaupungin palvelupiste',
    'Stadens servicepunkt',
    'Town service point',
  ],
  ['111', 'exclusive', 'canteen', '142', 'kuusamo', 'Ruokala', 'Matsal', 'Canteen'],
  ['112', 'exclusive', 'kitchen', '56', 'kuusamo', 'Keittiö', 'Kök', 'Kitchen'],
  ['113', 'common', 'meeting-room', '32', null, 'Neuvotteluhuone Ruka', 'Mötesrum Ruka', 'Meeting room Ruka'],
  ['114', 'common', 'post', '11', null, 'Postihuone', 'Postrum', 'Post room'],
  ['115', 'technical', 'cleaning', '14', null, 'Siivouskeskus', 'Städcentral', 'Cleaning room'],
  ['116', 'technical', 'heat-room', '28', null, 'Lämmönjakohuone', 'Värmefördelningsrum', 'Heat distribution room'],
  ['117', 'technical', 'switchboard', '16', null, 'Sähköpääkeskus', 'Elhuvudcentral', 'Main switchboard'],
  ['118', 'common', 'wc', '24', null, 'Asiakas-WC:t', 'Kundtoaletter', 'Customer toilets'],
  ['119', 'exclusive', 'storage', '30', 'poliisi', 'Poliisin arkisto', 'Polisens arkiv', 'Police archive'],
  ['201', 'exclusive', 'office', '210', 'vero', 'Avotoimisto', 'Kontorslandskap', 'Open-plan office'],
  ['202', 'exclusive', 'office', '24', 'vero', 'Hiljainen huone', 'Tyst rum', 'Quiet room'],
  ['203', 'exclusive', 'office', '165', 'kela', 'Kelan toimisto', 'FPA:s kontor', 'Kela office'],
  ['204', 'exclusive', 'office', '28', 'kela', 'Kelan tiimihuone', 'FPA:s teamrum', 'Kela team room'],
  ['205', 'common', 'meeting-room', '28', null, 'Neuvotteluhuone Oulanka', 'Mötesrum Oulanka', 'Meeting room Oulanka'],
  ['206', 'common', 'meeting-room', '20', null, 'Neuvotteluhuone Kitka', 'Mötesrum Kitka', 'Meeting room Kitka'],
  ['207', 'common', 'break-room', '36', null, 'Kahvihuone 2. krs', 'Kafferum, vån. 2', 'Break room, storey 2'],
  ['208', 'common', 'wc', '22', null, 'WC:t 2. krs', 'Toaletter, vån. 2', 'Toilets, storey 2'],
  ['209', 'common', 'corridor', '64', null, 'Käytävä 2. krs', 'Korridor, vån. 2', 'Corridor, storey 2'],
  ['210', 'common', 'printing', '9', null, 'Tulostuspiste', 'Utskriftspunkt', 'Printing point'],
  ['211', 'technical', 'network', '8', null, 'Telehuone', 'Telerum', 'Network room'],
  ['212', 'exclusive', 'storage', '34', 'vero', 'Verohallinnon arkisto', 'Skatteförvaltningens arkiv', 'Tax archive'],
  ['213', 'exclusive', 'office', '48', null, 'Muuntotoimisto', 'Flexkontor', 'Flexible office'],
  ['301', 'exclusive', 'office', '238', 'kuusamo', 'Tekninen toimi', 'Tekniska sektorn', 'Technical services'],
  ['302', 'exclusive', 'office', '156', 'kuusamo', 'Sivistystoimi', 'Bildningssektorn', 'Education services'],
  ['303', 'exclusive', 'office', '88', 'kuusamo', 'Kaupunginkanslia', 'Stadskansliet', 'Town office'],
  ['304', 'common', 'meeting-room', '112', null, 'Valtuustosali', 'Fullmäktigesalen', 'Council chamber'],
  [
    '305',
    'common',
    'meeting-room',
    '24',
    null,
    'Neuvotteluhuone Julma-Ölkky',
    'Mötesrum Julma-Ölkky',
    'Meeting room Julma-Ölkky',
  ],
  ['306', 'common', 'break-room', '30', null, 'Kahvihuone 3. krs', 'Kafferum, vån. 3', 'Break room, storey 3'],
  ['307', 'common', 'corridor', '58', null, 'Käytävä 3. krs', 'Korridor, vån. 3', 'Corridor, storey 3'],
  ['308', 'common', 'wc', '20', null, 'WC:t 3. krs', 'Toaletter, vån. 3', 'Toilets, storey 3'],
  [
    '309',
    'technical',
    'ventilation-room',
    '86',
    null,
    'IV-konehuone',
    'Ventilationsmaskinrum',
    'Ventilation plant room',
  ],
  ['310', 'exclusive', 'storage', '42', 'kuusamo', 'Kaupungin arkisto', 'Stadens arkiv', 'Town archive'],
]
const spaceId = (number: string): string => `k${number[0]}-${number}`

const spaces: Space[] = SPACES.map(([number, use, type, areaM2, , fi, sv, en]) => ({
  id: spaceId(number),
  name: names(fi, sv, en),
  storey: number.slice(0, 1),
  use,
  type,
  areaM2,
}))

const tenancies: Tenancy[] = [
  ...SPACES.flatMap(([number, , , , holder]) =>
    holder === null ? [] : [{ space: spaceId(number), organisation: holder, from: '@0', to: null }],
  ),
  // The flexible office stands empty at first (the landlord bears it), then Kela takes it.
  { space: spaceId('213'), organisation: 'kela', from: '@7', to: null },
]

const headcounts: Headcount[] = [
  { organisation: 'kuusamo', people: 46, from: '@0', to: null },
  { organisation: 'poliisi', people: 14, from: '@0', to: null },
  { organisation: 'vero', people: 22, from: '@0', to: '@7' },
  { organisation: 'vero', people: 20, from: '@7', to: null },
  { organisation: 'kela', people: 19, from: '@0', to: '@7' },
  { organisation: 'kela', people: '24.5', from: '@7', to: null },
]

export const PREMISES: Premises = {
  id: 'virastotalo',
  name: names('Kuusamon virastotalo (esimerkki)', 'Kuusamo ämbetshus (exempel)', 'Kuusamo government house (example)'),
  address: 'Esimerkkitie 12, 93600 Kuusamo',
  timeZone: 'Europe/Helsinki',
  landlord: 'kuusamo',
  demonstration: true,
  spaces,
  tenancies,
  headcounts,
}
