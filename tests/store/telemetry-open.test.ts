// F21 and the folder: older forms are migrated, newer and foreign ones refused, one process only, private files, quick start.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test } from 'vitest'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import type { EmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { Columns } from '#store/embedded/telemetry/columns.ts'
import { TELEMETRY_FILE, openForWriting } from '#store/embedded/telemetry/open-database.ts'
import { MIGRATIONS } from '#store/embedded/telemetry/schema.ts'
import { Writer } from '#store/embedded/telemetry/writer.ts'

const T0 = Date.UTC(2026, 0, 1)
const cleaning: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const clean of cleaning.splice(0).toReversed()) await clean()
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-open-'))
  cleaning.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function open(folder: string): Promise<EmbeddedTelemetry> {
  const store = await openEmbeddedTelemetry({ folder })
  cleaning.push(() => store.close())
  return store
}

/** A folder as version 1 left it, with readings in chunks and in the log. */
function makeOlder(folder: string): void {
  const path = join(folder, TELEMETRY_FILE)
  const writer = new Writer(
    openForWriting(path, MIGRATIONS.slice(0, 1)),
    { path, reorganiseReadings: 50, freeBytes: 0 },
    () => undefined,
    () => undefined,
  )
  for (let commit = 0; commit < 3; commit++) {
    const batch = new Columns(64)
    for (let row = 0; row < 40; row++) batch.push(1, T0 + commit * 40 + row, row, 0, T0, undefined)
    writer.commit(batch, commit === 0 ? [{ series: 1, device: 'meter', point: 'energy' }] : [])
    // Only what was committed so far goes into chunks; the last batch stays in the log.
    if (commit === 1) for (let more = true; more;) more = writer.work(false)
  }
  writer.close()
}

const versionOf = (folder: string): unknown => {
  const database = new DatabaseSync(join(folder, TELEMETRY_FILE), { readOnly: true })
  const version = database.prepare('PRAGMA user_version').get()?.['user_version']
  database.close()
  return version
}

test('F21: an older folder is migrated and keeps everything', async () => {
  const folder = newFolder()
  makeOlder(folder)
  expect(versionOf(folder)).toBe(1)
  const store = await open(folder)
  expect(await store.readings(store.findSeries('meter', 'energy') as number, 0, T0 * 2, 1_000)).toHaveLength(120)
  expect(store.state().readings).toBe(120)
  // What version 1 could not do.
  expect(await store.dropBefore(T0 + 900_000, new Map())).toEqual({ dropped: 120 })
  expect((await store.buckets([1], [T0, T0 + 900_000]))[0]?.[0]?.count).toBe(120)
  await store.close()
  expect(versionOf(folder)).toBe(MIGRATIONS.length)
})

test('F21: killed in the middle of a migration, the folder is as before and migrates again', async () => {
  const folder = newFolder()
  makeOlder(folder)
  const child = join(import.meta.dirname, 'telemetry-child.ts')
  const env = { ...process.env, SAMTILA_CRASH_AT: 'migrate' }
  const done = spawnSync(process.execPath, [child, folder, '0', 'plain'], { env, timeout: 30_000 })
  expect(done.signal).toBe('SIGKILL')
  expect(versionOf(folder)).toBe(1)
  const store = await open(folder)
  expect(await store.readings(1, 0, T0 * 2, 1_000)).toHaveLength(120)
})

