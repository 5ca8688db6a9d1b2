// Retention: old raw readings become quarter-hours, then go. A crash at any step is made good by the next run.
import { quarterOf, quartersOf } from '#domain/metering/bucket-figures.ts'
import type { Quarter } from '#domain/metering/bucket-figures.ts'
import { QUALITIES } from '#domain/ports/telemetry.ts'
import { writeAll } from './apply.ts'
import { between, float, integer } from './encode.ts'
import type { Engine, Point } from './engine.ts'
import { SERIES_PER_QUESTION } from './limits.ts'
import { askBySeries, askPages, isSeries } from './questions.ts'
import { QUARTER_COLUMNS, quarterOfRow } from './read-buckets.ts'
import { READING_COLUMNS, fieldsOf, readingOf } from './reading-fields.ts'
import type { Series, SeriesNames } from './series-names.ts'

/** Runs something while no question about these series is answered and nothing older than the cut is written to them. */
export type Exclusively = <T>(series: readonly Series[], cut: number, run: () => Promise<T>) => Promise<T>

/** Drops readings older than each series' cut, some series at a time; gives how many. */
export async function dropBefore(
  engine: Engine,
  names: SeriesNames,
  cutOf: (series: Series) => number,
  exclusively: Exclusively,
): Promise<number> {
  await finishDrops(engine, names)
  const byCut = new Map<number, Series[]>()
  for (const series of names.list.filter(({ saved }) => saved)) {
    const cut = quarterOf(cutOf(series))
    if (cut <= 0) continue
    const some = byCut.get(cut)
    if (some === undefined) byCut.set(cut, [series])
    else some.push(series)
  }
  let dropped = 0
  for (const [cut, series] of byCut) {
    for (let start = 0; start < series.length; start += SERIES_PER_QUESTION) {
      const some = series.slice(start, start + SERIES_PER_QUESTION)
      const question = { select: 'count("received")', from: 'reading', where: between(0, cut) }
      const old = await askBySeries(engine, names, some, question)
      if (old.size > 0)
        dropped += await exclusively([...old.keys()], cut, () => dropSome(engine, names, [...old.keys()], cut))
    }
  }
  return dropped
}

/**
 * The new quarters are written aside first (`dropping`), then a mark says that they are complete; from then on the readings
 * may go and the quarters take their place. Each step can be done twice.
 */
async function dropSome(engine: Engine, names: SeriesNames, some: readonly Series[], cut: number): Promise<number> {
  await engine.change([`DELETE FROM "dropping" WHERE ${isAnyOf(some)}`])
  const former = await askQuarters(engine, names, some, 'quarter', cut)
  const newest = await askBySeries(engine, names, some, {
    select: `last("received"), ${READING_COLUMNS}`,
    from: 'reading',
    where: 'time >= 0ms',
  })
  let dropped = 0
  for (const series of some) {
    const quarters = new Map((former.get(series) ?? []).map((one) => [one.from, one]))
    const touched = new Map<number, Quarter>()
    for await (const page of askPages(engine, series, 0, cut)) {
      dropped += page.length
      const starts = new Set(page.map(({ at }) => quarterOf(at)))
      const known = [...starts].flatMap((start) => touched.get(start) ?? quarters.get(start) ?? [])
      for (const quarter of quartersOf(known, page)) touched.set(quarter.from, quarter)
    }
    await writeAll(
      engine,
      [...touched.values()].map((quarter) => pointOf('dropping', series, quarter)),
      'ms',
    )
  }
  const last = some.flatMap((series): Point[] => {
    const [at, , ...columns] = newest.get(series)?.values[0] ?? []
    if (at === undefined || (at as number) >= cut) return []
    return [
      {
        measurement: 'latest',
        tags: series.tags,
        fields: fieldsOf(readingOf([at, ...columns]), true),
        time: String(at),
      },
    ]
  })
  await writeAll(engine, last, 'ms')
  const marks = some.map(({ tags }): Point => ({ measurement: 'drop', tags, fields: { cut: integer(cut) }, time: '0' }))
  await writeAll(engine, marks, 'ms')
  await finish(engine, names, some, cut)
  return dropped
}

/** Ends what a crash left: marked drops are carried through. */
export async function finishDrops(engine: Engine, names: SeriesNames): Promise<void> {
  const [marks = []] = await engine.ask(['SELECT "cut" FROM "drop" GROUP BY "device", "point"'])
  const byCut = new Map<number, Series[]>()
  for (const table of marks) {
    const series = names.ofTable(table)
    const cut = table.values[0]?.[1] as number
    if (series !== null) byCut.set(cut, [...(byCut.get(cut) ?? []), series])
  }
  for (const [cut, series] of byCut) await finish(engine, names, series, cut)
}

async function finish(engine: Engine, names: SeriesNames, some: readonly Series[], cut: number): Promise<void> {
  const old = `(${isAnyOf(some)}) AND time < ${cut}ms`
  await engine.change([`DELETE FROM "reading" WHERE ${old}`, `DELETE FROM "superseded" WHERE ${old}`])
  for (const [series, quarters] of await askQuarters(engine, names, some, 'dropping', cut)) {
    await writeAll(
      engine,
      quarters.map((quarter) => pointOf('quarter', series, quarter)),
      'ms',
    )
  }
  await engine.change([`DELETE FROM "drop" WHERE ${isAnyOf(some)}`, `DELETE FROM "dropping" WHERE ${isAnyOf(some)}`])
}

async function askQuarters(
  engine: Engine,
  names: SeriesNames,
  some: readonly Series[],
  from: 'quarter' | 'dropping',
  cut: number,
): Promise<Map<Series, Quarter[]>> {
  const answers = await askBySeries(engine, names, some, { select: QUARTER_COLUMNS, from, where: between(0, cut) })
  return new Map([...answers].map(([series, { values }]) => [series, values.map(quarterOfRow)]))
}

const isAnyOf = (some: readonly Series[]): string => some.map((series) => `(${isSeries(series)})`).join(' OR ')

export function pointOf(measurement: string, { tags }: Series, quarter: Quarter): Point {
  return {
    measurement,
    tags,
    fields: {
      min: float(quarter.min),
      max: float(quarter.max),
      sum: float(quarter.sum),
      count: integer(quarter.count),
      first: float(quarter.first),
      firstAt: integer(quarter.firstAt),
      last: float(quarter.last),
      lastAt: integer(quarter.lastAt),
      quality: integer(QUALITIES.indexOf(quarter.quality)),
      simulated: integer(quarter.simulated ? 1 : 0),
    },
    time: String(quarter.from),
  }
}
