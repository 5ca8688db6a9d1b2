// Two nodes that write into one InfluxDB: no reading counts twice, none that was replaced loses its line, whoever writes it and when.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CommitResult, Telemetry } from '#domain/ports/telemetry.ts'
import type { PostgresAddress } from '#store/postgres/address.ts'
import { openConnection } from '#store/postgres/connection.ts'
import { openSchema } from '#store/postgres/open-schema.ts'
import { createPostgresTurns } from '#store/postgres/turns.ts'
import { openInflux1Telemetry } from '#store/influx1/open-telemetry.ts'
import { notRun } from '#tests/not-run.ts'
import { INFLUXD, startInfluxd } from '#tests/store/influx-server.ts'
import type { InfluxServer } from '#tests/store/influx-server.ts'
import { POSTGRES_PROGRAMS, startPostgres } from '#tests/store/postgres-server.ts'
import type { PostgresServer } from '#tests/store/postgres-server.ts'

const START = Date.UTC(2026, 0, 1)

if (INFLUXD === null || POSTGRES_PROGRAMS === null) {
  test('two writers of one InfluxDB', (context) =>
    notRun(context, 'PostgreSQL and InfluxDB 1.x', 'apt-get install postgresql influxdb'))
} else {
  describe('two writers of one InfluxDB', () => {
    let influx: InfluxServer
    let postgres: PostgresServer
    let address: PostgresAddress
    const folders: string[] = []
    const stores: Telemetry[] = []
    beforeAll(async () => {
      ;[influx, postgres] = await Promise.all([startInfluxd(), startPostgres()])
      address = postgres.newAddress()
      const connection = openConnection(address)
      openSchema(connection, address)
      connection.close()
    }, 60_000)
    afterAll(async () => {
      for (const store of stores) await store.close()
      await Promise.all([influx.stop(), postgres.stop()])
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    })

    /** Two nodes on a database of their own; each has its own opinion of where the devices are. */
    async function openTwo(): Promise<[Telemetry, Telemetry]> {
      const database = randomUUID()
      const open = async (premises: string): Promise<Telemetry> => {
        const spoolFolder = mkdtempSync(join(tmpdir(), 'samtila-spool-'))
        folders.push(spoolFolder)
        const store = await openInflux1Telemetry(
          { url: influx.url, database, user: null, password: null },
          { spoolFolder, turns: createPostgresTurns(address), premisesOf: async () => premises },
        )
        stores.push(store)
        return store
      }
      return [await open('school'), await open('hall')]
    }

    const write = (
      store: Telemetry,
      device: string,
      at: number,
      value: number,
      receivedAt = at,
    ): Promise<CommitResult> => {
      store.add(store.seriesOf(device, 'heat'), at, value, 'measured', receivedAt, false)
      return store.commit()
    }
    const all = async (store: Telemetry, device: string) => {
      const series = store.seriesOf(device, 'heat')
      const readings = await store.readings(series, START, START + 10_000_000, 10_000)
      const superseded = await store.superseded(series, START, START + 10_000_000, 10_000)
      return { readings, superseded }
    }

    test('what the other node has written meanwhile is found, corrected and counted once', async () => {
      const [one, other] = await openTwo()
      expect(await write(one, 'd1', START, 1)).toEqual({ stored: 1, duplicate: 0, superseded: 0 })
      expect(await write(other, 'd1', START + 60_000, 2)).toEqual({ stored: 1, duplicate: 0, superseded: 0 })
      // This node has not seen the newest one.
      expect(await write(one, 'd1', START + 60_000, 2)).toEqual({ stored: 0, duplicate: 1, superseded: 0 })
      const corrected = await write(one, 'd1', START + 60_000, 3, START + 70_000)
      expect(corrected).toEqual({ stored: 0, duplicate: 0, superseded: 1 })
      expect(await write(other, 'd1', START + 120_000, 4)).toEqual({ stored: 1, duplicate: 0, superseded: 0 })
      const seen = await all(one, 'd1')
      expect(seen.readings.map(({ value }) => value)).toEqual([1, 3, 4])
      expect(seen.superseded).toEqual([
        expect.objectContaining({ at: START + 60_000, value: 2, supersededAt: START + 70_000 }),
      ])
      expect(await all(other, 'd1')).toEqual(seen)
      const [days = []] = await one.buckets([one.seriesOf('d1', 'heat')], [START, START + 86_400_000])
      expect(days.map(({ count }) => count)).toEqual([3])
    })

    test('both at the same moment: every value is a reading or in the history, none both, none twice', async () => {
      const [one, other] = await openTwo()
      const devices = Array.from({ length: 12 }, (_, place) => `meter-${place}`)
      const total = { stored: 0, duplicate: 0, superseded: 0 }
      const rounds = 15
      const run = async (store: Telemetry, node: number): Promise<void> => {
        for (let round = 0; round < rounds; round++) {
          for (const [place, device] of devices.entries()) {
            // The same instants with other values, and one that both bring.
            const at = START + round * 1_000
            const value = place === 0 ? 7 : node * 1_000 + round
            store.add(store.seriesOf(device, 'heat'), at, value, 'measured', at, false)
          }
          const result = await store.commit()
          for (const key of ['stored', 'duplicate', 'superseded'] as const) total[key] += result[key]
        }
      }
      await Promise.all([run(one, 1), run(other, 2)])
      expect(total).toEqual({
        stored: rounds * devices.length,
        duplicate: rounds,
        superseded: rounds * (devices.length - 1),
      })
      for (const device of devices) {
        const { readings, superseded } = await all(other, device)
        expect(await all(one, device)).toEqual({ readings, superseded })
        expect(readings.length).toBe(rounds)
        if (device === 'meter-0') {
          expect(superseded).toEqual([])
          continue
        }
        for (const { at, value } of readings) {
          const lost = superseded.filter((former) => former.at === at).map((former) => Number(former.value))
          expect([...lost, Number(value)].sort()).toEqual([1_000, 2_000].map((base) => base + (at - START) / 1_000))
        }
      }
    })

    test('a turn that is lost in the middle: the readings wait in the spool and are brought again, once', async () => {
      const [one, other] = await openTwo()
      await write(one, 'd2', START, 1)
      let isWriting = true
      let sent = 0
      const writing = (async () => {
        while (isWriting) {
          sent++
          await write(sent % 2 === 0 ? one : other, 'd2', START + sent * 1_000, sent)
        }
      })()
      let cut = 0
      while (cut < 5) {
        await new Promise((resolve) => setTimeout(resolve, 20))
        const ended = await postgres.ask(
          address,
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%advisory%' AND pid <> pg_backend_pid()`,
        )
        cut += ended.length
      }
      isWriting = false
      await writing
      await expect.poll(() => [one.state().state, other.state().state], { timeout: 15_000 }).toEqual(['ready', 'ready'])
      const { readings, superseded } = await all(one, 'd2')
      expect(readings.map(({ value }) => value)).toEqual([1, ...Array.from({ length: sent }, (_, index) => index + 1)])
      expect(superseded).toEqual([])
    })
  })
}
