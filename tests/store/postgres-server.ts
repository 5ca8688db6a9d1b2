// A real PostgreSQL for tests: on a free port of loopback, with a folder of its own, run as an ordinary user.
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { PostgresAddress } from '#store/postgres/address.ts'
import { freePort } from '#tests/free-port.ts'

/** The folder of the newest installed server's programs, or null: Debian has them outside of the path. */
export const POSTGRES_PROGRAMS = (() => {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  return versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb'))) ?? null
})()

export type PostgresServer = {
  /** A new, empty schema as the program's own role. */
  newAddress(): PostgresAddress
  /** As the superuser, in the schema. */
  ask(address: PostgresAddress, sql: string): Promise<Record<string, unknown>[]>
  start(): Promise<void>
  signal(name: NodeJS.Signals): void
  /** All its processes stand still (SIGSTOP), those of the connections too; new connections are accepted by the system and never answered. */
  freeze(): void
  thaw(): void
  stop(): Promise<void>
}

/** PostgreSQL does not run as root: then it runs as the user `nobody`. */
const NOBODY = 65_534
const asUser = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}

export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-postgres-'))
  chmodSync(folder, 0o777)
  const data = join(folder, 'data')
  const bin = POSTGRES_PROGRAMS as string
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...asUser,
    stdio: 'ignore',
  })
  const port = await freePort()
  let child: ChildProcess | null = null
  let schemas = 0
  const asSuperuser = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }
  /** Each connection has a process of its own, which a signal to the first one does not reach. */
  const toAll = (name: NodeJS.Signals): void => {
    const first = child?.pid
    if (first === undefined) return
    const others = readFileSync(`/proc/${first}/task/${first}/children`, 'utf8').trim().split(' ').filter(Boolean)
    for (const pid of [first, ...others.map(Number)]) process.kill(pid, name)
  }
  const server: PostgresServer = {
    newAddress: () => ({
      host: '127.0.0.1',
      port,
      database: 'postgres',
      user: 'samtila',
      password: null,
      tls: false,
      ca: null,
      schema: `samtila_${(schemas += 1)}`,
    }),
    ask: (address, sql) =>
      asSuperuser(async (client) => {
        await client.query(`SET search_path = ${address.schema}`)
        return (await client.query(sql)).rows as Record<string, unknown>[]
      }),
    async start() {
      const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c max_connections=200 -c fsync=off`
      child = spawn(join(bin, 'postgres'), ['-D', data, ...options.split(' ')], { ...asUser, stdio: 'ignore' })
      for (let tries = 0; ; tries++) {
        const up = await asSuperuser((client) => client.query('SELECT 1')).then(
          () => true,
          () => false,
        )
        if (up) return
        if (tries > 200) throw new Error('PostgreSQL did not start')
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    signal: (name) => void child?.kill(name),
    freeze: () => toAll('SIGSTOP'),
    thaw: () => toAll('SIGCONT'),
    async stop() {
      const running = child
      child = null
      if (running !== null && running.exitCode === null) {
        const ended = new Promise((resolve) => running.once('exit', resolve))
        running.kill('SIGCONT')
        running.kill('SIGQUIT')
        await ended
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  await asSuperuser(async (client) => {
    await client.query('CREATE ROLE samtila LOGIN')
    await client.query('GRANT CREATE ON DATABASE postgres TO samtila')
  })
  return server
}
