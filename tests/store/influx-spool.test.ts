// The spool by itself: order, place after a restart, torn and damaged ends, many files.
import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Spooled } from '#store/influxql/spool.ts'
import { Spool } from '#store/influxql/spool.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-spool-'))
  folders.push(folder)
  return folder
}
const LIMIT = 100_000_000
const batch = (first: number, count = 3): Spooled[] =>
  Array.from({ length: count }, (_, step) => ({
    device: `device-${(first + step) % 5}`,
    point: 'ä "\\',
    reading: {
      at: first + step,
      value: step % 3 === 0 ? { decimal: '1.10' } : step % 3 === 1 ? 'päällä' : first + step,
      quality: 'measured',
      receivedAt: 7,
      simulated: step % 2 === 0,
    },
  }))
const files = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.bin'))
    .sort()
/** Takes everything out, in order. */
function drain(spool: Spool): number[] {
  const instants: number[] = []
  for (let next = spool.first(4); next !== null; next = spool.first(4)) {
    instants.push(...next.spooled.map(({ reading }) => reading.at))
    spool.taken(next.records)
  }
  return instants
}

test('gives back what was appended, in order, also after a restart in the middle', async () => {
  const folder = newFolder()
  let spool = new Spool(folder, LIMIT)
  expect([spool.empty, spool.first(10)]).toEqual([true, null])
  for (const first of [0, 10, 20, 30]) await spool.append(batch(first))
  expect(spool.waiting).toBe(12)
  expect(spool.first(1)).toEqual({ spooled: batch(0), records: 1 })
  spool.taken(1)
  await spool.close()
  spool = new Spool(folder, LIMIT)
  expect(spool.waiting).toBe(9)
  expect(new Set([...spool.names()].map(({ device }) => device)).size).toBeGreaterThan(2)
  await spool.append(batch(40))
  expect(drain(spool)).toEqual([10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42])
  expect([spool.empty, spool.waiting, spool.bytes]).toEqual([true, 0, 0])
  // Drained and used again, in this process and the next: an old place never hides a new file.
  await spool.append(batch(50))
  await spool.close()
  spool = new Spool(folder, LIMIT)
  expect(drain(spool)).toEqual([50, 51, 52])
  await spool.close()
  spool = new Spool(folder, LIMIT)
  await spool.append(batch(60))
  await spool.close()
  expect(drain(new Spool(folder, LIMIT))).toEqual([60, 61, 62])
  expect(files(folder)).toEqual([])
})

test('goes on in further files, and each goes when it is drained', async () => {
  const folder = newFolder()
  const spool = new Spool(folder, LIMIT)
  const noise = (first: number): Spooled[] =>
    batch(first, 2_000).map((one) => ({
      ...one,
      reading: { ...one.reading, value: Array.from({ length: 40 }, () => Math.random().toString(36)).join('') },
    }))
  for (let turn = 0; turn < 32; turn++) await spool.append(noise(turn * 2_000))
  const many = files(folder).length
  expect(many).toBeGreaterThan(1)
  const half = new Spool(folder, LIMIT)
  expect(half.waiting).toBe(64_000)
  expect(drain(spool)).toEqual(Array.from({ length: 64_000 }, (_, at) => at))
  expect(files(folder)).toEqual([])
})

test('a torn end was never acknowledged and is cut; every cut length', async () => {
  const folder = newFolder()
  const spool = new Spool(folder, LIMIT)
  await spool.append(batch(0))
  const [name] = files(folder) as [string]
  const whole = readFileSync(join(folder, name))
  await spool.append(batch(10))
  await spool.close()
  const both = readFileSync(join(folder, name))
  for (let length = whole.length; length < both.length; length++) {
    writeFileSync(join(folder, name), both)
    truncateSync(join(folder, name), length)
    const opened = new Spool(folder, LIMIT)
    expect([opened.waiting, opened.damage]).toEqual([3, null])
    await opened.close()
  }
})

test('damage is told and copied aside; what stands before it is kept', async () => {
  for (const at of [0, 3, 5, 9, 13, 40]) {
    const folder = newFolder()
    const spool = new Spool(folder, LIMIT)
    await spool.append(batch(0))
    const [name] = files(folder) as [string]
    const start = readFileSync(join(folder, name)).length
    await spool.append(batch(10))
    await spool.append(batch(20))
    await spool.close()
    const bytes = readFileSync(join(folder, name))
    bytes[start + at] = (bytes[start + at] as number) ^ 0x10
    writeFileSync(join(folder, name), bytes)
    const opened = new Spool(folder, LIMIT)
    expect(opened.waiting).toBe(3)
    expect(opened.damage).toContain(`byte ${start}`)
    expect(drain(opened)).toEqual([0, 1, 2])
    expect(readFileSync(join(folder, `${name}.damaged`)).equals(bytes)).toBe(true)
    await opened.append(batch(30))
    expect(drain(opened)).toEqual([30, 31, 32])
    await opened.close()
  }
})

test('refuses at its limit and takes again when there is room', async () => {
  const folder = newFolder()
  const spool = new Spool(folder, 600)
  await spool.append(batch(0))
  await expect(
    (async () => {
      for (;;) await spool.append(batch(10))
    })(),
  ).rejects.toMatchObject({ code: 'store-full' })
  spool.taken(1)
  await spool.append(batch(20))
  expect(drain(spool).at(-1)).toBe(22)
  appendFileSync(join(folder, 'position.json'), 'no json')
  expect(new Spool(folder, 600).empty).toBe(true)
})
