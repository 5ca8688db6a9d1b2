// Any sequence of readings, settling, dropping and reopening: the embedded store answers as the plain one in memory does.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { QUALITIES } from '#domain/ports/telemetry.ts'
import type { Telemetry, Value } from '#domain/ports/telemetry.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import type { EmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'

const T0 = Date.UTC(2026, 2, 28)
const STEP = 60_000
const STEPS = 400
const SERIES = 3

type Added = { series: number; step: number; value: Value; quality: number; simulated: boolean }
type Action =
  | { do: 'add'; rows: Added[] }
  | { do: 'run'; series: number; from: number; length: number; by: number }
  | { do: 'settle' }
  | { do: 'reopen' }
  | { do: 'drop'; step: number; keep: number }

const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -50, max: 50 }) },
  { weight: 2, arbitrary: fc.integer({ min: -8_000, max: 8_000 }).map((eighths) => eighths / 8) },
  fc.boolean(),
  fc.constantFrom('on', 'off', 'ä'),
  fc.integer({ min: 0, max: 9 }).map((digit) => ({ decimal: `${digit}.1250` })),
)
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      rows: fc.array(
        fc.record({
          series: fc.nat(SERIES - 1),
          step: fc.nat(STEPS),
          value,
          quality: fc.nat(4),
          simulated: fc.boolean(),
        }),
        { maxLength: 30 },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('run' as const),
      series: fc.nat(SERIES - 1),
      from: fc.nat(STEPS),
      length: fc.nat(60),
      by: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ do: 'settle' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), step: fc.nat(STEPS), keep: fc.nat(STEPS) }) },
)

test('the embedded store answers as the one in memory', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { minLength: 5, maxLength: 25 }),
      fc.array(fc.nat(STEPS), { minLength: 2, maxLength: 12 }),
      async (actions, edges) => {
        const folder = mkdtempSync(join(tmpdir(), 'samtila-model-'))
        const memory = openMemoryTelemetry()
        const answers: [unknown, unknown][] = []
        let embedded = await reopen(folder)
        try {
          for (const [turn, one] of actions.entries()) {
            if (one.do === 'reopen') {
              await embedded.close()
              embedded = await reopen(folder)
            } else if (one.do === 'settle') await embedded.settle()
            else answers.push([await perform(embedded, one, turn), await perform(memory, one, turn)])
          }
          for (const [ours, plain] of answers) expect(ours).toEqual(plain)
          await compare(memory, embedded, edges)
          await embedded.settle()
          await compare(memory, embedded, edges)
          expect(await embedded.scrub()).toEqual([])
        } finally {
          await embedded.close()
          rmSync(folder, { recursive: true, force: true })
        }
      },
    ),
    { numRuns: Number(process.env['FC_RUNS'] ?? 15), interruptAfterTimeLimit: 40_000 },
  )
})

const reopen = (folder: string): Promise<EmbeddedTelemetry> =>
  openEmbeddedTelemetry({ folder, reorganiseReadings: 80, freeBytes: 0 })

async function perform(
  store: Telemetry,
  one: Exclude<Action, { do: 'settle' | 'reopen' }>,
  turn: number,
): Promise<unknown> {
  const numbers = Array.from({ length: SERIES }, (_, number) => store.seriesOf('device', `point-${number}`))
  if (one.do === 'drop') {
    return store.dropBefore(T0 + one.step * STEP, new Map([[numbers[0] as number, T0 + one.keep * STEP]]))
  }
  const rows = one.do === 'add' ? one.rows : runOf(one)
  for (const { series, step, value, quality, simulated } of rows) {
    const at = T0 + step * STEP
    store.add(numbers[series] as number, at, value, QUALITIES[quality] ?? 'measured', at + turn, simulated)
  }
  return store.commit()
}

const runOf = ({ series, from, length, by }: Extract<Action, { do: 'run' }>): Added[] =>
  Array.from({ length }, (_, index) => ({
    series,
    step: from + index * by,
    value: index,
    quality: 0,
    simulated: false,
  }))

/** Every question of the port, to both. A series that never had a reading loses its number at a reopening: each store is asked by its own. */
async function compare(memory: Telemetry, embedded: Telemetry, edgeSteps: readonly number[]): Promise<void> {
  const pointsOf = (store: Telemetry): string[] =>
    store
      .seriesOfDevice('device')
      .map(({ point }) => point)
      .sort()
  const points = pointsOf(embedded)
  expect(points).toEqual(pointsOf(memory))
  if (points.length === 0) return
  const numbersIn = (store: Telemetry): number[] => points.map((point) => store.seriesOf('device', point))
  const [ours, theirs] = [numbersIn(embedded), numbersIn(memory)]
  const edges = [...new Set(edgeSteps)].sort((a, b) => a - b).map((step) => T0 + step * STEP)
  expect(embedded.state().readings).toBe(memory.state().readings)
  expect(await embedded.latest(ours)).toEqual(await memory.latest(theirs))
  const whole = [edges[0] as number, Math.max((edges[0] as number) + 1, edges.at(-1) as number)]
  const quarters = [0, 1, 2, 3, 20].map((quarter) => T0 + quarter * 900_000)
  for (const asked of [edges.length > 1 ? edges : whole, whole, quarters]) {
    expect(await embedded.buckets(ours, asked)).toEqual(await memory.buckets(theirs, asked))
  }
  for (const [index, our] of ours.entries()) {
    const their = theirs[index] as number
    const [from, to] = [edges[0] as number, edges.at(-1) as number]
    expect(await embedded.readings(our, 0, T0 * 2, 10_000)).toEqual(await memory.readings(their, 0, T0 * 2, 10_000))
    expect(await embedded.readings(our, from, to, 7)).toEqual(await memory.readings(their, from, to, 7))
    expect(await embedded.meterReadings(our, from, to)).toEqual(await memory.meterReadings(their, from, to))
    expect(await embedded.superseded(our, 0, T0 * 2, 50)).toEqual(await memory.superseded(their, 0, T0 * 2, 50))
  }
}
