// Moving readings between stores: all of them with their history, on after an interruption, and nothing that would be lost goes unsaid.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import { moveTelemetry } from '#server/move-telemetry.ts'
import { openEmbeddedRecords } from '#store/embedded/open-records.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { openInflux1Telemetry } from '#store/influx1/open-telemetry.ts'
import { notRun } from '#tests/not-run.ts'
import { INFLUXD, startInfluxd } from '#tests/store/influx-server.ts'
import type { InfluxServer } from '#tests/store/influx-server.ts'

const T0 = Date.UTC(2026, 0, 1)
const ACTOR = { kind: 'system', id: 'test', name: 'test', organisation: null } as const

if (INFLUXD === null) {
  test('moving readings to InfluxDB', (context) => notRun(context, 'InfluxDB 1.x', 'apt-get install influxdb'))
} else {
  describe('moving readings', () => {
    let server: InfluxServer
    const folder = mkdtempSync(join(tmpdir(), 'samtila-move-'))
    beforeAll(async () => {
      server = await startInfluxd()
    }, 30_000)
    afterAll(async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    })
    const newFolder = (): string => mkdtempSync(join(folder, 'one-'))
    const registry = async () => {
      const records = await openEmbeddedRecords({ folder: newFolder() })
      const devices = ['a', 'b', 'c'].map((id) => ({
        kind: 'devices' as const,
        id,
        value: { id, premises: 'hall', points: [{ key: 'p', kind: 'gauge' as const }] },
      }))
      const hall = { id: 'hall', name: { en: 'Hall' }, timeZone: 'Europe/Helsinki', landlord: 'town' }
      await records.change(
        {
          objects: [
            { kind: 'organisations', id: 'town', value: { id: 'town', name: { en: 'Town' } } },
            { kind: 'premises', id: 'hall', value: hall },
            ...devices,
          ],
        },
        ACTOR,
        'import',
      )
      return records
    }
    const fill = async (store: Telemetry): Promise<void> => {
      for (const device of ['a', 'b', 'c']) {
        const series = store.seriesOf(device, 'p')
        for (let index = 0; index < 25_000; index++) {
          const value = index % 100 === 0 ? 'text' : index % 101 === 0 ? { decimal: `${index}.10` } : index / 8
          store.add(
            series,
            T0 + index * 60_000,
            value,
            index % 7 === 0 ? 'suspect' : 'measured',
            T0 + index,
            index % 3 === 0,
          )
        }
        await store.commit()
        for (const turn of [1, 2, 1]) {
          for (let index = 0; index < 25_000; index += 500) {
            store.add(series, T0 + index * 60_000, turn, 'manual', T0 + 1e9 + turn, false)
          }
          await store.commit()
        }
      }
    }
    const influx = (database: string): Promise<Telemetry> =>
      openInflux1Telemetry({ url: server.url, database, user: null, password: null }, { spoolFolder: newFolder() })

    test('there, interrupted on the way, and back again: the same digest', { timeout: 120_000 }, async () => {
      const records = await registry()
      const source = await openEmbeddedTelemetry({ folder: newFolder() })
      await fill(source)
      const database = randomUUID()
      let target = await influx(database)
      const journal = join(newFolder(), 'journal')
      const parts = { records, journal, withoutRollUps: false, onSeries: () => {} }
      // Interrupted in the middle of the second series.
      let commits = 0
      const interrupted: Telemetry = {
        ...target,
        commit: () => (++commits > 3 ? Promise.reject(new Error('interrupted')) : target.commit()),
      }
      await expect(moveTelemetry({ ...parts, from: source, to: interrupted })).rejects.toThrow('interrupted')
      await target.commit()
      await target.close()
      target = await influx(database)
      const there = await moveTelemetry({ ...parts, from: source, to: target })
      expect(there).toMatchObject({ series: 3, readings: 75_000, superseded: 3 * 3 * 50, left: 0 })
      const last = await openEmbeddedTelemetry({ folder: newFolder() })
      const back = await moveTelemetry({ ...parts, from: target, to: last, journal: join(newFolder(), 'journal') })
      expect(back).toEqual(there)
      for (const store of [source, target, last]) await store.close()
      await records.close()
    })

    test(
      'refuses a target that holds something else, and says what would stay behind',
      { timeout: 60_000 },
      async () => {
        const records = await registry()
        const source = await openEmbeddedTelemetry({ folder: newFolder() })
        const target = await influx(randomUUID())
        const parts = { records, withoutRollUps: false, onSeries: () => {} }
        const put = async (store: Telemetry, device: string, at: number, value: number): Promise<void> => {
          store.add(store.seriesOf(device, 'p'), at, value, 'measured', at, false)
          await store.commit()
        }
        await put(source, 'a', T0, 1)
        await put(source, 'nobody', T0, 1)
        await put(target, 'a', T0, 2)
        const journal = join(newFolder(), 'journal')
        await expect(moveTelemetry({ ...parts, from: source, to: target, journal })).rejects.toMatchObject({
          code: 'conflict',
          message: expect.stringContaining('another reading of a / p'),
        })
        const empty = await influx(randomUUID())
        expect(await moveTelemetry({ ...parts, from: source, to: empty, journal })).toMatchObject({
          readings: 1,
          left: 1,
        })
        await put(source, 'b', T0, 1)
        await source.dropBefore(T0 + 86_400_000, new Map())
        await expect(moveTelemetry({ ...parts, from: source, to: empty, journal })).rejects.toThrow(
          '--without-roll-ups',
        )
        for (const store of [source, target, empty]) await store.close()
        await records.close()
      },
    )
  })
}
