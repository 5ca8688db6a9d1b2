// Opens the records store that the settings choose; a driver is loaded only when it is chosen.
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordsSettings, Settings } from '#config'
import type { Records } from '#domain/ports/records.ts'
import type { PostgresAddress } from '#store/postgres/address.ts'

export type RecordsParts = Pick<Settings, 'dataFolder' | 'records'>

/** The records as a file of the embedded form: of this installation, or of a backup that was restored. */
export const RECORDS_FILE = 'records.sqlite'
/** What is added to its name once the server has it. */
export const MOVED = '.moved'
const DEFAULT_PORT = 5432

/** @throws Failure 'store-unavailable' when the server does not answer, 'conflict' when it holds something else than the backup. */
export async function openRecords({ dataFolder, records }: RecordsParts): Promise<Records> {
  if (records.engine === 'embedded') {
    const { openEmbeddedRecords } = await import('#store/embedded/open-records.ts')
    return openEmbeddedRecords({ folder: dataFolder })
  }
  const { openPostgresRecords } = await import('#store/postgres/open-records.ts')
  const address = postgresAddress(records)
  await bringCopy(dataFolder, address)
  return openPostgresRecords(address)
}

/** Password and certificate are read when they are needed. */
export function postgresAddress({ url, tls, secretFile, caFile, schema }: RecordsSettings): PostgresAddress {
  const { hostname, port, username, password, pathname } = new URL(url)
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? DEFAULT_PORT : Number(port),
    database: decodeURIComponent(pathname.slice(1)),
    user: decodeURIComponent(username),
    password: secretFile === null ? decodeURIComponent(password) || null : readFileSync(secretFile, 'utf8').trim(),
    tls,
    ca: caFile === null ? null : readFileSync(caFile, 'utf8'),
    schema,
  }
}

/** A backup that `samtila restore` put into the data folder goes to the server, once; so do the records of an installation that was embedded. */
async function bringCopy(folder: string, address: PostgresAddress): Promise<void> {
  const path = join(folder, RECORDS_FILE)
  if (!existsSync(path)) return
  const { bringFile } = await import('#store/postgres/backup-calls.ts')
  await bringFile(address, path)
  renameSync(path, `${path}${MOVED}`)
}
