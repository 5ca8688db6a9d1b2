// A real Redis for tests: on a free port of loopback, keeping nothing on the disk.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { freePort } from '#tests/free-port.ts'
import { findProgram } from '#tests/not-run.ts'

export const REDIS = findProgram('redis-server')

export type RedisServer = {
  url: string
  start(): Promise<void>
  signal(name: NodeJS.Signals): void
  /** Resolves when the process has ended. */
  kill(): Promise<void>
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort()
  let child: ChildProcess | null = null
  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
      child = spawn(REDIS as string, [...options, '--dir', tmpdir()], { stdio: 'ignore' })
      for (let tries = 0; tries < 200; tries++) {
        if (await answers(port)) return
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      throw new Error('redis-server does not answer')
    },
    signal: (name) => void child?.kill(name),
    async kill() {
      const running = child
      child = null
      if (running === null || running.exitCode !== null) return
      const ended = new Promise((resolve) => running.once('exit', resolve))
      running.kill('SIGKILL')
      await ended
    },
  }
  await server.start()
  return server
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    const end = (isThere: boolean) => (): void => {
      socket.destroy()
      resolve(isThere)
    }
    socket.on('data', end(true))
    socket.on('error', end(false))
    socket.setTimeout(500, end(false))
  })
