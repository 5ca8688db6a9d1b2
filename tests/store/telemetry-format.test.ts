// The stored form: what is written is read back bit by bit, and its bytes stay what docs/STORAGE.md says.
import { zstdCompressSync } from 'node:zlib'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteWriter, DamagedBytes } from '#store/embedded/telemetry/bytes.ts'
import { decodeBody, encodeBody } from '#store/embedded/telemetry/chunk-body.ts'
import { decodeChunk, decodeFigures, encodeChunk } from '#store/embedded/telemetry/chunk.ts'
import { Columns } from '#store/embedded/telemetry/columns.ts'
import { flagsOf, hasText, numberOf, textOf } from '#store/embedded/telemetry/flags.ts'
import { decodeLogRow, encodeLogRow } from '#store/embedded/telemetry/log-row.ts'
import { emptyRun, mergeRuns, runOfRows } from '#store/embedded/telemetry/run.ts'
import type { Run } from '#store/embedded/telemetry/run.ts'
import { TailIndex } from '#store/embedded/telemetry/tail-index.ts'
import { writeVarintBody } from '#store/embedded/telemetry/varint-body.ts'

const LAST = Date.UTC(2200, 0, 1) - 1
const instant = fc.oneof(
  fc.nat(LAST),
  fc.nat(100_000).map((step) => 1_790_000_000_000 + step * 1_000),
)
const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100),
  fc.boolean(),
  fc.string({ maxLength: 20, unit: 'grapheme' }),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map((digits) => ({ decimal: String(digits) })),
)
const reading = fc.record({
  series: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  at: instant,
  value,
  receivedAt: instant,
  quality: fc.constantFrom('measured', 'manual', 'estimated', 'substituted', 'suspect'),
  simulated: fc.boolean(),
})

const columnsOf = (rows: readonly (typeof reading extends fc.Arbitrary<infer T> ? T : never)[]): Columns => {
  const columns = new Columns(1)
  for (const { series, at, value: one, receivedAt, quality, simulated } of rows) {
    columns.push(series, at, numberOf(one), flagsOf(one, quality, simulated), receivedAt, textOf(one))
  }
  return columns
}

const plain = (run: Run): unknown[] =>
  Array.from({ length: run.count }, (_, row) => [
    run.at[row],
    run.value[row],
    run.flags[row],
    run.receivedAt[row],
    hasText(run.flags[row] as number) ? run.texts?.[row] : undefined,
  ])

test('log rows come back as they were', () => {
  fc.assert(
    fc.property(fc.array(reading, { minLength: 1, maxLength: 50 }), fc.nat(20), (rows, skipped) => {
      const columns = columnsOf(rows)
      const start = Math.min(skipped, rows.length - 1)
      const read = new Columns(4)
      expect(decodeLogRow(encodeLogRow(columns, start, rows.length, 7, 3), 7, read, 0)).toBe(3)
      const expected = columnsOf(rows.slice(start))
      expect(read.count).toBe(expected.count)
      for (const name of ['series', 'at', 'value', 'receivedAt', 'flags'] as const) {
        expect([...read[name].subarray(0, read.count)]).toEqual([...expected[name].subarray(0, read.count)])
      }
      expect(read.texts).toEqual(expected.texts)
    }),
  )
})

test('chunks come back as they were, small and compressed', () => {
  fc.assert(
    fc.property(fc.array(reading, { minLength: 1, maxLength: 400, size: 'max' }), (rows) => {
      const columns = columnsOf(rows)
      const run = runOfRows(columns, Uint32Array.from(rows.keys()))
      const { key, figures: blob, body } = encodeChunk(5, 9, run)
      expect(plain(decodeChunk(body, key))).toEqual(plain(run))
      const numeric = plain(run).filter((row) => (((row as number[])[2] as number) & 3) !== 2) as number[][]
      const read = decodeFigures(blob, key)
      expect(read.count).toBe(numeric.length)
      const values = numeric.map((row) => row[1] as number)
      const figures = read.count === 0 ? [] : [read.first, read.last, read.max]
      expect(figures).toEqual(values.length === 0 ? [] : [values[0], values.at(-1), Math.max(...values)])
    }),
    { numRuns: 60 },
  )
})

