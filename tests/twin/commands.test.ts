// Commands over real connections: at once or when the device comes, once where twice would be wrong, until they expire; and who may give them.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CommandPage, CommandShown, SteeringShown } from '#contract/twins.ts'
import type { TestApi } from '#tests/api/start-api.ts'
import { connectDevice, openHouse, until, type TestDevice } from './world.ts'

let api: TestApi
let owner: string
let agency: string
const devices: TestDevice[] = []
beforeEach(async () => {
  api = await openHouse()
  owner = await api.token('kunta', ['technician'])
  agency = await api.token('virasto', ['technician'])
})
afterEach(async () => {
  for (const device of devices.splice(0)) await device.end()
  await api.close()
})
const connect = async (id: string): Promise<TestDevice> => {
  const device = await connectDevice(api, id)
  devices.push(device)
  return device
}
const send = (device: string, body: object, token = owner) =>
  api.request(token, 'POST', `/devices/${device}/commands`, body)
const list = async (device: string): Promise<CommandShown[]> =>
  (await api.request(owner, 'GET', `/devices/${device}/commands`)).json<CommandPage>().items
const stateOf = async (device: string) => (await list(device))[0]?.state

test('a command is sent, acknowledged and done; its answer and every step are kept', async () => {
  const device = await connect('termostaatti')
  const sent = (await send('termostaatti', { name: 'setpoint', params: { celsius: 21 } })).json<CommandShown>()
  expect(sent).toMatchObject({ state: 'sent', attempts: 1, ground: 'owner', source: 'person', repeatable: true })
  await until(() => device.heard.length === 1)
  expect(device.heard[0]?.body).toMatchObject({ name: 'setpoint', params: { celsius: 21 }, expiresAt: sent.expiresAt })
  const topic = device.heard[0]?.topic ?? ''
  await device.say(`${topic}/accepted`, {})
  await until(async () => (await stateOf('termostaatti')) === 'acknowledged')
  await device.say(`${topic}/result`, { ok: true, data: { setpoint: 21 } })
  await until(async () => (await stateOf('termostaatti')) === 'done')
  await device.say(`${topic}/result`, { ok: false, error: 'twice' })
  await send('termostaatti', { name: 'restart' })
  await until(() => device.heard.length === 2)
  await device.say(`${device.heard[1]?.topic}/result`, { ok: false, error: 'busy' })
  await until(async () => (await stateOf('termostaatti')) === 'failed')
  expect((await list('termostaatti')).map(({ name, state, answer }) => [name, state, answer])).toEqual([
    ['restart', 'failed', 'busy'],
    ['setpoint', 'done', { setpoint: 21 }],
  ])
})

test('to a device that is away it waits, and is given when it comes; what expired before is not', async () => {
  const soon = new Date(api.clock.now + 5_000).toISOString()
  await send('termostaatti', { name: 'restart', expiresAt: soon })
  const kept = (await send('termostaatti', { name: 'restart' })).json<CommandShown>()
  expect(kept).toMatchObject({ state: 'queued', attempts: 0 })
  api.clock.now += 6_000
  await until(async () => (await list('termostaatti'))[1]?.state === 'expired')
  const device = await connect('termostaatti')
  await until(() => device.heard.length === 1)
  expect(device.heard[0]?.topic).toBe(`commands/${kept.id}`)
  expect(await stateOf('termostaatti')).toBe('sent')
})

test('without an answer what may be repeated is given again under its id, what must not is given once', async () => {
  const device = await connect('termostaatti')
  await send('termostaatti', { name: 'restart' })
  await send('termostaatti', { name: 'setpoint', params: { celsius: 20 } })
  const counts = () => Map.groupBy(device.heard, ({ body }) => body['name'])
  for (let i = 0; i < 4; i++) {
    api.clock.now += 3_000
    await new Promise((resolve) => setTimeout(resolve, 600))
  }
  await until(() => (counts().get('setpoint')?.length ?? 0) >= 2)
  expect(
    new Set(
      counts()
        .get('setpoint')
        ?.map(({ topic }) => topic),
    ).size,
  ).toBe(1)
  expect(counts().get('restart')).toHaveLength(1)
  // It came anew without having answered: still once.
  await device.end()
  const again = await connect('termostaatti')
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(again.heard.filter(({ body }) => body['name'] === 'restart')).toEqual([])
})

