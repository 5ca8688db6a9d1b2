// A thread for one copy between PostgreSQL and a file of the embedded form.
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { createContext as onSqlite } from '#store/embedded/records/context.ts'
import { openDatabase } from '#store/embedded/records/open-database.ts'
import { RECORDS_FILE } from '#store/embedded/records/backup.ts'
import { copyRecords } from '#store/sql/copy-records.ts'
import type { Copied } from '#store/sql/copy-records.ts'
import type { CopyAnswer, CopyTask } from './backup-calls.ts'
import { openConnection } from './connection.ts'
import type { Connection } from './connection.ts'
import { createContext as onPostgres } from './context.ts'
import { failureOf } from './failures.ts'
import { openSchema } from './open-schema.ts'

const syncPath = (path: string): void => {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

const toFile = (connection: Connection, folder: string): Copied => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const target = join(folder, RECORDS_FILE)
  const partial = `${target}.partial`
  rmSync(partial, { force: true })
  const database = openDatabase(partial)
  try {
    connection.script('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    connection.inTransaction = true
    const context = onSqlite(database)
    const copied = copyRecords(onPostgres(connection, '', 'writer'), context, {
      inTransaction: (work) => context.transaction(work),
      // SQLite keeps the largest by itself.
      raiseIdentity: () => undefined,
    })
    database.exec('PRAGMA journal_mode = DELETE')
    database.close()
    syncPath(partial)
    renameSync(partial, target)
    syncPath(folder)
    return copied
  } finally {
    if (database.isOpen) database.close()
  }
}

const fromFile = (connection: Connection, path: string, task: CopyTask): Copied => {
  openSchema(connection, task.address)
  const database = openDatabase(path)
  try {
    const context = onPostgres(connection, '', 'writer')
    return copyRecords(onSqlite(database), context, {
      inTransaction: (work) => context.transaction(work),
      raiseIdentity: (table, key) =>
        void connection.ask(
          `SELECT setval(pg_get_serial_sequence($1, $2), (SELECT coalesce(max("${key}"), 0) + 1 FROM ${table}), false)`,
          [table, key],
        ),
    })
  } finally {
    database.close()
  }
}

const task = workerData as CopyTask
const connection = openConnection(task.address)
let answer: CopyAnswer
try {
  answer = {
    copied: task.kind === 'to-file' ? toFile(connection, task.folder) : fromFile(connection, task.path, task),
  }
} catch (cause) {
  const { code, message, problems, stack } = failureOf(cause)
  answer = { failure: { code, message, problems, stack } }
}
connection.close()
parentPort?.postMessage(answer, [])