/** Runs as devices send them: even or odd clocks, counters, steps up and down, gaps, doubles, extremes. */
const longRun = fc
  .record({
    count: fc.constantFrom(127, 128, 300, 1_023, 1_024, 2_000),
    stepMs: fc.constantFrom(1, 1_000, 900_000, 333_333),
    jitterMs: fc.constantFrom(0, 1, 900, 500_000),
    gap: fc.boolean(),
    shape: fc.constantFrom('same', 'counter', 'noise', 'doubles', 'far', 'text'),
    delayMs: fc.constantFrom(0, 5, 100_000),
    seed: fc.nat(1_000_000),
  })
  .map(({ count, stepMs, jitterMs, gap, shape, delayMs, seed }) => {
    let state = seed
    const chance = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32
    const columns = new Columns(count)
    let counter = 2 ** 40
    for (let row = 0; row < count; row++) {
      const at =
        1_700_000_000_000 + row * stepMs + Math.floor(chance() * jitterMs) + (gap && row > count / 2 ? 3e10 : 0)
      counter += Math.floor(chance() * 50)
      const numbers = {
        same: 21.5,
        counter: counter / 1_000,
        noise: Math.round(chance() * 500 - 250) / 10,
        doubles: chance() * 1e-7,
        far: (row % 2 === 0 ? 1 : -1) * (2 ** 50 - Math.floor(chance() * 9)),
        text: row % 3 === 0 ? 'on' : `state ${row % 40}`,
      }
      const one = numbers[shape]
      const flags = flagsOf(one, row % 90 === 7 ? 'suspect' : 'measured', false)
      columns.push(1, at, numberOf(one), flags, at + Math.floor(chance() * delayMs), textOf(one))
    }
    return runOfRows(columns, Uint32Array.from(Array(count).keys()))
  })

test('chunks of many readings come back bit by bit, in planes and in the form before them', () => {
  fc.assert(
    fc.property(longRun, (run) => {
      const { key, body } = encodeChunk(5, 9, run)
      const expected = plain(run)
      expect(plain(decodeChunk(body, key))).toEqual(expected)
      const former = new ByteWriter()
      writeVarintBody(former, run)
      expect(plain(decodeBody(Buffer.concat([Uint8Array.of(1), zstdCompressSync(former.written())])))).toEqual(expected)
    }),
    { numRuns: 80 },
  )
})

test('a cut or unknown body is damage, whatever its form', () => {
  const columns = new Columns(1)
  for (let row = 0; row < 1_500; row++)
    columns.push(1, 1e12 + row * 977 + (row % 7), row % 11, 0, 1e12 + row * 990, undefined)
  for (const count of [20, 200, 1_500]) {
    const body = encodeBody(runOfRows(columns, Uint32Array.from(Array(count).keys()))).slice()
    for (let length = 0; length < body.length; length += Math.ceil(body.length / 40))
      expect(() => decodeBody(body.subarray(0, length))).toThrow(DamagedBytes)
  }
  expect(() => decodeBody(Uint8Array.of(9, 1, 2))).toThrow('its form is unknown')
})

test('any changed byte of a stored blob is noticed', () => {
  const columns = columnsOf(
    [...Array(40).keys()].map((step) => ({
      series: 1,
      at: 1e12 + step * 900_000,
      value: step / 4,
      receivedAt: 1e12 + step * 900_000 + 9,
      quality: 'measured',
      simulated: false,
    })),
  )
  const { key, figures, body } = encodeChunk(1, 1, runOfRows(columns, Uint32Array.from(Array(40).keys())))
  const log = encodeLogRow(columns, 0, 40, 1, 40)
  for (const [blob, read] of [
    [figures, (bytes: Uint8Array) => decodeFigures(bytes, key)],
    [body, (bytes: Uint8Array) => decodeChunk(bytes, key)],
    [log, (bytes: Uint8Array) => decodeLogRow(bytes, 1, new Columns(1), 0)],
  ] as const) {
    for (let place = 0; place < blob.length; place++) {
      const changed = blob.slice()
      changed[place]! ^= 1 << (place % 8)
      expect(() => read(changed)).toThrow(/checksum|version/)
    }
    expect(() => read(blob.subarray(0, 3))).toThrow('sealed')
  }
  expect(() => decodeChunk(body, { ...key, series: 2 })).toThrow('checksum')
})

