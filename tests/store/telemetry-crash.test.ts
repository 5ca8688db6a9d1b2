// F1, F2: a store killed at any moment, or at a named place of its work, holds every acknowledged reading once.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Bucket } from '#domain/ports/telemetry.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import type { EmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { CRASH_POINTS } from '#store/embedded/telemetry/crash-point.ts'
import { SERIES, readingOfSerial } from './telemetry-serials.ts'

const CHILD = join(import.meta.dirname, 'telemetry-child.ts')
const FAR = Date.UTC(2100, 0, 1)

type Life = { acknowledged: [number, number][]; dropped: boolean; signal: string | null; errors: string }

const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })))

test('F1: killed at random moments, six lives in one folder', async () => {
  const folder = newFolder()
  const acknowledged: [number, number][] = []
  for (let life = 0; life < 6; life++) {
    const {
      acknowledged: now,
      signal,
      errors,
    } = await live(folder, life * 1_000_000, 'plain', { killAfterMs: 300 + Math.random() * 900 })
    expect(signal === 'SIGKILL' ? '' : `${signal}: ${errors}`).toBe('')
    acknowledged.push(...now)
  }
  expect(acknowledged.length).toBeGreaterThan(20)
  await checkRaw(folder, acknowledged)
})

test.for(CRASH_POINTS.filter((point) => point !== 'migrate'))('F2: killed at "%s"', async (point) => {
  const folder = newFolder()
  const mode = point.startsWith('drop') ? 'drop' : 'plain'
  const acknowledged: [number, number][] = []
  for (const [life, times] of [3, 1].entries()) {
    const {
      acknowledged: now,
      signal,
      errors,
    } = await live(folder, life * 1_000_000, mode, { crashAt: `${point}:${times}` })
    expect(signal === 'SIGKILL' ? '' : `${signal}: ${errors}`).toBe('')
    acknowledged.push(...now)
  }
  expect(acknowledged.length).toBeGreaterThan(0)
  if (mode === 'plain') await checkRaw(folder, acknowledged)
  await checkCounts(folder, acknowledged)
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-crash-'))
  folders.push(folder)
  return folder
}

/** Runs the child until it dies: by itself at a crash point, or killed after a while. */
async function live(
  folder: string,
  first: number,
  mode: string,
  how: { crashAt?: string; killAfterMs?: number },
): Promise<Life> {
  const env = { ...process.env, SAMTILA_CRASH_AT: how.crashAt ?? '' }
  const child = spawn(process.execPath, [CHILD, folder, String(first), mode], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (data: Buffer) => {
    if (output === '' && how.killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), how.killAfterMs)
    output += data.toString()
  })
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
  const guard = setTimeout(() => child.kill('SIGABRT'), 40_000)
  const signal = await new Promise<string | null>((resolve) => child.on('close', (_, by) => resolve(by)))
  clearTimeout(guard)
  // The last line may be cut short; what it says was not told to anybody.
  const lines = output
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' '))
  return {
    acknowledged: lines.filter(([word]) => word === 'ack').map(([, from, to]) => [Number(from), Number(to)]),
    dropped: lines.some(([word]) => word === 'dropped'),
    signal,
    errors,
  }
}

const serialsOf = (acknowledged: readonly [number, number][]): number[] =>
  acknowledged.flatMap(([from, to]) => Array.from({ length: to - from }, (_, step) => from + step))

/** Every acknowledged reading is there, once, as it was sent; and nothing that was never sent. */
async function checkRaw(folder: string, acknowledged: readonly [number, number][]): Promise<void> {
  const store = await openEmbeddedTelemetry({ folder, freeBytes: 0 })
  try {
    expect(await store.scrub()).toEqual([])
    const found = new Set<number>()
    let readings = 0
    for (const series of allSeries(store)) {
      const all = await store.readings(series, 0, FAR, 100_000)
      readings += all.length
      const [latest] = await store.latest([series])
      expect(latest).toEqual(all.at(-1))
      for (const reading of all) {
        const sent = readingOfSerial(reading.value as number)
        expect(series === store.findSeries(`device-${sent.number}`, 'point') && sent.at === reading.at).toBe(true)
        expect(found.has(reading.value as number)).toBe(false)
        found.add(reading.value as number)
      }
    }
    expect(serialsOf(acknowledged).filter((serial) => !found.has(serial))).toEqual([])
    expect(store.state().readings).toBe(readings)
  } finally {
    await store.close()
  }
}

/** Roll-ups and raw readings together count every acknowledged reading, and none twice. */
async function checkCounts(folder: string, acknowledged: readonly [number, number][]): Promise<void> {
  const store = await openEmbeddedTelemetry({ folder, freeBytes: 0 })
  try {
    await store.settle()
    const numbers = allSeries(store)
    const buckets = await store.buckets(numbers, [0, FAR])
    const count = buckets.reduce((sum, [bucket]) => sum + (bucket as Bucket).count, 0)
    const serials = new Set(serialsOf(acknowledged))
    expect(count).toBeGreaterThanOrEqual(serials.size)
    const raw = await Promise.all(numbers.map((series) => store.readings(series, 0, FAR, 100_000)))
    const rawSum = raw.flat().reduce((sum, { value }) => sum + (value as number), 0)
    const sum = buckets.reduce((all, [bucket]) => all + ((bucket as Bucket).mean ?? 0) * (bucket as Bucket).count, 0)
    // Unacknowledged readings of a killed process may be there too: at most three batches of 40 in each of two lives.
    expect(count - serials.size).toBeLessThanOrEqual(2 * 3 * 41)
    expect(Math.round(sum)).toBeGreaterThanOrEqual(rawSum)
    expect(await store.scrub()).toEqual([])
  } finally {
    await store.close()
  }
}

function allSeries(store: EmbeddedTelemetry): number[] {
  return Array.from({ length: SERIES }, (_, number) => store.findSeries(`device-${number}`, 'point')).filter(
    (one) => one !== null,
  )
}
