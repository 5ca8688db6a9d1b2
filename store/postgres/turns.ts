// Turns of the nodes that write into one telemetry server, by advisory locks of the records server that they share.
import { createHash, randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { Failure } from '#domain/failure.ts'
import { clientOptions } from './address.ts'
import type { PostgresAddress } from './address.ts'

/** How long a turn is waited for; then the readings go to the spool. */
const WAIT_MS = 4_000
/** A node that is silent for so long in its turn (frozen, or its network gone) loses it: the server ends its connection. */
const SILENT_MS = 20_000
/** Retention asks and deletes for longer. */
const RETENTION_SILENT_MS = 300_000
/** The lock of retention beside those of the shares. */
const RETENTION = -1

/** Whose turn it was last. After a crash of the server it is empty: then everybody asks anew. */
const TABLE = 'CREATE UNLOGGED TABLE IF NOT EXISTS telemetry_turns (share integer PRIMARY KEY, holder uuid NOT NULL)'
const MINE = `INSERT INTO telemetry_turns AS known (share, holder) SELECT share, $2 FROM unnest($1::int[]) AS share
  ON CONFLICT (share) DO UPDATE SET holder = excluded.holder WHERE known.holder <> excluded.holder RETURNING share`
const RELEASE = `SELECT pg_advisory_unlock_all(), set_config('idle_session_timeout', '0', false)`

/** The form that store/influxql/turns.ts asks for. */
export type PostgresTurns = {
  take<T>(shares: readonly number[], touchesOld: boolean, run: (changed: readonly number[]) => Promise<T>): Promise<T>
  retain<T>(run: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Two installations in one database, each with its schema, do not wait for each other. */
export function createPostgresTurns(address: PostgresAddress): PostgresTurns {
  const holder = randomUUID()
  const locks = createHash('sha256').update(`telemetry ${address.schema}`).digest().readInt32BE()
  const writing = createSession(address, SILENT_MS)
  const retaining = createSession(address, RETENTION_SILENT_MS)
  return {
    take: (shares, touchesOld, run) =>
      writing.hold(async (client) => {
        const sorted = [...shares].sort((a, b) => a - b)
        if (touchesOld) await client.query('SELECT pg_advisory_lock_shared($1, $2)', [locks, RETENTION])
        // In the order of the shares on every node, so that no two wait for each other.
        await client.query('SELECT pg_advisory_lock($1, share) FROM unnest($2::int[]) AS share', [locks, sorted])
        const { rows }: { rows: { share: number }[] } = await client.query(MINE, [sorted, holder])
        return run(rows.map(({ share }) => share))
      }),
    retain: (run) =>
      retaining.hold(async (client) => {
        await client.query('SELECT pg_advisory_lock($1, $2)', [locks, RETENTION])
        return run()
      }),
    async close() {
      await writing.close()
      await retaining.close()
    },
  }
}

type Session = { hold<T>(work: (client: Client) => Promise<T>): Promise<T>; close(): Promise<void> }

/** A connection whose locks one piece of work at a time has; opened when it is needed, and anew after it broke. */
function createSession(address: PostgresAddress, silentMs: number): Session {
  let client: Client | null = null
  let last: Promise<unknown> = Promise.resolve()

  async function connected(): Promise<Client> {
    if (client !== null) return client
    const one = new Client(clientOptions(address))
    const gone = (): void => void (client === one && (client = null))
    one.on('error', gone)
    one.on('end', gone)
    await one.connect()
    await one.query(
      `SET search_path = ${one.escapeIdentifier(address.schema)}, pg_catalog; SET lock_timeout = ${WAIT_MS}; ${TABLE}`,
    )
    return (client = one)
  }

  async function holdNow<T>(work: (client: Client) => Promise<T>): Promise<T> {
    let one: Client | null = null
    let isDone = false
    try {
      one = await connected()
      await one.query(`SET idle_session_timeout = ${silentMs}`)
      const result = await work(one)
      isDone = true
      // Answered, the connection was there all the time, and with it the locks.
      await one.query(RELEASE)
      return result
    } catch (cause) {
      // A connection that broke has no locks any more; a refused statement leaves some, so it is closed too.
      client = null
      void one?.end().catch(() => undefined)
      if (!isDone && cause instanceof Failure) throw cause
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new Failure('store-unavailable', `The turn to write readings was not given or was lost: ${reason}`, {
        cause,
      })
    }
  }

  return {
    hold(work) {
      const turn = last.then(() => holdNow(work))
      last = turn.catch(() => undefined)
      return turn
    },
    async close() {
      await last
      await client?.end().catch(() => undefined)
    },
  }
}
