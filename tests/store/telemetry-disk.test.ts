// F5, F6: no space, and writes that fail: nothing is acknowledged that is not on the disk, reads go on.
import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import type { EmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { notRun } from '#tests/not-run.ts'

const T0 = Date.UTC(2026, 0, 1)
const FAR = Date.UTC(2100, 0, 1)
const cleaning: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const clean of cleaning.splice(0).toReversed()) await clean()
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-disk-'))
  cleaning.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function open(
  folder: string,
  options: { freeBytes?: number; reorganiseReadings?: number } = {},
): Promise<EmbeddedTelemetry> {
  const store = await openEmbeddedTelemetry({ folder, ...options })
  cleaning.push(() => store.close())
  return store
}

/** Commits 2,000 readings that do not compress; gives how many are acknowledged now. */
async function put(store: EmbeddedTelemetry, turn: number): Promise<void> {
  const series = store.seriesOf('device', 'point')
  for (let row = 0; row < 2_000; row++) {
    store.add(series, T0 + turn * 2_000 + row, Math.random(), 'measured', T0 + Math.floor(Math.random() * 1e12), false)
  }
  await store.commit()
}

test('F5: on a full disk nothing is acknowledged, reads go on, and it recovers unaided', async (context) => {
  const folder = newFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return notRun(context, 'a small file system', 'run as root on Linux', true)
  }
  cleaning.push(() => void execFileSync('umount', [folder]))
  const data = join(folder, 'data')
  const filler = join(folder, 'filler')
  const store = await open(data, { freeBytes: 0, reorganiseReadings: 20_000 })
  const series = store.seriesOf('device', 'point')
  let acknowledged = 0
  for (; acknowledged < 5; acknowledged++) await put(store, acknowledged)
  fill(folder, filler)
  const refusal = await (async () => {
    for (; acknowledged < 2_000; acknowledged++) {
      try {
        await put(store, acknowledged)
      } catch (cause) {
        return cause
      }
    }
    return null
  })()
  expect(refusal).toMatchObject({ code: 'store-full' })
  expect(store.state().state).toBe('full')
  // Still full: refused again, with all that came with it.
  await expect(put(store, acknowledged)).rejects.toMatchObject({ code: 'store-full' })
  expect(await count(store, series)).toBe(acknowledged * 2_000)
  rmSync(filler)
  await expect.poll(() => store.state().state, { timeout: 5_000 }).toBe('ready')
  for (const end = acknowledged + 3; acknowledged < end; acknowledged++) await put(store, acknowledged)
  await store.settle()
  expect(await count(store, series)).toBe(acknowledged * 2_000)
  await store.close()
  const again = await open(data, { freeBytes: 0 })
  expect(await count(again, series)).toBe(acknowledged * 2_000)
  expect(await again.scrub()).toEqual([])
})

/** Takes all space but some kilobytes. */
function fill(folder: string, filler: string): void {
  const handle = openSync(filler, 'w')
  const block = Buffer.alloc(65_536)
  while (statfsSync(folder).bavail * statfsSync(folder).bsize > 300_000) writeSync(handle, block)
  closeSync(handle)
}

async function count(store: EmbeddedTelemetry, series: number): Promise<number> {
  let readings = 0
  for (let from = 0; ;) {
    const page = await store.readings(series, from, FAR, 50_000)
    readings += page.length
    if (page.length < 50_000) return readings
    from = (page.at(-1)?.at ?? 0) + 1
  }
}

test('F5: it calls itself full before the last bytes are gone', async () => {
  const store = await open(newFolder(), { freeBytes: Number.MAX_SAFE_INTEGER })
  await expect(put(store, 0)).rejects.toMatchObject({ code: 'store-full' })
  expect(store.state()).toMatchObject({ state: 'full', queued: 0, readings: 0 })
  expect(store.state().reason).toContain('free')
  expect(await store.readings(1, 0, FAR, 10)).toEqual([])
})

test('F6: after a write that failed nothing more is acknowledged until the next start', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'data'))
  const child = join(import.meta.dirname, 'telemetry-failing-child.ts')
  // The shell's limit of file sizes makes writes fail with EFBIG, which is not "no space".
  const command = `ulimit -f 4000; exec "$0" "$@"`
  const done = spawnSync('bash', ['-c', command, process.execPath, child, join(folder, 'data')], {
    encoding: 'utf8',
    timeout: 50_000,
  })
  const told = JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>
  expect({ ...told, errors: done.stderr }).toMatchObject({
    code: 'store-unavailable',
    again: 'store-unavailable',
    state: 'failed',
    readable: true,
  })
  const store = await open(join(folder, 'data'))
  const series = store.findSeries('device', 'point') as number
  expect(await count(store, series)).toBeGreaterThanOrEqual(told['acknowledged'] as number)
  expect(store.state().state).toBe('ready')
})
