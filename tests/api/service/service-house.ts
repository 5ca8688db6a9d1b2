// Two premises of two landlords with an air handling unit, a lift and a lock room; a matrix that gives the unit to the agency; a contractor.
import type { Bundle } from '#domain/registry/bundle.ts'
import { startApi, twoHouses, type TestApi } from '#tests/api/start-api.ts'

export const START = Date.parse('2026-04-10T09:00:00Z')
const approvals = [
  { organisation: 'kunta', at: '2025-12-01T10:00:00Z' },
  { organisation: 'virasto', at: '2025-12-01T10:00:00Z' },
]
const [house, other] = twoHouses.premises!
const [agreement] = twoHouses.agreements!

export const serviceHouse: Bundle = {
  ...twoHouses,
  organisations: [...twoHouses.organisations!, { id: 'huolto', name: { fi: 'Huolto Oy', sv: 'Service Ab' } }],
  premises: [
    {
      ...house!,
      address: 'Kuja 1',
      spaces: [
        ...house!.spaces!,
        { id: 'k-1', use: 'technical', areaM2: '20', storey: 'K', name: { fi: 'Konehuone' } },
        { id: 'salainen', use: 'technical', areaM2: '5', name: { fi: 'Lukkohuone' } },
      ],
    },
    other!,
  ],
  devices: [
    ...twoHouses.devices!,
    {
      id: 'tk-1',
      premises: 'talo',
      space: 'k-1',
      type: 'ventilation-unit',
      name: { fi: 'Tuloilmakone 1' },
      points: [
        { key: 'state', kind: 'state' },
        { key: 'hours', unit: 'h', kind: 'counter' },
      ],
    },
    {
      id: 'hissi',
      premises: 'talo',
      type: 'lift',
      name: { fi: 'Hissi' },
      points: [{ key: 'trips', unit: '1', kind: 'counter' }],
    },
    {
      id: 'lukko',
      premises: 'talo',
      space: 'salainen',
      type: 'door',
      name: { fi: 'Lukko' },
      ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1' } }],
      visibility: { name: 'owner', place: 'owner' },
    },
  ],
  agreements: [
    {
      ...agreement!,
      versions: [
        {
          ...agreement!.versions[0]!,
          approvals,
          terms: { responsibilities: [{ of: { deviceType: 'ventilation-unit' }, tasks: { maintain: 'virasto' } }] },
        },
      ],
    },
  ],
}

export type House = TestApi & {
  landlord: string
  agency: string
  contractor: string
  stranger: string
  technician: string
}
export async function startHouse(options: { dashboardFolder?: string; now?: number } = {}): Promise<House> {
  const api = await startApi({ now: START, ...options })
  await api.fill(serviceHouse)
  return Object.assign(api, {
    landlord: await api.token('kunta', ['manager', 'technician']),
    agency: await api.token('virasto', ['manager']),
    technician: await api.token('virasto', ['technician']),
    contractor: await api.token('huolto', ['technician']),
    stranger: await api.token('muu', ['admin', 'manager', 'technician']),
  })
}
