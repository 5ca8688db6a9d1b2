// A real Mosquitto on a free port, for tests that need a broker which is not ours.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, listening } from '#tests/free-port.ts'
import { findProgram } from '#tests/not-run.ts'

export type Mosquitto = { url: string; stop(): Promise<void> }

/** Starts it (with `users`, anonymous otherwise), or gives null when it is not installed. */
export async function startMosquitto(): Promise<Mosquitto | null> {
  const program = findProgram('mosquitto')
  if (program === null) return null
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'samtila-mosquitto-'))
  const file = join(folder, 'mosquitto.conf')
  writeFileSync(file, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\n`)
  const child = spawn(program, ['-c', file], { stdio: 'ignore' })
  await listening(port, child)
  return {
    url: `mqtt://127.0.0.1:${port}`,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
