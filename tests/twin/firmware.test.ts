// Firmware over real connections: signed images only, waves that pause by themselves, ranges over HTTP, parts over MQTT, restarts.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type {
  CampaignDetail,
  CampaignPreview,
  CampaignShown,
  FirmwareImageShown,
  FirmwareKeyShown,
} from '#contract/firmware.ts'
import type { TestApi } from '#tests/api/start-api.ts'
import { openHouse, passwordOf, portOf, simulate, until } from './world.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const RAW_KEY = Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url').toString('base64')
const IMAGE = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 251))
const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const signatureOf = (bytes: Buffer, version: string, key = privateKey): string =>
  sign(null, Buffer.from(`samtila-firmware 1\n${digestOf(bytes)}\n${version}\n`), key).toString('base64')

let api: TestApi
let owner: string
const closers: (() => Promise<void>)[] = []
beforeEach(async () => {
  api = await openHouse()
  owner = await api.token('kunta', ['technician', 'admin'])
})
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
  await api.close()
})

const upload = async (bytes: Buffer): Promise<string> => {
  const answer = await api.request(owner, 'POST', '/files?name=image.bin', bytes, {
    'content-type': 'application/octet-stream',
  })
  return answer.json<{ digest: string }>().digest
}
const addKey = async (): Promise<string> => {
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const answer = await api.request(owner, 'POST', '/firmware/keys', { name: 'Maker', publicKey: pem })
  expect(answer.json<FirmwareKeyShown>().publicKey).toBe(RAW_KEY)
  return answer.json<FirmwareKeyShown>().id
}
const addImage = async (version = '2.0.0'): Promise<string> => {
  const file = await upload(IMAGE)
  const key = await addKey()
  const wanted = { version, file, signature: signatureOf(IMAGE, version), key, deviceType: 'room-sensor' }
  const answer = await api.request(owner, 'POST', '/firmware/images', wanted)
  expect(answer.status).toBe(201)
  return answer.json<FirmwareImageShown>().id
}
const sensors = Array.from({ length: 8 }, (_, index) => `anturi-${index + 1}`)
const addSensors = (): Promise<void> =>
  api.fill({
    devices: sensors.map((id) => ({
      id,
      premises: 'talo',
      type: 'room-sensor',
      ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1' } }],
    })),
  })
const wave = (size: object, more: object = {}) => ({
  size,
  successPercent: 100,
  failuresAllowed: 0,
  waitMinutes: 0,
  ...more,
})
const wanted = (image: string, waves: object[], more: object = {}) => ({
  name: { fi: 'Anturit' },
  premises: 'talo',
  image,
  filter: { type: 'room-sensor' },
  waves,
  attempts: 1,
  ...more,
})
const draft = async (body: object): Promise<string> =>
  (await api.request(owner, 'POST', '/firmware/campaigns', body)).json<CampaignShown>().id
const step = (id: string, name: string, body?: object) =>
  api.request(owner, 'POST', `/firmware/campaigns/${id}/${name}`, body)
const detail = async (id: string): Promise<CampaignDetail> =>
  (await api.request(owner, 'GET', `/firmware/campaigns/${id}`)).json<CampaignDetail>()
const stateOf = async (id: string): Promise<string> => (await detail(id)).campaign.state

test('three waves: devices that fail pause it, a person forgives or retries, and it is done', async () => {
  await addSensors()
  const image = await addImage()
  const sims = await Promise.all(
    sensors.map((id, index) =>
      simulate(api, id, 'room-sensor', {
        via: index % 2 === 0 ? 'http' : 'mqtt',
        trustedKey: RAW_KEY,
        mishap: (_version, attempt) =>
          id === 'anturi-3' && attempt === 1 ? 'damaged' : id === 'anturi-4' ? 'rolled-back' : null,
      }),
    ),
  )
  closers.push(...sims.map(({ close }) => close))
  await until(() => sims.every(({ link }) => link.connected))
  const id = await draft(wanted(image, [wave({ count: 2 }), wave({ percent: 25 }), wave({ percent: 100 })]))
  expect((await step(id, 'start')).json<CampaignShown>().state).toBe('running')
  await until(async () => (await stateOf(id)) === 'paused', 15_000)
  const paused = await detail(id)
  expect(paused.campaign).toMatchObject({ pausedBecause: 'failures', wave: 1 })
  expect(paused.campaign.waves.map(({ devices, counts }) => [devices, counts.installed])).toEqual([
    [2, 2],
    [2, 0],
    [4, 0],
  ])
  // The other one of the wave ends too, though the campaign is paused.
  await until(async () => (await detail(id)).campaign.waves[1]?.counts.rolledBack === 1)
  const failed = (await detail(id)).updates.slice(2, 4).map(({ state, error }) => [state, error])
  expect(failed).toEqual([
    ['failed', 'the digest does not fit'],
    ['rolled-back', 'did not start with it'],
  ])
  // The damaged one tries again and succeeds; the one that went back is forgiven.
  expect((await step(id, 'retry', { devices: ['anturi-3'] })).json()).toEqual({ retried: 1 })
  await step(id, 'resume')
  await until(async () => (await stateOf(id)) === 'done', 15_000)
  const done = await detail(id)
  expect(done.campaign.counts).toMatchObject({ installed: 7, rolledBack: 1, failed: 0 })
  expect(sims.filter(({ twin }) => twin.reported()['firmware'] === '2.0.0')).toHaveLength(7)
  expect(new Set(done.updates.map(({ via }) => via))).toEqual(new Set(['http', 'mqtt']))
  expect(done.updates.every(({ steps }) => steps.length >= 3)).toBe(true)
}, 40_000)

