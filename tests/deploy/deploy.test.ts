// What the files of deploy/ name exists: settings, metrics, ports; nobody runs as root. Whether an image builds is tried where there is an engine.
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SETTINGS, limitSettingName } from '#config'
import { brokerLimits } from '#broker/limits.ts'
import { LIMITS } from '#server/limits.ts'
import { findProgram, notRun } from '#tests/not-run.ts'
import { makeFolder, removeFolder, startProgram } from '#tests/process/program.ts'

const files = readdirSync('deploy', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
const textOf = (file: string): string => readFileSync(file, 'utf8')

test('every setting that they name is one', () => {
  const known = new Set<string>([...SETTINGS.map(({ name }) => name), ...Object.keys(LIMITS).map(limitSettingName)])
  const named = files.flatMap((file) => (textOf(file).match(/\bSAMTILA_[A-Z_]+/g) ?? []).map((name) => [file, name]))
  expect(named.length).toBeGreaterThan(15)
  expect(named.filter(([, name]) => !known.has(name!))).toEqual([])
})

test('every metric of the alert rules and of the Grafana dashboard is on /metrics of a whole server', async () => {
  const folder = makeFolder()
  // Nobody is there: what it says of Redis and of an external broker is said then too.
  const program = await startProgram(folder, {
    SAMTILA_REDIS: 'redis://127.0.0.1:9',
    SAMTILA_EXTERNAL_MQTT: 'mqtt://samtila@127.0.0.1:9',
  })
  try {
    const metrics = async (): Promise<string> => (await fetch(`${program.httpUrl}/metrics`)).text()
    // The times of requests come with the first one.
    await metrics()
    const offered = new Set([...(await metrics()).matchAll(/^([a-z]\w*)[{ ]/gm)].map(([, name]) => name))
    const named = ['deploy/prometheus/alerts.yaml', 'deploy/grafana/samtila.json'].flatMap((file) =>
      [...textOf(file).matchAll(/\b((?:samtila|process|nodejs)_[a-z\d_]+)(?=[[{ )>="\\]|$)/gm)].map(
        ([, name]) => name!,
      ),
    )
    expect(new Set(named).size).toBeGreaterThan(20)
    expect([...new Set(named)].filter((name) => !offered.has(name))).toEqual([])
  } finally {
    await program.end('SIGKILL')
    removeFolder(folder)
  }
})

test('the Grafana dashboard is one: panels with titles and questions that do not overlap', () => {
  const { panels } = JSON.parse(textOf('deploy/grafana/samtila.json')) as {
    panels: { id: number; title: string; targets: { expr: string }[]; gridPos: Record<'x' | 'y' | 'w' | 'h', number> }[]
  }
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  for (const { title, targets } of panels) expect([title.length > 0, targets.length > 0]).toEqual([true, true])
  const overlap = panels.flatMap((a, i) =>
    panels
      .slice(i + 1)
      .filter(
        (b) =>
          a.gridPos.x < b.gridPos.x + b.gridPos.w &&
          b.gridPos.x < a.gridPos.x + a.gridPos.w &&
          a.gridPos.y < b.gridPos.y + b.gridPos.h &&
          b.gridPos.y < a.gridPos.y + a.gridPos.h,
      ),
  )
  expect(overlap).toEqual([])
})

test('nothing runs as root, roots are read-only, nothing gains rights', () => {
  const container = textOf('deploy/Containerfile')
  expect(container).toMatch(/^USER 10001:10001$/m)
  expect(container.indexOf('USER 10001')).toBeLessThan(container.indexOf('ENTRYPOINT'))
  const compose = textOf('deploy/compose.yaml')
  for (const line of ['read_only: true', 'cap_drop: [ALL]', 'no-new-privileges:true']) expect(compose).toContain(line)
  const kubernetes = textOf('deploy/kubernetes/samtila.yaml')
  for (const line of ['runAsNonRoot: true', 'readOnlyRootFilesystem: true', 'allowPrivilegeEscalation: false'])
    expect(kubernetes).toContain(line)
  // Whoever stops it waits longer than a message may wait for its store.
  for (const [text, wait] of [
    [kubernetes, /terminationGracePeriodSeconds: (\d+)/],
    [compose, /stop_grace_period: (\d+)s/],
    [textOf('deploy/samtila.service'), /TimeoutStopSec=(\d+)/],
  ] as const)
    expect(1_000 * Number(wait.exec(text)?.[1])).toBeGreaterThan(2 * brokerLimits().holdMs)
  // The program's role at PostgreSQL is no superuser: that one would pass row-level security.
  expect(compose).not.toContain('POSTGRES_USER')
  const unit = textOf('deploy/samtila.service')
  for (const line of ['DynamicUser=yes', 'ProtectSystem=strict', 'NoNewPrivileges=yes']) expect(unit).toContain(line)
})

test('systemd understands the unit', (context) => {
  const program = findProgram('systemd-analyze')
  if (program === null) return notRun(context, 'systemd-analyze', 'apt-get install systemd', true)
  // The program is not at its place here, which is all that may be said.
  const said = (() => {
    try {
      return execFileSync(program, ['verify', 'deploy/samtila.service'], { encoding: 'utf8', stdio: 'pipe' })
    } catch (error) {
      return String((error as { stderr?: string }).stderr)
    }
  })()
  expect(
    said.split('\n').filter((line) => line.includes('samtila.service') && !line.includes('is not executable')),
  ).toEqual([])
})

test('the health check of the container is one that runs, with and without TLS', async () => {
  const [, program] = /CMD \["node", "-e", "(.+)"\]/.exec(textOf('deploy/Containerfile')) ?? []
  const folder = mkdtempSync(join(tmpdir(), 'samtila-health-'))
  const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync(
    'openssl',
    ['req', '-x509', ...kind, '-keyout', keyFile, '-out', certificateFile, '-subj', '/CN=samtila.example.fi'],
    { stdio: 'ignore' },
  )
  const files = { key: readFileSync(keyFile), cert: readFileSync(certificateFile) }
  rmSync(folder, { recursive: true })
  let status = 200
  const answer: RequestListener = (request, response) =>
    void response.writeHead(request.url === '/healthz' ? status : 404).end()
  for (const [server, environment] of [
    [createServer(answer), {}],
    [createTlsServer(files, answer), { SAMTILA_TLS_CERT: 'x' }],
  ] as const) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const text = String(program).replace('8080', String((server.address() as AddressInfo).port))
    const check = (): Promise<number> =>
      new Promise((resolve) => {
        execFile(process.execPath, ['-e', text], { env: { PATH: '', ...environment } }, (error) =>
          resolve(Number(error?.code ?? 0)),
        )
      })
    status = 200
    expect(await check()).toBe(0)
    status = 500
    expect(await check()).toBe(1)
    await new Promise((resolve) => server.close(resolve))
    expect(await check()).toBe(1)
  }
})
