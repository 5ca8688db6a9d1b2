// Takes one batch into the log: finds duplicates and corrections, and makes the rest durable in one transaction.
import type { CommitResult, SeriesInfo } from '#domain/ports/telemetry.ts'
import { DamagedChunk } from './chunk-table.ts'
import type { Columns } from './columns.ts'
import { crashPoint } from './crash-point.ts'
import { hasText, sameValue } from './flags.ts'
import { encodeLogRow } from './log-row.ts'
import { inTransaction } from './open-database.ts'
import { encodeReplaced } from './replaced.ts'
import type { Standing } from './replaced.ts'
import { placeIn } from './run.ts'
import { nameChecksum } from './writer-state.ts'
import type { WriterState } from './writer-state.ts'

type Replaced = { series: number; at: number; former: Standing; supersededAt: number }

export type Append = (batch: Columns, newSeries: readonly SeriesInfo[]) => CommitResult

/** After an error the state in memory is ahead of the database and must be loaded anew. */
export function createAppend(state: WriterState): Append {
  const { database, tail, series } = state
  const insertLog = database.prepare('INSERT INTO log (seq, body) VALUES (?, ?)')
  const insertSeries = database.prepare('INSERT INTO series (id, device, point, checksum) VALUES (?, ?, ?, ?)')
  const insertReplaced = database.prepare('INSERT INTO superseded (series, at, body) VALUES (?, ?, ?)')

  return (batch, newSeries) => {
    const start = tail.columns.count
    for (const name of newSeries) series.ensure(name.series)
    const { result, replaced } = take(state, batch)
    const end = tail.columns.count
    if (end === start && newSeries.length === 0) return result
    const seq = tail.lastSeq + 1
    inTransaction(database, () => {
      for (const name of newSeries) insertSeries.run(name.series, name.device, name.point, nameChecksum(name))
      for (const { series: number, at, former, supersededAt } of replaced) {
        insertReplaced.run(number, at, encodeReplaced(number, at, former, supersededAt))
      }
      insertLog.run(seq, encodeLogRow(tail.columns, start, end, seq, result.stored))
      crashPoint('log-written')
    })
    crashPoint('log-committed')
    tail.endRow(seq)
    state.readings += result.stored
    return result
  }
}

/** Puts the readings of a batch at the end of the tail, without duplicates. */
function take(state: WriterState, batch: Columns): { result: CommitResult; replaced: Replaced[] } {
  const { columns } = state.tail
  const { newestAt } = state.series
  const result = { stored: 0, duplicate: 0, superseded: 0 }
  const replaced: Replaced[] = []
  for (let row = 0; row < batch.count; row++) {
    const series = batch.series[row] as number
    const at = batch.at[row] as number
    const value = batch.value[row] as number
    const flags = batch.flags[row] as number
    const receivedAt = batch.receivedAt[row] as number
    const text = hasText(flags) ? batch.texts.get(row) : undefined
    const newest = newestAt[series] as number
    // In order, as nearly all are: there can be no reading at this instant yet.
    const former = at > newest ? null : findStanding(state, series, at)
    if (former !== null) {
      if (sameValue(former.flags, former.value, former.text, flags, value, text)) {
        result.duplicate += 1
        continue
      }
      replaced.push({ series, at, former, supersededAt: receivedAt })
      result.superseded += 1
    } else result.stored += 1
    columns.push(series, at, value, flags, receivedAt, text)
    if (at >= newest) state.series.setNewest(series, at, value, flags, receivedAt, text)
  }
  return { result, replaced }
}

/** The value that stands for a series at an instant: in the tail, else in its chunks. */
function findStanding(state: WriterState, series: number, at: number): Standing | null {
  const { tail, chunks } = state
  const row = tail.index.find(series, at)
  if (row >= 0) {
    const { columns } = tail
    return {
      value: columns.value[row] as number,
      flags: columns.flags[row] as number,
      receivedAt: columns.receivedAt[row] as number,
      text: columns.texts.get(row),
    }
  }
  if (at > (state.series.chunksTo[series] as number)) return null
  const key = chunks.atOrBefore(series, at)
  if (key === null || key.to < at) return null
  try {
    const run = chunks.run(key)
    const index = placeIn(run, at)
    if (index === run.count || run.at[index] !== at) return null
    return {
      value: run.value[index] as number,
      flags: run.flags[index] as number,
      receivedAt: run.receivedAt[index] as number,
      text: run.texts?.[index],
    }
  } catch (cause) {
    if (!(cause instanceof DamagedChunk)) throw cause
    // What is damaged cannot stand; it is set aside when its time is rewritten or a query meets it.
    return null
  }
}