test('pause offers no more, abort calls off; one campaign a device', async () => {
  await addSensors()
  const image = await addImage()
  const id = await draft(wanted(image, [wave({ percent: 100 })]))
  await step(id, 'start')
  const other = await draft(wanted(image, [wave({ percent: 100 })]))
  expect((await step(other, 'start')).problem().detail).toContain('Another campaign is under way for: anturi-1')
  expect((await step(id, 'pause')).json<CampaignShown>()).toMatchObject({ state: 'paused', pausedBecause: 'person' })
  const sim = await simulate(api, 'anturi-1', 'room-sensor')
  closers.push(sim.close)
  await until(() => sim.link.connected)
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(sim.twin.reported()['firmware']).toBe('1.0.0')
  await step(id, 'resume')
  await until(async () => (await detail(id)).campaign.counts.installed === 1)
  await step(id, 'abort')
  expect((await detail(id)).campaign).toMatchObject({
    state: 'aborted',
    counts: { installed: 1, aborted: 7, waiting: 0 },
  })
  expect((await step(id, 'resume')).status).toBe(409)
  expect((await step(other, 'start')).status).toBe(200)
})

test('a range, from an offset, the end, none, too far, another image: RFC 9110', async () => {
  await addSensors()
  const image = await addImage()
  const password = await passwordOf(api, 'anturi-1')
  const url = `http://127.0.0.1:${portOf(api)}/api/v1/firmware/images/${image}/content`
  const basic = (device: string, secret: string) => ({
    authorization: `Basic ${Buffer.from(`${device}:${secret}`).toString('base64')}`,
  })
  const get = (headers: Record<string, string> = {}) =>
    fetch(url, { headers: { ...basic('anturi-1', password), ...headers } })
  // Nothing was offered yet.
  expect((await get()).status).toBe(404)
  const id = await draft(wanted(image, [wave({ count: 1 }), wave({ percent: 100 })]))
  await step(id, 'start')
  const whole = await get()
  const etag = whole.headers.get('etag') ?? ''
  expect([whole.status, whole.headers.get('accept-ranges'), etag]).toEqual([200, 'bytes', `"${digestOf(IMAGE)}"`])
  expect(Buffer.from(await whole.arrayBuffer()).equals(IMAGE)).toBe(true)
  for (const [range, contentRange, from, to] of [
    ['bytes=0-99', 'bytes 0-99/300000', 0, 100],
    ['bytes=299990-', 'bytes 299990-299999/300000', 299_990, 300_000],
    ['bytes=-5', 'bytes 299995-299999/300000', 299_995, 300_000],
    ['bytes=299999-400000', 'bytes 299999-299999/300000', 299_999, 300_000],
  ] as const) {
    const part = await get({ range })
    expect([range, part.status, part.headers.get('content-range')]).toEqual([range, 206, contentRange])
    expect(Buffer.from(await part.arrayBuffer()).equals(IMAGE.subarray(from, to))).toBe(true)
  }
  const beyond = await get({ range: 'bytes=300000-' })
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */300000'])
  expect(((await beyond.json()) as { code: string }).code).toBe('range-not-satisfiable')
  for (const range of ['bytes=5-2', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=-'])
    expect([range, (await get({ range })).status]).toEqual([range, 200])
  expect((await get({ range: 'bytes=0-9', 'if-range': etag })).status).toBe(206)
  expect((await get({ range: 'bytes=0-9', 'if-range': '"another"' })).status).toBe(200)
  expect((await get({ 'if-none-match': etag })).status).toBe(304)
  expect((await fetch(url, { headers: basic('anturi-1', 'wrong') })).status).toBe(401)
  expect((await fetch(url)).status).toBe(401)
  // A device of the second wave has nothing to fetch yet.
  expect((await fetch(url, { headers: basic('anturi-2', await passwordOf(api, 'anturi-2')) })).status).toBe(404)
  expect((await detail(id)).updates[0]).toMatchObject({ state: 'downloading', via: 'http', receivedBytes: 300_000 })
})

test('unsigned, wrongly signed, damaged and unknown images are refused with their place', async () => {
  const key = await addKey()
  const file = await upload(IMAGE)
  const good = { version: '2.0.0', file, signature: signatureOf(IMAGE, '2.0.0'), key }
  const refused = async (more: object): Promise<string> => {
    const answer = await api.request(owner, 'POST', '/firmware/images', { ...good, ...more })
    const [first] = answer.problem().problems ?? []
    return `${answer.status} ${first?.pointer} ${first?.code}`
  }
  expect(await refused({ signature: undefined })).toContain('400')
  const stranger = generateKeyPairSync('ed25519').privateKey
  expect(await refused({ signature: signatureOf(IMAGE, '2.0.0', stranger) })).toBe('400 /signature wrong-signature')
  expect(await refused({ signature: Buffer.alloc(64).toString('base64') })).toBe('400 /signature wrong-signature')
  // The same bytes passed off as another version.
  expect(await refused({ version: '3.0.0' })).toBe('400 /signature wrong-signature')
  expect(await refused({ digest: `sha256:${'0'.repeat(64)}` })).toBe('400 /digest wrong-digest')
  expect(await refused({ file: `sha256:${'0'.repeat(64)}` })).toBe('400 /file unknown-id')
  expect(await refused({ key: 'key-nobody' })).toBe('400 /key unknown-id')
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString()
  const noKey = await api.request(owner, 'POST', '/firmware/keys', { name: 'x', publicKey: rsa })
  expect(noKey.problem().problems?.[0]?.code).toBe('no-key')
  // A key that is trusted no more: what it signed is not brought out.
  await addSensors()
  const image = (await api.request(owner, 'POST', '/firmware/images', good)).json<FirmwareImageShown>().id
  const id = await draft(wanted(image, [wave({ percent: 100 })]))
  await api.request(owner, 'DELETE', `/firmware/keys/${key}`)
  expect((await step(id, 'start')).problem().detail).toBe('The key that signed the image is withdrawn.')
})

test('who may: the matrix says who renews firmware; others are left out and told why; another body sees nothing', async () => {
  await addSensors()
  const image = await addImage()
  const agency = await api.token('virasto', ['technician', 'admin'])
  const body = wanted(image, [wave({ percent: 100 })])
  const preview = async (token: string) =>
    (await api.request(token, 'POST', '/firmware/campaigns/preview', body)).json<CampaignPreview>()
  expect((await preview(owner)).targets).toHaveLength(8)
  // The image is the municipality's own.
  expect((await api.request(agency, 'POST', '/firmware/campaigns/preview', body)).status).toBe(404)
  const id = await draft(body)
  expect((await api.request(agency, 'GET', `/firmware/campaigns/${id}`)).status).toBe(404)
  expect((await api.request(agency, 'POST', `/firmware/campaigns/${id}/start`)).status).toBe(404)
  expect(
    (await api.request(await api.token('kunta', ['viewer']), 'POST', `/firmware/campaigns/${id}/start`)).status,
  ).toBe(403)
  const valot = { ...body, filter: { type: 'electricity-meter' } }
  const other = (await api.request(owner, 'POST', '/firmware/campaigns/preview', valot)).json<CampaignPreview>()
  expect(other).toEqual({
    targets: [],
    leftOut: [{ device: 'mittari', deviceName: null, code: 'other-type', reason: 'The image is for room-sensor.' }],
  })
})

test('a connection that breaks within a download goes on where it was', async () => {
  await addSensors()
  const image = await addImage()
  const id = await draft(wanted(image, [wave({ percent: 100 })], { filter: { devices: ['anturi-2'] } }))
  await step(id, 'start')
  const sim = await simulate(api, 'anturi-2', 'room-sensor', { via: 'mqtt' })
  closers.push(sim.close)
  await until(async () => ((await detail(id)).updates[0]?.receivedBytes ?? 0) > 0)
  sim.link.cut(100)
  await until(async () => (await stateOf(id)) === 'done', 15_000)
  expect((await detail(id)).updates[0]).toMatchObject({ state: 'installed', version: '2.0.0', receivedBytes: 300_000 })
}, 20_000)
