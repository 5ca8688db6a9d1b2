// What every telemetry store must do; telemetry.test.ts runs it on each adapter.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { QUALITIES } from '#domain/ports/telemetry.ts'
import type { Bucket, Quality, Reading, Telemetry, Value } from '#domain/ports/telemetry.ts'

export type TelemetryAdapter = {
  name: string
  open(): Promise<Telemetry>
  /** Opens what `backup` wrote into a folder. */
  openBackup(folder: string): Promise<Telemetry>
  /** Brings what was committed into its lasting form; null where the store has no such thing. */
  settle: ((store: Telemetry) => Promise<void>) | null
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const T0 = Date.UTC(2026, 2, 1)

/** Runs the whole suite on one adapter. */
export function telemetrySuite(adapter: TelemetryAdapter): void {
  describe(`telemetry store: ${adapter.name}`, () => {
    const opened: Telemetry[] = []
    const folders: string[] = []
    const open = async (): Promise<Telemetry> => {
      const store = await adapter.open()
      opened.push(store)
      return store
    }
    const folder = (): string => {
      const made = mkdtempSync(join(tmpdir(), 'samtila-suite-'))
      folders.push(made)
      return made
    }
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close()
      for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true })
    })
    /** The same test before and after what is committed got its lasting form. */
    const inBothForms = (name: string, run: (store: Telemetry, settle: () => Promise<void>) => Promise<void>): void => {
      test(name, async () => run(await open(), async () => undefined))
      const { settle } = adapter
      if (settle === null) return
      test(`${name} (settled)`, async () => {
        const store = await open()
        await run(store, () => settle(store))
      })
    }
    const put = async (store: Telemetry, series: number, rows: readonly Row[]): ReturnType<Telemetry['commit']> => {
      for (const row of rows) add(store, series, row)
      return store.commit()
    }

    inBothForms('keeps every kind of value, quality, receive time and mark', async (store, settle) => {
      const series = store.seriesOf('device', 'point')
      const rows: Row[] = [
        { at: T0, value: 21.5 },
        { at: T0 + 1, value: -0.000_001, quality: 'suspect' },
        { at: T0 + 2, value: true, simulated: true },
        { at: T0 + 3, value: false },
        { at: T0 + 4, value: 'päällä 🔥', quality: 'manual' },
        { at: T0 + 5, value: '' },
        { at: T0 + 10, value: 'a\nb\\\' "c", d=e\u0000\\' },
        { at: T0 + 11, value: { decimal: '-0.10' } },
        { at: T0 + 6, value: { decimal: '12345678901234567890.123456' }, quality: 'estimated' },
        { at: T0 + 7, value: 1e300, quality: 'substituted', receivedAt: T0 + 90 * DAY },
        { at: T0 + 8, value: 0.1 + 0.2 },
        { at: T0 + 9, value: Number.MAX_SAFE_INTEGER, receivedAt: T0 - DAY },
        { at: 0, value: 5e-324 },
        { at: Date.UTC(2199, 11, 31), value: -1e-7 },
      ]
      expect(await put(store, series, rows)).toEqual({ stored: rows.length, duplicate: 0, superseded: 0 })
      await settle()
      const found = await store.readings(series, 0, Date.UTC(2200, 0, 1), 100)
      expect(found).toEqual(rows.map(readingOf).sort((a, b) => a.at - b.at))
    })

    test('gives numbers to series at once and finds them when a reading is durable', async () => {
      const store = await open()
      const numbers = ['__proto__', 'constructor', 'a/b', '', 'ä\u0000b', '"', "o'clock", 'a, b=c\\', '%', '%25'].map(
        (name) => store.seriesOf(name, name),
      )
      expect(new Set(numbers).size).toBe(numbers.length)
      expect(store.seriesOf('__proto__', '__proto__')).toBe(numbers[0])
      expect(store.findSeries('__proto__', '__proto__')).toBeNull()
      expect(store.findSeries('never', 'asked')).toBeNull()
      await put(store, numbers[0] as number, [{ at: T0, value: 1 }])
      expect(store.findSeries('__proto__', '__proto__')).toBe(numbers[0])
      expect(store.findSeries('constructor', 'constructor')).toBeNull()
      expect(store.seriesOfDevice('__proto__')).toEqual([
        { series: numbers[0], device: '__proto__', point: '__proto__' },
      ])
      expect(store.seriesOfDevice('constructor')).toEqual([])
    })

    test('refuses what it does not take, and keeps nothing of it', async () => {
      const store = await open()
      const series = store.seriesOf('device', 'point')
      const bad: [number, Value][] = [
        [T0, Number.NaN],
        [T0, Infinity],
        [T0 + 0.5, 1],
        [-1, 1],
        [Date.UTC(2200, 0, 1), 1],
        [2 ** 63, 1],
        [T0, { decimal: '1e5' }],
        [T0, { decimal: '' }],
        [T0, 'x'.repeat(1_025)],
      ]
      for (const [at, value] of bad) {
        expect(() => store.add(series, at, value, 'measured', T0, false)).toThrow(
          expect.objectContaining({ code: 'bad-request' }),
        )
      }
      expect(() => store.add(series, T0, 1, 'measured', Number.NaN, false)).toThrow('instant')
      expect(() => store.add(999_999, T0, 1, 'measured', T0, false)).toThrow('no series')
      expect(await store.commit()).toEqual({ stored: 0, duplicate: 0, superseded: 0 })
      expect(await store.readings(series, 0, T0 * 2, 10)).toEqual([])
    })

    inBothForms('takes the same reading twice as one', async (store, settle) => {
      const series = store.seriesOf('device', 'point')
      const rows: Row[] = [
        { at: T0, value: 1 },
        { at: T0 + 5, value: 'on' },
        { at: T0 + 9, value: { decimal: '1.10' } },
      ]
      expect(await put(store, series, [...rows, ...rows])).toEqual({ stored: 3, duplicate: 3, superseded: 0 })
      await settle()
      // Only the value counts: a redelivery has a later receive time and may come with another quality.
      const again = rows.map((row) => ({ ...row, receivedAt: T0 + DAY, quality: 'suspect' as const }))
      expect(await put(store, series, again)).toEqual({ stored: 0, duplicate: 3, superseded: 0 })
      expect(await store.readings(series, 0, T0 * 2, 10)).toEqual(rows.map(readingOf))
      expect(store.state().readings).toBe(3)
    })

    inBothForms('lets the later added value of an instant stand and keeps the former', async (store, settle) => {
      const series = store.seriesOf('device', 'point')
      await put(store, series, [
        { at: T0, value: 1 },
        { at: T0 + 10, value: 2 },
      ])
      await settle()
      const change = await put(store, series, [
        { at: T0, value: 7, receivedAt: T0 + 100 },
        { at: T0, value: '7', receivedAt: T0 + 200, simulated: true },
        { at: T0 + 10, value: true, receivedAt: T0 + 300 },
      ])
      expect(change).toEqual({ stored: 0, duplicate: 0, superseded: 3 })
      await settle()
      const found = await store.readings(series, 0, T0 * 2, 10)
      expect(found.map(({ value }) => value)).toEqual(['7', true])
      expect(await store.latest([series])).toEqual([readingOf({ at: T0 + 10, value: true, receivedAt: T0 + 300 })])
      const superseded = await store.superseded(series, 0, T0 * 2, 10)
      expect(superseded.map(({ at, value, supersededAt }) => [at, value, supersededAt])).toEqual([
        [T0 + 10, 2, T0 + 300],
        [T0, 7, T0 + 200],
        [T0, 1, T0 + 100],
      ])
      expect(await store.superseded(series, T0 + 1, T0 * 2, 10)).toHaveLength(1)
      expect(await store.superseded(series, 0, T0 * 2, 2)).toHaveLength(2)
      expect(store.state().readings).toBe(2)
      const [bucket] = (await store.buckets([series], [T0, T0 + HOUR]))[0] as Bucket[]
      expect(bucket).toMatchObject({ count: 1, min: 1, max: 1 })
    })

    inBothForms('lets a value of another kind replace one, and back, in figures too', async (store, settle) => {
      const series = store.seriesOf('device', 'point')
      const edges = [T0, T0 + HOUR]
      const values: Value[] = [5, 'text', 7, { decimal: '7.50' }, true, 'on', false, -3]
      for (const [turn, value] of values.entries()) {
        await put(store, series, [{ at: T0, value, receivedAt: T0 + turn, simulated: turn % 2 === 0 }])
        await settle()
        expect((await store.readings(series, 0, T0 * 2, 10))[0]?.value).toEqual(value)
        const [bucket] = (await store.buckets([series], edges))[0] as Bucket[]
        const number = typeof value === 'string' ? null : Number(typeof value === 'object' ? value.decimal : value)
        expect(bucket).toMatchObject({ max: number, simulated: number !== null && turn % 2 === 0 })
        expect((await store.meterReadings(series, T0, T0 + 1)).at.length).toBe(
          typeof value === 'string' || typeof value === 'boolean' ? 0 : 1,
        )
      }
      const replaced = await store.superseded(series, 0, T0 * 2, 100)
      expect(replaced.map(({ value }) => value)).toEqual(values.slice(0, -1).toReversed())
    })

    inBothForms('puts late readings where they belong, between and before older ones', async (store, settle) => {
      const series = store.seriesOf('device', 'point')
      for (const start of [500, 100, 900, 0, 300]) {
        const rows = Array.from({ length: 100 }, (_, step) => ({
          at: T0 + (start + step * 7) * 1_000,
          value: start + step,
        }))
        await put(store, series, rows.toReversed())
        await settle()
      }
      const found = await store.readings(series, 0, T0 * 2, 1_000)
      expect(found.every(({ at }, index) => index === 0 || at > (found[index - 1] as Reading).at)).toBe(true)
      expect(found.length).toBe(store.state().readings)
      expect((await store.latest([series]))[0]?.value).toBe(999)
    })

    inBothForms('tells the newest by instant, not by arrival', async (store, settle) => {
      const numbers = [1, 2, 3].map((number) => store.seriesOf('device', `point-${number}`))
      await put(store, numbers[0] as number, [
        { at: T0 + 5, value: 'new' },
        { at: T0, value: 'old' },
      ])
      await put(store, numbers[1] as number, [{ at: T0, value: 2 }])
      await settle()
      await put(store, numbers[0] as number, [{ at: T0 + 3, value: 'late' }])
      const found = await store.latest([numbers[1] as number, numbers[2] as number, numbers[0] as number])
      expect(found.map((reading) => reading?.value ?? null)).toEqual([2, null, 'new'])
    })

    inBothForms('pages through raw readings', async (store, settle) => {
      const series = store.seriesOf('device', 'point')
      const other = store.seriesOf('device', 'other')
      const rows = Array.from({ length: 20_000 }, (_, index) => ({ at: T0 + index * 1_000, value: index / 8 }))
      for (const row of rows) {
        add(store, series, row)
        add(store, other, { at: row.at, value: 0 })
      }
      await store.commit()
      await settle()
      await put(store, series, [{ at: T0 + 500, value: -1 }])
      const all: Reading[] = []
      for (let from = T0; ;) {
        const page = await store.readings(series, from, T0 + 20_000_000, 3_333)
        all.push(...page)
        if (page.length < 3_333) break
        from = (page.at(-1) as Reading).at + 1
      }
      expect(all.length).toBe(20_001)
      expect(all[1]).toEqual(readingOf({ at: T0 + 500, value: -1 }))
      expect(all.at(-1)).toEqual(readingOf({ at: T0 + 19_999_000, value: 19_999 / 8 }))
      expect(await store.readings(series, T0 + 1_000, T0 + 1_000, 10)).toEqual([])
      expect((await store.readings(series, T0 + 1_000, T0 + 1_001, 10)).length).toBe(1)
    })

    inBothForms('gives figures by bucket, null where there is nothing', async (store, settle) => {
      const series = store.seriesOf('device', 'point')
      const rows: Row[] = [
        { at: T0, value: 4 },
        { at: T0 + HOUR - 1, value: -2, quality: 'estimated' },
        { at: T0 + HOUR, value: 10 },
        { at: T0 + HOUR + 1, value: 'text' },
        { at: T0 + 3 * HOUR, value: true },
        { at: T0 + 3 * HOUR + 1, value: false, simulated: true },
        { at: T0 + 4 * HOUR, value: { decimal: '2.5' } },
        { at: T0 + 5 * HOUR, value: 'only text' },
        { at: T0 + 6 * HOUR, value: 99 },
      ]
      await put(store, series, rows)
      await settle()
      const edges = [0, 1, 2, 3, 4, 5, 6].map((hours) => T0 + hours * HOUR)
      const [found, empty] = await store.buckets([series, store.seriesOf('no', 'readings')], edges)
      const none = {
        min: null,
        max: null,
        mean: null,
        first: null,
        last: null,
        count: 0,
        quality: null,
        simulated: false,
      }
      const figures = (min: number, max: number, mean: number, first: number, last: number, count: number) => ({
        min,
        max,
        mean,
        first,
        last,
        count,
        quality: 'measured',
        simulated: false,
      })
      const expected = [
        { ...figures(-2, 4, 1, 4, -2, 2), quality: 'estimated' },
        figures(10, 10, 10, 10, 10, 1),
        none,
        { ...figures(0, 1, 0.5, 1, 0, 2), simulated: true },
        figures(2.5, 2.5, 2.5, 2.5, 2.5, 1),
        none,
      ].map((bucket, index) => ({ from: edges[index], to: edges[index + 1], ...bucket }))
      expect(found).toEqual(expected)
      expect(empty?.every(({ count, mean }) => count === 0 && mean === null)).toBe(true)
    })

    inBothForms('gives local days over both clock changes their 23, 24 and 25 hours', async (store, settle) => {
      const series = store.seriesOf('device', 'point')
      const noon = (text: string): number => Temporal.ZonedDateTime.from(`${text}[Europe/Helsinki]`).epochMilliseconds
      for (const start of ['2026-03-27T00:00', '2026-10-23T00:00']) {
        const first = noon(start)
        for (let hour = 0; hour < 5 * 24; hour++) add(store, series, { at: first + hour * HOUR, value: 1 })
      }
      await store.commit()
      await settle()
      const days = (start: string): number[] =>
        [0, 1, 2, 3, 4].map(
          (day) =>
            Temporal.PlainDate.from(start).add({ days: day }).toZonedDateTime('Europe/Helsinki').epochMilliseconds,
        )
      const counts = async (start: string): Promise<number[] | undefined> =>
        (await store.buckets([series], days(start)))[0]?.map(({ count }) => count)
      expect(await counts('2026-03-27')).toEqual([24, 24, 23, 24])
      expect(await counts('2026-10-23')).toEqual([24, 24, 25, 24])
    })

    test('refuses bucket edges that do not ascend or are too many', async () => {
      const store = await open()
      const series = store.seriesOf('device', 'point')
      for (const edges of [[], [T0], [T0, T0], [T0 + 1, T0], Array.from({ length: 2_002 }, (_, index) => T0 + index)]) {
        await expect(store.buckets([series], edges)).rejects.toMatchObject({ code: 'bad-request' })
      }
      expect(
        (
          await store.buckets(
            [series],
            Array.from({ length: 2_001 }, (_, index) => T0 + index),
          )
        )[0],
      ).toHaveLength(2_000)
    })

    inBothForms('gives a meter its neighbours before and after', async (store, settle) => {
      const series = store.seriesOf('meter', 'energy')
      const days = [-10, -3, 0, 1, 2, 5, 8]
      await put(
        store,
        series,
        days.map((day) => ({ at: T0 + day * DAY, value: 100 + day / 8 })),
      )
      await settle()
      const from = (start: number, end: number): Promise<number[]> =>
        store
          .meterReadings(series, T0 + start * DAY, T0 + end * DAY)
          .then(({ at }) => [...at].map((one) => (one - T0) / DAY))
      expect(await from(0, 2)).toEqual([0, 1, 2])
      expect(await from(-1, 3)).toEqual([-3, 0, 1, 2, 5])
      expect(await from(-20, -5)).toEqual([-10, -3])
      expect(await from(3, 4)).toEqual([2, 5])
      const { micro } = await store.meterReadings(series, T0, T0 + DAY)
      expect([...micro]).toEqual([100_000_000n, 100_125_000n])
    })

    inBothForms(
      'gives a meter without a reading at the end its last 28 days, and at least two',
      async (store, settle) => {
        const series = store.seriesOf('meter', 'energy')
        const days = [-90, -60, -29, -28, -5, 0]
        await put(
          store,
          series,
          days.map((day) => ({ at: T0 + day * DAY, value: day })),
        )
        await settle()
        const from = async (number: number, start: number, end: number): Promise<number[]> =>
          [...(await store.meterReadings(number, T0 + start * DAY, T0 + end * DAY)).at].map((one) => (one - T0) / DAY)
        expect(await from(series, -2, 3)).toEqual([-28, -5, 0])
        expect(await from(series, -40, 3)).toEqual([-60, -29, -28, -5, 0])
        expect(await from(series, 10, 40)).toEqual([-28, -5, 0])
        // A reading at the very end is one "at or after".
        expect(await from(series, -2, 0)).toEqual([-5, 0])
        const slow = store.seriesOf('meter', 'slow')
        await put(store, slow, [
          { at: T0 - 200 * DAY, value: 1 },
          { at: T0 - 100 * DAY, value: 2 },
          { at: T0, value: 'text' },
        ])
        await settle()
        expect(await from(slow, -50, 3)).toEqual([-200, -100])
        expect(await from(store.seriesOf('meter', 'none'), 0, 1)).toEqual([])
      },
    )

    inBothForms('rounds meter values once to exact millionths, of all digits', async (store, settle) => {
      const series = store.seriesOf('meter', 'energy')
      await put(store, series, [
        { at: T0, value: 0.000_000_5 },
        { at: T0 + 1, value: { decimal: '9007199254.7409925' }, quality: 'manual' },
        { at: T0 + 2, value: true },
        { at: T0 + 3, value: 1e200 },
        { at: T0 + 4, value: -1.000_000_5, simulated: true },
      ])
      await settle()
      const found = await store.meterReadings(series, T0, T0 + 4)
      expect([...found.at]).toEqual([T0, T0 + 1, T0 + 4])
      expect([...found.micro]).toEqual([1n, 9_007_199_254_740_993n, -1_000_001n])
      expect([...found.qualities].map((number) => QUALITIES[number])).toEqual(['measured', 'manual', 'measured'])
      expect(found.simulated).toBe(true)
    })

    inBothForms('drops old raw readings, keeps what must be kept, and the quarters stay', async (store, settle) => {
      const used = store.seriesOf('meter', 'used')
      const free = store.seriesOf('meter', 'free')
      const rows = Array.from({ length: 96 * 3 }, (_, index) => ({
        at: T0 + index * 300_000,
        value: index,
        quality: 'manual' as const,
      }))
      for (const series of [used, free]) await put(store, series, rows)
      await put(store, free, [{ at: T0, value: -5 }])
      await settle()
      const edges = Array.from({ length: 25 }, (_, hour) => T0 + hour * HOUR)
      const before = await store.buckets([used, free], edges)
      const dropped = await store.dropBefore(T0 + 12 * HOUR + 1, new Map([[used, T0 + 6 * HOUR]]))
      expect(dropped).toEqual({ dropped: 12 * 12 + 6 * 12 })
      expect((await store.readings(free, 0, T0 * 2, 1_000))[0]?.at).toBe(T0 + 12 * HOUR)
      expect((await store.readings(used, 0, T0 * 2, 1_000))[0]?.at).toBe(T0 + 6 * HOUR)
      expect(await store.buckets([used, free], edges)).toEqual(before)
      expect(await store.superseded(free, 0, T0 * 2, 10)).toEqual([])
      expect(store.state().readings).toBe(2 * 96 * 3 - dropped.dropped)
      // Again, with a late reading in a quarter that is rolled up already.
      await put(store, free, [{ at: T0 + 60_001, value: 1_000, quality: 'suspect' }])
      expect(await store.dropBefore(T0 + DAY, new Map([[used, 0]]))).toEqual({ dropped: 12 * 12 + 1 })
      const [hour] = (await store.buckets([free], [T0, T0 + HOUR]))[0] as Bucket[]
      expect(hour).toMatchObject({ count: 13, max: 1_000, first: -5, last: 11, quality: 'suspect' })
      expect((await store.buckets([used], edges))[0]).toEqual(before[0])
      expect((await store.latest([free]))[0]?.value).toBe(287)
    })

    inBothForms('writes a copy that holds all that was acknowledged', async (store, settle) => {
      const series = store.seriesOf('device', 'point')
      await put(store, series, [
        { at: T0, value: 1 },
        { at: T0 + 1, value: 'two' },
      ])
      await settle()
      await put(store, series, [
        { at: T0, value: 3 },
        { at: T0 + 2, value: true },
      ])
      const target = join(folder(), 'copy')
      await store.backup(target)
      await put(store, series, [{ at: T0 + 3, value: 'after' }])
      const copy = await adapter.openBackup(target)
      opened.push(copy)
      expect(copy.findSeries('device', 'point')).toBe(series)
      expect((await copy.readings(series, 0, T0 * 2, 10)).map(({ value }) => value)).toEqual([3, 'two', true])
      expect((await copy.superseded(series, 0, T0 * 2, 10)).map(({ value }) => value)).toEqual([1])
      expect(await put(copy, series, [{ at: T0 + 2, value: true }])).toMatchObject({ duplicate: 1 })
    })

    test('shares writes between calls that wait together, and counts each reading once', async () => {
      const store = await open()
      const series = Array.from({ length: 50 }, (_, number) => store.seriesOf(`device-${number}`, 'point'))
      const results = await Promise.all(
        Array.from({ length: 400 }, async (_, turn) => {
          await new Promise((resolve) => setTimeout(resolve, turn % 7))
          for (const number of series) add(store, number, { at: T0 + turn, value: turn })
          const result = await store.commit()
          // Acknowledged is queryable.
          expect((await store.readings(series[turn % 50] as number, T0 + turn, T0 + turn + 1, 1)).length).toBe(1)
          return result
        }),
      )
      expect(results.reduce((sum, { stored }) => sum + stored, 0)).toBe(20_000)
      expect(store.state()).toMatchObject({ state: 'ready', readings: 20_000, queued: 0 })
    })

    test('holds many series with few readings each', async () => {
      const store = await open()
      const numbers = Array.from({ length: 5_000 }, (_, number) =>
        store.seriesOf(`device-${number >> 2}`, `point-${number & 3}`),
      )
      for (let turn = 0; turn < 8; turn++) {
        for (const number of numbers) add(store, number, { at: T0 + turn * 60_000, value: number + turn / 4 })
        await store.commit()
        if (turn % 3 === 2) await adapter.settle?.(store)
      }
      expect(store.seriesOfDevice('device-7').map(({ point }) => point)).toEqual([
        'point-0',
        'point-1',
        'point-2',
        'point-3',
      ])
      const latest = await store.latest(numbers)
      expect(latest.every((reading, index) => reading?.value === (numbers[index] as number) + 7 / 4)).toBe(true)
      const buckets = await store.buckets(numbers.slice(4_000), [T0, T0 + 4 * 60_000, T0 + 8 * 60_000])
      expect(buckets.every((pair) => pair.every(({ count }) => count === 4))).toBe(true)
    })

    test('refuses everything once it is closed', async () => {
      const store = await open()
      const series = store.seriesOf('device', 'point')
      await put(store, series, [{ at: T0, value: 1 }])
      await store.close()
      expect(() => store.add(series, T0, 1, 'measured', T0, false)).toThrow('closed')
      await expect(store.commit()).rejects.toMatchObject({ code: 'store-unavailable' })
      await expect(store.readings(series, 0, T0, 1)).rejects.toMatchObject({ code: 'store-unavailable' })
      await store.close()
    })
  })
}

export type Row = { at: number; value: Value; quality?: Quality; receivedAt?: number; simulated?: boolean }

export const readingOf = ({
  at,
  value,
  quality = 'measured',
  receivedAt = at + 20,
  simulated = false,
}: Row): Reading => ({
  at,
  value,
  quality,
  receivedAt,
  simulated,
})

export function add(store: Telemetry, series: number, row: Row): void {
  const { at, value, quality, receivedAt, simulated } = readingOf(row)
  store.add(series, at, value, quality, receivedAt, simulated)
}
