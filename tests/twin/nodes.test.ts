// Two nodes on the same records: a command made on one goes to the device of the other, a schedule runs once, a campaign reaches the devices of both.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CampaignDetail, CampaignShown, FirmwareImageShown, FirmwareKeyShown } from '#contract/firmware.ts'
import type { SceneRunPage, SceneShown } from '#contract/scenes.ts'
import type { CommandShown } from '#contract/twins.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'
import type { TestApi } from '#tests/api/start-api.ts'
import { openHouse, simulate, until } from './world.ts'

/** A Monday at 15.00 in Helsinki. */
const MONDAY = Date.parse('2026-11-23T13:00:00Z')
let leader = 0
let time = MONDAY
let kept: { records: ReturnType<typeof openMemoryRecords>; telemetry: ReturnType<typeof openMemoryTelemetry> }
let nodes: [TestApi, TestApi]
let agency: string
const closers: (() => Promise<void>)[] = []
beforeEach(async () => {
  leader = 0
  time = MONDAY
  kept = { records: openMemoryRecords({ now: () => time }), telemetry: openMemoryTelemetry() }
  const open = (place: number) => openHouse({ stores: kept, now: MONDAY, leads: () => leader === place })
  nodes = [await open(0), await open(1)]
  agency = await nodes[0].token('virasto', ['technician'])
})
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
  for (const node of nodes) await node.close()
  await kept.records.close()
  await kept.telemetry.close()
})
const setTime = (now: number): void => {
  time = now
  for (const { clock } of nodes) clock.now = now
}
const lights = async (place: number, id: string) => {
  const simulated = await simulate(nodes[place]!, id, 'lighting-controller')
  closers.push(simulated.close)
  await until(() => simulated.link.connected)
  return simulated
}

test('a command waits on the node where it was made and is done, once, by the device of the other', async () => {
  const { twin } = await lights(1, 'valot')
  const wanted = { name: 'switch', params: { on: true } }
  const made = (await nodes[0].request(agency, 'POST', '/devices/valot/commands', wanted)).json<CommandShown>()
  const state = async (): Promise<CommandShown> =>
    (await nodes[0].request(agency, 'GET', `/devices/valot/commands/${made.id}`)).json<CommandShown>()
  await until(async () => (await state()).state === 'done')
  expect([twin.reported()['on'], twin.done.get(made.id)]).toEqual([true, 1])

  // One is too late: the node that leads says so, and both know it.
  await nodes[0].request(agency, 'POST', '/devices/valot-2/commands', { ...wanted, name: 'restart', params: {} })
  setTime(MONDAY + 25 * 3_600_000)
  const ofOther = async (): Promise<string[]> =>
    (await nodes[1].request(agency, 'GET', '/devices/valot-2/commands'))
      .json<{ items: CommandShown[] }>()
      .items.map((one) => one.state)
  await until(async () => (await ofOther())[0] === 'expired')
  const late = await lights(1, 'valot-2')
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect([...late.twin.done]).toEqual([])
})

test('a schedule is run once by the node that leads, also when the other one takes over', async () => {
  const step = { of: { type: 'lighting-controller' }, command: 'switch', params: { on: false } }
  const scene = (
    await nodes[1].request(agency, 'POST', '/scenes', { name: { fi: 'Kiinni' }, premises: 'talo', steps: [step] })
  ).json<SceneShown>().id
  const schedule = {
    name: { fi: 'Toimisto' },
    premises: 'talo',
    on: true,
    hours: [],
    closedOnHolidays: true,
    closedOnEves: true,
    exceptions: [],
    triggers: ['15:01', '15:03'].map((time, index) => ({
      id: `run-${index}`,
      time: { at: 'clock', time },
      on: 'every',
      scene,
    })),
  }
  expect((await nodes[1].request(agency, 'POST', '/schedules', schedule)).status).toBe(201)
  const runs = async (place: number): Promise<string[]> =>
    (await nodes[place]!.request(agency, 'GET', '/scene-runs?premises=talo'))
      .json<SceneRunPage>()
      .items.map((run) => run.state)
  setTime(MONDAY + 61_000)
  await until(async () => (await runs(1)).length > 0)
  leader = 1
  setTime(MONDAY + 181_000)
  await until(async () => (await runs(0)).length > 1)
  // Both looked for longer than each needs.
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  expect(await runs(0)).toEqual(['run', 'run'])
})

test('a campaign that one node starts reaches the devices of both; the other one pauses it', async () => {
  const owner = await nodes[0].token('kunta', ['technician', 'admin'])
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const pem = publicKey.export({ type: 'spki', format: 'pem' })
  const key = (
    await nodes[0].request(owner, 'POST', '/firmware/keys', { name: 'Maker', publicKey: pem })
  ).json<FirmwareKeyShown>().id
  const bytes = Buffer.alloc(50_000, 7)
  const sent = await nodes[0].request(owner, 'POST', '/files?name=a.bin', bytes, {
    'content-type': 'application/octet-stream',
  })
  const file = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  expect(sent.json<{ digest: string }>().digest).toBe(file)
  const signature = sign(null, Buffer.from(`samtila-firmware 1\n${file}\n2.0.0\n`), privateKey).toString('base64')
  const image = { version: '2.0.0', file, signature, key, deviceType: 'lighting-controller' }
  const made = (await nodes[0].request(owner, 'POST', '/firmware/images', image)).json<FirmwareImageShown>()
  await Promise.all([lights(0, 'valot'), lights(1, 'valot-2')])
  const wave = { size: { percent: 100 }, successPercent: 100, failuresAllowed: 0, waitMinutes: 0 }
  const wanted = { name: { fi: 'Uusi' }, premises: 'talo', image: made.id, filter: {}, waves: [wave] }
  const drafted = await nodes[0].request(owner, 'POST', '/firmware/campaigns', wanted)
  const { id } = drafted.json<CampaignShown>()
  const path = `/firmware/campaigns/${id}`
  expect((await nodes[1].request(owner, 'POST', `${path}/start`)).status).toBe(200)
  expect((await nodes[0].request(owner, 'POST', `${path}/pause`)).status).toBe(200)
  expect((await nodes[1].request(owner, 'POST', `${path}/resume`)).status).toBe(200)
  const detail = async (place: number): Promise<CampaignDetail> =>
    (await nodes[place]!.request(owner, 'GET', path)).json<CampaignDetail>()
  await until(async () => (await detail(1)).campaign.state === 'done', 15_000)
  for (const place of [0, 1])
    expect((await detail(place)).updates.map(({ device, state }) => `${device} ${state}`)).toEqual([
      'valot installed',
      'valot-2 installed',
    ])
}, 30_000)
