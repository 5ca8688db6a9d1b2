// The commands of steering, storey plans and building models on the real program: a command, a scene, a schedule, a firmware campaign,
// a plan with a device on it, a model out and in.
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CampaignDetail, CampaignShown, FirmwareImageShown, FirmwareKeyShown } from '#contract/firmware.ts'
import type { PlanSent, PlanShown } from '#contract/plans.ts'
import type { SceneRunShown, SceneShown, ScheduleDays, ScheduleShown } from '#contract/scenes.ts'
import type { CommandShown } from '#contract/twins.ts'
import { startSimulator, type DeviceCredential, type Simulator } from '#sim/live/start-simulator.ts'
import { call, makeFolder, removeFolder, samtila, startProgram, type Program } from './program.ts'

const HOUSE = {
  organisations: [{ id: 'kunta', name: { fi: 'Kunta' } }],
  premises: [
    {
      id: 'talo',
      name: { fi: 'Talo', en: 'House' },
      timeZone: 'Europe/Helsinki',
      landlord: 'kunta',
      spaces: [{ id: 'aula', use: 'exclusive' as const, areaM2: '60' }],
      tenancies: [{ space: 'aula', organisation: 'kunta', from: '2026-01-01', to: null }],
    },
  ],
  devices: ['naytto-1', 'naytto-2'].map((id) => ({
    id,
    premises: 'talo',
    type: 'info-screen',
    points: [{ key: 'power', unit: 'W', kind: 'gauge' as const }],
  })),
}
let folder = ''
let data = ''
let program: Program
let simulator: Simulator | null = null
beforeAll(async () => {
  folder = makeFolder()
  data = join(folder, 'data')
  program = await startProgram(data, { SAMTILA_DEMO: 'off' })
  const taken = await call(program, 'POST', '/import', HOUSE)
  if (taken.status !== 200) throw new Error(JSON.stringify(taken.body))
  const { body } = await call(program, 'POST', '/credentials', { devices: HOUSE.devices.map(({ id }) => id) })
  simulator = startSimulator({
    url: program.mqttUrl,
    bundle: HOUSE,
    credentials: body as DeviceCredential[],
    steered: { httpUrl: program.httpUrl, mishap: () => null },
  })
}, 60_000)
afterAll(async () => {
  await simulator?.stop()
  await program.end('SIGTERM')
  removeFolder(folder)
})
const json = async <T>(args: string[]): Promise<T> => {
  const { stdout, stderr, code } = await samtila(data, [...args, '--json'])
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout) as T
}
const made = async <T>(path: string, body: object): Promise<T> => {
  const answer = await call(program, 'POST', path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body as T
}

test('command, scene and schedule: given, run, taken back, and looked ahead', async () => {
  const sent = await json<CommandShown>(['command', 'send', 'naytto-1', 'switch', '--params', '{"on":true}'])
  expect([sent.state, simulator?.twin('naytto-1')?.reported()['on']]).toEqual(['done', true])
  await json<CommandShown>(['command', 'send', 'naytto-2', 'switch', '--params', '{"on":true}'])
  const { stdout } = await samtila(data, ['command', 'list', 'naytto-1'])
  expect(stdout).toContain(`${sent.id}  switch  done`)
  const wrong = await samtila(data, ['command', 'send', 'naytto-1', 'switch', '--params', '{'])
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('--params is no JSON')])

  const of = { type: 'info-screen' }
  const steps = [{ of, command: 'switch', params: { on: false } }]
  const { id } = await made<SceneShown>('/scenes', { premises: 'talo', name: { en: 'Screens off' }, steps })
  expect((await samtila(data, ['scene', 'list', '--premises', 'talo'])).stdout).toContain(`${id}  Screens off  1 steps`)
  expect((await samtila(data, ['scene', 'preview', id])).stdout).toContain('naytto-2  would be done')
  const run = await json<SceneRunShown>(['scene', 'run', id])
  await expect.poll(() => simulator?.twin('naytto-1')?.reported()['on']).toBe(false)
  await json<SceneRunShown>(['scene', 'undo', run.id])
  await expect.poll(() => simulator?.twin('naytto-1')?.reported()['on']).toBe(true)

  const schedule = await made<ScheduleShown>('/schedules', {
    premises: 'talo',
    name: { en: 'Evenings' },
    on: true,
    hours: [],
    closedOnHolidays: true,
    closedOnEves: true,
    exceptions: [],
    triggers: [{ id: 'run-1', time: { at: 'clock', time: '18:00' }, on: 'every', scene: id }],
  })
  const listed = await samtila(data, ['schedule', 'list', '--premises', 'talo'])
  expect(listed.stdout).toContain(`${schedule.id}  on  Evenings`)
  const { days } = await json<ScheduleDays>(['schedule', 'days', schedule.id])
  expect(days.flatMap(({ runs }) => runs).length).toBeGreaterThan(12)
}, 60_000)

