// The commands that others script against, on a running server, on a folder without one, and against --url.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import mqtt from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { call, makeFolder, removeFolder, samtila, startProgram, type Program } from './program.ts'

const caseOne = JSON.parse(readFileSync('tests/cases/03-counter-readings.json', 'utf8')) as {
  steps: { import?: object; settle?: { premises: string; period: string }; expect?: { statements: unknown } }[]
}
const bundle = caseOne.steps[0]?.import ?? {}
const settled = caseOne.steps[1]

let folder = ''
let data = ''
let program: Program
beforeAll(async () => {
  folder = makeFolder()
  data = join(folder, 'data')
  program = await startProgram(data)
})
afterAll(async () => {
  await program.end('SIGTERM')
  removeFolder(folder)
})

test('token create gives a token that works, and revoke ends it', async () => {
  const { stdout, code } = await samtila(data, ['token', 'create', '--role', 'admin', '--name', 'scripts', '--json'])
  expect(code).toBe(0)
  const made = JSON.parse(stdout) as { id: string; token: string }
  expect((await call({ httpUrl: program.httpUrl, token: made.token }, 'GET', '/premises')).status).toBe(200)
  expect((await samtila(data, ['token', 'revoke', made.id])).code).toBe(0)
  expect((await call({ httpUrl: program.httpUrl, token: made.token }, 'GET', '/premises')).status).toBe(401)
})

test('import, settle and export on the running server', async () => {
  const file = join(folder, 'bundle.json')
  writeFileSync(file, JSON.stringify(bundle))
  expect(await samtila(data, ['import', file])).toMatchObject({ code: 0 })
  const again = await samtila(data, ['import', file, '--json'])
  expect(JSON.parse(again.stdout)).toMatchObject({ created: 0, changed: 0, readings: { stored: 0 } })
  const settlement = await samtila(data, [
    'settle',
    settled?.settle?.premises ?? '',
    settled?.settle?.period ?? '',
    '--json',
  ])
  expect(JSON.parse(settlement.stdout)).toMatchObject({ statements: settled?.expect?.statements })
  const page = join(folder, 'statement.html')
  const place = [settled?.settle?.premises ?? '', settled?.settle?.period ?? '']
  expect(await samtila(data, ['statement', ...place, '--language', 'sv', '--out', page])).toMatchObject({ code: 0 })
  expect(readFileSync(page, 'utf8')).toContain('<html lang="sv">')
  expect((await samtila(data, ['statement', ...place, '--party', 'ei-ole', '--out', page])).code).toBe(1)
  const exported = await samtila(data, ['export', '--readings'])
  const twice = await samtila(data, ['export', '--readings'])
  expect(exported.stdout).toBe(twice.stdout)
  expect(Object.keys(JSON.parse(exported.stdout) as object)).toContain('readings')
})

test('a wrong bundle is refused with its places, and nothing is taken', async () => {
  const { code, stderr } = await samtila(
    data,
    ['import', '-'],
    JSON.stringify({
      premises: [{ id: 'uusi', name: { fi: 'Uusi' }, timeZone: 'Europe/Helsinki', landlord: 'nobody' }],
    }),
  )
  expect(code).toBe(1)
  expect(stderr).toContain('/premises/0/landlord')
  expect((await call(program, 'GET', '/premises/uusi')).status).toBe(404)
})

test('credentials create gives user names and passwords that a device can use', async () => {
  const devices = (JSON.parse((await samtila(data, ['export'])).stdout) as { devices: { id: string }[] }).devices.map(
    (one) => one.id,
  )
  const { stdout } = await samtila(data, ['credentials', 'create', ...devices, '--json'])
  const made = JSON.parse(stdout) as { device: string; username: string; password: string }[]
  expect(made.map((one) => one.device)).toEqual(devices)
  const first = made[0]
  const client = await mqtt.connectAsync(program.mqttUrl, {
    username: first?.username ?? '',
    password: first?.password ?? '',
  })
  await client.publishAsync(
    `samtila/v1/${first?.device}/telemetry`,
    JSON.stringify({ ts: Date.now(), values: { lampo: 21.5 } }),
    { qos: 1 },
  )
  await client.endAsync()
  const metrics = await (await fetch(`${program.httpUrl}/metrics`)).text()
  for (const name of ['stored', 'duplicate', 'quarantined'])
    expect(metrics).toMatch(new RegExp(`^samtila_readings_${name}_total \\d+$`, 'm'))
  expect(metrics).toMatch(/^samtila_messages_acknowledged_total 1$/m)
})

test('decode needs no server', async () => {
  const { stdout } = await samtila(
    join(folder, 'nowhere'),
    ['decode', '--topic', 'zigbee2mqtt/Mittari'],
    '{"energy":139.15,"linkquality":255}',
  )
  expect(JSON.parse(stdout)).toEqual({
    codec: 'zigbee2mqtt',
    readings: [{ device: 'Mittari', point: 'energy', value: 139.15, unit: 'kWh', at: null }],
    ignored: ['linkquality'],
    problems: [],
  })
  const lines = await samtila(
    join(folder, 'nowhere'),
    ['decode', '--ndjson'],
    '{"topic":"x/y","payload":"?","encoding":"text"}\nno json\n',
  )
  expect(
    lines.stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { codec: unknown }).codec),
  ).toEqual([null, null])
})

test('backup while running, restore into an empty folder: the same export', async () => {
  const before = (await samtila(data, ['export', '--readings'])).stdout
  const copy = join(folder, 'copy')
  expect(await samtila(data, ['backup', copy])).toMatchObject({ code: 0 })
  const restored = join(folder, 'restored')
  expect(await samtila(restored, ['restore', copy])).toMatchObject({ code: 0 })
  expect((await samtila(restored, ['export', '--readings'])).stdout).toBe(before)
  mkdirSync(join(folder, 'full'))
  writeFileSync(join(folder, 'full', 'something'), '')
  const refused = await samtila(join(folder, 'full'), ['restore', copy])
  expect(refused.code).toBe(1)
  expect(refused.stderr).toContain('is not empty')
})

test('user add makes a login, and --url with a token reaches the server', async () => {
  const { stdout } = await samtila(data, [
    'user',
    'add',
    'talouspaallikko',
    '--name',
    'Talouspäällikkö',
    '--role',
    'controller',
    '--json',
  ])
  const { password } = JSON.parse(stdout) as { password: string }
  const answer = await fetch(`${program.httpUrl}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'talouspaallikko', password }),
  })
  expect(answer.status).toBe(200)
  const far = await samtila(join(folder, 'nowhere'), [
    'token',
    'list',
    '--json',
    '--url',
    program.httpUrl,
    '--token',
    program.token,
  ])
  expect(far.code).toBe(0)
})

test.each([
  [['nonsense'], 2, 'There is no command "nonsense".'],
  [['settle', 'talo'], 1, 'The month (YYYY-MM) is missing.'],
  [['import', '/nowhere/file.json'], 1, '/nowhere/file.json cannot be read'],
  [['token', 'create', '--nome', 'x'], 1, '--nome'],
  [['token', 'list', '--url', 'http://127.0.0.1:9', '--token', 'x'], 1, 'http://127.0.0.1:9 does not answer'],
])('samtila %j says what is wrong', async (args, code, words) => {
  const answer = await samtila(data, args)
  expect(answer.code).toBe(code)
  expect(answer.stderr).toContain(words)
})
