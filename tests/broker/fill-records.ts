// Devices of two landlords and their credentials, for the tests of this folder.
import { hashToken } from '#broker/credentials.ts'
import type { Actor, Records } from '#domain/ports/records.ts'
import type { Device } from '#domain/registry/bundle.ts'

export const ACTOR: Actor = { kind: 'system', id: 'test', name: 'test', organisation: null }

export const DEVICES: Device[] = [
  {
    id: 'meter-a',
    premises: 'hall-a',
    expectedInterval: 'PT1M',
    points: [
      { key: 'energy', kind: 'counter', unit: 'kWh' },
      { key: 'power', kind: 'gauge', unit: 'W' },
      { key: 'mode', kind: 'state' },
    ],
  },
  { id: 'sensor-a', premises: 'hall-a', simulated: true, points: [{ key: 'temperature', kind: 'gauge', unit: '°C' }] },
  { id: 'meter-b', premises: 'hall-b', points: [{ key: 'energy', kind: 'counter', unit: 'kWh' }] },
]
export const GATEWAYS = ['gateway-a', 'gateway-b']

/** Fills records with two organisations, a premises each, the devices above, and credentials of all of them. */
export async function fillRecords(records: Records): Promise<void> {
  await records.change(
    {
      objects: [
        ...['a', 'b'].map((letter) => ({
          kind: 'organisations' as const,
          id: `org-${letter}`,
          value: { id: `org-${letter}`, name: { en: letter } },
        })),
        ...['a', 'b'].map((letter) => ({
          kind: 'premises' as const,
          id: `hall-${letter}`,
          value: { id: `hall-${letter}`, name: { en: letter }, timeZone: 'Europe/Helsinki', landlord: `org-${letter}` },
        })),
        ...DEVICES.map((value) => ({ kind: 'devices' as const, id: value.id, value })),
      ],
    },
    ACTOR,
    'import',
  )
  await records.putCredentials(
    [...DEVICES.map(({ id }) => id), ...GATEWAYS].map((id) => ({
      id: `credential-${id}`,
      device: id,
      hash: hashToken(`token of ${id}`),
      gateway: GATEWAYS.includes(id),
      createdAt: 1,
      revokedAt: null,
    })),
    ACTOR,
  )
}
