// The replay's reading and planning: a small folder of our own, and the real data where it is there.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { checkBundle } from '#domain/registry/check-bundle.ts'
import { NO_FACTS } from '#domain/registry/facts.ts'
import { convertSeries } from '#sim/replay/metrics.ts'
import { parseReplayOptions } from '#sim/replay/options.ts'
import { bytesOf } from '#sim/replay/payloads.ts'
import { idOf, makePlan, type Plan } from '#sim/replay/plan.ts'
import { atFullSpeed, atSpeed } from '#sim/replay/publish.ts'
import { parseCsvLine, readBuildings, readSeries, type Series, timeZoneOf } from '#sim/replay/read-series.ts'
import { formatTable } from '#sim/replay/settle.ts'
import { World } from '#tests/cases/world.ts'
import { notRun } from '#tests/not-run.ts'

const DATA = '../shared/data'
const HEADER = 'ts_utc,building_id,device_id,metric,value,unit,quality'
const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))
function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-replay-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}
const series = (metric: string, unit: string, rows: [string, string][]): Series => ({
  building: 'X-1',
  device: 'X-1/m',
  metric,
  unit,
  rows: rows.map(([at, value]) => [Date.parse(at), value]),
  missing: 0,
})
/** A world with the plan's facts and readings, as the platform would have them after the replay. */
function worldOf(plan: Plan): World {
  const world = new World()
  world.import(plan.bundle)
  for (const [device, list] of plan.readings) {
    for (const [point, rows] of Map.groupBy(list, (each) => each.point)) {
      const values = rows.flatMap(({ at, value }): [string, number][] =>
        typeof value === 'number' ? [[new Date(at).toISOString(), value]] : [],
      )
      world.import({ readings: [{ device, point, values }] })
    }
  }
  return world
}

describe('a small folder', () => {
  const hours = Array.from({ length: 31 * 24 }, (_, i) =>
    new Date(Date.parse('2025-02-28T22:00:00Z') + i * 3_600_000).toISOString().replace('.000Z', 'Z'),
  )
  const files = {
    // March 2025 in Finland has 743 hours; the last row belongs to April.
    'ts_meter.csv': [HEADER, ...hours.map((at) => `${at},FI-x,FI-x/import,electricity_kwh,2.5,kWh,ok`)].join('\n'),
    'ts_spot.csv': [HEADER, ...hours.map((at) => `${at},FI,nordpool-fi,spot_price_60min,40,EUR/MWh,ok`)].join('\r\n'),
    'buildings.csv':
      'building_id,dataset,use,sub_use,sqm,sqft,timezone_used\nFI-x,own,Office,"shared office, Kuusamo",200,2153,UTC in source\n',
  }

  it('settles a month over the clock change with the exchange price, to the cent', async () => {
    const folder = folderWith(files)
    const plan = makePlan(readBuildings(folder), await readSeries(folder))
    expect(checkBundle(plan.bundle, NO_FACTS)).toEqual([])
    expect(plan.premises).toEqual([{ id: 'replay-fi-x', building: 'FI-x', months: ['2025-03', '2025-04'], notes: [] }])
    const { items, blocked } = worldOf(plan).settle('replay-fi-x', '2025-03')
    expect(blocked).toEqual([])
    // 743 h × 2.5 kWh × (0.04 + 0.0042 + 0.02253) = 123.953..; transfer: 31 days × 15 h by day, 278 h by night; 9.90 fixed.
    const kwh = 743 * 2.5
    const expected = kwh * (0.04 + 0.0042 + 0.02253) + 465 * 2.5 * 0.0312 + 278 * 2.5 * 0.0156 + 9.9
    expect(items[0]?.net).toBe(expected.toFixed(2))
    expect(items[0]?.estimated).toBe('0')
  })

  it('a missing row is a gap, not a zero', async () => {
    const folder = folderWith({
      'ts_a.csv': `${HEADER}\n2025-01-01T00:00:00Z,B,B/el,electricity_kwh,1,kWh,ok\n2025-01-01T01:00:00Z,B,B/el,electricity_kwh,,kWh,missing\n`,
    })
    const [only] = await readSeries(folder)
    expect(only?.rows).toHaveLength(1)
    expect(only?.missing).toBe(1)
  })

  it.each([
    [
      `${HEADER}\n2025-01-01T00:00:00,B,B/el,electricity_kwh,1,kWh,ok\n`,
      'ts_a.csv line 2: 2025-01-01T00:00:00 is no instant with offset',
    ],
    [`${HEADER}\n2025-01-01T00:00:00Z,B,B/el\n`, 'ts_a.csv line 2: seven columns are needed'],
    ['ts,value\n', 'ts_a.csv: the first line must be ts_utc'],
  ])('says where the form is broken', async (text, sentence) => {
    await expect(readSeries(folderWith({ 'ts_a.csv': text }))).rejects.toThrow(sentence)
  })
})

