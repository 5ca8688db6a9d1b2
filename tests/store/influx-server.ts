// A real InfluxDB 1.x for tests: on free ports of loopback, with a folder of its own; and a small door in front of it that speaks the write path of 2.x.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#tests/free-port.ts'
import { findProgram } from '#tests/not-run.ts'

export const INFLUXD = findProgram('influxd')

export type InfluxServer = {
  url: string
  /** Starts it again on the same ports and folder, after `kill`. */
  start(): Promise<void>
  signal(name: NodeJS.Signals): void
  /** Resolves when the process has ended. */
  kill(name: NodeJS.Signals): Promise<void>
  stop(): Promise<void>
}

/** `auth`: users are asked for their passwords. */
export async function startInfluxd({ auth = false } = {}): Promise<InfluxServer> {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-influxd-'))
  const [http, rpc] = [await freePort(), await freePort()]
  const config = join(folder, 'influxdb.conf')
  writeFileSync(
    config,
    `reporting-disabled = true
bind-address = "127.0.0.1:${rpc}"
[meta]
dir = "${folder}/meta"
[data]
dir = "${folder}/data"
wal-dir = "${folder}/wal"
query-log-enabled = false
[monitor]
store-enabled = false
[http]
bind-address = "127.0.0.1:${http}"
log-enabled = false
auth-enabled = ${auth}
[logging]
level = "error"
`,
  )
  let child: ChildProcess | null = null
  const url = `http://127.0.0.1:${http}`
  const server: InfluxServer = {
    url,
    async start() {
      child = spawn(INFLUXD as string, ['run', '-config', config], { stdio: 'ignore' })
      for (let tries = 0; tries < 800; tries++) {
        const answers = await fetch(`${url}/ping`).then(
          ({ status }) => status === 204,
          () => false,
        )
        if (answers) return
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error('influxd does not answer')
    },
    signal: (name) => void child?.kill(name),
    async kill(name) {
      const ended = new Promise((resolve) => child?.once('exit', resolve))
      child?.kill(name)
      await ended
      child = null
    },
    async stop() {
      if (child !== null) await server.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

export type Door = {
  url: string
  /** `refusing`: every request is answered 503. `slow`: answers take longer than anybody waits. */
  weather: 'fine' | 'refusing' | 'slow'
  /** So many requests are still let through before the weather is `refusing`; with `losesAnswer` the last of them reaches the server, but its answer nobody. */
  requestsLeft: number
  losesAnswer: boolean
  /** Requests by path, with the organisations and tokens that came with writes. */
  seen: { writes: number; queries: number; tokens: Set<string>; orgs: Set<string> }
  close(): Promise<void>
}

/**
 * What InfluxDB 2.x and 3 call `POST /api/v2/write?org&bucket&precision` is `POST /write?db&precision` here; a query with more
 * than one statement is refused, as InfluxDB 3 does. Nothing else is changed: what is proved is the driver, the lines and the InfluxQL.
 */
export async function openVersion2Door(target: string): Promise<Door> {
  const seen: Door['seen'] = { writes: 0, queries: 0, tokens: new Set(), orgs: new Set() }
  const server: Server = createServer((incoming, outgoing) => {
    const losesAnswer = door.losesAnswer && door.requestsLeft === 1
    if (door.requestsLeft-- <= 0) door.weather = 'refusing'
    if (door.weather === 'refusing') {
      incoming.resume()
      outgoing.writeHead(503).end('{"error":"not now"}')
      return
    }
    if (door.weather === 'slow') return
    const url = new URL(incoming.url ?? '/', target)
    seen.tokens.add(String(incoming.headers.authorization))
    if (url.pathname === '/api/v2/write') {
      seen.writes++
      seen.orgs.add(String(url.searchParams.get('org')))
      url.pathname = '/write'
      url.searchParams.set('db', String(url.searchParams.get('bucket')))
    } else {
      seen.queries++
      if (url.searchParams.get('q')?.includes(';')) {
        outgoing.writeHead(400).end('{"error":"must provide only one InfluxQl statement per query"}')
        return
      }
    }
    const { authorization: _, ...headers } = incoming.headers
    const forwarded = request(url, { method: incoming.method ?? 'GET', headers }, (answer) => {
      if (losesAnswer) {
        answer.resume().on('end', () => outgoing.destroy())
        return
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    forwarded.on('error', () => outgoing.destroy())
    incoming.pipe(forwarded)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const door: Door = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    weather: 'fine',
    requestsLeft: Infinity,
    losesAnswer: false,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return door
}

export async function createDatabase(url: string, name: string): Promise<void> {
  await fetch(`${url}/query`, { method: 'POST', body: new URLSearchParams({ q: `CREATE DATABASE "${name}"` }) })
}
