// The demonstration: a simulator in a process of its own that speaks to this server only as any device and any user of the API does.
import { fork, type ChildProcess } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Settings } from '#config'
import { Failure } from '#domain/failure.ts'
import type { Server } from './open-server.ts'

export type Demonstration = {
  /** Users made for the demonstration at first start, with their passwords, shown once. */
  logins: { login: string; password: string | null; text: string }[]
  /** What is being simulated, in lines for the start page. */
  description: string[]
  stop(): Promise<void>
}

/** What the simulator's process is told, and what it tells. devices-sim/demo/main.ts speaks the other side. */
type ToSimulator = { type: 'start'; httpUrl: string; mqttUrl: string; token: string; dataFolder: string }
type FromSimulator =
  | { type: 'prepared'; logins: Demonstration['logins']; description: string[] }
  | { type: 'progress'; text: string }
  | { type: 'failed'; message: string }

const PROGRAM = join(dirname(dirname(fileURLToPath(import.meta.url))), 'devices-sim', 'demo', 'main.ts')
const STOP_AFTER_MS = 5_000

/** Starts the simulator's process, which waits to be told where the server is: it loads while the server opens. */
export function forkSimulator(): ChildProcess {
  return fork(PROGRAM, [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
}

/** Tells the simulator to begin and waits until the demonstration building is imported; the past months fill in the background. */
export async function startDemonstration(
  child: ChildProcess,
  server: Server,
  settings: Settings,
): Promise<Demonstration> {
  if (server.urls.mqtt === null)
    throw new Failure('wrong-setting', 'The demonstration needs SAMTILA_MQTT: set an address, or SAMTILA_DEMO=off.')
  const start: ToSimulator = {
    type: 'start',
    httpUrl: server.urls.http,
    mqttUrl: server.urls.mqtt,
    token: server.localToken,
    dataFolder: settings.dataFolder,
  }
  child.send(start)
  const { logins, description } = await prepared(child)
  return { logins, description, stop: () => stopChild(child) }
}

function prepared(child: ChildProcess): Promise<Extract<FromSimulator, { type: 'prepared' }>> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const said = message as FromSimulator
      if (said.type === 'prepared') resolve(said)
      else if (said.type === 'progress') process.stdout.write(`${said.text}\n`)
      else reject(new Failure('internal', `The demonstration could not start: ${said.message}`))
    })
    child.on('exit', (code) =>
      reject(new Failure('internal', `The simulator ended with code ${code}; its message is above.`)),
    )
  })
}

function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_AFTER_MS)
    child.on('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill('SIGTERM')
  })
}
