// The table `chunk`: finding, reading (through a bounded cache), writing and deleting chunks of a series.
import type { DatabaseSync } from 'node:sqlite'
import { DamagedBytes } from './bytes.ts'
import { decodeChunk, decodeFigures, encodeChunk } from './chunk.ts'
import type { ChunkKey } from './chunk.ts'
import type { Figures } from './figures.ts'
import { CACHE_BYTES } from './limits.ts'
import { isBrokenFile } from './open-database.ts'
import { bytesOfRun } from './run.ts'
import type { Run } from './run.ts'

/** A chunk whose bytes do not fit their checksum. */
export class DamagedChunk extends Error {
  readonly key: ChunkKey
  constructor(key: ChunkKey, reason: string) {
    super(reason)
    this.key = key
  }
}

type Row = Record<string, unknown>

export class ChunkTable {
  private readonly cache = new Map<number, Run>()
  private cachedBytes = 0
  private readonly statements: ReturnType<typeof prepare>

  constructor(database: DatabaseSync) {
    this.statements = prepare(database)
  }

  /** Chunks of a series that touch [from, to], in time order; they do not overlap each other. */
  touching(series: number, from: number, to: number): ChunkKey[] {
    return this.statements.touching.all(series, series, from, from, to, from).map((row) => keyOf(series, row))
  }

  /** The chunk of a series with the greatest start at or before an instant; with the least one after it. */
  atOrBefore(series: number, at: number): ChunkKey | null {
    const row = this.statements.atOrBefore.get(series, at)
    return row === undefined ? null : keyOf(series, row)
  }

  after(series: number, at: number): ChunkKey | null {
    const row = this.statements.after.get(series, at)
    return row === undefined ? null : keyOf(series, row)
  }

  /** Every chunk of the table without its bytes, straight from the index. */
  *all(): Generator<Omit<ChunkKey, 'id'>> {
    for (const row of this.statements.all.iterate()) {
      const [series, from, to, count] = row as unknown as [number, number, number, number]
      yield { series, from, to, count }
    }
  }

  get nextId(): number {
    return (this.statements.lastId.get()?.['id'] as number) + 1
  }

  /** @throws DamagedChunk */
  figures(key: ChunkKey): Figures {
    return guarded(key, () => decodeFigures(this.statements.figures.get(key.id)?.['figures'], key))
  }

  /** @throws DamagedChunk */
  run(key: ChunkKey): Run {
    const cached = this.cache.get(key.id)
    if (cached !== undefined) {
      this.cache.delete(key.id)
      this.cache.set(key.id, cached)
      return cached
    }
    const run = guarded(key, () => decodeChunk(this.statements.body.get(key.id)?.['body'], key))
    this.remember(key.id, run)
    return run
  }

  insert(id: number, series: number, run: Run): ChunkKey {
    const { key, figures, body } = encodeChunk(id, series, run)
    this.statements.insert.run(id, series, key.from, key.to, key.count, figures, body)
    return key
  }

  delete(id: number): void {
    this.statements.delete.run(id)
    this.forget(id)
  }

  private remember(id: number, run: Run): void {
    this.cache.set(id, run)
    this.cachedBytes += bytesOfRun(run)
    for (const oldest of this.cache.keys()) {
      if (this.cachedBytes <= CACHE_BYTES) return
      this.forget(oldest)
    }
  }

  /** Takes a chunk out of the cache, so that it is read from the file again. */
  forget(id: number): void {
    const run = this.cache.get(id)
    if (run === undefined) return
    this.cache.delete(id)
    this.cachedBytes -= bytesOfRun(run)
  }
}

function prepare(database: DatabaseSync) {
  const keys = 'id, from_at, to_at, count'
  const all = database.prepare('SELECT series, from_at, to_at, count FROM chunk')
  all.setReturnArrays(true)
  return {
    all,
    touching: database.prepare(
      `SELECT ${keys} FROM chunk WHERE series = ? AND from_at >= coalesce(
        (SELECT from_at FROM chunk WHERE series = ? AND from_at <= ? ORDER BY from_at DESC LIMIT 1), ?)
        AND from_at <= ? AND to_at >= ? ORDER BY from_at`,
    ),
    atOrBefore: database.prepare(
      `SELECT ${keys} FROM chunk WHERE series = ? AND from_at <= ? ORDER BY from_at DESC LIMIT 1`,
    ),
    after: database.prepare(`SELECT ${keys} FROM chunk WHERE series = ? AND from_at > ? ORDER BY from_at LIMIT 1`),
    lastId: database.prepare('SELECT coalesce(max(id), 0) AS id FROM chunk'),
    figures: database.prepare('SELECT figures FROM chunk WHERE id = ?'),
    body: database.prepare('SELECT body FROM chunk WHERE id = ?'),
    insert: database.prepare(
      'INSERT INTO chunk (id, series, from_at, to_at, count, figures, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    delete: database.prepare('DELETE FROM chunk WHERE id = ?'),
  }
}

const keyOf = (series: number, row: Row): ChunkKey => ({
  id: row['id'] as number,
  series,
  from: row['from_at'] as number,
  to: row['to_at'] as number,
  count: row['count'] as number,
})

function guarded<T>(key: ChunkKey, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (
      cause instanceof DamagedBytes ||
      cause instanceof RangeError ||
      cause instanceof TypeError ||
      isBrokenFile(cause)
    ) {
      throw new DamagedChunk(key, cause.message)
    }
    throw cause
  }
}
