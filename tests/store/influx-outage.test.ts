// The telemetry server stopped, killed, frozen, refusing and slow under writes: nothing acknowledged is lost, memory stays bounded, the spool drains in order.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Telemetry, TelemetryState } from '#domain/ports/telemetry.ts'
import { openInflux1Telemetry } from '#store/influx1/open-telemetry.ts'
import { openInflux2Telemetry } from '#store/influx2/open-telemetry.ts'
import { notRun } from '#tests/not-run.ts'
import { INFLUXD, createDatabase, openVersion2Door, startInfluxd } from './influx-server.ts'
import type { Door, InfluxServer } from './influx-server.ts'
import { SERIES, readingOfSerial } from './telemetry-serials.ts'

const END = Date.UTC(2200, 0, 1)

/** Writes serial numbers in batches until told to stop; knows what was acknowledged. */
function startWriting(store: Telemetry, pauseMs = 20) {
  const series = Array.from({ length: SERIES }, (_, number) => store.seriesOf(`device-${number}`, 'point'))
  const acknowledged: number[] = []
  let refused = 0
  let stopped = false
  let serial = 0
  const run = async (): Promise<void> => {
    while (!stopped) {
      const from = serial
      serial += 200
      for (let next = from; next < serial; next++) {
        const { number, at, value, receivedAt } = readingOfSerial(next)
        store.add(series[number] as number, at, value, 'measured', receivedAt, false)
      }
      const to = serial
      try {
        await store.commit()
        for (let next = from; next < to; next++) acknowledged.push(next)
      } catch {
        refused += 1
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
  const running = Promise.all([run(), run()])
  return {
    acknowledged,
    refused: () => refused,
    async stop(): Promise<number> {
      stopped = true
      await running
      return serial
    },
  }
}

/** The serial numbers that the store gives back, and instants that it has twice. */
async function serialsIn(store: Telemetry): Promise<Set<number>> {
  const found = new Set<number>()
  for (let number = 0; number < SERIES; number++) {
    const series = store.findSeries(`device-${number}`, 'point')
    if (series === null) continue
    const readings = await store.readings(series, 0, END, 100_000)
    for (const { value } of readings) {
      expect(found.has(value as number)).toBe(false)
      found.add(value as number)
    }
    expect(await store.superseded(series, 0, END, 10)).toEqual([])
  }
  return found
}

async function until(what: string, holds: () => boolean, withinMs = 40_000): Promise<void> {
  const start = Date.now()
  while (!holds()) {
    if (Date.now() - start > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

if (INFLUXD === null) {
  test('outage of the telemetry server', (context) => notRun(context, 'InfluxDB 1.x', 'apt-get install influxdb'))
} else {
  describe('outage of the telemetry server', () => {
    let server: InfluxServer
    let door: Door
    const folders: string[] = []
    const opened: Telemetry[] = []
    const folder = (): string => {
      const made = mkdtempSync(join(tmpdir(), 'samtila-outage-'))
      folders.push(made)
      return made
    }
    beforeAll(async () => {
      server = await startInfluxd()
      door = await openVersion2Door(server.url)
    }, 30_000)
    afterEach(async () => {
      door.weather = 'fine'
      for (const store of opened.splice(0)) await store.close()
    })
    afterAll(async () => {
      await door.close()
      await server.stop()
      for (const made of folders) rmSync(made, { recursive: true, force: true })
    })
    const keep = (store: Telemetry): Telemetry => {
      opened.push(store)
      return store
    }
    const check = async (store: Telemetry, acknowledged: readonly number[]): Promise<void> => {
      await until('everything is on the server', () => store.state().state === 'ready' && store.state().queued === 0)
      const found = await serialsIn(store)
      expect(acknowledged.filter((serial) => !found.has(serial))).toEqual([])
      await until('readings are counted', () => store.state().readings === found.size)
    }

    test(
      'stopped, killed and frozen: all is acknowledged into the spool, and drains',
      { timeout: 120_000 },
      async () => {
        const states: TelemetryState['state'][] = []
        const spoolFolder = folder()
        const store = keep(
          await openInflux1Telemetry(
            { url: server.url, database: randomUUID(), user: null, password: null },
            { spoolFolder, onState: (state) => states.push(state) },
          ),
        )
        const writing = startWriting(store)
        await until('some is written', () => writing.acknowledged.length > 2_000)
        for (const [signal, back] of [
          ['SIGTERM', () => server.start()],
          ['SIGSTOP', async () => server.signal('SIGCONT')],
          ['SIGKILL', () => server.start()],
        ] as const) {
          if (signal === 'SIGSTOP') server.signal(signal)
          else await server.kill(signal)
          const before = writing.acknowledged.length
          await until(`goes on after ${signal}`, () => writing.acknowledged.length > before + 3_000)
          expect(store.state()).toMatchObject({ state: 'away', reason: expect.stringContaining('wait in the spool') })
          expect(readdirSync(spoolFolder).some((name) => name.endsWith('.bin'))).toBe(true)
          // Known to be away: a question is refused at once, not after its time-out; a settlement is never computed from half.
          const asked = performance.now()
          const series = store.findSeries('device-1', 'point') as number
          await expect(store.meterReadings(series, 0, END)).rejects.toMatchObject({ code: 'store-unavailable' })
          await expect(store.latest([series])).rejects.toMatchObject({ code: 'store-unavailable' })
          expect(performance.now() - asked).toBeLessThan(1_000)
          await back()
          await until(`drained after ${signal}`, () => store.state().state === 'ready')
        }
        await writing.stop()
        expect(writing.refused()).toBe(0)
        expect(states.filter((state) => state === 'ready').length).toBe(3)
        await check(store, writing.acknowledged)
        expect(readdirSync(spoolFolder).filter((name) => name.endsWith('.bin'))).toEqual([])
      },
    )

    // Its writers write on while it drains: the spool must become empty all the same.
    test('refusing and slow', { timeout: 120_000 }, async () => {
      const bucket = randomUUID()
      await createDatabase(server.url, bucket)
      const store = keep(
        await openInflux2Telemetry(
          { url: door.url, org: 'town', bucket, database: bucket, token: 't' },
          { spoolFolder: folder() },
        ),
      )
      const writing = startWriting(store, 30)
      await until('some is written', () => writing.acknowledged.length > 2_000)
      for (const weather of ['refusing', 'slow'] as const) {
        door.weather = weather
        const before = writing.acknowledged.length
        await until(`goes on while ${weather}`, () => writing.acknowledged.length > before + 3_000)
        expect(store.state().state).toBe('away')
        door.weather = 'fine'
        await until(`drained after ${weather}`, () => store.state().state === 'ready')
      }
      await writing.stop()
      expect(writing.refused()).toBe(0)
      await check(store, writing.acknowledged)
    })

    test('a full spool acknowledges nothing more, and memory stays bounded', { timeout: 120_000 }, async () => {
      const bucket = randomUUID()
      await createDatabase(server.url, bucket)
      const spoolFolder = folder()
      const states: TelemetryState['state'][] = []
      const store = keep(
        await openInflux2Telemetry(
          { url: door.url, org: 'town', bucket, database: bucket, token: 't' },
          { spoolFolder, spoolBytes: 30_000, onState: (state) => states.push(state) },
        ),
      )
      door.weather = 'refusing'
      const writing = startWriting(store)
      await until('the spool is full', () => writing.refused() > 20)
      expect(store.state()).toMatchObject({ state: 'full', reason: expect.stringContaining('limit of 30000 bytes') })
      expect(states).toContain('full')
      // One of a smaller size may still find room; then none is taken any more.
      let held = -1
      let refused = 0
      await until('it stays full', () => {
        if (held === writing.acknowledged.length) return writing.refused() > refused + 20
        held = writing.acknowledged.length
        refused = writing.refused()
        return false
      })
      const bytes = readdirSync(spoolFolder).reduce((sum, name) => sum + statSync(join(spoolFolder, name)).size, 0)
      expect(bytes).toBeLessThan(31_000)
      door.weather = 'fine'
      await until('it takes again', () => writing.acknowledged.length > held + 1_000)
      await writing.stop()
      await until('drained', () => store.state().state === 'ready')
      const found = await serialsIn(store)
      expect(writing.acknowledged.filter((serial) => !found.has(serial))).toEqual([])
    })

    test(
      'readings that wait in memory are bounded too, and who lost some hears of it',
      { timeout: 120_000 },
      async () => {
        const bucket = randomUUID()
        await createDatabase(server.url, bucket)
        const address = { url: door.url, org: 'town', bucket, database: bucket, token: 't' }
        const store = keep(await openInflux2Telemetry(address, { spoolFolder: folder(), spoolBytes: 1_000 }))
        const series = store.seriesOf('flood', 'point')
        door.weather = 'refusing'
        let added = 0
        const flood = (): void => {
          for (; ; added++) store.add(series, added, 1, 'measured', added, false)
        }
        expect(flood).toThrow('wait for the telemetry server already')
        expect(added).toBeLessThanOrEqual(500_000)
        await until('they are dropped', () => store.state().queued === 0)
        door.weather = 'fine'
        await expect(store.commit()).rejects.toMatchObject({ code: 'store-full' })
        store.add(series, 1, 1, 'measured', 1, false)
        await until('the server is back', () => store.state().state === 'ready')
        expect(await store.commit()).toMatchObject({ stored: 1 })
      },
    )

    test('kill -9 of the writer with readings in the spool', { timeout: 120_000 }, async () => {
      const database = randomUUID()
      const spoolFolder = folder()
      const child = spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', 'tests/store/influx-child.ts', server.url, database, spoolFolder],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      )
      let told = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text))
      const acknowledged = (): number[] => told.match(/(?<=ack )\d+(?=\n)/g)?.map(Number) ?? []
      await until('it writes', () => acknowledged().length > 20)
      await server.kill('SIGKILL')
      const before = acknowledged().length
      await until('it goes on into the spool', () => acknowledged().length > before + 50)
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
      await server.start()
      const store = keep(
        await openInflux1Telemetry({ url: server.url, database, user: null, password: null }, { spoolFolder }),
      )
      const serials = acknowledged().flatMap((first) => Array.from({ length: 100 }, (_, step) => first + step))
      expect(serials.length).toBeGreaterThan(7_000)
      await check(store, serials)
    })
  })
}