test('F21: a newer folder is refused and left as it is', async () => {
  const folder = newFolder()
  await (await open(folder)).close()
  const path = join(folder, TELEMETRY_FILE)
  const database = new DatabaseSync(path)
  database.exec('PRAGMA user_version = 99')
  database.close()
  const before = readFileSync(path)
  await expect(openEmbeddedTelemetry({ folder })).rejects.toMatchObject({
    code: 'store-newer',
    message: expect.stringContaining('version 99'),
  })
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('a file that is no telemetry database is refused and left as it is', async () => {
  for (const content of ['not a database at all, but long enough to be looked at'.repeat(20), foreignDatabase()]) {
    const folder = newFolder()
    const path = join(folder, TELEMETRY_FILE)
    writeFileSync(path, content)
    await expect(openEmbeddedTelemetry({ folder })).rejects.toMatchObject({ code: 'store-damaged' })
    expect(readFileSync(path).equals(Buffer.from(content))).toBe(true)
  }
})

function foreignDatabase(): Buffer {
  const path = join(newFolder(), 'foreign.sqlite')
  const database = new DatabaseSync(path)
  database.exec('CREATE TABLE theirs (a)')
  database.close()
  return readFileSync(path)
}

test('a second process is refused in one sentence, and may have the folder afterwards', async () => {
  const folder = newFolder()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'telemetry-child.ts'), folder, '0', 'plain'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.on('close', resolve))
  await new Promise((resolve) => child.stdout.once('data', resolve))
  await expect(openEmbeddedTelemetry({ folder })).rejects.toMatchObject({
    code: 'store-unavailable',
    message: expect.stringContaining('Another process'),
  })
  child.kill('SIGKILL')
  await ended
  const store = await open(folder)
  expect(store.state().state).toBe('ready')
})

test('its files are readable by the owner only', async () => {
  const folder = join(newFolder(), 'data')
  const store = await open(folder)
  store.add(store.seriesOf('device', 'point'), T0, 1, 'measured', T0, false)
  await store.commit()
  await store.backup(join(folder, 'copy'))
  expect(statSync(folder).mode & 0o077).toBe(0)
  const files = [...readdirSync(folder), join('copy', TELEMETRY_FILE)].filter((name) => name !== 'copy')
  expect(files.filter((name) => name.startsWith('telemetry'))).toHaveLength(3)
  for (const name of files) expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0])
})

test('a long-lived series stays in few chunks, also when it grows by single readings', async () => {
  const folder = newFolder()
  const store = await openEmbeddedTelemetry({ folder, reorganiseReadings: 40 })
  cleaning.push(() => store.close())
  const series = [1, 2, 3].map((number) => store.seriesOf('device', `point-${number}`))
  for (let commit = 0; commit < 1_500; commit++) {
    for (const number of series)
      for (let row = 0; row < 5; row++) store.add(number, T0 + (commit * 5 + row) * 900_000, row, 'measured', T0, false)
    await store.commit()
  }
  await store.settle()
  await store.close()
  const database = new DatabaseSync(join(folder, TELEMETRY_FILE), { readOnly: true })
  const rows = database
    .prepare('SELECT series, count(*) AS chunks, sum(count) AS readings FROM chunk GROUP BY series')
    .all()
  database.close()
  expect(rows).toHaveLength(3)
  for (const row of rows) {
    expect(row['readings']).toBe(7_500)
    expect(row['chunks']).toBeLessThanOrEqual(3 * 16)
  }
})

test('a backup taken under load holds everything that was acknowledged before', async () => {
  const folder = newFolder()
  const store = await openEmbeddedTelemetry({ folder, reorganiseReadings: 2_000 })
  cleaning.push(() => store.close())
  const series = Array.from({ length: 20 }, (_, number) => store.seriesOf('device', `point-${number}`))
  let acknowledged = 0
  let stop = false
  const load = (async () => {
    for (let turn = 0; !stop; turn++) {
      for (const number of series)
        for (let row = 0; row < 10; row++) store.add(number, T0 + turn * 10 + row, turn, 'measured', T0, false)
      await store.commit()
      acknowledged += 200
    }
  })()
  for (let copy = 0; copy < 3; copy++) {
    await new Promise((resolve) => setTimeout(resolve, 300))
    const before = acknowledged
    const target = join(newFolder(), 'copy')
    await store.backup(target)
    const restored = await open(target)
    const buckets = await restored.buckets(series, [T0, T0 * 2])
    expect(buckets.reduce((sum, [bucket]) => sum + (bucket?.count ?? 0), 0)).toBeGreaterThanOrEqual(before)
    expect(await restored.scrub()).toEqual([])
    await restored.close()
    await expect(store.backup(target)).rejects.toMatchObject({ code: 'conflict' })
  }
  stop = true
  await load
  expect(acknowledged).toBeGreaterThan(1_000)
})
