// Runs mappings in processes of their own: in order per connector, in turn among connectors, bounded in time, memory and number.
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { refused } from '#broker/codecs/codec.ts'
import type { DecodeContext, DecodeProblemCode, Decoded } from '#broker/codecs/codec.ts'

export type MappingJob = { id: number; expression: string; topic: string; payload: Uint8Array; context: DecodeContext }
/** The answer as JSON; null with id 0 says that the process is ready, else that the answer is too large. */
export type MappingAnswer = { id: number; decoded: string | null }

export type MappingLimits = {
  mappingMs: number
  mappingMegabytes: number
  mappingProcesses: number
  mappingQueue: number
  mappingQueueBytes: number
}
export type MappingPool = {
  /** The readings of a payload, in the order of asking per `key` (the connector); null when too many wait already. */
  run(key: string, job: Omit<MappingJob, 'id'>): Promise<Decoded> | null
  waiting(): number
  close(): void
}

type Waiting = { job: Omit<MappingJob, 'id'>; settle: (decoded: Decoded) => void }
type Line = { waiting: Waiting[]; isRunning: boolean; kills: number; pausedUntil: number }
type Runner = {
  process: ChildProcess
  state: 'starting' | 'ready' | 'killed'
  running: { line: Line; one: Waiting } | null
}

/** A mapping whose process had to be killed this often in a row is not tried for a while. */
const KILLS = 3
const PAUSE_MS = 60_000
/** Connectors that are remembered with how their mappings went. */
const LINES = 2_000
/** For the process to begin; a loaded machine takes its time. */
const START_MS = 20_000

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url))
const CHILD = fileURLToPath(new URL('./mapping-child.ts', import.meta.url))
/** Its own code and the engine's; no other file, no network, no process, no thread, no native code. */
const READABLE = ['package.json', 'broker/', 'domain/', 'node_modules/jsonata/']
/** Its last words when it could not be started. */
const WORDS_CHARACTERS = 2_000

