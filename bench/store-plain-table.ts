// The baseline: the same readings in one SQLite table with a row each, durable commits, asked with SQL.
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { cpuMs, median, percentile } from './store-measure.ts'
import { POINTS, SPAN_MS, T0, readingAt } from './store-readings.ts'

const COMMIT_READINGS = 8_000
const REPEATS = 3

export type PlainTableFigures = Record<'commits' | 'latest' | 'month' | 'hourly', string> & {
  readingsPerSecond: number
  cpuUs: number
  bytesPerReading: number
}

export function benchPlainTable(folder: string, steps: number): PlainTableFigures {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'plain.sqlite')
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec(`CREATE TABLE reading (series INTEGER, at INTEGER, value REAL, flags INTEGER, received_at INTEGER,
    PRIMARY KEY (series, at)) WITHOUT ROWID`)
  const written = write(database, steps)
  const measured = queries(database)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
  return { ...written, ...measured, bytesPerReading: statSync(path).size / (steps * POINTS) }
}

function write(
  database: DatabaseSync,
  steps: number,
): Pick<PlainTableFigures, 'readingsPerSecond' | 'cpuUs' | 'commits'> {
  const insert = database.prepare('INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?)')
  const commits: number[] = []
  const cpu = cpuMs()
  const start = performance.now()
  for (let step = 0; step < steps; step += COMMIT_READINGS / POINTS) {
    const asked = performance.now()
    database.exec('BEGIN')
    for (let inner = step; inner < Math.min(steps, step + COMMIT_READINGS / POINTS); inner++) {
      for (let point = 0; point < POINTS; point++) {
        const { at, value, receivedAt } = readingAt(point, inner, steps)
        insert.run(point + 1, at, value, 0, receivedAt)
      }
    }
    database.exec('COMMIT')
    commits.push(performance.now() - asked)
  }
  const readings = steps * POINTS
  return {
    readingsPerSecond: readings / ((performance.now() - start) / 1000),
    cpuUs: ((cpuMs() - cpu) * 1000) / readings,
    commits: [50, 99, 100].map((part) => percentile(commits, part).toFixed(1)).join(' / '),
  }
}

function queries(database: DatabaseSync): Pick<PlainTableFigures, 'latest' | 'month' | 'hourly'> {
  const newest = database.prepare('SELECT at, value FROM reading WHERE series = ? ORDER BY at DESC LIMIT 1')
  const figures = database.prepare(
    `SELECT (at - ?) / ? AS bucket, min(value), max(value), avg(value), count(*) FROM reading
     WHERE series = ? AND at >= ? AND at < ? GROUP BY bucket`,
  )
  const buckets = (series: number, count: number): unknown => figures.all(T0, SPAN_MS / count, series, T0, T0 + SPAN_MS)
  const measure = (query: () => void): string => {
    const times = Array.from({ length: REPEATS }, () => {
      const start = performance.now()
      query()
      return performance.now() - start
    })
    return median(times).toFixed(1)
  }
  return {
    latest: measure(() => Array.from({ length: POINTS }, (_, point) => newest.get(point + 1))),
    month: measure(() => buckets(7, 200)),
    hourly: measure(() => Array.from({ length: 100 }, (_, point) => buckets(point + 1, 720))),
  }
}
