// What other nodes have changed: heard by LISTEN, fetched in order, also what happened while the connection was gone.
import { Client } from 'pg'
import type { RecordsEvent } from '#store/sql/context.ts'
import { clientOptions } from './address.ts'
import type { PostgresAddress } from './address.ts'

const RETRY_MS = 1_000
const FETCHED_AT_ONCE = 500

type Row = { seq: string; node: string; body: string }

/** Calls `tell` with each change that another node committed after now. Gives the way to stop. */
export const followEvents = async (
  address: PostgresAddress,
  node: string,
  tell: (events: RecordsEvent[]) => void,
): Promise<() => Promise<void>> => {
  let stopped = false
  let client: Client | null = null
  let last: string | null = null
  let retry: NodeJS.Timeout | null = null
  let fetching = Promise.resolve()

  const fetchNew = async (one: Client): Promise<void> => {
    for (;;) {
      const { rows }: { rows: Row[] } = await one.query(
        `SELECT seq::text, node, body FROM events WHERE seq > $1 ORDER BY seq LIMIT ${FETCHED_AT_ONCE}`,
        [last],
      )
      for (const { seq, node: from, body } of rows) {
        last = seq
        if (from !== node) tell(JSON.parse(body) as RecordsEvent[])
      }
      if (rows.length < FETCHED_AT_ONCE) return
    }
  }
  const fetchSoon = (one: Client): void => {
    fetching = fetching.then(() => fetchNew(one)).catch(() => lost(one))
  }
  const lost = (one: Client): void => {
    if (client !== one) return
    client = null
    void one.end().catch(() => undefined)
    if (!stopped) retry = setTimeout(() => void connect().catch(() => undefined), RETRY_MS)
  }
  const connect = async (): Promise<void> => {
    const one = new Client(clientOptions(address))
    client = one
    one.on('error', () => lost(one))
    one.on('end', () => lost(one))
    one.on('notification', ({ payload }) => {
      if (payload === address.schema) fetchSoon(one)
    })
    try {
      await one.connect()
      await one.query(
        `SET search_path = ${one.escapeIdentifier(address.schema)}, pg_catalog; SET samtila.scope = '*'; LISTEN samtila`,
      )
      last ??= (await one.query('SELECT coalesce(max(seq), 0)::text AS seq FROM events')).rows[0].seq as string
      fetchSoon(one)
    } catch (cause) {
      lost(one)
      throw cause
    }
  }
  await connect()
  return async () => {
    stopped = true
    if (retry !== null) clearTimeout(retry)
    await client?.end().catch(() => undefined)
  }
}
