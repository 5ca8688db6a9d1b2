// A request fails, or its answer is lost, at every place of a write and of retention: the next try makes it good, and nothing is there twice.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import { openInflux2Telemetry } from '#store/influx2/open-telemetry.ts'
import { notRun } from '#tests/not-run.ts'
import { INFLUXD, createDatabase, openVersion2Door, startInfluxd } from './influx-server.ts'
import type { Door, InfluxServer } from './influx-server.ts'

const T0 = Date.UTC(2026, 2, 1)
const HOUR = 3_600_000
const END = Date.UTC(2200, 0, 1)

if (INFLUXD === null) {
  test('faults of the telemetry server', (context) => notRun(context, 'InfluxDB 1.x', 'apt-get install influxdb'))
} else {
  describe('faults of the telemetry server', () => {
    let server: InfluxServer
    let door: Door
    const folders: string[] = []
    beforeAll(async () => {
      server = await startInfluxd()
      door = await openVersion2Door(server.url)
    }, 30_000)
    afterAll(async () => {
      await door.close()
      await server.stop()
      for (const made of folders) rmSync(made, { recursive: true, force: true })
    })
    const open = async (bucket: string): Promise<Telemetry> => {
      const spoolFolder = mkdtempSync(join(tmpdir(), 'samtila-faults-'))
      folders.push(spoolFolder)
      return openInflux2Telemetry({ url: door.url, org: 'o', bucket, database: bucket, token: 't' }, { spoolFolder })
    }
    const newBucket = async (): Promise<string> => {
      const bucket = randomUUID()
      await createDatabase(server.url, bucket)
      return bucket
    }
    const fine = (): void => {
      door.requestsLeft = Infinity
      door.losesAnswer = false
      door.weather = 'fine'
    }
    const drained = async (store: Telemetry): Promise<void> => {
      for (let tries = 0; store.state().state !== 'ready'; tries++) {
        if (tries > 400) throw new Error(`still ${store.state().state}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }

    test('late readings that come while retention runs are not deleted with the old', { timeout: 60_000 }, async () => {
      const bucket = await newBucket()
      const store = await open(bucket)
      const series = store.seriesOf('device', 'point')
      for (let at = 0; at < 2_000; at++) store.add(series, T0 + at * 1_000, 1, 'measured', T0, false)
      await store.commit()
      let dropping = true
      const dropped = store.dropBefore(T0 + HOUR, new Map()).finally(() => (dropping = false))
      let late = 0
      const commits: Promise<unknown>[] = []
      while (dropping) {
        store.add(series, T0 + late++ * 1_000 + 500, 1, 'measured', T0, false)
        commits.push(store.commit())
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      await Promise.all(commits)
      expect(late).toBeGreaterThan(2)
      // Each is a raw reading or in a quarter, and none is both.
      await dropped
      const [bucketOf] = await store.buckets([series], [T0, T0 + HOUR])
      expect(bucketOf?.[0]?.count).toBe(2_000 + late)
      await store.close()
    })

    for (const losesAnswer of [false, true]) {
      const how = losesAnswer ? 'the answer is lost' : 'the request fails'
      test(`a write with corrections, ${how} at every place`, { timeout: 60_000 }, async () => {
        const bucket = await newBucket()
        let places = 0
        for (; ; places++) {
          const store = await open(bucket)
          const point = `point-${places}`
          const series = store.seriesOf('device', point)
          const add = (at: number, value: number | string, receivedAt: number): void =>
            store.add(series, at, value, 'measured', receivedAt, false)
          add(T0, 1, T0 + 1)
          add(T0 + 10, 1, T0 + 11)
          await store.commit()
          door.losesAnswer = losesAnswer
          door.requestsLeft = places + 1
          // New, the same, two corrections of one instant, one of another.
          add(T0 + 20, 5, T0 + 100)
          add(T0 + 10, 1, T0 + 101)
          add(T0, 2, T0 + 102)
          add(T0, 'three', T0 + 103)
          add(T0 + 20, 6, T0 + 104)
          await store.commit()
          const hit = door.weather === 'refusing' || (losesAnswer && door.requestsLeft <= 0)
          fine()
          await drained(store)
          expect((await store.readings(series, 0, END, 10)).map(({ value }) => value)).toEqual(['three', 1, 6])
          const history = await store.superseded(series, 0, END, 10)
          expect(history.map(({ at, value, supersededAt }) => [at - T0, value, supersededAt - T0])).toEqual([
            [20, 5, 104],
            [0, 2, 103],
            [0, 1, 102],
          ])
          await store.close()
          if (!hit) break
        }
        expect(places).toBeGreaterThanOrEqual(3)
      })

      test(`retention, ${how} at every place`, { timeout: 120_000 }, async () => {
        const bucket = await newBucket()
        const edges = Array.from({ length: 7 }, (_, hour) => T0 + hour * HOUR)
        let places = 0
        for (; ; places++) {
          let store = await open(bucket)
          const [device, point] = [`device-${places}`, 'point']
          const series = store.seriesOf(device, point)
          for (let index = 0; index < 60; index++) {
            store.add(series, T0 + index * 300_000, index, 'measured', T0 + index, false)
          }
          await store.commit()
          const before = await store.buckets([series], edges)
          door.losesAnswer = losesAnswer
          door.requestsLeft = places + 1
          const failed = await store.dropBefore(T0 + 3 * HOUR, new Map()).then(
            () => false,
            () => true,
          )
          fine()
          await store.close()
          // The next process finishes what was begun, or begins anew; then figures are as they were, and a second run adds nothing.
          store = await open(bucket)
          await store.dropBefore(T0 + 3 * HOUR, new Map())
          await store.dropBefore(T0 + 3 * HOUR, new Map())
          const again = store.findSeries(device, point) as number
          expect((await store.buckets([again], edges))[0]).toEqual(before[0])
          expect((await store.readings(again, 0, END, 100)).map(({ value }) => value)).toEqual(
            Array.from({ length: 24 }, (_, index) => index + 36),
          )
          await store.close()
          if (!failed) break
        }
        expect(places).toBeGreaterThanOrEqual(8)
      })
    }
  })
}