export function createMappingPool(limits: MappingLimits, log: (message: string) => void): MappingPool {
  const lines = new Map<string, Line>()
  const runners = new Set<Runner>()
  let waiting = 0
  let waitingBytes = 0
  let jobs = 0
  let isClosed = false

  function launch(): Runner {
    const process = fork(CHILD, [], {
      env: {},
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
      execArgv: [
        '--permission',
        ...READABLE.map((path) => `--allow-fs-read=${PROJECT}${path}`),
        // node_modules may be a symbolic link: its files are read by the names that are allowed above.
        '--preserve-symlinks',
        '--disallow-code-generation-from-strings',
        '--disable-proto=delete',
        '--disable-warning=ExperimentalWarning',
        `--max-old-space-size=${limits.mappingMegabytes}`,
        '--max-semi-space-size=4',
      ],
    })
    const runner: Runner = { process, state: 'starting', running: null }
    runners.add(runner)
    const timer = setTimeout(() => process.kill('SIGKILL'), START_MS)
    process.unref()
    process.channel?.unref()
    let words = ''
    process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words = `${words}${text}`.slice(-WORDS_CHARACTERS)
    })
    if (process.stderr instanceof Socket) process.stderr.unref()
    process.on('error', (error) => {
      words = error.message
    })
    // 'close' comes after its last words, also where it never began.
    process.once('close', (code, signal) => {
      clearTimeout(timer)
      runners.delete(runner)
      if (runner.running !== null) ended(runner, died(signal), true)
      else if (runner.state === 'starting' && !isClosed) {
        log(`the process of mapped connectors did not start (${signal ?? code}): ${reasonIn(words)}`)
        failWaiting()
      }
      next()
    })
    process.once('message', () => {
      clearTimeout(timer)
      runner.state = 'ready'
      process.on('message', (answer: MappingAnswer) => {
        ended(runner, decodedOf(answer), false)
        next()
      })
      next()
    })
    return runner
  }

  /** No process can be started, or this one ends: what waits is told so rather than held for ever. */
  function failWaiting(): void {
    for (const line of lines.values()) {
      for (const one of line.waiting.splice(0)) {
        left(one)
        one.settle(refused('mapped', 'mapping-failed', 'its process could not be started'))
      }
    }
  }

  function left({ job }: Waiting): void {
    waiting--
    waitingBytes -= job.payload.length
  }

  function forgetIdle(): void {
    for (const [key, line] of lines) if (line.waiting.length === 0 && !line.isRunning) lines.delete(key)
  }

  const timers = new WeakMap<Runner, NodeJS.Timeout>()
  function begin(runner: Runner, line: Line): void {
    const one = line.waiting.shift() as Waiting
    line.isRunning = true
    runner.running = { line, one }
    timers.set(
      runner,
      setTimeout(() => {
        ended(runner, refusal('mapping-too-slow', `longer than ${limits.mappingMs} ms`), true)
        runner.process.kill('SIGKILL')
      }, limits.mappingMs),
    )
    runner.process.send({ ...one.job, id: ++jobs } satisfies MappingJob, (error) => {
      if (error !== null) runner.process.kill('SIGKILL')
    })
  }

  function ended(runner: Runner, decoded: Decoded, wasKilled: boolean): void {
    if (runner.running === null) return
    const { line, one } = runner.running
    clearTimeout(timers.get(runner))
    runner.running = null
    if (wasKilled) runner.state = 'killed'
    line.isRunning = false
    line.kills = wasKilled ? line.kills + 1 : 0
    if (line.kills >= KILLS) line.pausedUntil = Date.now() + PAUSE_MS
    left(one)
    one.settle(decoded)
  }

  /** Gives each ready process the next connector's message; a connector that got its turn goes to the end. */
  function next(): void {
    if (isClosed) return
    for (const [key, line] of lines) {
      if (line.isRunning) continue
      while (line.waiting.length > 0 && line.pausedUntil > Date.now()) {
        const one = line.waiting.shift() as Waiting
        left(one)
        one.settle(refusal('mapping-too-slow', 'not tried: the mapping had to be stopped three times just before'))
      }
      if (line.waiting.length === 0) {
        if (line.kills === 0) lines.delete(key)
        continue
      }
      const free = [...runners].find(({ state, running }) => state === 'ready' && running === null)
      if (free !== undefined) {
        begin(free, line)
        lines.delete(key)
        lines.set(key, line)
      } else if (runners.size < limits.mappingProcesses) launch()
      else return
    }
  }

  return {
    run(key, job) {
      const bytes = job.payload.length
      if (isClosed || waiting >= limits.mappingQueue || waitingBytes + bytes > limits.mappingQueueBytes) return null
      if (!lines.has(key) && lines.size >= LINES) forgetIdle()
      const line = lines.get(key) ?? { waiting: [], isRunning: false, kills: 0, pausedUntil: 0 }
      lines.set(key, line)
      waiting++
      waitingBytes += bytes
      return new Promise((settle) => {
        line.waiting.push({ job, settle })
        next()
      })
    },
    waiting: () => waiting,
    close() {
      isClosed = true
      for (const { process } of runners) process.kill('SIGKILL')
      failWaiting()
    },
  }
}

/** The line of what a process wrote that names the error, without the stack. */
const reasonIn = (words: string): string =>
  words
    .split('\n')
    .find((line) => /error|not |denied/i.test(line))
    ?.trim() ?? 'it said nothing'

function refusal(code: DecodeProblemCode, detail: string): Decoded {
  return refused('mapped', code, detail)
}

function died(signal: NodeJS.Signals | null): Decoded {
  return signal === 'SIGABRT' || signal === 'SIGTRAP' || signal === 'SIGILL' || signal === null
    ? refusal('mapping-too-large', 'its process ran out of memory')
    : refusal('mapping-failed', `its process was ended (${signal})`)
}

function decodedOf({ decoded }: MappingAnswer): Decoded {
  return decoded === null ? refusal('mapping-too-large', 'the result is too large') : (JSON.parse(decoded) as Decoded)
}
