// Opens a whole server for a bench (server-child.ts), runs a load against it (ingest-load.ts), prints one table and keeps it if asked.
import { fork } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LoadAnswer, LoadOrder } from './ingest-load.ts'
import type { Found } from './serials.ts'
import type { Compare, ServerAsk, ServerOrder, ServerReady, Usage } from './server-child.ts'

export type BenchServer = ServerReady & {
  folder: string
  usage(): Promise<Usage>
  settle(): Promise<Usage>
  compare(what: Compare): Promise<Found>
  close(): Promise<void>
}

/** `clearsUp`: what is garbage is cleared away before memory is looked at. */
export async function openBenchServer(
  order: Omit<ServerOrder, 'folder'> & { clearsUp?: boolean },
): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-bench-'))
  const child = fork(new URL('server-child.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning', ...(order.clearsUp === true ? ['--expose-gc'] : [])],
  })
  // One question after the other: each answer is that of the question before it.
  let asked: Promise<unknown> = Promise.resolve()
  const ask = <T>(message: ServerAsk | ServerOrder): Promise<T> => {
    const answer = asked.then(() => askNow<T>(message))
    asked = answer.catch(() => undefined)
    return answer
  }
  const askNow = <T>(message: ServerAsk | ServerOrder): Promise<T> =>
    new Promise((resolve, reject) => {
      child.once('message', (reply: T & { error?: string }) =>
        reply.error === undefined ? resolve(reply) : reject(new Error(reply.error)),
      )
      child.send(message)
    })
  const ready = await ask<ServerReady>({ ...order, folder })
  return {
    ...ready,
    folder,
    usage: () => ask('usage'),
    settle: () => ask('settle'),
    compare: (what) => ask(what),
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      await ask('close')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The load in a process of its own. */
export function runLoad(order: LoadOrder): Promise<LoadAnswer> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('ingest-load.ts', import.meta.url), { execArgv: [] })
    let answer: LoadAnswer | null = null
    child.on('message', (message: LoadAnswer) => (answer = message))
    child.on('exit', (code) => (answer === null ? reject(new Error(`the load ended with ${code}`)) : resolve(answer)))
    child.send(order)
  })
}

/** A watcher of the live feed of the load's premises; gives the bytes it got and the way to stop. */
export async function watchLive({ url, token }: ServerReady): Promise<{ bytes(): number; stop(): void }> {
  const ending = new AbortController()
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`${url}/api/v1/live?premises=hall`, { headers, signal: ending.signal })
  let bytes = 0
  void (async () => {
    for await (const chunk of response.body ?? []) bytes += (chunk as Uint8Array).length
  })().catch(() => undefined)
  return { bytes: () => bytes, stop: () => ending.abort() }
}

export const bytesIn = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.startsWith('telemetry'))
    .reduce((sum, entry) => sum + statSync(join(folder, entry.name)).size, 0)

export type Row = Record<string, string | number>

/** Prints the rows as one table; with `--append` it is also put at the end of results.md. */
export function report(title: string, rows: readonly Row[]): void {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const shown = (value: string | number | undefined): string =>
    typeof value === 'number'
      ? value.toLocaleString('en', { maximumSignificantDigits: value < 1_000 ? 3 : 9 })
      : (value ?? '')
  const table = [
    line(names),
    line(names.map(() => '---')),
    ...rows.map((row) => line(names.map((name) => shown(row[name])))),
  ].join('\n')
  const where = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), load ${loadavg()[0]?.toFixed(1)}`
  console.log(`${title}\n\n${table}\n`)
  if (process.argv.includes('--append'))
    appendFileSync(join(import.meta.dirname, 'results.md'), `\n## ${title}\n\n${where}.\n\n${table}\n`)
}

export const percentileOf = (values: readonly number[], part: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * part) / 100))] ?? Number.NaN
}
