// The virastotalo's devices: one line for each, and one template for each type (points, maker, how often it is heard).
import type { Acquisition, Decimal, Device, Names, Point, RoleRow } from '#domain/registry/bundle.ts'
import { names } from './make-spaces.ts'

const energy: Point = {
  key: 'energy',
  name: names('Energia', 'Energi', 'Energy'),
  unit: 'kWh',
  kind: 'counter',
  rollover: '1000000',
}
const power: Point = { key: 'power', name: names('Teho', 'Effekt', 'Power'), unit: 'kW', kind: 'gauge' }
const state: Point = { key: 'state', name: names('Tila', 'Tillstånd', 'State'), kind: 'state' }
const count = (key: string, ...[fi, sv, en]: [string, string, string]): Point => ({
  key,
  name: names(fi, sv, en),
  unit: '1',
  kind: 'counter',
})
const look = (key: string, unit: string, ...[fi, sv, en]: [string, string, string]): Point => ({
  key,
  name: names(fi, sv, en),
  unit,
  kind: 'gauge',
})
const flag = (key: string, ...[fi, sv, en]: [string, string, string]): Point => ({
  key,
  name: names(fi, sv, en),
  kind: 'state',
})

type Template = { brick: string; manufacturer: string; model: string; expectedInterval: string; points: Point[] }
const TEMPLATES: Record<string, Template> = {
  'electricity-meter': {
    brick: 'Electrical_Meter',
    manufacturer: 'Esimerkkimittari',
    model: 'EM-3',
    expectedInterval: 'PT1M',
    points: [energy, power],
  },
  'heat-meter': {
    brick: 'Hot_Water_Meter',
    manufacturer: 'Esimerkkimittari',
    model: 'HM-50',
    expectedInterval: 'PT5M',
    points: [
      energy,
      {
        key: 'volume',
        name: names('Vesivirta yhteensä', 'Vattenvolym', 'Volume'),
        unit: 'm3',
        kind: 'counter',
        rollover: '1000000',
      },
      power,
      look('supply-temperature', '°C', 'Menolämpötila', 'Framledningstemperatur', 'Supply temperature'),
      look('return-temperature', '°C', 'Paluulämpötila', 'Returtemperatur', 'Return temperature'),
    ],
  },
  'water-meter': {
    brick: 'Water_Meter',
    manufacturer: 'Esimerkkimittari',
    model: 'WM-25',
    expectedInterval: 'PT5M',
    points: [
      {
        key: 'volume',
        name: names('Vesimäärä', 'Vattenmängd', 'Volume'),
        unit: 'm3',
        kind: 'counter',
        rollover: '100000',
      },
      look('flow', 'l/h', 'Virtaama', 'Flöde', 'Flow'),
    ],
  },
  'ventilation-unit': {
    brick: 'Air_Handling_Unit',
    manufacturer: 'Pohjoisilma',
    model: 'TK-9',
    expectedInterval: 'PT5M',
    points: [
      state,
      look('fan-speed', '%', 'Puhaltimen nopeus', 'Fläkthastighet', 'Fan speed'),
      look('supply-temperature', '°C', 'Tuloilma', 'Tilluft', 'Supply air'),
      look('filter-pressure', 'Pa', 'Suodattimen paine-ero', 'Filtrets tryckfall', 'Filter pressure'),
      energy,
    ],
  },
  'room-sensor': {
    brick: 'IAQ_Sensor_Equipment',
    manufacturer: 'Aistin',
    model: 'R4',
    expectedInterval: 'PT5M',
    points: [
      look('temperature', '°C', 'Lämpötila', 'Temperatur', 'Temperature'),
      look('co2', 'ppm', 'Hiilidioksidi', 'Koldioxid', 'Carbon dioxide'),
      look('humidity', '%', 'Ilmankosteus', 'Luftfuktighet', 'Humidity'),
    ],
  },
  'weather-station': {
    brick: 'Weather_Station',
    manufacturer: 'Aistin',
    model: 'S1',
    expectedInterval: 'PT15M',
    points: [look('temperature', '°C', 'Ulkolämpötila', 'Utetemperatur', 'Outdoor temperature')],
  },
  'meeting-room': {
    brick: 'Audio_Visual_Equipment',
    manufacturer: 'Kokousväline',
    model: 'Sali 2',
    expectedInterval: 'PT5M',
    points: [state, look('power', 'W', 'Teho', 'Effekt', 'Power')],
  },
  'video-booth': {
    brick: 'Audio_Visual_Equipment',
    manufacturer: 'Kokousväline',
    model: 'Koppi',
    expectedInterval: 'PT5M',
    points: [
      flag('occupied', 'Varattu', 'Upptagen', 'Occupied'),
      count('sessions', 'Istunnot', 'Sessioner', 'Sessions'),
      flag('link', 'Yhteyden laatu', 'Förbindelse', 'Connection'),
    ],
  },
  'ev-charger': {
    brick: 'Electric_Vehicle_Charging_Station',
    manufacturer: 'Latausasema',
    model: 'LA-11',
    expectedInterval: 'PT1M',
    points: [state, power, { ...energy, rollover: '100000' }],
  },
  printer: {
    brick: 'ICT_Hardware',
    manufacturer: 'Tulostin',
    model: 'Monitoimi C3',
    expectedInterval: 'PT15M',
    points: [
      count('pages', 'Tulosteet', 'Utskrifter', 'Pages'),
      look('toner', '%', 'Väriaine', 'Toner', 'Toner'),
      state,
    ],
  },
  door: {
    brick: 'Access_Control_Equipment',
    manufacturer: 'Kulku',
    model: 'Ovi 1',
    expectedInterval: 'PT5M',
    points: [
      flag('open', 'Auki', 'Öppen', 'Open'),
      flag('locked', 'Lukittu', 'Låst', 'Locked'),
      count('openings', 'Avauskerrat', 'Öppningar', 'Openings'),
    ],
  },
  'pv-inverter': {
    brick: 'Photovoltaic_Inverter',
    manufacturer: 'Aurinko',
    model: 'Invertteri 30 kWp',
    expectedInterval: 'PT1M',
    points: [energy, power, state],
  },
  'queue-machine': {
    brick: 'Equipment',
    manufacturer: 'Vuoro',
    model: 'V2',
    expectedInterval: 'PT5M',
    points: [count('tickets', 'Vuoronumerot', 'Könummer', 'Queue tickets'), state],
  },
  'photo-kiosk': {
    brick: 'Equipment',
    manufacturer: 'Kuva',
    model: 'Passi',
    expectedInterval: 'PT15M',
    points: [count('photos', 'Kuvat', 'Foton', 'Photos'), state],
  },
  'people-counter': {
    brick: 'People_Count_Sensor_Equipment',
    manufacturer: 'Aistin',
    model: 'K1',
    expectedInterval: 'PT5M',
    points: [count('entries', 'Sisääntulot', 'Inpasseringar', 'Entries'), state],
  },
  'info-screen': {
    brick: 'Audio_Visual_Equipment',
    manufacturer: 'Näyttö',
    model: 'N55',
    expectedInterval: 'PT15M',
    points: [state, look('power', 'W', 'Teho', 'Effekt', 'Power')],
  },
  gateway: {
    brick: 'ICT_Hardware',
    manufacturer: 'Reuna',
    model: 'G1',
    expectedInterval: 'PT1M',
    points: [
      look('load', '%', 'Kuormitus', 'Belastning', 'Load'),
      look('signal', 'dBm', 'Kuuluvuus', 'Signal', 'Signal'),
    ],
  },
  lift: {
    brick: 'Elevator',
    manufacturer: 'Nostin',
    model: 'H3',
    expectedInterval: 'PT5M',
    points: [count('trips', 'Ajot', 'Åkturer', 'Trips'), state],
  },
}

