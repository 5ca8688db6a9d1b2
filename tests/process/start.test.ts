// Starting and stopping as a user does: a wrong setting, a busy port, a folder in use, Ctrl-C, a second start.
import { execFile } from 'node:child_process'
import { chmodSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { call, makeFolder, removeFolder, startProgram, testEnvironment } from './program.ts'

let folder = ''
beforeEach(() => void (folder = makeFolder()))
afterEach(() => removeFolder(folder))

/** Starts a program that is expected to refuse; gives its exit code and its words. */
async function refusal(more: Record<string, string>): Promise<{ code: number; words: string }> {
  try {
    const { stdout } = await promisify(execFile)(join('node_modules', 'node', 'bin', 'node'), ['main.ts'], {
      env: testEnvironment(folder, more),
      timeout: 20_000,
    })
    return { code: 0, words: stdout }
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string }
    return {
      code,
      words: stderr
        .split('\n')
        .filter((line) => !/ExperimentalWarning|--trace-warnings/.test(line))
        .join('\n')
        .trim(),
    }
  }
}

test.each([
  [
    'a wrong address',
    { SAMTILA_HTTP: 'somewhere' },
    'SAMTILA_HTTP is "somewhere", but it should be an address like 127.0.0.1:8080.',
  ],
  ['a wrong switch', { SAMTILA_DEMO: 'yes' }, 'SAMTILA_DEMO is "yes", but it should be `on` or `off`.'],
  ['a typing error', { SAMTILA_HTPP: '127.0.0.1:1' }, 'SAMTILA_HTPP is no setting; docs/OPERATING.md lists them all.'],
  [
    'half a certificate',
    { SAMTILA_TLS_CERT: 'package.json' },
    'SAMTILA_TLS_CERT and SAMTILA_TLS_KEY belong together: set both or none.',
  ],
  [
    'a limit of nothing',
    { SAMTILA_LIMIT_CONNECTIONS: '0' },
    'SAMTILA_LIMIT_CONNECTIONS is "0", but it should be a whole number above 0.',
  ],
])('%s is one clear sentence and exit 1', async (_, more, sentence) => {
  expect(await refusal(more)).toEqual({ code: 1, words: sentence })
})

test('listening beyond loopback without TLS is refused', async () => {
  const { code, words } = await refusal({ SAMTILA_HTTP: '0.0.0.0:0' })
  expect(code).toBe(1)
  expect(words).toContain('reachable from outside without TLS')
})

test('a busy port names the port and the setting', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.on('listening', resolve))
  const { port } = other.address() as AddressInfo
  for (const name of ['SAMTILA_HTTP', 'SAMTILA_MQTT']) {
    const { code, words } = await refusal({ [name]: `127.0.0.1:${port}` })
    expect({ code, words }).toEqual({
      code: 1,
      words: `127.0.0.1:${port} is in use by another program: stop that one, or set ${name} to another port.`,
    })
  }
  other.close()
})

test('a data folder that is a file, or cannot be written, is one clear sentence', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  const { code, words } = await refusal({ SAMTILA_DATA: join(file, 'data') })
  expect(code).toBe(1)
  expect(words).toMatch(/^The data folder .* cannot be written\. Choose another folder or mend its rights\.$/)
  chmodSync(file, 0o600)
})

test('a second program on the same folder is refused; the first goes on', async () => {
  const program = await startProgram(folder)
  const { code, words } = await refusal({})
  expect(code).toBe(1)
  expect(words).toMatch(/uses the data folder .*Stop it first, or choose another folder\.$/)
  expect((await call(program, 'GET', '/session')).status).toBe(200)
  expect(await program.end('SIGTERM')).toBe(0)
})

test('goes on, and stops cleanly, when nobody reads any more what it says', async () => {
  const program = await startProgram(folder, { SAMTILA_LOG: 'debug' })
  program.child.stdout?.destroy()
  program.child.stderr?.destroy()
  for (let asked = 0; asked < 5; asked++) expect((await call(program, 'GET', '/session')).status).toBe(200)
  expect(await program.end('SIGTERM')).toBe(0)
})

test('first start shows a random password once; Ctrl-C stops cleanly; the second start keeps everything and shows none', async () => {
  const first = await startProgram(folder)
  const password = /^ {2}admin +(\S+) /m.exec(first.output())?.[1] ?? ''
  expect(password.length).toBeGreaterThanOrEqual(15)
  const signIn = async (url: string): Promise<number> =>
    (
      await fetch(`${url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: 'admin', password }),
      })
    ).status
  expect(await signIn(first.httpUrl)).toBe(200)
  expect(await first.end('SIGINT')).toBe(0)
  expect(first.output()).toContain('Stopped. Everything acknowledged is stored.')

  const startedAt = Date.now()
  const second = await startProgram(folder)
  console.log(`second start: ${Date.now() - startedAt} ms`)
  expect(second.output()).not.toContain(password)
  expect(second.output()).not.toMatch(/^ {2}admin /m)
  expect(await signIn(second.httpUrl)).toBe(200)
  expect(await second.end('SIGTERM')).toBe(0)
})

test('nobody else can read the data folder', async () => {
  const program = await startProgram(join(folder, 'data'))
  expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'data', 'local-access.json')).mode & 0o777).toBe(0o600)
  expect(await program.end('SIGTERM')).toBe(0)
})
