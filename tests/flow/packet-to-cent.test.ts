// The main line in one test: simulated devices speak real MQTT to the real program; its settlement is compared, to the cent,
// with what the simulator knows was really consumed. The arithmetic of the expectation is the test's own.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Bundle, Device } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { backfill, type Batch } from '#sim/backfill.ts'
import { createFleet, type Fleet } from '#sim/fleet.ts'
import { publishBatches } from '#sim/live/publish-batches.ts'
import { call, makeFolder, removeFolder, startProgram, type Program } from '#tests/process/program.ts'

const meter = (id: string, brick: string): Device => ({
  id,
  premises: 'talo',
  type: 'electricity-meter',
  brick,
  simulated: true,
  points: [{ key: 'energy', kind: 'counter', unit: 'kWh' }],
})

const PARTIES = ['kunta', 'virasto', 'kela']
const SUB_METERS: Record<string, string> = { virasto: 'ala-virasto', kela: 'ala-kela' }
const AREAS: Record<string, number> = { kunta: 300, virasto: 150, kela: 50 }
const MONTH = '2026-03' // with a day of 23 hours
const FROM = Date.parse('2026-03-01T00:00:00+02:00')
const TO = Date.parse('2026-04-01T00:00:00+03:00')
const PRICE_TENTHS_OF_MILLI = 1125n // 0.1125 €/kWh = 1125 / 10,000
const BASE_CENTS = 4550n

const bundle: Bundle = {
  organisations: PARTIES.map((id) => ({ id, name: { fi: id } })),
  premises: [
    {
      id: 'talo',
      name: { fi: 'Talo' },
      timeZone: 'Europe/Helsinki',
      landlord: 'kunta',
      demonstration: true,
      spaces: PARTIES.map((party) => ({
        id: `tila-${party}`,
        use: 'exclusive',
        type: 'office',
        areaM2: String(AREAS[party]),
      })),
      tenancies: PARTIES.map((party) => ({
        space: `tila-${party}`,
        organisation: party,
        from: '2026-01-01',
        to: null,
      })),
      headcounts: PARTIES.map((party, index) => ({
        organisation: party,
        people: 5 + index * 3,
        from: '2026-01-01',
        to: null,
      })),
    },
  ],
  devices: [
    meter('paamittari', 'Building_Electrical_Meter'),
    ...Object.values(SUB_METERS).map((id) => meter(id, 'Electrical_Meter')),
  ],
  tariffs: [
    {
      id: 'sahko',
      unit: 'kWh',
      versions: [
        {
          from: '2026-01-01',
          to: null,
          vat: { category: 'S', rate: '25.5' },
          components: [
            { id: 'energy', kind: 'energy', price: '0.1125' },
            { id: 'base', kind: 'fixed', amount: '45.50' },
          ],
        },
      ],
    },
  ],
  agreements: [
    {
      id: 'sopimus',
      premises: 'talo',
      parties: PARTIES,
      versions: [
        {
          version: 1,
          from: '2026-01-01',
          to: null,
          rules: [
            {
              category: 'electricity',
              method: {
                by: 'metered',
                meters: Object.fromEntries(
                  Object.entries(SUB_METERS).map(([party, device]) => [party, [{ device, point: 'energy' }]]),
                ),
                remainder: { by: 'area' },
              },
            },
          ],
          approvals: PARTIES.map((organisation) => ({ organisation, decision: '§ 1', at: '2025-12-01T10:00:00Z' })),
        },
      ],
    },
  ],
  meteredCosts: [
    {
      id: 'sahko',
      premises: 'talo',
      category: 'electricity',
      meter: { device: 'paamittari', point: 'energy' },
      tariff: 'sahko',
      payer: 'kunta',
      from: '2026-01-01',
      to: null,
    },
  ],
}

/** Rounds a fraction half away from zero. */
const round = (numerator: bigint, denominator: bigint): bigint => (2n * numerator + denominator) / (2n * denominator)

/** Divides cents by whole weights with the largest remainder; ties to the first. */
function divide(cents: bigint, weights: bigint[]): bigint[] {
  const sum = weights.reduce((total, weight) => total + weight, 0n)
  const parts = weights.map((weight) => (cents * weight) / sum)
  const order = weights
    .map((weight, index) => ({ index, rest: (cents * weight) % sum }))
    .toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  const left = Number(cents - parts.reduce((total, part) => total + part, 0n))
  for (const { index } of order.slice(0, left)) parts[index] = (parts[index] ?? 0n) + 1n
  return parts
}