test('an answer after its time is written down, and the command stays expired', async () => {
  const device = await connect('termostaatti')
  await send('termostaatti', { name: 'restart', expiresAt: new Date(api.clock.now + 2_000).toISOString() })
  await until(() => device.heard.length === 1)
  api.clock.now += 3_000
  await until(async () => (await stateOf('termostaatti')) === 'expired')
  await device.say(`${device.heard[0]?.topic}/result`, { ok: true, data: 'done all the same' })
  await until(async () => (await list('termostaatti'))[0]?.late === true)
  expect((await list('termostaatti'))[0]).toMatchObject({ state: 'expired', answer: 'done all the same' })
})

test('who may: the matrix before the owner, the holder before owners at a door, nobody else; each refusal says who may', async () => {
  const on = { name: 'switch', params: { on: true } }
  const stranger = await api.token('muu', ['technician'])
  const operator = await api.token(null, ['technician'])
  const open = { name: 'open', reason: 'Courier at the door' }
  const rows: [string, object, string, number, string][] = [
    ['valot', on, owner, 403, 'By the agreement in force this device is steered by Agency.'],
    ['valot', on, agency, 201, ''],
    ['valot', on, stranger, 404, ''],
    ['valot', on, operator, 201, ''],
    ['valot', on, await api.token('virasto', ['controller']), 403, 'This is for: technician or manager.'],
    ['termostaatti', { name: 'restart' }, owner, 201, ''],
    [
      'termostaatti',
      { name: 'restart' },
      agency,
      403,
      'No agreement lets you do this: the device is steered by Kunta.',
    ],
    ['ovi', open, agency, 201, ''],
    ['ovi', open, owner, 403, 'This device lets people in: it is steered only by Agency, Kunta.'],
    ['ovi', open, operator, 403, 'This device lets people in'],
  ]
  for (const [device, body, token, status, detail] of rows) {
    const answer = await send(device, body, token)
    expect([device, answer.status]).toEqual([device, status])
    if (detail !== '') expect(answer.problem().detail).toContain(detail)
  }
  const steering = async (device: string, token: string) =>
    (await api.request(token, 'GET', `/devices/${device}/steering`)).json<SteeringShown>()
  expect(await steering('valot', owner)).toMatchObject({
    allowed: false,
    reason: 'matrix',
    organisations: [{ id: 'virasto' }],
  })
  expect(await steering('valot', agency)).toMatchObject({ allowed: true, ground: 'matrix', access: false })
  expect(await steering('ovi', agency)).toMatchObject({ allowed: true, ground: 'holder', access: true })
  expect(await steering('valot', await api.token('virasto', ['viewer']))).toMatchObject({
    allowed: false,
    reason: 'role',
  })
  // The same right stands before a message in the device's own words.
  expect((await api.request(owner, 'POST', '/devices/valot/downlinks', { name: 'x' })).status).toBe(403)
})

test('a door is opened for a reason, at once or not at all; commands fit their device', async () => {
  const problem = async (device: string, body: object, token: string) => {
    const [first] = (await send(device, body, token)).problem().problems ?? []
    return `${first?.pointer} ${first?.code}`
  }
  expect(await problem('ovi', { name: 'open' }, agency)).toBe('/reason missing')
  const later = new Date(api.clock.now + 120_000).toISOString()
  expect(await problem('ovi', { name: 'open', reason: 'x', expiresAt: later }, agency)).toBe('/expiresAt too-late')
  expect(await problem('ovi', { name: 'dance', reason: 'x' }, agency)).toBe('/name unknown-command')
  expect(await problem('termostaatti', { name: 'open' }, owner)).toBe('/name unknown-command')
  expect(await problem('termostaatti', { name: 'setpoint', params: { celsius: 90 } }, owner)).toBe(
    '/params/celsius out-of-range',
  )
  expect(await problem('termostaatti', { name: 'setpoint' }, owner)).toBe('/params/celsius missing')
  expect(await problem('termostaatti', { name: 'x', expiresAt: '2020-01-01T00:00:00Z' }, owner)).toBe('/expiresAt past')
})

test('what waits can be taken back, what was given cannot; a device holds so many', async () => {
  const { id } = (await send('termostaatti', { name: 'restart' })).json<CommandShown>()
  const path = `/devices/termostaatti/commands/${id}`
  expect((await api.request(agency, 'DELETE', path)).status).toBe(403)
  expect((await api.request(owner, 'DELETE', path)).status).toBe(204)
  expect(await stateOf('termostaatti')).toBe('failed')
  expect((await api.request(owner, 'DELETE', path)).status).toBe(409)
})
