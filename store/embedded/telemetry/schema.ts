// The tables of the telemetry database by version; a migration is a step of this list and is never changed afterwards.
import type { DatabaseSync } from 'node:sqlite'

/** "SMTL": marks the file as ours. */
export const APPLICATION_ID = 0x534d544c

/** Every table of the newest version. */
export const TABLES = ['series', 'log', 'progress', 'chunk', 'latest', 'superseded', 'damaged', 'rollup'] as const

/** Version n of the file is what the first n steps make; each runs in a transaction of its own. docs/STORAGE.md explains the tables. */
export const MIGRATIONS: readonly ((database: DatabaseSync) => void)[] = [
  (database) =>
    database.exec(`
      CREATE TABLE series (id INTEGER PRIMARY KEY, device TEXT NOT NULL, point TEXT NOT NULL, checksum INTEGER NOT NULL);
      CREATE TABLE log (seq INTEGER PRIMARY KEY, body BLOB NOT NULL);
      CREATE TABLE progress (id INTEGER PRIMARY KEY CHECK (id = 1), body BLOB NOT NULL);
      CREATE TABLE chunk (id INTEGER PRIMARY KEY, series INTEGER NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL,
        count INTEGER NOT NULL, figures BLOB NOT NULL, body BLOB NOT NULL);
      CREATE INDEX chunk_time ON chunk (series, from_at, to_at, count);
      CREATE TABLE latest (series INTEGER PRIMARY KEY, body BLOB NOT NULL);
      CREATE TABLE superseded (id INTEGER PRIMARY KEY AUTOINCREMENT, series INTEGER NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL);
      CREATE INDEX superseded_time ON superseded (series, at);
      CREATE TABLE damaged (id INTEGER PRIMARY KEY, found_at INTEGER NOT NULL, place TEXT NOT NULL, reason TEXT NOT NULL,
        body BLOB);
    `),
  (database) =>
    database.exec(`
      CREATE TABLE rollup (series INTEGER NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, body BLOB NOT NULL,
        PRIMARY KEY (series, from_at)) WITHOUT ROWID;
    `),
  // Bodies of chunks of many readings are in planes: the tables are the same, but a program that cannot read them must refuse the file.
  () => undefined,
]
