// npm run replay as a process against the whole program: series over MQTT into its store, months settled by its API.
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { call, makeFolder, type Program, removeFolder, startProgram } from '#tests/process/program.ts'

let folder = ''
let program: Program
beforeAll(async () => {
  folder = makeFolder()
  program = await startProgram(join(folder, 'data'), { SAMTILA_RETENTION_DAYS: '0' })
})
afterAll(async () => {
  await program.end('SIGTERM')
  removeFolder(folder)
})

const replay = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const environment = { ...process.env, SAMTILA_DATA: join(folder, 'data') }
    execFile(process.execPath, ['devices-sim/replay/main.ts', ...args], { env: environment }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })

const HEADER = 'ts_utc,building_id,device_id,metric,value,unit,quality'
const hour = (i: number): string => new Date(Date.parse('2025-01-31T22:00:00Z') + i * 3_600_000).toISOString()
/** A counter that went back on 20 March, a whole February of hours at the exchange price, and payloads of three families. */
function writeSeries(): string {
  const data = join(folder, 'series')
  mkdirSync(data)
  const hours = Array.from({ length: 28 * 24 }, (_, i) => i)
  writeFileSync(
    join(data, 'ts_el.csv'),
    [HEADER, ...hours.map((i) => `${hour(i)},FI-x,FI-x/import,electricity_kwh,2,kWh,ok`)].join('\n'),
  )
  writeFileSync(
    join(data, 'ts_spot.csv'),
    [HEADER, ...hours.map((i) => `${hour(i)},FI,np,spot_price_60min,50,EUR/MWh,ok`)].join('\n'),
  )
  const litres = Array.from(
    { length: 59 },
    (_, day) => `${hour(day * 24)},FI-x,FI-x/water,water_total_l,${day === 47 ? 10 : 1000 + day * 100},l,ok`,
  )
  writeFileSync(join(data, 'ts_water.csv'), [HEADER, ...litres].join('\n'))
  writeFileSync(
    join(data, 'buildings.csv'),
    'building_id,dataset,use,sub_use,sqm,timezone_used\nFI-x,own,Office,,100,UTC in source\n',
  )
  const payloads = [
    {
      id: 'z-1',
      family: 'zigbee2mqtt',
      topic: 'zigbee2mqtt/Kitchen plug',
      payload: '{"power":63,"energy":433.37,"linquality":1}',
      encoding: 'json',
    },
    {
      id: 's-1',
      family: 'senml',
      topic: null,
      payload: '[{"bn":"urn:dev:ow:10e2073a01080063:","n":"voltage","u":"V","v":120.1}]',
      encoding: 'senml+json',
    },
    { id: 'd-1', family: 'dlms', topic: null, payload: '00', encoding: 'hex' },
  ]
  writeFileSync(join(data, 'payloads.jsonl'), payloads.map((each) => JSON.stringify(each)).join('\n'))
  return data
}

it('publishes, settles, and twice changes nothing', async () => {
  const data = writeSeries()
  const first = await replay(data, '--url', program.mqttUrl)
  expect(first.err).toBe('')
  expect(first.code).toBe(0)
  // 672 h × 2 kWh × (0.05 + 0.0042 + 0.02253) + 28 × (15 × 0.0312 + 9 × 0.0156) × 2 + 9.90 = 147.09; water: 28 × 0.1 m³.
  const february = first.out.split('\n').find((line) => /replay-fi-x +2025-02 /.test(line))
  const electricity = 1344 * 0.07673 + 56 * (15 * 0.0312 + 9 * 0.0156) + 9.9
  const water = 2.8 * (1.9 + 2.8) + 6
  expect(february).toMatch(new RegExp(`draft +${(electricity + water).toFixed(2)} +0 +–`))
  expect(first.out).toMatch(/replay-fi-x +2025-03 +draft +– +\S+ +.*counter-went-back/)
  expect(first.out).toContain('2 payloads published by a gateway for 1 devices')
  expect(first.out).toContain('not published: dlms 1.')

  const settlement = await call(program, 'GET', '/premises/replay-fi-x/settlements/2025-02')
  expect(settlement.status).toBe(200)
  const second = await replay(data, '--url', program.mqttUrl)
  expect(second.code).toBe(0)
  expect((await call(program, 'GET', '/premises/replay-fi-x/settlements/2025-02')).body).toEqual(settlement.body)
})

it('says in one sentence what is wrong', async () => {
  const wrong = await replay(join(folder, 'nowhere'))
  expect(wrong).toEqual({ code: 2, out: '', err: `${join(folder, 'nowhere')} is no folder.\n` })
  const refused = await replay(join(folder, 'series'), '--api', program.httpUrl, '--token', 'samtila_wrong')
  expect(refused.code).toBe(1)
  expect(refused.err).toMatch(/^POST \/import was answered 401: .*\n$/)
  const nobody = await replay(join(folder, 'series'), '--api', 'http://127.0.0.1:9', '--token', 'x')
  expect(nobody.code).toBe(1)
  expect(nobody.err.trimEnd().split('\n')).toHaveLength(1)
})
