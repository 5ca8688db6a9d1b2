// Retention: old readings of gauges go, and of meters too where no month is frozen; what a frozen month may rest on stays for good.
import { expect, test } from 'vitest'
import type { Bundle } from '#domain/registry/bundle.ts'
import { dropOldReadings } from '#server/retention.ts'
import { createLog } from '#server/log.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { startApi } from '#tests/api/start-api.ts'
import { makeFolder, removeFolder } from '#tests/process/program.ts'

const house = (id: string): Bundle => ({
  organisations: [{ id: 'kunta', name: { fi: 'Kunta' } }],
  premises: [{ id, name: { fi: id }, timeZone: 'Europe/Helsinki', landlord: 'kunta' }],
  devices: [
    {
      id: `${id}-mittari`,
      premises: id,
      points: [
        { key: 'energy', kind: 'counter', unit: 'kWh' },
        { key: 'lampo', kind: 'gauge', unit: '°C' },
      ],
    },
  ],
  agreements: [
    {
      id: `${id}-sopimus`,
      premises: id,
      parties: ['kunta'],
      versions: [
        {
          version: 1,
          from: '2024-01-01',
          to: null,
          rules: [{ category: '*', method: { by: 'equal' } }],
          approvals: [{ organisation: 'kunta' }],
        },
      ],
    },
  ],
  readings: [
    {
      device: `${id}-mittari`,
      point: 'energy',
      values: [
        ['2024-02-01T00:00:00Z', '1'],
        ['2026-11-01T00:00:00Z', '2'],
      ],
    },
    {
      device: `${id}-mittari`,
      point: 'lampo',
      values: [
        ['2024-02-01T00:00:00Z', '20'],
        ['2026-11-01T00:00:00Z', '21'],
      ],
    },
  ],
})

test('old raw readings go, but none of a meter in premises with a frozen month', async () => {
  const folder = makeFolder()
  const telemetry = await openEmbeddedTelemetry({ folder })
  const api = await startApi({
    now: Date.parse('2026-11-22T00:00:00Z'),
    stores: {
      telemetry,
      records: openMemoryRecords({}),
    },
  })
  try {
    await api.fill(house('suljettu'))
    await api.fill(house('avoin'))
    const operator = await api.token(null, ['admin'])
    const closed = await api.request(operator, 'POST', '/premises/suljettu/settlements/2024-02/close', {
      force: true,
      reason: 'kokeilu',
    })
    expect(closed.status).toBe(200)
    const parts = {
      records: api.records,
      telemetry,
      retentionDays: 365,
      now: () => api.clock.now,
      log: createLog('silent'),
    }
    expect(await dropOldReadings(parts)).toBe(3)
    const left = async (device: string, point: string): Promise<number> =>
      (await telemetry.readings(telemetry.seriesOf(device, point), 0, Date.parse('2027-01-01T00:00:00Z'), 10)).length
    expect(await left('suljettu-mittari', 'energy')).toBe(2)
    expect(await left('suljettu-mittari', 'lampo')).toBe(1)
    expect(await left('avoin-mittari', 'energy')).toBe(1)
    expect(await left('avoin-mittari', 'lampo')).toBe(1)
    expect(await dropOldReadings(parts)).toBe(0)
  } finally {
    await api.close()
    await telemetry.close()
    removeFolder(folder)
  }
})
