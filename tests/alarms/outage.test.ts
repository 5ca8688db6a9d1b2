// A thousand devices behind ten gateways through outages: one alarm for each cause, none lost, all cleared, also over kill -9.
import { afterEach, expect, test } from 'vitest'
import type { Bundle, Device } from '#domain/registry/bundle.ts'
import { startEngine, SYSTEM, type TestEngine } from './start-engine.ts'

const MINUTE = 60_000
const GATEWAYS = 10
const EACH = 100
const gatewayOf = (n: number): string => `yhdysk-${Math.floor(n / EACH)}`
const devices: Device[] = Array.from({ length: GATEWAYS * EACH }, (_, n) => ({
  id: `laite-${n}`,
  premises: 'talo',
  type: 'room-sensor',
  expectedInterval: n % 10 === 0 ? 'PT15M' : 'PT5M',
  points: [{ key: 'co2', unit: 'ppm', kind: 'gauge' }],
}))
const bundle: Bundle = {
  organisations: [{ id: 'virasto', name: { fi: 'Virasto' } }],
  premises: [{ id: 'talo', name: { fi: 'Talo' }, timeZone: 'Europe/Helsinki', landlord: 'virasto' }],
  devices,
}
const rules = {
  hiljaa: { condition: { kind: 'no-data' as const } },
  co2: { condition: { kind: 'threshold' as const, point: 'co2', above: '1200' } },
}

let api: TestEngine
afterEach(() => api.close())

async function open(): Promise<void> {
  api = await startEngine(bundle, { rules: {} })
  for (let gateway = 0; gateway < GATEWAYS; gateway++) {
    const id = `yhdysk-${gateway}`
    await api.records.putConnector(
      {
        id,
        name: id,
        topicFilter: `${id}/#`,
        codec: 'chirpstack',
        credential: id,
        premises: 'talo',
        deviceMap: Object.fromEntries(
          devices.slice(gateway * EACH, (gateway + 1) * EACH).map((one) => [one.id, one.id]),
        ),
        acceptUnknown: false,
      },
      SYSTEM,
    )
  }
  for (const [id, rule] of Object.entries(rules)) await api.rule(id, rule)
}

/** Minutes pass; each device sends in its own minute, unless it is silent. */
async function live(
  minutes: number,
  isSilent: (n: number) => boolean,
  value: (n: number) => number = () => 600,
): Promise<void> {
  for (let i = 0; i < minutes; i++) {
    await api.pass(MINUTE, 5_000)
    const minute = Math.round(api.clock.now / MINUTE)
    const due = devices.keys().filter((n) => (minute + n) % (n % 10 === 0 ? 15 : 5) === 0 && !isSilent(n))
    await api.hearAll([...due].map((n) => ({ device: `laite-${n}`, point: 'co2', value: value(n) })))
  }
}
const nobody = (): boolean => false
const causes = async (): Promise<string[]> =>
  (await api.standing())
    .map(({ body }) => `${body.rule} ${body.gateway ?? body.device ?? body.extent} ${body.affected.length}`)
    .toSorted()

test('the network of a premises fails, with a device that broke before and one that has its own alarm', async () => {
  await open()
  await live(20, nobody)
  expect(await causes()).toEqual([])
  const broken = (n: number): boolean => n === 123
  const bad = (n: number): number => (n === 456 ? 1500 : 600)
  await live(25, broken, bad)
  expect(await causes()).toEqual(['co2 laite-456 0', 'hiljaa laite-123 0'])

  await live(30, () => true)
  // The broken one is no member any more: it was silent before.
  expect(await causes()).toEqual(['co2 laite-456 0', 'hiljaa laite-123 0', 'hiljaa way 999'])
  await api.restart({ awayMs: 2 * MINUTE })
  await live(30, () => true)
  expect(await causes()).toEqual(['co2 laite-456 0', 'hiljaa laite-123 0', 'hiljaa way 999'])

  await live(20, broken)
  expect(await causes()).toEqual(['hiljaa laite-123 0'])
  await live(20, nobody)
  expect(await causes()).toEqual([])
  const all = await api.alarms()
  expect(all.map(({ body }) => body.extent).toSorted()).toEqual(['device', 'device', 'way'])
  expect(all.every(({ body }) => body.clearedAt !== null && body.entries.at(-1)?.kind === 'returned')).toBe(true)
  expect(api.log).toEqual([])
}, 120_000)

test('one gateway, then two of them: each is one alarm; who stays silent behind it is told afterwards', async () => {
  await open()
  await live(20, nobody)
  const behind =
    (...gateways: number[]) =>
    (n: number) =>
      gateways.some((one) => gatewayOf(n) === `yhdysk-${one}`)
  await live(30, behind(3))
  expect(await causes()).toEqual(['hiljaa yhdysk-3 100'])
  await live(30, behind(3, 7))
  expect(await causes()).toEqual(['hiljaa yhdysk-3 100', 'hiljaa yhdysk-7 100'])
  await api.restart()
  // One of those behind it did not survive.
  await live(40, (n) => n === 301)
  expect(await causes()).toEqual(['hiljaa laite-301 0'])
  await live(10, nobody)
  expect(await causes()).toEqual([])
  expect(await api.alarms()).toHaveLength(3)
}, 120_000)

test('devices that fall silent one by one are told one by one, up to a storm', async () => {
  await open()
  await live(20, nobody)
  // Every tenth behind each gateway: no way is silent.
  const some = (n: number): boolean => n % 10 === 1
  await live(40, some)
  const standing = await api.standing()
  await api.restart()
  const storm = standing.find(({ body }) => body.extent === 'storm')
  expect(standing.filter(({ body }) => body.extent === 'device').length).toBeLessThanOrEqual(60)
  const told = new Set(standing.flatMap(({ body }) => (body.device === null ? body.affected : [body.device])))
  expect(told).toEqual(
    new Set(
      devices
        .keys()
        .filter(some)
        .map((n) => `laite-${n}`),
    ),
  )
  expect(storm?.body.affected.length).toBeGreaterThan(30)
  await live(20, nobody)
  expect(await causes()).toEqual([])
}, 120_000)
