// A made-up fleet of any size: premises of fifty devices each, with tenants and people, so that the models have surroundings.
import type { Bundle, Device, Point, Premises } from '#domain/registry/bundle.ts'
import { randomStream } from '#sim/random.ts'

const PER_PREMISES = 50
/** Parts of a fleet by type, in fiftieths, and the points of each. */
const MIX: [number, string, string, Point[]][] = [
  [
    1,
    'electricity-meter',
    'Building_Electrical_Meter',
    [
      { key: 'energy', unit: 'kWh', kind: 'counter' },
      { key: 'energy-export', unit: 'kWh', kind: 'counter' },
      { key: 'power', unit: 'kW', kind: 'gauge' },
      { key: 'voltage', unit: 'V', kind: 'gauge' },
    ],
  ],
  [
    9,
    'electricity-meter',
    'Electrical_Meter',
    [
      { key: 'energy', unit: 'kWh', kind: 'counter' },
      { key: 'power', unit: 'kW', kind: 'gauge' },
    ],
  ],
  [
    2,
    'heat-meter',
    'Hot_Water_Meter',
    [
      { key: 'energy', unit: 'kWh', kind: 'counter' },
      { key: 'volume', unit: 'm3', kind: 'counter' },
      { key: 'supply-temperature', unit: '°C', kind: 'gauge' },
      { key: 'return-temperature', unit: '°C', kind: 'gauge' },
    ],
  ],
  [
    2,
    'water-meter',
    'Water_Meter',
    [
      { key: 'volume', unit: 'm3', kind: 'counter' },
      { key: 'flow', unit: 'l/h', kind: 'gauge' },
    ],
  ],
  [
    24,
    'room-sensor',
    'IAQ_Sensor_Equipment',
    [
      { key: 'temperature', unit: '°C', kind: 'gauge' },
      { key: 'co2', unit: 'ppm', kind: 'gauge' },
      { key: 'humidity', unit: '%', kind: 'gauge' },
      { key: 'occupied', kind: 'state' },
    ],
  ],
  [
    3,
    'ventilation-unit',
    'Air_Handling_Unit',
    [
      { key: 'state', kind: 'state' },
      { key: 'fan-speed', unit: '%', kind: 'gauge' },
      { key: 'supply-temperature', unit: '°C', kind: 'gauge' },
      { key: 'energy', unit: 'kWh', kind: 'counter' },
    ],
  ],
  [
    3,
    'ev-charger',
    'Electric_Vehicle_Charging_Station',
    [
      { key: 'state', kind: 'state' },
      { key: 'power', unit: 'kW', kind: 'gauge' },
      { key: 'energy', unit: 'kWh', kind: 'counter' },
    ],
  ],
  [
    3,
    'printer',
    'Printer',
    [
      { key: 'pages', kind: 'counter' },
      { key: 'toner', unit: '%', kind: 'gauge' },
    ],
  ],
  [
    3,
    'door',
    'Access_Control_Equipment',
    [
      { key: 'open', kind: 'state' },
      { key: 'locked', kind: 'state' },
      { key: 'openings', kind: 'counter' },
    ],
  ],
]
const SLOTS = MIX.flatMap(([parts, type, brick, points]) =>
  Array.from({ length: parts }, () => ({ type, brick, points })),
)

/** A bundle of `count` devices from a seed; ids are `ids` or sim-00001 … The day (YYYY-MM-DD) is that from which its tenants are there. */
export function fleetBundle(count: number, seed: number, day: string, ids?: readonly string[]): Bundle {
  const random = randomStream(seed)
  const premises: Premises[] = []
  const devices: Device[] = []
  for (let i = 0; i < count; i++) {
    const number = Math.floor(i / PER_PREMISES)
    if (i % PER_PREMISES === 0) premises.push(somePremises(`sim-premises-${number + 1}`, day, random))
    const slot = SLOTS[i % SLOTS.length]
    if (slot === undefined) continue
    devices.push({
      id: ids?.[i] ?? `sim-${String(i + 1).padStart(5, '0')}`,
      premises: `sim-premises-${number + 1}`,
      space: `room-${1 + (i % 12)}`,
      type: slot.type,
      brick: slot.brick,
      points: slot.points,
      simulated: true,
    })
  }
  return { organisations: [{ id: 'sim-tenant', name: { en: 'Simulated tenant' } }], premises, devices }
}

function somePremises(id: string, day: string, random: () => number): Premises {
  const spaces = Array.from({ length: 12 }, (_, i) => ({
    id: `room-${i + 1}`,
    use: 'exclusive' as const,
    areaM2: String(15 + Math.floor(random() * 120)),
  }))
  return {
    id,
    name: { en: id },
    timeZone: 'Europe/Helsinki',
    landlord: 'sim-tenant',
    spaces,
    tenancies: spaces.map((space) => ({ space: space.id, organisation: 'sim-tenant', from: day, to: null })),
    headcounts: [{ organisation: 'sim-tenant', people: 20 + Math.floor(random() * 60), from: day, to: null }],
  }
}