describe('kinds', () => {
  it('mean power becomes energy of the hour; labels at the end move back an hour; what produces is turned', () => {
    const rows: [string, string][] = Array.from({ length: 10 }, (_, i) => [`2011-01-01T0${i}:00:00Z`, '-4'])
    const converted = convertSeries(series('pv_kw', 'kW', rows), true)
    expect(converted.point).toEqual({ key: 'pv_kwh', unit: 'kWh', kind: 'interval', interval: 'PT1H' })
    expect(converted.readings[0]).toEqual({ point: 'pv_kwh', at: Date.parse('2010-12-31T23:00:00Z'), value: 4 })
  })
  it('net power stays a gauge', () => {
    expect(convertSeries(series('building_net_kw', 'kW', [['2011-01-01T00:00:00Z', '-2']]), true).point.kind).toBe(
      'gauge',
    )
  })
  it('five minutes are summed to whole quarters only, exactly', () => {
    const rows: [string, string][] = [
      ['2022-07-01T10:00:00Z', '0.1'],
      ['2022-07-01T10:05:00Z', '0.2'],
      ['2022-07-01T10:10:00Z', '1000'],
      ['2022-07-01T10:15:00Z', '5'],
    ]
    const { readings, note } = convertSeries(series('pv_energy_wh', 'Wh', rows), false)
    expect(readings).toEqual([{ point: 'pv_energy_kwh', at: Date.parse('2022-07-01T10:00:00Z'), value: 1.0003 }])
    expect(note).toContain('1 incomplete ones left out')
  })
  it('an irregular series of energy is shown, not settled', () => {
    const rows: [string, string][] = [
      ['2022-07-01T10:00:00Z', '1'],
      ['2022-07-01T10:10:00Z', '1'],
      ['2022-07-01T12:00:00Z', '1'],
    ]
    expect(convertSeries(series('electricity_kwh', 'kWh', rows), false).point.kind).toBe('gauge')
  })
  it('counters, states, quarters', () => {
    expect(convertSeries(series('water_total_l', 'l', [['2022-07-01T10:00:01Z', '5']]), false).point).toEqual({
      key: 'water_total_l',
      unit: 'l',
      kind: 'counter',
    })
    expect(convertSeries(series('occupied', 'bool', [['2022-07-01T10:00:01Z', '1']]), false).readings[0]?.value).toBe(
      true,
    )
    const quarters: [string, string][] = Array.from({ length: 40 }, (_, i) => [
      new Date(Date.parse('2025-01-01T00:00:00Z') + i * 900_000).toISOString(),
      '1',
    ])
    expect(convertSeries(series('electricity_kwh', 'kWh', quarters), false).point.interval).toBe('PT15M')
  })
})