test('firmware: signed, uploaded, drafted, started and done', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const [image, pem] = [join(folder, 'screen.bin'), join(folder, 'maker.pem')]
  writeFileSync(image, Buffer.alloc(20_000, 5))
  writeFileSync(pem, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const spki = publicKey.export({ type: 'spki', format: 'pem' })
  const key = await made<FirmwareKeyShown>('/firmware/keys', { name: 'Maker', publicKey: spki })
  const { id } = await json<FirmwareImageShown>([
    'firmware',
    'upload',
    image,
    '--version=2.0.0',
    `--key=${key.id}`,
    `--private-key=${pem}`,
    '--type=info-screen',
  ])
  expect((await samtila(data, ['firmware', 'images'])).stdout).toContain(`${id}  2.0.0  ready  info-screen`)
  const draft = await json<CampaignShown>([
    'firmware',
    'draft',
    '--premises=talo',
    `--image=${id}`,
    '--waves=100',
    '--name=News',
  ])
  await json<CampaignShown>(['firmware', 'start', draft.id])
  await expect
    .poll(async () => (await json<CampaignDetail>(['firmware', 'show', draft.id])).campaign.state, { timeout: 30_000 })
    .toBe('done')
  const shown = await samtila(data, ['firmware', 'show', draft.id])
  expect(shown.stdout).toContain('naytto-2  wave 1  installed  2.0.0')
  expect((await samtila(data, ['firmware', 'list', '--premises', 'talo'])).stdout).toContain('2/2 installed, 0 failed')
  const unknown = await samtila(data, ['firmware', 'stop', draft.id])
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('start|pause|resume|abort|retry')])
}, 60_000)

test('a plan is sent, a device placed on it and taken off, and the plan withdrawn', async () => {
  const file = join(folder, 'kerros-1.svg')
  writeFileSync(
    file,
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><rect width="80" height="40"/></svg>',
  )
  const of = ['--premises', 'talo']
  const { plan } = await json<PlanSent>(['plans', 'send', file, ...of, '--storey', '1', '--from', '2026-01-01'])
  const placed = await json<PlanShown>(['plans', 'place', plan.id, 'naytto-1', '0.25', '0.5'])
  expect(placed.placements).toEqual([{ device: 'naytto-1', at: [0.25, 0.5] }])
  const { placements } = await json<PlanShown>(['plans', 'remove', plan.id, 'naytto-1'])
  expect(placements).toEqual([])
  const wrong = await samtila(data, ['plans', 'place', plan.id, 'naytto-1', '2', '0.5'])
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('X')])
  await json(['plans', 'withdraw', plan.id])
  expect(await json<PlanShown[]>(['plans', 'list', ...of])).toEqual([])
})

test('model: out as Turtle and as JSON-LD', async () => {
  const out = join(folder, 'house.ttl')
  expect((await samtila(data, ['model', 'export', 'talo', '--out', out])).code).toBe(0)
  expect(readFileSync(out, 'utf8')).toContain('urn:samtila:device:naytto-1')
  const linked = await samtila(data, ['model', 'export', 'talo', '--format', 'rec'])
  expect(JSON.parse(linked.stdout)).toHaveProperty('@context')
  expect((await samtila(data, ['model', 'import', out])).code).toBe(1)
}, 60_000)