type Bought = { cost: Decimal; residual?: Decimal; date: string; months: number; category?: string }
type Line = {
  id: string
  type: string
  space: string | null
  name: Names
  /** Shares of ownership by organisation; default: the town alone. */
  owners?: Record<string, Decimal>
  bought?: Bought
  maintainer?: string
  payer?: string
  users?: string[]
  brick?: string
  points?: Point[]
  interval?: string
}
const ALL = { kuusamo: '5', poliisi: '2', vero: '3', kela: '3' }
const line = (
  id: string,
  type: string,
  space: string | null,
  fi: string,
  sv: string,
  en: string,
  more: Partial<Line> = {},
): Line => ({
  id,
  type,
  space: space === null ? null : `k${space[0]}-${space}`,
  name: names(fi, sv, en),
  ...more,
})

const METERS: Line[] = [
  line('em-main', 'electricity-meter', '117', 'Sähkön päämittari', 'Elhuvudmätare', 'Main electricity meter', {
    brick: 'Building_Electrical_Meter',
    points: [
      energy,
      {
        key: 'energy-export',
        name: names('Verkkoon annettu energia', 'Inmatad energi', 'Exported energy'),
        unit: 'kWh',
        kind: 'counter',
        rollover: '1000000',
      },
      power,
      look('voltage', 'V', 'Jännite', 'Spänning', 'Voltage'),
    ],
  }),
  line('em-poliisi', 'electricity-meter', '117', 'Alamittari, poliisi', 'Undermätare, polisen', 'Sub-meter, police'),
  line(
    'em-vero',
    'electricity-meter',
    '211',
    'Alamittari, Verohallinto',
    'Undermätare, Skatteförvaltningen',
    'Sub-meter, tax',
  ),
  line('em-kela', 'electricity-meter', '211', 'Alamittari, Kela', 'Undermätare, FPA', 'Sub-meter, Kela'),
  line(
    'em-kuusamo-1',
    'electricity-meter',
    '117',
    'Alamittari, kaupunki 1. krs',
    'Undermätare, staden vån. 1',
    'Sub-meter, town storey 1',
    { points: [{ ...energy, rollover: '10000' }, power] },
  ),
  line(
    'em-kuusamo-3',
    'electricity-meter',
    '309',
    'Alamittari, kaupunki 3. krs',
    'Undermätare, staden vån. 3',
    'Sub-meter, town storey 3',
  ),
  line(
    'em-common',
    'electricity-meter',
    '117',
    'Alamittari, yhteiset tilat',
    'Undermätare, gemensamma utrymmen',
    'Sub-meter, common areas',
  ),
  line(
    'em-heating-posts',
    'electricity-meter',
    null,
    'Autolämmityspistorasiat',
    'Motorvärmaruttag',
    'Block-heater outlets',
    {
      points: [
        {
          key: 'energy-hour',
          name: names('Tuntienergia', 'Timenergi', 'Hourly energy'),
          unit: 'kWh',
          kind: 'interval',
          interval: 'PT1H',
        },
        power,
      ],
      interval: 'PT1H',
    },
  ),
  line(
    'hm-main',
    'heat-meter',
    '116',
    'Kaukolämmön päämittari',
    'Fjärrvärmens huvudmätare',
    'Main district-heat meter',
    { brick: 'Building_Hot_Water_Meter' },
  ),
  line('hm-kela', 'heat-meter', '116', 'Lämmön alamittari, Kela', 'Värmeundermätare, FPA', 'Heat sub-meter, Kela'),
  line('wm-main', 'water-meter', '116', 'Veden päämittari', 'Vattenhuvudmätare', 'Main water meter', {
    brick: 'Building_Water_Meter',
  }),
  line('wm-canteen', 'water-meter', '112', 'Ruokalan vesimittari', 'Matsalens vattenmätare', 'Canteen water meter', {
    // One pulse per litre; the multiplier makes m³ of them.
    points: [
      {
        key: 'volume',
        name: names('Pulssit', 'Pulser', 'Pulses'),
        unit: 'm3',
        kind: 'counter',
        multiplier: '0.001',
        rollover: '10000000',
      },
      look('flow', 'l/h', 'Virtaama', 'Flöde', 'Flow'),
    ],
  }),
]
const PLANT: Line[] = [
  line(
    'ahu-1',
    'ventilation-unit',
    '309',
    'Ilmanvaihtokone TK1, asiakastilat',
    'Ventilationsaggregat TK1, kundutrymmen',
    'Ventilation unit TK1, customers',
    { bought: { cost: '28400.00', date: '@-40-15', months: 180 } },
  ),
  line(
    'ahu-2',
    'ventilation-unit',
    '309',
    'Ilmanvaihtokone TK2, toimistot',
    'Ventilationsaggregat TK2, kontor',
    'Ventilation unit TK2, offices',
    { bought: { cost: '33900.00', date: '@-40-15', months: 180 } },
  ),
  line(
    'ahu-3',
    'ventilation-unit',
    '309',
    'Ilmanvaihtokone TK3, ruokala',
    'Ventilationsaggregat TK3, matsal',
    'Ventilation unit TK3, canteen',
  ),
  line('pv-1', 'pv-inverter', '309', 'Aurinkosähköinvertteri', 'Solväxelriktare', 'Solar inverter', {
    owners: ALL,
    bought: { cost: '41600.00', residual: '1600.00', date: '@-14-20', months: 180 },
  }),
  line('ev-1', 'ev-charger', null, 'Latausasema 1', 'Laddstation 1', 'Charging station 1', {
    owners: ALL,
    bought: { cost: '2890.00', date: '@-9-10', months: 84, category: 'ev-equipment' },
  }),
  line('ev-2', 'ev-charger', null, 'Latausasema 2', 'Laddstation 2', 'Charging station 2', {
    owners: ALL,
    bought: { cost: '2890.00', date: '@-9-10', months: 84, category: 'ev-equipment' },
  }),
  line('ev-3', 'ev-charger', null, 'Latausasema 3', 'Laddstation 3', 'Charging station 3', {
    owners: { kuusamo: '1' },
  }),
  line('ev-4', 'ev-charger', null, 'Latausasema 4', 'Laddstation 4', 'Charging station 4', {
    owners: { kuusamo: '1' },
  }),
  line('lift-1', 'lift', '101', 'Hissi', 'Hiss', 'Lift'),
  line('gateway-1', 'gateway', '211', 'Yhdyskäytävä', 'Nätsluss', 'Gateway', {
    owners: { koillistieto: '1' },
    maintainer: 'koillistieto',
  }),
]
const SERVICE: Line[] = [
  line('booth-1', 'video-booth', '103', 'Etäpalvelukoppi 1', 'Distansservicebås 1', 'Remote-service booth 1', {
    owners: { kuusamo: '60', kela: '40' },
    bought: { cost: '14900.00', residual: '900.00', date: '@-6-01', months: 60 },
    payer: 'kela',
  }),
  line('booth-2', 'video-booth', '104', 'Etäpalvelukoppi 2', 'Distansservicebås 2', 'Remote-service booth 2', {
    owners: { vero: '1', kela: '1' },
    bought: { cost: '14900.00', residual: '900.00', date: '@2-18', months: 60 },
    payer: 'vero',
  }),
  line('av-ruka', 'meeting-room', '113', 'Kokouslaitteet, Ruka', 'Mötesutrustning, Ruka', 'Meeting equipment, Ruka', {
    owners: ALL,
    bought: { cost: '6240.00', date: '@-20-11', months: 48 },
  }),
  line(
    'av-oulanka',
    'meeting-room',
    '205',
    'Kokouslaitteet, Oulanka',
    'Mötesutrustning, Oulanka',
    'Meeting equipment, Oulanka',
    { owners: { vero: '2', kela: '1' }, bought: { cost: '5180.00', date: '@-20-11', months: 48 }, payer: 'vero' },
  ),
  line(
    'av-kitka',
    'meeting-room',
    '206',
    'Kokouslaitteet, Kitka',
    'Mötesutrustning, Kitka',
    'Meeting equipment, Kitka',
    { owners: { vero: '1', kela: '1' } },
  ),
  line(
    'av-council',
    'meeting-room',
    '304',
    'Valtuustosalin laitteet',
    'Fullmäktigesalens utrustning',
    'Council chamber equipment',
    { bought: { cost: '38200.00', residual: '2200.00', date: '@-11-03', months: 72 } },
  ),
  line(
    'av-julma-olkky',
    'meeting-room',
    '305',
    'Kokouslaitteet, Julma-Ölkky',
    'Mötesutrustning, Julma-Ölkky',
    'Meeting equipment, Julma-Ölkky',
  ),
  line(
    'printer-1',
    'printer',
    '102',
    'Monitoimilaite, asiakaspalvelu',
    'Multifunktionsskrivare, kundservice',
    'Printer, customer service',
    { owners: { koillistieto: '1' }, maintainer: 'koillistieto' },
  ),
  line('printer-2', 'printer', '210', 'Monitoimilaite 2. krs', 'Multifunktionsskrivare, vån. 2', 'Printer, storey 2', {
    owners: { koillistieto: '1' },
    maintainer: 'koillistieto',
  }),
  line('printer-3', 'printer', '307', 'Monitoimilaite 3. krs', 'Multifunktionsskrivare, vån. 3', 'Printer, storey 3', {
    owners: { kuusamo: '1' },
    maintainer: 'koillistieto',
  }),
  line('door-main', 'door', '101', 'Pääovi', 'Huvuddörr', 'Main door'),
  line('door-staff', 'door', '114', 'Henkilökunnan ovi', 'Personaldörr', 'Staff door'),
  line('door-poliisi', 'door', '106', 'Poliisin ovi', 'Polisens dörr', 'Police door', { owners: { poliisi: '1' } }),
  line('door-kela', 'door', '203', 'Kelan ovi', 'FPA:s dörr', 'Kela door', { owners: { kela: '1' } }),
  line('door-vero', 'door', '201', 'Verohallinnon ovi', 'Skatteförvaltningens dörr', 'Tax door', {
    owners: { vero: '1' },
  }),
  line('queue-1', 'queue-machine', '101', 'Vuoronumerolaite', 'Könummerautomat', 'Queue machine', {
    owners: { kuusamo: '1', poliisi: '1', vero: '1', kela: '1' },
    bought: { cost: '8760.00', date: '@-3-22', months: 60 },
  }),
  line('photo-1', 'photo-kiosk', '105', 'Passikuvalaite', 'Passfotoautomat', 'Passport-photo kiosk', {
    owners: { poliisi: '1' },
  }),
  line('people-1', 'people-counter', '101', 'Kävijälaskuri', 'Besöksräknare', 'People counter'),
  line('screen-1', 'info-screen', '101', 'Infonäyttö, aula', 'Infoskärm, aula', 'Info screen, lobby', { owners: ALL }),
  line(
    'screen-2',
    'info-screen',
    '102',
    'Infonäyttö, asiakaspalvelu',
    'Infoskärm, kundservice',
    'Info screen, customer service',
    { owners: ALL },
  ),
]
const ROOMS = [
  '101',
  '102',
  '105',
  '107',
  '109',
  '110',
  '111',
  '113',
  '201',
  '203',
  '205',
  '206',
  '213',
  '301',
  '302',
  '303',
  '304',
  '305',
]
const SENSORS: Line[] = ROOMS.map((number) =>
  line(
    `air-${number}`,
    'room-sensor',
    number,
    `Huoneanturi ${number}`,
    `Rumsgivare ${number}`,
    `Room sensor ${number}`,
  ),
)

