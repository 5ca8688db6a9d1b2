// Counting: the exact running total of a flow, and the register that shows it, with roll-over and meter changes.
import type { MeterChange, Point } from '#domain/registry/bundle.ts'
import { QUARTER_MS } from './local-clock.ts'
import type { Counter, Flow } from './models/model.ts'
import { hashName } from './random.ts'

/** Keeps the running sums of a flow, quarter by quarter from the start, and grows as later instants are asked for. */
export function createCounter(start: number, used: (quarter: number) => number): Counter {
  const first = Math.floor(start / QUARTER_MS)
  let sums = new Float64Array(1024)
  let known = 0
  function sumUntil(index: number): number {
    if (index <= 0) return 0
    if (index >= sums.length) {
      const wider = new Float64Array(Math.max(index + 1, sums.length * 2))
      wider.set(sums)
      sums = wider
    }
    while (known < index) {
      sums[known + 1] = (sums[known] ?? 0) + used(first + known)
      known++
    }
    return sums[index] ?? 0
  }
  return {
    used: (quarter) => (quarter < first ? 0 : sumUntil(quarter - first + 1) - sumUntil(quarter - first)),
    total(at) {
      if (at <= start) return 0
      const index = Math.floor(at / QUARTER_MS) - first
      const sum = sumUntil(index)
      const into = at - (first + index) * QUARTER_MS
      return into === 0 ? sum : sum + Math.floor(((sumUntil(index + 1) - sum) * into) / QUARTER_MS)
    },
  }
}

/** A register: what stands on the meter, with its first value, meter changes and roll-over. All in whole steps of the shown unit. */
export function createRegister(
  counter: Counter,
  model: Flow,
  point: Point,
  seed: number,
  name: string,
): (at: number) => number {
  const stepsPerUnit = model.perUnit * Number(point.multiplier ?? '1')
  const rollover = point.rollover === undefined ? null : Math.round(Number(point.rollover) * stepsPerUnit)
  // A short register stands past its middle, so that it rolls over within months.
  const base =
    rollover !== null && Number(point.rollover) <= 100_000
      ? Math.floor(rollover * 0.55)
      : Math.floor(model.perUnit * (200 + (hashName(seed, `register:${name}`) % 40_000)))
  const changes = (point.meterChanges ?? [])
    .map((change: MeterChange) => ({
      at: Date.parse(change.at),
      initial: Math.round(Number(change.initial) * stepsPerUnit),
    }))
    .sort((a, b) => a.at - b.at)
  return (at) => {
    const change = changes.findLast((each) => each.at <= at)
    const steps =
      change === undefined ? base + counter.total(at) : change.initial + counter.total(at) - counter.total(change.at)
    return (rollover === null ? steps : steps % rollover) / stepsPerUnit
  }
}
