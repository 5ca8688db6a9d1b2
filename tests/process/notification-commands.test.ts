// `samtila webhook`, `on-call` and `service` as scripts use them, against one running program: what they make, send, take from files and write to files.
import { createHmac } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TaskPage } from '#contract/service.ts'
import type { TokenMade } from '#contract/tokens.ts'
import type { UserMade } from '#contract/users.ts'
import { serviceHouse } from '#tests/api/service/service-house.ts'
import { call, makeFolder, removeFolder, samtila, startProgram, type Program } from './program.ts'

let folder = ''
let data = ''
let program: Program
let server: Server
let url = ''
const token: Record<string, string> = {}
const got: { id: string; signed: string; signature: string; type: string }[] = []
let status = 204

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const id = String(request.headers['webhook-id'])
      got.push({
        id,
        signed: `${id}.${String(request.headers['webhook-timestamp'])}.${body}`,
        signature: String(request.headers['webhook-signature']),
        type: (JSON.parse(body) as { type: string }).type,
      })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  folder = makeFolder()
  data = join(folder, 'data')
  program = await startProgram(data, { SAMTILA_WEBHOOK_HOSTS: '127.0.0.1' })
  const { readings: _readings, ...facts } = serviceHouse
  const imported = await call(program, 'POST', '/import', facts)
  if (imported.status !== 200) throw new Error(JSON.stringify(imported.body))
  const wanted = { name: 'skripti', organisation: 'kunta', roles: ['admin', 'manager', 'technician'] }
  token['kunta'] = ((await call(program, 'POST', '/tokens', wanted)).body as TokenMade).token
})
afterAll(async () => {
  await program.end('SIGTERM')
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  removeFolder(folder)
})

