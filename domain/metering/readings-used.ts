// Which readings a quantity goes by: the first, the last, how many, and a digest of their canonical text.
import { formatDecimal } from '#domain/quantity/decimal.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import { firstAtOrAfter } from './counter-values.ts'
import type { Meter, MeterMonth } from './meter.ts'
import { stepsUsed } from './meter.ts'

export type ReadingsUsed = {
  first: { at: string; value: string } | null
  last: { at: string; value: string } | null
  count: number
  meterChanges: number
  digest: string
}

/**
 * For a counter: from its last reading at or before the start of the days to the first at or after their end, and those of
 * its mean rate. For an interval point: those of the days, or of the whole month when some quarter of the days is estimated.
 * The canonical text is one line for each reading, instant in UTC and value without trailing zeros with a comma between,
 * for a meter change `instant,final,initial`, each line ended by a line feed.
 */
export function readingsUsed(
  month: MeterMonth,
  firstDay: number,
  endDay: number,
  sha256: (text: string) => string,
): ReadingsUsed {
  const lines = linesUsed(month, firstDay, endDay)
  const shown = ({ at, values }: Line, value: bigint | undefined): { at: string; value: string } => ({
    at: formatInstant(at),
    value: microText(value ?? values[0]!),
  })
  const first = lines[0]
  const last = lines.at(-1)
  return {
    first: first === undefined ? null : shown(first, first.values.at(-1)),
    last: last === undefined ? null : shown(last, last.values[0]),
    count: lines.length,
    meterChanges: lines.filter(({ values }) => values.length === 2).length,
    digest: `sha256:${sha256(lines.map(lineText).join(''))}`,
  }
}

/** A reading, or a meter change with what the old meter showed and then the new one. */
type Line = { at: number; values: bigint[] }

function lineText({ at, values }: Line): string {
  return `${formatInstant(at)},${values.map(microText).join(',')}\n`
}
function microText(micro: bigint): string {
  return formatDecimal({ digits: micro, scale: 6 })
}

function linesUsed(month: MeterMonth, firstDay: number, endDay: number): Line[] {
  const { meter, quarters } = month
  const start = quarters.boundaries[quarters.dayFirst[firstDay - quarters.firstDay]!]!
  const end = quarters.boundaries[quarters.dayFirst[endDay - quarters.firstDay]!]!
  if (meter.counter === null) return intervalLines(meter, month, firstDay, endDay, start, end)
  const { counter } = meter
  if (counter.at.length === 0) return []
  const { first, last, rate } = stepsUsed(counter, start, end)
  const changeAt = new Map(counter.changes.map((change) => [change.at, change]))
  const lines: Line[] = []
  const from = Math.max(0, Math.min(first, rate ?? first))
  for (let i = from; i <= last && i < counter.at.length; i += 1) {
    const at = counter.at[i]!
    const change = changeAt.get(at)
    lines.push({ at, values: change === undefined ? [counter.shown(i)] : [change.final, change.initial] })
  }
  return lines
}

function intervalLines(
  meter: Meter,
  month: MeterMonth,
  firstDay: number,
  endDay: number,
  start: number,
  end: number,
): Line[] {
  const { readings } = meter
  if (readings === null) return []
  const estimated = month.use(firstDay, endDay).estimated.n !== 0n
  const from = firstAtOrAfter(readings.at, estimated ? month.quarters.from : start)
  const to = firstAtOrAfter(readings.at, estimated ? month.quarters.to : end)
  return Array.from({ length: to - from }, (_, i) => ({
    at: readings.at[from + i]!,
    values: [readings.micro[from + i]!],
  }))
}
