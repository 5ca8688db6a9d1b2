// Records that end with the process: the same engine on a database in memory, in the caller's thread. For tests and trials.
import { Failure } from '#domain/failure.ts'
import type { Records } from '#domain/ports/records.ts'
import { backupTo } from './backup.ts'
import { createEngine } from '#store/sql/engine.ts'
import { createPort } from '#store/sql/port.ts'
import { createContext } from './context.ts'
import { failureOf } from './failures.ts'
import { openDatabase } from './open-database.ts'

/** `now` is the clock of recording times, in ms. */
export const openMemoryRecords = ({ now = Date.now }: { now?: () => number } = {}): Records => {
  const database = openDatabase(':memory:')
  const run = createEngine(createContext(database))
  const guarded = async <T>(work: () => T | Promise<T>): Promise<T> => {
    if (!database.isOpen) throw new Failure('store-unavailable', 'The records are closed.')
    try {
      return await work()
    } catch (cause) {
      throw failureOf(cause)
    }
  }
  return createPort((method, values) => guarded(() => structuredClone(run(method, structuredClone(values), now()))), {
    backup: (folder) => guarded(() => backupTo(database, folder)),
    close: async () => {
      if (database.isOpen) database.close()
    },
  }).records
}
