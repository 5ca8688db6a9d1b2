// A chunk: readings of one series in a stretch of time, as a row of the table `chunk`.
import { ByteReader, ByteWriter } from './bytes.ts'
import { decodeBody, encodeBody } from './chunk-body.ts'
import { addRows, noFigures, readFigures, writeFigures } from './figures.ts'
import type { Figures } from './figures.ts'
import { MAX_CHUNK_READINGS } from './limits.ts'
import { cut } from './run.ts'
import type { Run } from './run.ts'
import { seal, unseal } from './seal.ts'

/** What the table knows of a chunk beside its blobs; `to` is its last instant, inclusive. */
export type ChunkKey = { id: number; series: number; from: number; to: number; count: number }

/** The keys of a chunk are part of both checksums. */
const keysOf = ({ id, series, from, to, count }: ChunkKey): number[] => [id, series, from, to, count]

const scratch = new ByteWriter(256)

/** A run of at least one reading as the row of chunk `id`. */
export function encodeChunk(
  id: number,
  series: number,
  run: Run,
): { key: ChunkKey; figures: Uint8Array; body: Uint8Array } {
  const key = { id, series, from: run.at[0] as number, to: run.at[run.count - 1] as number, count: run.count }
  const figures = noFigures()
  addRows(figures, run, 0, run.count)
  writeFigures(scratch.restart(), figures, key.from)
  const keys = keysOf(key)
  return { key, figures: seal(scratch.written(), keys), body: seal(encodeBody(run), keys) }
}

/** @throws DamagedBytes */
export const decodeFigures = (blob: unknown, key: ChunkKey): Figures =>
  readFigures(new ByteReader(unseal(blob, keysOf(key))), key.from)

/** @throws DamagedBytes */
export const decodeChunk = (blob: unknown, key: ChunkKey): Run => decodeBody(unseal(blob, keysOf(key)))

/** A run in parts of even size, none larger than a chunk may be. */
export function partsOf(run: Run): Run[] {
  const parts = Math.ceil(run.count / MAX_CHUNK_READINGS)
  return Array.from({ length: parts }, (_, part) =>
    cut(run, Math.floor((run.count * part) / parts), Math.floor((run.count * (part + 1)) / parts)),
  )
}
