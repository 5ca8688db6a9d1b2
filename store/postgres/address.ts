// Where the PostgreSQL server of the records is, as one value that a worker thread can be given.
/** `ca`: the certificate authority of the server, PEM; null with `tls`: the system's. `schema` holds everything of this installation. */
export type PostgresAddress = {
  host: string
  port: number
  database: string
  user: string
  password: string | null
  tls: boolean
  ca: string | null
  schema: string
}

/** How long a connection may take, and an answer: a server that is frozen is away. Changes, imports and new schemas take longer than what somebody asks. */
export const CONNECT_MS = 5_000
export const READ_ANSWER_MS = 15_000
export const ANSWER_MS = 60_000
/** How long a change may take as a whole: other writers wait for it. */
export const CHANGE_MS = 600_000

/** What `pg` takes for a connection. */
export const clientOptions = ({ host, port, database, user, password, tls, ca }: PostgresAddress) => ({
  host,
  port,
  database,
  user,
  ...(password === null ? {} : { password }),
  ssl: tls ? { rejectUnauthorized: true, ...(ca === null ? {} : { ca }) } : false,
  connectionTimeoutMillis: CONNECT_MS,
  query_timeout: ANSWER_MS,
  keepAlive: true,
  application_name: 'samtila',
})
