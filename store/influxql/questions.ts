// Questions about readings of some series, and their answers by series.
import type { Reading } from '#domain/ports/telemetry.ts'
import { between, quoted } from './encode.ts'
import type { Engine, Table } from './engine.ts'
import { PAGE_READINGS, SERIES_PER_QUESTION } from './limits.ts'
import { READING_COLUMNS, readingOf } from './reading-fields.ts'
import type { Series, SeriesNames } from './series-names.ts'

/** The condition that means one series. */
export const isSeries = ({ tags }: Series): string =>
  `"device" = ${quoted(tags.device)} AND "point" = ${quoted(tags.point)}`

/** Asks for groups of series; `select` gives everything before FROM, the condition and what stands after it. Answers: tables by series. */
export async function askBySeries(
  engine: Engine,
  names: SeriesNames,
  series: readonly Series[],
  question: { select: string; from: string; where: string; groupBy?: string },
): Promise<Map<Series, Table>> {
  const statements: string[] = []
  for (let start = 0; start < series.length; start += SERIES_PER_QUESTION) {
    const some = series.slice(start, start + SERIES_PER_QUESTION)
    const condition = some.map((one) => `(${isSeries(one)})`).join(' OR ')
    const groupBy = question.groupBy === undefined ? '' : `, ${question.groupBy}`
    statements.push(
      `SELECT ${question.select} FROM "${question.from}" WHERE (${condition}) AND ${question.where} GROUP BY "device", "point"${groupBy}`,
    )
  }
  const answers = new Map<Series, Table>()
  for (const table of (await engine.ask(statements)).flat()) {
    const one = names.ofTable(table)
    if (one !== null) answers.set(one, table)
  }
  return answers
}

/** Readings with from ≤ at < to of one series, ascending or descending, at most `limit`. */
export async function askReadings(
  engine: Engine,
  series: Series,
  from: number,
  to: number,
  limit: number,
  order: 'ASC' | 'DESC' = 'ASC',
): Promise<Reading[]> {
  if (limit <= 0 || from >= to) return []
  const [tables = []] = await engine.ask([
    `SELECT ${READING_COLUMNS} FROM "reading" WHERE ${isSeries(series)} AND ${between(from, to)} ORDER BY time ${order} LIMIT ${Math.floor(limit)}`,
  ])
  return tables.flatMap(({ values }) => values.map(readingOf))
}

/** All readings of a range, page by page. */
export async function* askPages(engine: Engine, series: Series, from: number, to: number): AsyncGenerator<Reading[]> {
  for (let start = from; ;) {
    const page = await askReadings(engine, series, start, to, PAGE_READINGS)
    if (page.length > 0) yield page
    if (page.length < PAGE_READINGS) return
    start = (page.at(-1) as Reading).at + 1
  }
}
