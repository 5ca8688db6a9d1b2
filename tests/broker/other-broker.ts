// A real Mosquitto with a password, kept sessions, and TLS with an authority of its own where asked: the other broker of the bridge tests.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, listening } from '#tests/free-port.ts'
import { findProgram } from '#tests/not-run.ts'

export type Other = {
  port: number
  url: string
  access: { username: string; password: string }
  tls: { ca: string; certificate: string; key: string } | null
  /** The same for mqtt.js. */
  clientTls: { ca?: string; cert?: string; key?: string }
  halt(): Promise<void>
  /** As a crash would: what it has not written down is gone. */
  kill(): Promise<void>
  resume(): Promise<void>
  stop(): Promise<void>
}

/** Starts it, or gives null when it, or what makes its certificates, is not installed. */
export async function startOther({ tls: withTls = false }: { tls?: boolean } = {}): Promise<Other | null> {
  const program = findProgram('mosquitto')
  const passwords = findProgram('mosquitto_passwd')
  if (program === null || passwords === null || (withTls && findProgram('openssl') === null)) return null
  const folder = mkdtempSync(join(tmpdir(), 'samtila-other-'))
  const port = await freePort()
  const access = { username: 'samtila', password: 'salainen-sana-7' }
  const passwordFile = join(folder, 'passwords')
  execFileSync(passwords, ['-b', '-c', passwordFile, access.username, access.password])
  chmodSync(passwordFile, 0o600)
  const tls = withTls ? certificates(folder) : null
  const file = join(folder, 'mosquitto.conf')
  writeFileSync(
    file,
    [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous false',
      `password_file ${passwordFile}`,
      'persistence true',
      `persistence_location ${folder}/`,
      'autosave_on_changes true',
      'autosave_interval 1',
      'max_queued_messages 0',
      'max_inflight_messages 100',
      ...(process.getuid?.() === 0 ? ['user root'] : []),
      ...(tls === null
        ? []
        : [
            `cafile ${join(folder, 'ca.pem')}`,
            `certfile ${join(folder, 'server.pem')}`,
            `keyfile ${join(folder, 'server.key')}`,
            'require_certificate true',
          ]),
      '',
    ].join('\n'),
  )
  let child: ChildProcess | null = null
  const resume = async (): Promise<void> => {
    child = spawn(program, ['-c', file], { stdio: 'ignore' })
    await listening(port, child)
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child === null || child.exitCode !== null) return
    const ended = new Promise((resolve) => child?.once('exit', resolve))
    child.kill(signal)
    await ended
  }
  const halt = (): Promise<void> => end('SIGTERM')
  await resume()
  return {
    port,
    url: `${withTls ? 'mqtts' : 'mqtt'}://localhost:${port}`,
    access,
    tls,
    clientTls: tls === null ? {} : { ca: tls.ca, cert: tls.certificate, key: tls.key },
    halt,
    kill: () => end('SIGKILL'),
    resume,
    async stop() {
      await halt()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** An authority, a certificate of `localhost` for the broker and one of a client. */
function certificates(folder: string): { ca: string; certificate: string; key: string } {
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Testivarmentaja', '-days', '2')
  for (const [name, subject] of [
    ['server', '/CN=localhost'],
    ['client', '/CN=samtila'],
  ] as const) {
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject)
    writeFileSync(join(folder, `${name}.ext`), name === 'server' ? 'subjectAltName=DNS:localhost,IP:127.0.0.1\n' : '')
    const request = ['-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial']
    openssl('x509', ...request, '-out', `${name}.pem`, '-days', '2', '-extfile', `${name}.ext`)
  }
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8')
  return { ca: text('ca.pem'), certificate: text('client.pem'), key: text('client.key') }
}
