// F11: whatever byte of the file is damaged, no wrong value is ever read, and what is missing is reported.
import {
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { TELEMETRY_FILE } from '#store/embedded/telemetry/open-database.ts'
import { contentOf, makeGolden } from './telemetry-golden.ts'
import type { Content } from './telemetry-golden.ts'

const PAGE = 4_096
const folder = mkdtempSync(join(tmpdir(), 'samtila-damage-'))
const golden = join(folder, 'golden')
const file = join(golden, TELEMETRY_FILE)
const copy = join(folder, 'copy.sqlite')
let whole: Content
let bytes: Buffer

beforeAll(async () => {
  await makeGolden(golden)
  bytes = readFileSync(file)
  copyFileSync(file, copy)
  const read = contentOf(copy)
  if ('failure' in read) throw new Error(read.failure)
  whole = read
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the golden folder has readings in chunks, log, roll-ups and history, and no damage', () => {
  expect(whole.damages).toEqual([])
  expect(whole.tables).toMatchObject({ chunk: expect.any(Number), log: expect.any(Number), rollup: 2 })
  expect(whole.tables['chunk']).toBeGreaterThanOrEqual(8)
  expect(whole.tables['log']).toBe(2)
  expect(whole.superseded.size).toBeGreaterThan(5)
  expect(whole.readings.size).toBeGreaterThan(9_000)
})

/** Copies the golden file, damages the copy, reads all, and holds the result against the truth. */
function damaged(damage: (copy: Buffer) => Buffer | void): 'same' | 'reported' | 'refused' {
  const changed = Buffer.from(bytes)
  writeFileSync(copy, damage(changed) ?? changed)
  rmSync(`${copy}-wal`, { force: true })
  rmSync(`${copy}-shm`, { force: true })
  const found = contentOf(copy)
  if ('failure' in found) return 'refused'
  let missing = 0
  for (const part of ['readings', 'latest', 'superseded', 'rollups'] as const) {
    for (const [key, value] of found[part]) {
      const truth = whole[part].get(key)
      // The newest reading is found again from what is left, so it may be an older true one.
      const known =
        truth === value || (part === 'latest' && whole.readings.get(value.slice(0, value.indexOf(' '))) !== undefined)
      if (!known)
        throw new Error(`${part} ${key} is ${value}, should be ${truth}; reported: ${found.damages.join('; ')}`)
    }
    missing += whole[part].size - found[part].size
  }
  for (const [key, value] of found.buckets) {
    if (whole.buckets.get(key) !== value && found.damages.length === 0) throw new Error(`bucket ${key} is ${value}`)
  }
  if (found.damages.length > 0) return 'reported'
  expect(missing, 'something is missing and nothing was reported').toBe(0)
  return 'same'
}

/** The same numbers in every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9
    yield (state >>> 0) / 2 ** 32
  }
}

test('one flipped byte, two in every page', () => {
  const outcomes = { same: 0, reported: 0, refused: 0 }
  const random = numbers(11)
  for (let page = 0; page < bytes.length; page += PAGE) {
    for (let turn = 0; turn < 2; turn++) {
      const place = page + Math.floor((random.next().value as number) * PAGE)
      const mask = 1 << Math.floor((random.next().value as number) * 8)
      outcomes[damaged((copy) => void (copy[place]! ^= mask))] += 1
    }
  }
  console.log('flipped bytes:', outcomes)
  expect(outcomes.reported).toBeGreaterThan(10)
})

test('bytes of page heads set to 255', () => {
  const outcomes = { same: 0, reported: 0, refused: 0 }
  for (let page = 0; page < 13; page += 2) {
    for (let place = 0; place < 110; place += 7)
      outcomes[damaged((copy) => void (copy[page * PAGE + place] = 255))] += 1
  }
  console.log('page heads:', outcomes)
})

test('a page of zeros, a page of another place, at every page', () => {
  const outcomes = { same: 0, reported: 0, refused: 0 }
  for (let page = 0; page < bytes.length; page += PAGE) {
    outcomes[damaged((copy) => void copy.fill(0, page, page + PAGE))] += 1
    const other = (page + 5 * PAGE) % bytes.length
    outcomes[damaged((copy) => void bytes.copy(copy, page, other, other + PAGE))] += 1
  }
  console.log('pages:', outcomes)
  expect(outcomes.same + outcomes.reported).toBeGreaterThan(0)
})

test('cut off at every page, one byte before and one after', () => {
  const outcomes = { same: 0, reported: 0, refused: 0 }
  for (let end = PAGE; end < bytes.length; end += 2 * PAGE) {
    for (const off of [-1, 0, 1]) outcomes[damaged((copy) => copy.subarray(0, end + off))] += 1
  }
  console.log('cut off:', outcomes)
  // The file may end with a page that holds nothing: only its loss goes unnoticed, and rightly.
  expect(outcomes.same).toBeLessThan(3)
  expect(outcomes.reported).toBeGreaterThan(5)
})

test('a torn or damaged write-ahead log gives a true beginning of what was committed', async () => {
  const source = join(folder, 'wal')
  const store = await openEmbeddedTelemetry({ folder: source })
  const series = store.seriesOf('device', 'point')
  for (let commit = 0; commit < 30; commit++) {
    for (let row = 0; row < 5; row++) store.add(series, commit * 1_000 + row, commit * 5 + row, 'measured', 0, false)
    await store.commit()
  }
  const target = join(folder, 'torn')
  await store.readings(series, 0, 1, 1)
  const path = join(source, TELEMETRY_FILE)
  const wal = readFileSync(`${path}-wal`)
  const random = numbers(5)
  let cut = 0
  for (let turn = 0; turn < 60; turn++) {
    copyFileSync(path, target)
    copyFileSync(`${path}-wal`, `${target}-wal`)
    rmSync(`${target}-shm`, { force: true })
    const place = Math.floor((random.next().value as number) * wal.length)
    if (turn % 2 === 0) truncateSync(`${target}-wal`, place)
    else {
      const handle = openSync(`${target}-wal`, 'r+')
      writeSync(handle, Buffer.from([(wal[place] as number) ^ 16]), 0, 1, place)
      closeSync(handle)
    }
    const found = contentOf(target)
    if ('failure' in found) continue
    const values = [...found.readings.values()].map((text) => Number(text.split(' ')[1])).sort((a, b) => a - b)
    expect(values.length % 5).toBe(0)
    expect(values).toEqual(values.map((_, index) => index))
    if (values.length < 150) cut += 1
  }
  expect(cut).toBeGreaterThan(10)
  await store.close()
})
