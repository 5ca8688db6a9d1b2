// Makes the schema of an installation, or brings it to the newest form; a newer one is refused.
import { Failure } from '#domain/failure.ts'
import type { Connection } from './connection.ts'
import type { PostgresAddress } from './address.ts'
import { FIRST, FIRST_VERSION, MIGRATIONS } from './schema.ts'

/** Held while the form is looked at or changed, so that nodes which start together do it once. */
const SCHEMA_LOCK = 0x5a_4d_54_4d

/**
 * `migrations` is a parameter only for tests.
 * @throws Failure 'store-newer', 'store-damaged' when the schema is somebody else's; PostgresError.
 */
export const openSchema = (connection: Connection, { schema }: PostgresAddress, migrations = MIGRATIONS): void => {
  const newest = FIRST_VERSION + migrations.length
  connection.script(`BEGIN; SELECT pg_advisory_xact_lock(${SCHEMA_LOCK})`)
  connection.inTransaction = true
  try {
    const exists = connection.ask('SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1', [schema])
    if (exists.count === 0) connection.script(`CREATE SCHEMA "${schema.replaceAll('"', '""')}"`)
    const tables = connection.ask('SELECT tablename AS name FROM pg_catalog.pg_tables WHERE schemaname = $1', [
      schema,
    ]).rows
    const ours = tables.some(({ name }) => name === 'stored_form')
    if (tables.length > 0 && !ours)
      throw new Failure(
        'store-damaged',
        `The schema ${schema} holds other tables and no records of this program. Choose another one.`,
      )
    if (!ours)
      connection.script(`CREATE TABLE stored_form (version integer NOT NULL);
        INSERT INTO stored_form VALUES (${FIRST_VERSION}); ${FIRST}`)
    const version = Number(connection.ask('SELECT version FROM stored_form').rows[0]?.['version'])
    if (version > newest)
      throw new Failure(
        'store-newer',
        `The records have version ${version}; this program knows up to ${newest}. Start the newer program.`,
      )
    for (const migration of migrations.slice(version - FIRST_VERSION)) connection.script(migration)
    if (version < newest) connection.ask('UPDATE stored_form SET version = $1', [newest])
    connection.script('COMMIT')
  } catch (cause) {
    try {
      connection.rollback()
    } catch {
      // The server has rolled back by itself.
    }
    throw cause
  } finally {
    connection.inTransaction = false
  }
}