describe('small parts', () => {
  it('ids, cells, zones, bytes', () => {
    expect(idOf('Bear_education_Alvaro/el')).toBe('bear-education-alvaro-el')
    expect(idOf('Congélateur')).toBe('congelateur')
    expect(idOf('///')).toBe('x')
    expect(parseCsvLine('a,"b ""c"", d",e')).toEqual(['a', 'b "c", d', 'e'])
    expect(timeZoneOf('NREL-RSF', 'UTC-07:00 fixed')).toBe('Etc/GMT+7')
    expect(timeZoneOf('FI-pv-1', '+03:00 in source')).toBe('Europe/Helsinki')
    expect(timeZoneOf('Bear_x', 'America/Los_Angeles')).toBe('America/Los_Angeles')
    expect(bytesOf({ payload: '0a FF', encoding: 'hex' })).toEqual(Buffer.from([10, 255]))
    expect(bytesOf({ payload: 'aGk=', encoding: 'senml+cbor;base64' }).toString()).toBe('hi')
    expect(bytesOf({ payload: '{"a":1}', encoding: 'json' }).toString()).toBe('{"a":1}')
  })

  it('options: the server of the data folder, or a sentence', () => {
    const folder = folderWith({
      'local-access.json': JSON.stringify({ url: 'http://127.0.0.1:1', token: 't', pid: 1 }),
    })
    expect(parseReplayOptions([folder], { SAMTILA_DATA: folder })).toEqual({
      folder,
      speed: 'max',
      mqttUrl: 'mqtt://127.0.0.1:1883',
      apiUrl: 'http://127.0.0.1:1',
      token: 't',
      settle: true,
    })
    expect(() => parseReplayOptions([folder], { SAMTILA_DATA: join(folder, 'none') })).toThrow(/No server runs on/)
    // A token is for its own server: another address does not get it.
    expect(() => parseReplayOptions([folder, '--api', 'http://127.0.0.1:2'], { SAMTILA_DATA: folder })).toThrow(
      /--token/,
    )
    expect(() => parseReplayOptions([], {})).toThrow('Give one folder')
    expect(() => parseReplayOptions([folder, '--speed', '0'], {})).toThrow('--speed 0')
    expect(() => parseReplayOptions(['/nowhere'], {})).toThrow('/nowhere is no folder.')
  })

  it('the table has a line for each month', () => {
    const table = formatTable([
      {
        premises: 'p',
        month: '2025-03',
        status: 'draft',
        net: '12.30',
        estimated: '0',
        blocked: ['no-price'],
        shares: ['1.00', '11.30'],
      },
    ])
    expect(table.split('\n')).toEqual([
      'premises  month    status  net EUR  estimated  blocked   owner | agency | town',
      'p         2025-03  draft     12.30          0  no-price  1.00 | 11.30',
    ])
  })

  it('at a speed: devices run side by side from their own first reading, in order, and nothing is left out', async () => {
    const list = (from: number): { point: string; at: number; value: number }[] =>
      Array.from({ length: 50 }, (_, i) => ({ point: 'p', at: from + i * 60_000, value: i }))
    const readings = new Map([
      ['a', list(0)],
      ['b', list(1e12)],
    ])
    const began = performance.now()
    const got = new Map<string, number[]>()
    // 49 minutes at 3,000 times are about a second.
    for await (const batch of atSpeed(readings, 3000))
      got.set(batch.device, [...(got.get(batch.device) ?? []), ...batch.readings.map((each) => Number(each.value))])
    expect(performance.now() - began).toBeGreaterThan(800)
    expect(got.get('a')).toEqual(Array.from({ length: 50 }, (_, i) => i))
    expect(got.get('b')).toEqual(got.get('a'))
    let count = 0
    for await (const batch of atFullSpeed(readings)) count += batch.readings.length
    expect(count).toBe(100)
  })
})

describe('the real series', () => {
  it('make a whole bundle, and their months settle as the data allow', async (context) => {
    if (!existsSync(DATA)) notRun(context, 'real series', `put them into ${DATA}`, true)
    const plan = makePlan(readBuildings(DATA), await readSeries(DATA))
    expect(checkBundle(plan.bundle, NO_FACTS)).toEqual([])
    expect([...plan.readings.values()].reduce((sum, list) => sum + list.length, 0)).toBeGreaterThan(100_000)
    const world = worldOf(plan)
    const net = (premises: string, month: string): string | null | undefined =>
      world.settle(premises, month).items[0]?.net
    const codes = (premises: string, month: string): string[] =>
      world.settle(premises, month).blocked.map((each) => each.code)
    // Four months of quarters at the real exchange price, March with its missing hour: nothing is blocked.
    for (const month of ['2025-01', '2025-02', '2025-03', '2025-04'])
      expect(codes('replay-fi-house-a', month)).toEqual([])
    expect(Number(net('replay-fi-house-a', '2025-03'))).toBeGreaterThan(50)
    // The office's sub-meters stay below its total, the rest goes by area.
    for (const month of ['2011-01', '2011-02', '2011-03', '2011-04'])
      expect(codes('replay-nrel-rsf', month)).toEqual([])
    for (const month of ['2018-02', '2018-03', '2018-04', '2018-05', '2018-06'])
      expect(codes('replay-dk-660', month)).toEqual([])
    // Faults that the water meters really had block, and only their months.
    expect(codes('replay-es-1de2cf65', '2016-09')).toEqual(['counter-went-back'])
    expect(codes('replay-es-1de2cf65', '2016-10')).toEqual([])
    expect(codes('replay-es-12913a45', '2016-03')).toEqual(['counter-went-back'])
    expect(codes('replay-cockatoo-office-ada', '2017-01')).toEqual(['too-much-estimated'])
  })
})
