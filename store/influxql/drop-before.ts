// Retention: old raw readings become quarter-hours, then go. A crash at any step is made good by the next run.
import { quarterOf, quartersOf } from '#domain/metering/bucket-figures.ts'
import type { Quarter } from '#domain/metering/bucket-figures.ts'
import { QUALITIES } from '#domain/ports/telemetry.ts'
import { writeAll } from './apply.ts'
import { between, float, integer } from './encode.ts'
import type { Engine, Point } from './engine.ts'
import { askBySeries, askPages, askReadings, isSeries } from './questions.ts'
import { QUARTER_COLUMNS, quarterOfRow } from './read-buckets.ts'
import { fieldsOf } from './reading-fields.ts'
import type { Series, SeriesNames } from './series-names.ts'

/** Drops readings older than each series' cut; gives how many. */
export async function dropBefore(
  engine: Engine,
  names: SeriesNames,
  cutOf: (series: Series) => number,
  exclusively: <T>(series: Series, run: () => Promise<T>) => Promise<T>,
): Promise<number> {
  await finishDrops(engine, names)
  const saved = names.list.filter((one) => one.saved && cutOf(one) > 0)
  const latestCut = saved.reduce((most, one) => Math.max(most, cutOf(one)), 0)
  const old = await askBySeries(engine, names, saved, {
    select: 'first("received")',
    from: 'reading',
    where: between(0, latestCut),
  })
  let dropped = 0
  for (const [series, { values }] of old) {
    const cut = quarterOf(cutOf(series))
    if ((values[0]?.[0] as number) < cut)
      dropped += await exclusively(series, () => dropSeries(engine, names, series, cut))
  }
  return dropped
}

/**
 * The new quarters are written aside first (`dropping`), then a mark says that they are complete; from then on the readings
 * may go and the quarters take their place. Each step can be done twice.
 */
async function dropSeries(engine: Engine, names: SeriesNames, series: Series, cut: number): Promise<number> {
  const former = await askBySeries(engine, names, [series], {
    select: QUARTER_COLUMNS,
    from: 'quarter',
    where: between(0, cut),
  })
  const quarters = new Map((former.get(series)?.values ?? []).map(quarterOfRow).map((one) => [one.from, one]))
  const touched = new Map<number, Quarter>()
  let dropped = 0
  for await (const page of askPages(engine, series, 0, cut)) {
    dropped += page.length
    const starts = new Set(page.map(({ at }) => quarterOf(at)))
    const known = [...starts].flatMap((start) => touched.get(start) ?? quarters.get(start) ?? [])
    for (const quarter of quartersOf(known, page)) touched.set(quarter.from, quarter)
  }
  const [newest] = await askReadings(engine, series, 0, Date.UTC(2200, 0, 1), 1, 'DESC')
  if (newest !== undefined && newest.at < cut) {
    await engine.write(
      [{ measurement: 'latest', tags: series.tags, fields: fieldsOf(newest, true), time: String(newest.at) }],
      'ms',
    )
  }
  await engine.change([`DELETE FROM "dropping" WHERE ${isSeries(series)}`])
  await writeAll(
    engine,
    [...touched.values()].map((quarter) => pointOf('dropping', series, quarter)),
    'ms',
  )
  await engine.write([{ measurement: 'drop', tags: series.tags, fields: { cut: integer(cut) }, time: '0' }], 'ms')
  await finishSeries(engine, series, cut, [...touched.values()])
  return dropped
}

/** Ends what a crash left: marked drops are carried through. */
export async function finishDrops(engine: Engine, names: SeriesNames): Promise<void> {
  const [marks = []] = await engine.ask(['SELECT "cut" FROM "drop" GROUP BY "device", "point"'])
  for (const table of marks) {
    const series = names.ofTable(table)
    if (series === null) continue
    const cut = table.values[0]?.[1] as number
    const aside = await askBySeries(engine, names, [series], {
      select: QUARTER_COLUMNS,
      from: 'dropping',
      where: between(0, cut),
    })
    await finishSeries(engine, series, cut, (aside.get(series)?.values ?? []).map(quarterOfRow))
  }
}

async function finishSeries(engine: Engine, series: Series, cut: number, quarters: readonly Quarter[]): Promise<void> {
  const old = `${isSeries(series)} AND time < ${cut}ms`
  await engine.change([`DELETE FROM "reading" WHERE ${old}`, `DELETE FROM "superseded" WHERE ${old}`])
  await writeAll(
    engine,
    quarters.map((quarter) => pointOf('quarter', series, quarter)),
    'ms',
  )
  await engine.change([
    `DELETE FROM "drop" WHERE ${isSeries(series)}`,
    `DELETE FROM "dropping" WHERE ${isSeries(series)}`,
  ])
}

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
