// Many readings through the stores: 60,000 in every run of the tests, 10 million with SAMTILA_TEST_READINGS=10000000.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Bucket, Reading, Telemetry } from '#domain/ports/telemetry.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'
import { openInflux1Telemetry } from '#store/influx1/open-telemetry.ts'
import { notRun } from '#tests/not-run.ts'
import { openInflux2Telemetry } from '#store/influx2/open-telemetry.ts'
import { INFLUXD, createDatabase, openVersion2Door, startInfluxd } from '#tests/store/influx-server.ts'

const READINGS = Number(process.env['SAMTILA_TEST_READINGS'] ?? 60_000)
const SERIES = 300
const T0 = Date.UTC(2026, 0, 1)
const STEP = 60_000
const COMMIT = 20_000
const TIMEOUT_MS = 60_000 + READINGS / 5
const steps = Math.ceil(READINGS / SERIES)

/** Every series has its own offset; every 50th value is a text, every 49th a decimal. */
const valueOf = (series: number, step: number): Reading['value'] => {
  if (series % 10 === 0 && step % 50 === 0) return `state ${step % 3}`
  if (series % 10 === 0 && step % 49 === 0) return { decimal: `${step}.${series}0` }
  return series + step / 8
}

async function runMany(store: Telemetry): Promise<void> {
  const numbers = Array.from({ length: SERIES }, (_, index) => store.seriesOf(`device-${index >> 2}`, `point-${index}`))
  let open = 0
  const totals = { stored: 0, duplicate: 0, superseded: 0 }
  const commit = async (): Promise<void> => {
    const { stored, duplicate, superseded } = await store.commit()
    totals.stored += stored
    totals.duplicate += duplicate
    totals.superseded += superseded
    open = 0
  }
  const add = async (series: number, step: number, value: Reading['value'], receivedAt: number): Promise<void> => {
    store.add(numbers[series] as number, T0 + step * STEP, value, 'measured', receivedAt, false)
    if (++open >= COMMIT) await commit()
  }
  // Odd steps first come late: the even ones of the same hour are there before.
  for (let hour = 0; hour * 60 < steps; hour++) {
    for (const parity of [0, 1]) {
      for (let step = hour * 60 + parity; step < Math.min(steps, hour * 60 + 60); step += 2) {
        for (let series = 0; series < SERIES; series++) await add(series, step, valueOf(series, step), T0 + step * STEP)
      }
    }
  }
  await commit()
  const all = steps * SERIES
  expect(totals).toEqual({ stored: all, duplicate: 0, superseded: 0 })
  expect(store.state()).toMatchObject({ state: 'ready', readings: all, queued: 0 })

  // One in a hundred again, one in a hundred corrected.
  let again = 0
  let corrected = 0
  for (let step = 0; step < steps; step += 10) {
    for (let series = step % 10; series < SERIES; series += 10) {
      if ((step / 10) % 2 === 0) {
        await add(series, step, valueOf(series, step), T0 + 9e9)
        again++
      } else {
        await add(series, step, -1, T0 + 9e9)
        corrected++
      }
    }
  }
  await commit()
  expect(totals).toEqual({ stored: all, duplicate: again, superseded: corrected })
  expect(store.state().readings).toBe(all)

  const standing = (series: number, step: number): Reading['value'] =>
    step % 10 === 0 && (step / 10) % 2 === 1 && series % 10 === step % 10 ? -1 : valueOf(series, step)
  for (const series of [0, 1, 10, SERIES - 1]) {
    const number = numbers[series] as number
    let seen = 0
    for (let from = T0; ;) {
      const page = await store.readings(number, from, T0 + steps * STEP, 10_000)
      for (const { at, value } of page) {
        expect([at, value]).toEqual([T0 + seen * STEP, standing(series, seen)])
        seen++
      }
      if (page.length < 10_000) break
      from = (page.at(-1) as Reading).at + 1
    }
    expect(seen).toBe(steps)
    const replaced = await store.superseded(number, T0, T0 + steps * STEP, 10_000)
    expect(replaced.length).toBe(series % 10 === 0 ? Math.min(10_000, Math.floor((steps + 9) / 20)) : 0)
    const edges = Array.from({ length: 401 }, (_, index) => T0 + Math.round((index * steps) / 400) * STEP)
    const wide = [...new Set(edges)]
    const buckets = (await store.buckets([number], wide))[0] as Bucket[]
    const numeric = Array.from({ length: steps }, (_, step) => standing(series, step)).filter(
      (value) => typeof value !== 'string',
    )
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(numeric.length)
    expect(Math.min(...buckets.map(({ min }) => min ?? Infinity))).toBe(
      numeric.reduce<number>(
        (least, value) => Math.min(least, typeof value === 'object' ? Number(value.decimal) : Number(value)),
        Infinity,
      ),
    )
  }
  const latest = await store.latest(numbers)
  expect(latest.map((reading) => reading?.at)).toEqual(numbers.map(() => T0 + (steps - 1) * STEP))
}

test(`${READINGS} readings in the memory store`, { timeout: TIMEOUT_MS }, async () => {
  const store = openMemoryTelemetry()
  try {
    await runMany(store)
  } finally {
    await store.close()
  }
})

test(`${READINGS} readings in the embedded store`, { timeout: TIMEOUT_MS }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-many-'))
  const store = await openEmbeddedTelemetry({ folder })
  try {
    await runMany(store)
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test(`${READINGS} readings in InfluxDB 1.x`, { timeout: TIMEOUT_MS }, async (context) => {
  if (INFLUXD === null) notRun(context, 'InfluxDB 1.x', 'apt-get install influxdb')
  const folder = mkdtempSync(join(tmpdir(), 'samtila-many-'))
  const server = await startInfluxd()
  try {
    const address = { url: server.url, database: randomUUID(), user: null, password: null }
    const store = await openInflux1Telemetry(address, { spoolFolder: folder })
    try {
      await runMany(store)
    } finally {
      await store.close()
    }
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

test(`${READINGS} readings by the driver of InfluxDB 2.x and 3`, { timeout: TIMEOUT_MS }, async (context) => {
  if (INFLUXD === null) notRun(context, 'InfluxDB 1.x', 'apt-get install influxdb')
  const folder = mkdtempSync(join(tmpdir(), 'samtila-many-'))
  const server = await startInfluxd()
  const door = await openVersion2Door(server.url)
  try {
    const bucket = randomUUID()
    await createDatabase(server.url, bucket)
    const address = { url: door.url, org: 'town', bucket, database: bucket, token: 'secret' }
    const store = await openInflux2Telemetry(address, { spoolFolder: folder })
    try {
      await runMany(store)
    } finally {
      await store.close()
    }
  } finally {
    await door.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
