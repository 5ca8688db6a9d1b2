// Clock times without offset: what a file wrote in order is read as it was, and what cannot be told is refused, never guessed.
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantsOfWall, resolveStamps, stampOf, type Stamp } from '#domain/imports/local-time.ts'
import { notRun } from '#tests/not-run.ts'

const ZONES = ['Europe/Helsinki', 'Europe/Stockholm'] as const
const QUARTER_MS = 900_000
const wallOf = (at: number, zone: string): number =>
  at + Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6
/** Nights of 2026 on which the clock changes. */
const OCTOBER = Date.parse('2026-10-25T00:00:00Z')
const MARCH = Date.parse('2026-03-29T00:00:00Z')
const walls = (instants: readonly number[], zone: string): Stamp[] => instants.map((at) => ({ wall: wallOf(at, zone) }))

describe.each(ZONES)('%s', (zone) => {
  const series = fc
    .record({
      night: fc.constantFrom(OCTOBER, MARCH),
      before: fc.integer({ min: 4, max: 60 }),
      after: fc.integer({ min: 12, max: 60 }),
      step: fc.constantFrom(QUARTER_MS, 4 * QUARTER_MS),
    })
    .map(({ night, before, after, step }) =>
      Array.from({ length: before + after }, (_, i) => night + (i - before) * step),
    )

  test('a whole series in order, oldest or newest first, is read back exactly', () => {
    fc.assert(
      fc.property(series, fc.boolean(), (instants, newestFirst) => {
        const ordered = newestFirst ? instants.toReversed() : instants
        expect(resolveStamps(walls(ordered, zone), zone)).toEqual(ordered.map((at) => ({ at })))
      }),
    )
  })

  test('with the repeated hour only once nothing of it is taken, and everything else is', () => {
    const hour = instantsOfWall(wallOf(OCTOBER + 3_600_000, zone), zone)
    expect(hour).toHaveLength(2)
    const start = Math.min(...hour) - (Math.min(...hour) % 3_600_000)
    fc.assert(
      fc.property(fc.boolean(), (dropFirst) => {
        const all = Array.from({ length: 40 }, (_, i) => start + (i - 16) * QUARTER_MS)
        const lost = dropFirst ? start : start + 3_600_000
        const kept = all.filter((at) => at < lost || at >= lost + 3_600_000)
        const resolved = resolveStamps(walls(kept, zone), zone)
        for (const [i, at] of kept.entries()) {
          const repeated = at >= start && at < start + 2 * 3_600_000
          expect(resolved[i]).toEqual(repeated ? { problem: 'ambiguous-hour' } : { at })
        }
      }),
    )
  })

  test('the hour that March leaves out is refused', () => {
    const before = MARCH + 3_600_000 - QUARTER_MS
    const gap = wallOf(before, zone) + QUARTER_MS
    expect(resolveStamps([{ wall: gap }, { wall: gap + 2_700_000 }, { wall: gap + 3_600_000 }], zone)).toEqual([
      { problem: 'no-such-hour' },
      { problem: 'no-such-hour' },
      { at: before + QUARTER_MS },
    ])
  })
})

test('rows of the repeated hour in no order are refused; an offset decides by itself', () => {
  const three = Date.parse('2026-10-25T03:00:00Z')
  const mixed = [0, 2, 1, 3, 0, 2].map((i) => ({ wall: three + i * QUARTER_MS }))
  expect(new Set(resolveStamps(mixed, 'Europe/Helsinki').map((one) => ('problem' in one ? one.problem : '')))).toEqual(
    new Set(['not-ascending']),
  )
  expect(stampOf('2026-10-25T03:30:00+03:00')).toEqual({ at: Date.parse('2026-10-25T00:30:00Z') })
})

test.each([
  ['1.3.2026 klo 0.15', '2026-03-01T00:15:00Z'],
  ['01/03/2026 00:15:30', '2026-03-01T00:15:30Z'],
  ['2026-03-01 00:15', '2026-03-01T00:15:00Z'],
  ['1.3.2026', '2026-03-01T00:00:00Z'],
])('%s is the clock time %s', (text, wall) => expect(stampOf(text)).toEqual({ wall: Date.parse(wall) }))
test.each(['31.2.2026', '2026-03-01 24:15', '13/13/2026', 'huomenna', '1.3.26'])('%s is no time', (text) =>
  expect(stampOf(text)).toBeNull(),
)

const FOLD = '../shared/data/raw/es_water_local_time_fold_2016-10-30.csv'
test('real meters read twice in the same local hour', (context) => {
  if (!existsSync(FOLD)) notRun(context, 'the October hour of real meters', `put the data at ${FOLD}`, true)
  const rows = readFileSync(FOLD, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(';'))
  let told = 0
  for (const meter of Map.groupBy(rows, (row) => row[0]).values()) {
    const resolved = resolveStamps(
      meter.map((row) => stampOf(row[1] ?? '') ?? { wall: 0 }),
      'Europe/Madrid',
    )
    const instants = resolved.flatMap((one) => ('at' in one ? [one.at] : []))
    expect(instants).toEqual(instants.toSorted((a, b) => a - b))
    if (instants.length === meter.length) told += 1
  }
  expect(told).toBeGreaterThan(70)
})