const as = (...args: string[]) => samtila(data, [...args, '--url', program.httpUrl, '--token', token['kunta'] ?? ''])
const json = async <T>(...args: string[]): Promise<T> => {
  const { code, stdout, stderr } = await as(...args, '--json')
  if (code !== 0) throw new Error(`${args.join(' ')}: ${code} ${stdout} ${stderr}`)
  return JSON.parse(stdout) as T
}
const signedWith = (secret: string, signed: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(signed)
    .digest('base64')}`

test('webhook: add, test, a new secret, off and on, what was sent, remove; the exit code says whether it arrived', async () => {
  const { id, secret } = await json<{ id: string; secret: string }>(
    'webhook',
    'add',
    url,
    '--name',
    'Huolto',
    '--family',
    'alarm',
  )
  const list = await as('webhook', 'list')
  expect(list).toMatchObject({ code: 0, stdout: expect.stringContaining(`${id}  on`) })
  expect(list.stdout).not.toContain(secret)
  expect(await as('webhook', 'test', id)).toMatchObject({ code: 0, stdout: expect.stringContaining('sent') })
  expect(got).toHaveLength(1)
  expect(got[0]).toMatchObject({ type: 'webhook.test', signature: signedWith(secret, got[0]!.signed) })
  const changed = await json<{ secret: string }>('webhook', 'secret', id)
  expect(changed.secret).not.toBe(secret)
  expect((await as('webhook', 'off', id)).code).toBe(0)
  status = 410
  expect((await as('webhook', 'test', id)).code).toBe(1)
  expect(got[1]!.signature.split(' ')).toContain(signedWith(changed.secret, got[1]!.signed))
  const sent = await json<{ type: string; attempts: { status: number }[] }[]>('webhook', 'deliveries', id)
  expect(sent.map(({ attempts }) => attempts.map((one) => one.status))).toEqual([[410], [204]])
  // What is off is not sent again; switched on, it is.
  expect(await as('webhook', 'replay', id)).toMatchObject({ code: 1, stderr: expect.stringContaining('Switch it on') })
  status = 204
  expect((await as('webhook', 'on', id)).code).toBe(0)
  expect((await as('webhook', 'replay', id)).stdout).toBe('1 messages are sent again.\n')
  expect((await as('webhook', 'remove', id)).code).toBe(0)
  expect(await as('webhook', 'add', 'http://10.0.0.1/')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('/url'),
  })
}, 60_000)

test('on-call: a calendar from a file, who is on call, shifts, out as iCalendar and in again', async () => {
  const person = async (login: string): Promise<string> => {
    const memberships = [{ organisation: 'kunta', roles: ['technician'] }]
    const body = { login, name: login, language: 'fi', email: `${login}@example.fi`, memberships }
    return ((await call(program, 'POST', '/users', body)).body as UserMade).id
  }
  const [anna, bertil] = [await person('anna'), await person('bertil')]
  const calendar = {
    name: { fi: 'Päivystys' },
    enabled: true,
    premises: null,
    timeZone: 'Europe/Helsinki',
    covers: 'responsible',
    from: 'warning',
    wakesFrom: 'critical',
    rotation: { people: [anna, bertil], from: '2026-01-05', days: 7, handover: '08:00' },
    turns: [],
    steps: [{ afterMinutes: 0, tell: 'on-call' }],
  }
  const file = join(folder, 'paivystys.json')
  writeFileSync(file, JSON.stringify(calendar))
  const { id } = await json<{ id: string }>('on-call', 'put', file)
  expect((await as('on-call')).stdout).toMatch(/Päivystys: (anna|bertil) until .*substitute (anna|bertil)/)
  const shifts = await json<{ items: { person: { name: string } }[] }>(
    'on-call',
    'shifts',
    id,
    '--from',
    '2026-01-05',
    '--days',
    '14',
  )
  expect(shifts.items.map((one) => one.person?.name ?? null)).toEqual([null, 'anna', 'bertil'])
  const ics = join(folder, 'paivystys.ics')
  expect((await as('on-call', 'export', id, '--out', ics)).code).toBe(0)
  expect(readFileSync(ics, 'utf8')).toContain('BEGIN:VCALENDAR')
  expect((await as('on-call', 'import', id, ics)).stdout).toMatch(/[1-9]\d* shifts were taken/)
  // What was got can be put again with a change.
  const shown = (await json<object[]>('on-call', 'list'))[0]
  writeFileSync(file, JSON.stringify({ ...shown, enabled: false }))
  expect((await as('on-call', 'put', file)).stdout).toContain('is changed')
  writeFileSync(file, JSON.stringify({ ...calendar, timeZone: 'Europe/Nowhere' }))
  expect(await as('on-call', 'put', file)).toMatchObject({ code: 1, stderr: expect.stringContaining('/timeZone') })
}, 60_000)

test('service: a task is finished with answers, the book and the calendar are files, what is overdue shows in the exit code', async () => {
  const plan = {
    premises: 'talo',
    of: { device: 'hissi' },
    title: { fi: 'Hissin huolto' },
    trigger: { by: 'weeks', every: 4, from: '2026-01-05' },
    rhythm: 'fixed',
    workingDays: false,
    leadDays: 400,
    checklist: [
      { id: 'ovet', text: { fi: 'Ovet toimivat' }, kind: 'yes-no', required: true },
      { id: 'aani', text: { fi: 'Melu' }, kind: 'number', unit: 'dB', most: '60', required: true },
    ],
  }
  const headers = { authorization: `Bearer ${token['kunta']}`, 'content-type': 'application/json' }
  const made = await fetch(`${program.httpUrl}/api/v1/service/plans`, {
    method: 'POST',
    headers,
    body: JSON.stringify(plan),
  })
  expect(made.status).toBe(201)
  expect((await as('service', 'preview', 'talo', '--months', '2')).stdout).toContain('hissi')
  const tasks = await json<TaskPage['items']>('service', 'tasks', '--premises', 'talo')
  const id = tasks[0]?.id ?? ''
  const missing = await as('service', 'finish', id, '--answer', 'ovet=yes')
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('aani') })
  expect(
    (await as('service', 'finish', id, '--answer', 'ovet=yes', '--answer', 'aani=58.5', '--hours', '1.5')).stdout,
  ).toContain('done')
  const book = join(folder, 'kirja.csv')
  expect((await as('service', 'book', 'talo', '--out', book)).code).toBe(0)
  expect(readFileSync(book, 'utf8')).toContain('Hissin huolto')

  const lift = { premises: 'talo', device: 'hissi', template: 'lift', firstDue: '2026-01-02' }
  await fetch(`${program.httpUrl}/api/v1/inspections`, { method: 'POST', headers, body: JSON.stringify(lift) })
  expect(await as('service', 'inspections')).toMatchObject({ code: 2, stdout: expect.stringContaining('overdue') })
  const calendar = join(folder, 'tarkastukset.ics')
  expect((await as('service', 'calendar', 'talo', '--out', calendar)).code).toBe(0)
  expect(readFileSync(calendar, 'utf8')).toContain('DTSTART;VALUE=DATE:20260102')
  expect(await as('service', 'book', 'talo', '--out', 'kirja.ics')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--out'),
  })
}, 60_000)