const euros = (cents: bigint): string => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`

/** What each party must bear, from the truth in watt-hours alone. */
function expectedShares(fleet: Fleet): { net: bigint; shares: Record<string, string> } {
  const used = (device: string): bigint => BigInt(fleet.truth(device, 'energy', FROM, TO))
  const main = used('paamittari')
  const net = round(main * PRICE_TENTHS_OF_MILLI * 100n + BASE_CENTS * 10_000_000n, 10_000_000n)
  const subs = Object.values(SUB_METERS).map(used)
  const rest = main - subs.reduce((total, sub) => total + sub, 0n)
  const [virasto = 0n, kela = 0n, remainder = 0n] = divide(net, [...subs, rest])
  const byArea = divide(
    remainder,
    PARTIES.map((party) => BigInt(AREAS[party] ?? 0)),
  )
  const own: Record<string, bigint> = { virasto, kela }
  return {
    net,
    shares: Object.fromEntries(
      PARTIES.map((party, index) => [party, euros((byArea[index] ?? 0n) + (own[party] ?? 0n))]),
    ),
  }
}

/** Delivery as it happens: batches of a device the wrong way round, and every third one twice. */
async function* untidy(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
  const all = await Array.fromAsync(batches)
  for (const [device, own] of Map.groupBy(all, (batch) => batch.device)) {
    for (const [index, batch] of own.toReversed().entries()) {
      yield { device, readings: batch.readings.toReversed() }
      if (index % 3 === 0) yield batch
    }
  }
}

let folder = ''
let program: Program
beforeAll(async () => {
  folder = makeFolder()
  program = await startProgram(folder)
})
afterAll(async () => {
  await program.end('SIGTERM')
  removeFolder(folder)
})

test('a month of three meters over MQTT settles to the cent of what was really consumed', async () => {
  const fleet = createFleet(bundle, { seed: 7 })
  const imported = await call(program, 'POST', '/import', bundle)
  expect(imported).toMatchObject({ status: 200 })
  const credentials = (
    await call(program, 'POST', '/credentials', { devices: bundle.devices?.map((device) => device.id) })
  ).body as { device: string; username: string; password: string }[]
  const sent = await publishBatches(untidy(backfill(fleet, FROM, TO)), {
    url: program.mqttUrl,
    credentials: new Map(credentials.map((one) => [one.device, one])),
  })
  expect(sent.readings).toBeGreaterThan(3 * 2972)

  const answer = await call(program, 'GET', `/premises/talo/settlements/${MONTH}`)
  expect(answer.status).toBe(200)
  const settlement = answer.body as Settlement
  const { net, shares } = expectedShares(fleet)
  expect(net).toBeGreaterThan(10_000n)
  const item = settlement.items.find((one) => one.id === 'metered:sahko')
  expect(item).toMatchObject({ net: euros(net), blocked: null, estimated: '0' })
  expect(Object.fromEntries(item?.shares.map((share) => [share.party, share.net]) ?? [])).toEqual(shares)
  expect(settlement.transfers.map((one) => [one.from, one.to, one.net])).toEqual([
    ['kela', 'kunta', shares['kela']],
    ['virasto', 'kunta', shares['virasto']],
  ])
})

test('what was sent twice or late is there once', async () => {
  for (const device of bundle.devices ?? []) {
    const query = new URLSearchParams({
      point: `${device.id}/energy`,
      from: new Date(FROM).toISOString(),
      to: new Date(TO + 1).toISOString(),
      format: 'ndjson',
    })
    const lines = String((await call(program, 'GET', `/readings?${query.toString()}`)).body)
      .trim()
      .split('\n')
    expect(lines.length).toBe((TO - FROM) / 900_000 + 1)
    expect(new Set(lines.map((line) => (JSON.parse(line) as { at: string }).at)).size).toBe(lines.length)
  }
  const metrics = await (await fetch(`${program.httpUrl}/metrics`)).text()
  expect(Number(/^samtila_readings_duplicate_total (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(1000)
})