test('the bytes of version 1 stay as they are', () => {
  const run = emptyRun(3)
  run.at.set([1_790_000_000_000, 1_790_000_060_000, 1_790_000_120_000])
  run.value.set([21.5, 21.6, 21.4])
  run.receivedAt.set([1_790_000_000_020, 1_790_000_060_020, 1_790_000_120_020])
  run.flags.set([0, 0, 16])
  const { figures, body } = encodeChunk(1, 2, run)
  expect(Buffer.from(body).toString('hex')).toBe(BODY)
  expect(Buffer.from(figures).toString('hex')).toBe(FIGURES)
  const columns = new Columns(2)
  columns.push(2, 1_790_000_000_000, 21.5, 0, 1_790_000_000_020, undefined)
  columns.push(3, 1_790_000_000_300, 0, 2, 1_790_000_000_020, 'on')
  expect(Buffer.from(encodeLogRow(columns, 0, 2, 7, 2)).toString('hex')).toBe(LOG)
})

const BODY = '010deb5d5e00030000c006450c7a42c0a9070001ae03020300021001012800'
const FIGURES = '01956e6cb9030800c0a90766666666666635409a99999999993540000000000020504000000000008035406666666666663540'
const LOG =
  '01baf26e0b020200000000000000400100010000c006450c7a420200002c010040c106450c7a42000000000000000000010002000000000080354000000000000000000101026f6e'

test('the bytes of a chunk in planes stay as they are', () => {
  const run = emptyRun(130)
  for (let row = 0; row < run.count; row++) {
    run.at[row] = 1_790_000_000_000 + row * 60_000
    run.value[row] = row < 65 ? 7 : 8
    run.receivedAt[row] = (run.at[row] as number) + (row % 2)
  }
  const expected = [
    '02 8201',
    '00 0000c006450c7a42 00000000004ced40 00',
    `00 01 0000000000001c40 0000000000000000 01 00 ${'00'.repeat(65)} 02 ${'00'.repeat(64)}`,
    '00 8201',
    `00 0000000000000000 0000000000000000 01 00 ${'0002'.repeat(65)}`,
    '01 01 00',
  ]
  expect(Buffer.from(encodeBody(run)).toString('hex')).toBe(expected.join('').replaceAll(' ', ''))
})

test('of rows with one instant the last stands, and of two runs the newer', () => {
  const rows = (list: [number, number][]): Run => {
    const columns = new Columns(1)
    for (const [at, value] of list) columns.push(1, at, value, 0, 0, undefined)
    return runOfRows(columns, Uint32Array.from(list.keys()))
  }
  const older = rows([
    [5, 1],
    [3, 2],
    [5, 3],
    [1, 4],
  ])
  expect(plain(older).map((row) => (row as number[]).slice(0, 2))).toEqual([
    [1, 4],
    [3, 2],
    [5, 3],
  ])
  const merged = mergeRuns(
    older,
    rows([
      [3, 9],
      [4, 8],
      [9, 7],
    ]),
  )
  expect(plain(merged).map((row) => (row as number[]).slice(0, 2))).toEqual([
    [1, 4],
    [3, 9],
    [4, 8],
    [5, 3],
    [9, 7],
  ])
})

test('the index of the log finds the newest row of a series and instant', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(30)), { maxLength: 300 }), fc.nat(4), (keys, seed) => {
      const columns = new Columns(1)
      const index = new TailIndex(columns)
      const model = new Map<string, number>()
      for (const [row, [series, step]] of keys.entries()) {
        const at = 1_790_000_000_000 + step * (seed === 0 ? 2 ** 32 : 1_000)
        expect(index.find(series, at)).toBe(model.get(`${series} ${at}`) ?? -1)
        columns.push(series, at, 0, 0, 0, undefined)
        model.set(`${series} ${at}`, row)
      }
      index.clear()
      for (const [key, row] of model) expect(index.find(...(key.split(' ').map(Number) as [number, number]))).toBe(row)
    }),
  )
})
