// The steering of the demonstration: scenes and schedules of the town and of the house's care, a command, and new firmware on its way to the room sensors.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { createApiClient, type ApiClient } from '#sim/api-client.ts'
import { randomStream } from '#sim/random.ts'
import { DEMO_PREMISES, DEMO_SEED } from './demo-bundle.ts'
import { names } from './make-spaces.ts'

const TOWN = { organisation: 'kuusamo', name: 'Aino Niskala', roles: ['manager', 'technician'] }
const CARE = { organisation: 'talohuolto', name: 'Jari Leskelä', roles: ['technician'] }
const VERSION = '1.1.0'
const IMAGE_BYTES = 98_304
/** Kuusamo, for the sun. */
const PLACE = { latitude: 65.966, longitude: 29.189 }
const OFFICE_HOURS = [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '16:15' }]

/** Once, when the devices listen. Each step is taken by whoever would take it. */
export async function makeSteering(api: ApiClient, httpUrl: string, token: string): Promise<void> {
  const tokens: string[] = []
  const as = async (who: typeof TOWN): Promise<ApiClient> => {
    const made = await api.request<{ id: string; token: string }>('POST', '/tokens', who)
    tokens.push(made.id)
    return createApiClient(httpUrl, made.token)
  }
  try {
    const [town, care] = [await as(TOWN), await as(CARE)]
    await town.request('PUT', `/premises/${DEMO_PREMISES}/place`, PLACE)
    await screens(town)
    await ventilation(care)
    await care.request('POST', '/devices/ahu-2/commands', { name: 'setpoint', params: { celsius: 19 } })
    await renewSensors(care, await addImage(api, httpUrl, token))
  } finally {
    for (const id of tokens) await api.request('DELETE', `/tokens/${id}`)
  }
}

type Step = { of: { type: string }; command: string; params: object } | { of: { type: string }; desired: object }
const scene = (by: ApiClient, name: object, steps: Step[]): Promise<{ id: string }> =>
  by.request('POST', '/scenes', { premises: DEMO_PREMISES, name, steps })
type Trigger = { time: { at: string; minutes?: number; time?: string }; on: string; scene: string }
const schedule = (by: ApiClient, name: object, triggers: Trigger[]): Promise<unknown> =>
  by.request('POST', '/schedules', {
    premises: DEMO_PREMISES,
    name,
    on: true,
    hours: OFFICE_HOURS,
    closedOnHolidays: true,
    closedOnEves: true,
    exceptions: [],
    triggers: triggers.map((one, index) => ({ id: `run-${index + 1}`, ...one })),
  })

/** The info screens, which the agreement lets the town steer. */
async function screens(town: ApiClient): Promise<void> {
  const of = { type: 'info-screen' }
  const on = await scene(town, names('Näytöt päälle', 'Skärmarna på', 'Screens on'), [
    { of, command: 'switch', params: { on: true } },
    { of, desired: { brightness: 80 } },
  ])
  const off = await scene(town, names('Näytöt pois', 'Skärmarna av', 'Screens off'), [
    { of, command: 'switch', params: { on: false } },
  ])
  await schedule(town, names('Aulan näytöt', 'Skärmarna i aulan', 'Lobby screens'), [
    { time: { at: 'opening', minutes: -15 }, on: 'open', scene: on.id },
    { time: { at: 'closing', minutes: 15 }, on: 'open', scene: off.id },
  ])
  await town.request('POST', `/scenes/${on.id}/run`)
}

/** The ventilation, which the agreement gives to the house's care. */
async function ventilation(care: ApiClient): Promise<void> {
  const of = { type: 'ventilation-unit' }
  const day = await scene(care, names('Ilmanvaihto päivälle', 'Ventilation dag', 'Ventilation by day'), [
    { of, desired: { mode: 'day', setpoint: 20 } },
  ])
  const night = await scene(care, names('Ilmanvaihto yölle', 'Ventilation natt', 'Ventilation by night'), [
    { of, desired: { mode: 'night', setpoint: 18 } },
  ])
  await schedule(care, names('Ilmanvaihto', 'Ventilation', 'Ventilation'), [
    { time: { at: 'clock', time: '06:00' }, on: 'open', scene: day.id },
    { time: { at: 'closing', minutes: 60 }, on: 'open', scene: night.id },
  ])
  await care.request('POST', `/scenes/${day.id}/run`)
}

/** An image as the maker of the sensors signs it; the maker keeps its private key to itself. */
async function addImage(api: ApiClient, httpUrl: string, token: string): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = await api.request<{ id: string }>('POST', '/firmware/keys', {
    name: 'Aistin Oy (esimerkki)',
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }),
  })
  const random = randomStream(DEMO_SEED)
  const bytes = Buffer.from(Array.from({ length: IMAGE_BYTES }, () => Math.floor(random() * 256)))
  const sent = await fetch(new URL('/api/v1/files?name=aistin-r4-1.1.0.bin', httpUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: bytes,
  })
  if (!sent.ok) throw new Error(`the firmware is not taken: ${sent.status}`)
  const file = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  const signature = sign(null, Buffer.from(`samtila-firmware 1\n${file}\n${VERSION}\n`), privateKey).toString('base64')
  const image = await api.request<{ id: string }>('POST', '/firmware/images', {
    version: VERSION,
    file,
    signature,
    key: key.id,
    deviceType: 'room-sensor',
  })
  return image.id
}

async function renewSensors(care: ApiClient, image: string): Promise<void> {
  const wave = (size: object, failuresAllowed: number) => ({
    size,
    successPercent: 90,
    failuresAllowed,
    waitMinutes: 2,
  })
  const { id } = await care.request<{ id: string }>('POST', '/firmware/campaigns', {
    premises: DEMO_PREMISES,
    name: names(
      'Huoneantureiden tietoturvapäivitys',
      'Rumsgivarnas säkerhetsuppdatering',
      'Security update of the room sensors',
    ),
    image,
    filter: { type: 'room-sensor' },
    waves: [wave({ count: 2 }, 0), wave({ percent: 30 }, 1), wave({ percent: 100 }, 3)],
  })
  await care.request('POST', `/firmware/campaigns/${id}/start`)
}
