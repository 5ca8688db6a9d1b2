// Figures by bucket: the server counts what it can, readings are fetched only where text or dropped quarters are among them.
import { EMPTY, combine, figuresOf, shown } from '#domain/metering/bucket-figures.ts'
import type { Quarter } from '#domain/metering/bucket-figures.ts'
import type { Bucket, Quality } from '#domain/ports/telemetry.ts'
import { QUALITIES } from '#domain/ports/telemetry.ts'
import { between } from './encode.ts'
import type { Cell, Engine } from './engine.ts'
import { GROUPS_PER_QUESTION } from './limits.ts'
import { askBySeries, askPages } from './questions.ts'
import type { Series, SeriesNames } from './series-names.ts'

type Figures = (Quarter | null)[]

const FIGURES =
  'count("value") AS "count", min("value") AS "min", max("value") AS "max", sum("value") AS "sum", first("value") AS "first", last("value") AS "last", max("quality") AS "quality", max("simulated") AS "simulated"'
const ROLLED = '"min", "max", "sum", "count", "first", "firstAt", "last", "lastAt", "quality", "simulated"'

/** One bucket per pair of neighbouring edges, per series. */
export async function readBuckets(
  engine: Engine,
  names: SeriesNames,
  series: readonly Series[],
  edges: readonly number[],
): Promise<Bucket[][]> {
  const asked = [...new Set(series)].filter(({ saved }) => saved)
  const whole = between(edges[0] as number, edges.at(-1) as number)
  const [texts, rolled] = await Promise.all([
    askBySeries(engine, names, asked, { select: 'count("text")', from: 'reading', where: whole }),
    askBySeries(engine, names, asked, { select: ROLLED, from: 'quarter', where: whole }),
  ])
  const plain = asked.filter((one) => !texts.has(one))
  const counted = await countedFigures(engine, names, plain, edges)
  const buckets = new Map<Series, Bucket[]>()
  for (const one of asked) {
    const figures = counted.get(one) ?? (await readFigures(engine, one, edges, () => true))
    const quarters = (rolled.get(one)?.values ?? []).map(quarterOfRow)
    if (quarters.length > 0) await addQuarters(engine, one, edges, figures, quarters)
    buckets.set(one, bucketsOf(figures, edges))
  }
  return series.map((one) => buckets.get(one) ?? bucketsOf([], edges))
}

/** Dropped quarters join the readings of their bucket; where both are, the order of first and last needs the readings themselves. */
async function addQuarters(
  engine: Engine,
  series: Series,
  edges: readonly number[],
  figures: Figures,
  quarters: readonly Quarter[],
): Promise<void> {
  const holds = new Map<number, Quarter[]>()
  for (const quarter of quarters) {
    const index = bucketAt(edges, quarter.from)
    if (index !== -1) holds.set(index, [...(holds.get(index) ?? []), quarter])
  }
  const both = (index: number): boolean => holds.has(index) && (figures[index] ?? null) !== null
  const read = await readFigures(engine, series, edges, both)
  for (const [index, some] of holds) {
    const all = some.reduce<Quarter | null>((sum, quarter) => (sum === null ? quarter : combine(sum, quarter)), null)
    const own = read[index] ?? null
    figures[index] = own === null ? all : combine(all as Quarter, own)
  }
}

/** Figures of numeric readings as the server counts them: in groups of equal length that add up to the buckets, or bucket by bucket. */
async function countedFigures(
  engine: Engine,
  names: SeriesNames,
  series: readonly Series[],
  edges: readonly number[],
): Promise<Map<Series, Figures>> {
  const all = new Map<Series, Figures>(series.map((one) => [one, Array<Quarter | null>(edges.length - 1).fill(null)]))
  const put = (one: Series, index: number, row: readonly Cell[]): void => {
    const figures = all.get(one) as Figures
    const former = figures[index] ?? null
    const added = groupOf(row)
    if (added !== null) figures[index] = former === null ? added : combine(former, added)
  }
  const [from, to] = [edges[0] as number, edges.at(-1) as number]
  const step = edges.slice(1).reduce((common, edge, index) => divisor(common, edge - (edges[index] as number)), 0)
  if ((to - from) / step <= GROUPS_PER_QUESTION && Number.isInteger(from)) {
    const answers = await askBySeries(engine, names, series, {
      select: FIGURES,
      from: 'reading',
      where: between(from, to),
      groupBy: `time(${step}ms, ${from % step}ms) fill(none)`,
    })
    for (const [one, { values }] of answers) {
      for (const row of values) put(one, bucketAt(edges, Math.max(row[0] as number, from)), row)
    }
    return all
  }
  for (let index = 0; index + 1 < edges.length; index++) {
    const where = between(edges[index] as number, edges[index + 1] as number)
    const answers = await askBySeries(engine, names, series, { select: FIGURES, from: 'reading', where })
    for (const [one, { values }] of answers) for (const row of values) put(one, index, row)
  }
  return all
}

/** Figures from the readings themselves, of the buckets that are wanted. */
async function readFigures(
  engine: Engine,
  series: Series,
  edges: readonly number[],
  wanted: (index: number) => boolean,
): Promise<Figures> {
  const figures: Figures = Array<Quarter | null>(edges.length - 1).fill(null)
  for (let index = 0; index + 1 < edges.length; index++) {
    if (!wanted(index)) continue
    let end = index
    while (end + 2 < edges.length && wanted(end + 1)) end++
    for await (const page of askPages(engine, series, edges[index] as number, edges[end + 1] as number)) {
      for (const reading of page) {
        const added = figuresOf(reading)
        if (added === null) continue
        const place = bucketAt(edges, reading.at)
        const former = figures[place] ?? null
        figures[place] = former === null ? added : combine(former, added)
      }
    }
    index = end
  }
  return figures
}

/** A row of FIGURES; groups come in order, so their start stands for the instants of first and last. */
function groupOf([at, count, min, max, sum, first, last, quality, simulated]: readonly Cell[]): Quarter | null {
  if (typeof count !== 'number' || count === 0) return null
  const figures = { min: min as number, max: max as number, sum: sum as number, count }
  const ends = { first: first as number, firstAt: at as number, last: last as number, lastAt: at as number }
  return {
    from: at as number,
    ...figures,
    ...ends,
    quality: QUALITIES[quality as number] as Quality,
    simulated: simulated === 1,
  }
}

/** A row of the measurement `quarter`: time and ROLLED. */
export function quarterOfRow(row: readonly Cell[]): Quarter {
  const [from, min, max, sum, count, first, firstAt, last, lastAt, quality, simulated] = row as number[]
  return {
    from: from as number,
    min: min as number,
    max: max as number,
    sum: sum as number,
    count: count as number,
    first: first as number,
    firstAt: firstAt as number,
    last: last as number,
    lastAt: lastAt as number,
    quality: QUALITIES[quality as number] as Quality,
    simulated: simulated === 1,
  }
}

export { ROLLED as QUARTER_COLUMNS }

function bucketsOf(figures: Figures, edges: readonly number[]): Bucket[] {
  return edges.slice(0, -1).map((from, index) => {
    const own = figures[index] ?? null
    const to = edges[index + 1] as number
    return own === null ? { ...EMPTY, from, to } : { ...shown(own), from, to }
  })
}

/** Index of the bucket that holds an instant, −1 outside all. */
function bucketAt(edges: readonly number[], at: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((edges[middle] as number) <= at) low = middle + 1
    else high = middle
  }
  return low - 1 < edges.length - 1 ? low - 1 : -1
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}
