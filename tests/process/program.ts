// Starts the real program as a child process on free ports with a data folder of its own, as a user would, and stops or kills it.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const START_WITHIN_MS = 90_000
const NODE = join('node_modules', 'node', 'bin', 'node')

export type Program = {
  child: ChildProcess
  httpUrl: string
  mqttUrl: string
  token: string
  /** All that it printed so far. */
  output(): string
  /** Sends the signal and waits for the end; gives the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** A folder that is removed by `removeFolder`. */
export const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'samtila-'))
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true })

/** Settings for a program of a test: loopback, free ports, its own folder. */
export const testEnvironment = (dataFolder: string, more: Record<string, string> = {}): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '',
  // As `npm start` has it: most of a start is reading the program, and tests start it some hundred times.
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
  SAMTILA_DATA: dataFolder,
  SAMTILA_HTTP: '127.0.0.1:0',
  SAMTILA_MQTT: '127.0.0.1:0',
  SAMTILA_LOG: 'warn',
  ...more,
})

/** Starts main.ts and waits until it says that it runs; its output and exit code are in the error when it doesn't. */
export async function startProgram(dataFolder: string, more: Record<string, string> = {}): Promise<Program> {
  const child = spawn(NODE, ['--disable-warning=ExperimentalWarning', 'main.ts'], {
    env: testEnvironment(dataFolder, more),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  const ended = new Promise<number | null>((resolve) => void child.on('exit', (code) => resolve(code)))
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`did not start within ${START_WITHIN_MS} ms:\n${output}`)),
      START_WITHIN_MS,
    )
    const look = (): void => {
      if (!output.includes('Ctrl-C stops.')) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout.on('data', look)
    void ended.then((code) => {
      clearTimeout(timer)
      reject(new Error(`ended with ${code}:\n${output}`))
    })
  })
  const access = JSON.parse(readFileSync(join(dataFolder, 'local-access.json'), 'utf8')) as {
    url: string
    token: string
  }
  return {
    child,
    httpUrl: access.url,
    mqttUrl: /mqtt:\/\/[\d.]+:\d+/.exec(output)?.[0] ?? '',
    token: access.token,
    output: () => output,
    end: (signal) => {
      child.kill(signal)
      return ended
    },
  }
}

/** Sends a request with the program's own operator token; gives status and parsed body. */
export async function call(
  program: Pick<Program, 'httpUrl' | 'token'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${program.httpUrl}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${program.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    body:
      text === ''
        ? null
        : /\/(problem\+)?json\b/.test(response.headers.get('content-type') ?? '')
          ? (JSON.parse(text) as unknown)
          : text,
  }
}

/** Runs a `samtila` command on a data folder; gives its exit code and what it printed. */
export async function samtila(
  dataFolder: string,
  args: string[],
  input = '',
  more: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const running = promisify(execFile)(NODE, ['--disable-warning=ExperimentalWarning', 'cli/main.ts', ...args], {
    env: testEnvironment(dataFolder, more),
    maxBuffer: 64_000_000,
  })
  running.child.stdin?.end(input)
  try {
    const { stdout, stderr } = await running
    return { code: 0, stdout, stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, stdout, stderr }
  }
}
