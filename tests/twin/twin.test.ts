// The twin over real connections: what is desired reaches the device, what is reported is kept, and drift is told by key and date.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeviceSecurity } from '#contract/security.ts'
import type { TwinHistory, TwinShown } from '#contract/twins.ts'
import type { TestApi } from '#tests/api/start-api.ts'
import { connectDevice, openHouse, until, type TestDevice } from './world.ts'

let api: TestApi
let owner: string
const devices: TestDevice[] = []
beforeEach(async () => {
  api = await openHouse()
  owner = await api.token('kunta', ['technician'])
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
const twin = async (): Promise<TwinShown> =>
  (await api.request(owner, 'GET', '/devices/termostaatti/twin')).json<TwinShown>()
const desire = (desired: object, headers = {}) =>
  api.request(owner, 'PATCH', '/devices/termostaatti/twin', { desired }, headers)

test('desired, told, reported, in drift since the change, agreed again', async () => {
  const device = await connect('termostaatti')
  const first = (await desire({ setpoint: 21, interval: 300 })).json<TwinShown>()
  expect(first.drift.map(({ key, reported }) => [key, reported])).toEqual([
    ['setpoint', null],
    ['interval', null],
  ])
  await until(() => device.heard.length === 1)
  expect(device.heard[0]).toEqual({ topic: 'desired', body: { setpoint: 21, interval: 300, $version: 1 } })
  await device.say('reported', { setpoint: 21, interval: 300, firmware: '1.0.0' })
  await until(async () => (await twin()).drift.length === 0)
  api.clock.now += 60_000
  const changedAt = api.clock.now
  await device.say('reported', { setpoint: 18 })
  await until(async () => (await twin()).drift.length === 1)
  expect((await twin()).drift).toEqual([
    { key: 'setpoint', desired: 21, reported: 18, since: new Date(changedAt).toISOString() },
  ])
  // It differs still, another way: it has differed since the first time.
  api.clock.now += 60_000
  await device.say('reported', { setpoint: 17 })
  await until(async () => (await twin()).reported['setpoint'] === 17)
  expect((await twin()).drift[0]?.since).toBe(new Date(changedAt).toISOString())
  await desire({ setpoint: null })
  const last = await twin()
  expect([last.drift, last.desired, last.desiredVersion, last.connected]).toEqual([[], { interval: 300 }, 2, true])
  const history = (await api.request(owner, 'GET', '/devices/termostaatti/twin/history')).json<TwinHistory>()
  expect(history.items.length).toBe(5)
  expect(history.items.at(-1)?.desired).toEqual({ setpoint: 21, interval: 300 })
})

test('a device that comes later is told when it comes, once, and again after it comes anew', async () => {
  await desire({ setpoint: 19 })
  const device = await connect('termostaatti')
  await until(() => device.heard.length > 0)
  expect(device.heard.every(({ body }) => body['$version'] === 1 && body['setpoint'] === 19)).toBe(true)
  await device.end()
  const again = await connect('termostaatti')
  await until(() => again.heard.length > 0)
})

test('ranges and keys are those of the type; another version is told', async () => {
  const problems = async (desired: object) =>
    (await desire(desired)).problem().problems?.map(({ pointer, code }) => `${pointer} ${code}`)
  expect(await problems({ setpoint: 50, kirkkaus: 1, mode: 'party' })).toEqual([
    '/desired/setpoint out-of-range',
    '/desired/kirkkaus unknown-key',
    '/desired/mode out-of-range',
  ])
  await desire({ setpoint: 20 })
  expect((await desire({ setpoint: 21 }, { 'if-match': '"v0"' })).status).toBe(412)
  expect((await desire({ setpoint: 21 }, { 'if-match': '"v1"' })).status).toBe(200)
})

test('what is no object is not kept, and the server lives', async () => {
  const device = await connect('termostaatti')
  for (const text of ['', '[1]', '7', '{', JSON.stringify({ a: 'x'.repeat(20_000) })])
    await device.client.publishAsync('samtila/v1/termostaatti/reported', text, { qos: 1 })
  await device.say('reported', { setpoint: 20 })
  await until(async () => (await twin()).reported['setpoint'] === 20)
  expect(api.log.filter(({ message }) => message.includes('no object of JSON'))).toHaveLength(5)
  const stranger = await api.token('muu', ['technician'])
  expect((await api.request(stranger, 'GET', '/devices/termostaatti/twin')).status).toBe(404)
})

test('the firmware that a device reports is the one that counts: on its page, for vulnerabilities, and not where it is hidden', async () => {
  const stored = (await api.records.getObject({ organisation: null }, 'devices', 'termostaatti'))!
  const facts = { manufacturer: 'Maker', model: 'T1', firmware: { version: '1.0.0', supportUntil: '2030-01-01' } }
  await api.fill({ devices: [{ ...stored.value, ...facts, visibility: { security: 'owner' } }] })
  const security = async (token: string): Promise<DeviceSecurity> =>
    (await api.request(token, 'GET', '/devices/termostaatti/security')).json<DeviceSecurity>()
  expect(await security(owner)).toMatchObject({ firmware: facts.firmware, versionBy: 'record' })
  const device = await connect('termostaatti')
  await device.say('reported', { firmware: '2.1.0', setpoint: 20 })
  await until(async () => (await security(owner)).versionBy === 'device')
  expect((await security(owner)).firmware).toEqual({ ...facts.firmware, version: '2.1.0' })
  const agency = await api.token('virasto', ['technician'])
  expect(await security(agency)).toMatchObject({ firmware: {}, versionBy: null, hidden: true })
  const seen = await api.request(agency, 'GET', '/devices/termostaatti/twin')
  expect(seen.json<TwinShown>().reported).toEqual({ setpoint: 20 })
  const history = await api.request(agency, 'GET', '/devices/termostaatti/twin/history')
  expect(history.text).not.toContain('2.1.0')
})