const OUTSIDE: Line[] = [line('saa-1', 'weather-station', null, 'Sääasema', 'Väderstation', 'Weather station')]

/** All devices with dates relative to the start; `holders` gives who holds a space. */
export function makeDevices(holders: ReadonlyMap<string, string>): Device[] {
  return [...METERS, ...PLANT, ...SERVICE, ...SENSORS, ...OUTSIDE].map((each, index) => {
    const template = TEMPLATES[each.type]
    if (template === undefined) throw new RangeError(`no template for ${each.type}`)
    const owners = each.owners ?? { kuusamo: '1' }
    const firstOwner = Object.keys(owners)[0] ?? 'kuusamo'
    const holder = (each.space === null ? undefined : holders.get(each.space)) ?? firstOwner
    return {
      id: each.id,
      name: each.name,
      premises: 'virastotalo',
      space: each.space,
      type: each.type,
      brick: each.brick ?? template.brick,
      manufacturer: template.manufacturer,
      model: template.model,
      serial: `KVT-${String(index + 1).padStart(3, '0')}`,
      ownership: [{ from: '@-40', to: null, shares: owners }],
      roles: roles(each, holder, firstOwner),
      ...(each.bought === undefined ? {} : { acquisition: acquisition(each.bought, each.payer ?? firstOwner) }),
      points: each.points ?? template.points,
      expectedInterval: each.interval ?? template.expectedInterval,
      simulated: true,
    }
  })
}

function roles(each: Line, holder: string, owner: string): RoleRow[] {
  const row = (role: RoleRow['role'], organisation: string): RoleRow => ({ role, organisation, from: '@0', to: null })
  const shared = !['electricity-meter', 'heat-meter', 'water-meter', 'ventilation-unit'].includes(each.type)
  const users = each.users ?? (shared && holder === owner ? ['kuusamo', 'poliisi', 'vero', 'kela'] : [holder])
  return [
    row('holder', holder),
    row('maintainer', each.maintainer ?? 'talohuolto'),
    row('acquirer', each.payer ?? owner),
    row('payer', holder),
    row('dataHolder', owner),
    ...users.map((user) => row('user', user)),
  ]
}

function acquisition(bought: Bought, payer: string): Acquisition {
  return {
    cost: bought.cost,
    ...(bought.residual === undefined ? {} : { residual: bought.residual }),
    date: bought.date,
    usefulLifeMonths: bought.months,
    payer,
    ...(bought.category === undefined ? {} : { category: bought.category }),
    vat: { category: 'O', rate: '0', basis: 'Kustannusten jako ilman myyntiä / kostnadsfördelning utan försäljning' },
  }
}
