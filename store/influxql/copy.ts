// A copy of everything in one file of JSON lines (gzip), and back into an empty database. docs/STORAGE.md describes the lines.
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { writeAll } from './apply.ts'
import { between, integer, tagOf } from './encode.ts'
import type { Cell, Engine, Point, Precision } from './engine.ts'
import { PAGE_READINGS } from './limits.ts'
import { isSeries } from './questions.ts'
import { QUARTER_COLUMNS, quarterOfRow } from './read-buckets.ts'
import { pointOf } from './drop-before.ts'
import { READING_COLUMNS, fieldsOf, readingOf } from './reading-fields.ts'
import { SeriesNames } from './series-names.ts'
import type { Series } from './series-names.ts'

export const COPY_FILE = 'telemetry.ndjson.gz'

/** What is copied of a series: rows as the server gives them, by measurement. */
const PARTS = [
  { measurement: 'reading', columns: READING_COLUMNS, precision: 'ms' },
  { measurement: 'superseded', columns: `${READING_COLUMNS}, "supersededAt", "rank"`, precision: 'ns' },
  { measurement: 'quarter', columns: QUARTER_COLUMNS, precision: 'ms' },
  { measurement: 'latest', columns: READING_COLUMNS, precision: 'ms' },
] as const satisfies { measurement: string; columns: string; precision: Precision }[]
type Measurement = (typeof PARTS)[number]['measurement']

type Line = { series: [device: string, point: string, premises: string | null] } | { of: Measurement; rows: Cell[][] }

/** Writes the copy. Series by series, so it is no snapshot: what is replaced meanwhile may be in it before or after. */
export async function writeCopy(engine: Engine, names: SeriesNames, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const target = createWriteStream(join(folder, COPY_FILE), { mode: 0o600, flush: true })
  await pipeline(Readable.from(linesOf(engine, names)), createGzip(), target)
}

async function* linesOf(engine: Engine, names: SeriesNames): AsyncGenerator<string> {
  const lineOf = (line: Line): string => `${JSON.stringify(line)}\n`
  for (const series of names.list.filter(({ saved }) => saved)) {
    yield lineOf({ series: [series.device, series.point, series.premises] })
    for (const { measurement, columns } of PARTS) {
      for (let from = 0; ;) {
        const [tables = []] = await engine.ask([
          `SELECT ${columns} FROM "${measurement}" WHERE ${isSeries(series)} AND ${between(from, Infinity)} LIMIT ${PAGE_READINGS}`,
        ])
        const rows = tables.flatMap(({ values }) => values)
        if (rows.length > 0) yield lineOf({ of: measurement, rows })
        if (rows.length < PAGE_READINGS) break
        from = (rows.at(-1)?.[0] as number) + 1
      }
    }
  }
}

/** Brings a copy into an empty database; doing it twice gives the same. */
export async function readCopy(engine: Engine, folder: string): Promise<void> {
  const names = new SeriesNames()
  let series: Series | null = null
  const lines = createInterface({ input: createReadStream(join(folder, COPY_FILE)).pipe(createGunzip()) })
  for await (const text of lines) {
    const line = JSON.parse(text) as Line
    if ('series' in line) {
      const [device, point, premises] = line.series
      series = names.of(device, point)
      series.premises = premises
      if (premises !== null) series.tags.premises = tagOf(premises)
      await names.save(engine, [series], async () => premises)
    } else if (series !== null) {
      const { tags } = series
      const points = line.rows.map((row) => pointOfRow(line.of, { ...(series as Series), tags }, row))
      await writeAll(engine, points, PARTS.find(({ measurement }) => measurement === line.of)?.precision ?? 'ms')
    }
  }
}

function pointOfRow(measurement: Measurement, series: Series, row: Cell[]): Point {
  if (measurement === 'quarter') return pointOf('quarter', series, quarterOfRow(row))
  const point = { measurement, tags: series.tags, fields: fieldsOf(readingOf(row), true), time: String(row[0]) }
  if (measurement !== 'superseded') return point
  const [supersededAt, rank] = [row[7] as number, row[8] as number]
  return {
    ...point,
    fields: { ...point.fields, supersededAt: integer(supersededAt), rank: integer(rank) },
    time: `${row[0]}${String(rank).padStart(6, '0')}`,
  }
}
