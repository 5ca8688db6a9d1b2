// The engine: raised, held together, cleared; over restarts.
import { afterEach, expect, test } from 'vitest'
import type { Bundle } from '#domain/registry/bundle.ts'
import { startEngine, type TestEngine } from './start-engine.ts'

const MINUTE = 60_000
const room = (id: string) => ({
  id,
  premises: 'talo',
  type: 'room-sensor',
  expectedInterval: 'PT5M',
  points: [
    { key: 'co2', unit: 'ppm', kind: 'gauge' as const },
    { key: 'temperature', unit: '°C', kind: 'gauge' as const },
  ],
})
const bundle: Bundle = {
  organisations: [{ id: 'virasto', name: { fi: 'Virasto' } }],
  premises: [{ id: 'talo', name: { fi: 'Talo' }, timeZone: 'Europe/Helsinki', landlord: 'virasto' }],
  devices: [room('huone-1'), room('huone-2')],
}
let api: TestEngine
afterEach(() => api.close())

test('a threshold with duration and hysteresis is raised once and cleared', async () => {
  api = await startEngine(bundle, {
    rules: { co2: { condition: { kind: 'threshold', point: 'co2', above: '1200', hysteresis: '100', for: 'PT10M' } } },
  })
  await api.hear('huone-1', 'co2', 1300)
  await api.pass(9 * MINUTE)
  expect(await api.alarms()).toHaveLength(0)
  await api.pass(2 * MINUTE)
  const [alarm] = await api.standing()
  expect(alarm).toMatchObject({
    state: 'raised',
    premises: 'talo',
    body: {
      rule: 'co2',
      device: 'huone-1',
      severity: 'warning',
      reason: { point: 'co2', value: '1300', limit: '1200', unit: 'ppm' },
    },
  })
  await api.hear('huone-1', 'co2', 1150)
  expect(await api.standing()).toHaveLength(1)
  await api.hear('huone-1', 'co2', 1099)
  expect(await api.standing()).toHaveLength(0)
  expect((await api.alarms())[0]?.body.entries.map(({ kind }) => kind)).toEqual(['raised', 'returned'])
})

test('silence is missed after three intervals, and ends with the next reading', async () => {
  api = await startEngine(bundle, { rules: { hiljaa: { condition: { kind: 'no-data' } } } })
  await api.hear('huone-1', 'co2', 600)
  await api.hear('huone-2', 'co2', 600)
  for (let i = 0; i < 8; i++) {
    await api.pass(5 * MINUTE)
    await api.hear('huone-2', 'co2', 600)
  }
  expect((await api.standing()).map(({ body }) => [body.device, body.condition])).toEqual([['huone-1', 'no-data']])
  await api.hear('huone-1', 'co2', 600)
  expect(await api.standing()).toHaveLength(0)
})

test('it goes on after kill -9 where it was', async () => {
  api = await startEngine(bundle, {
    rules: { co2: { condition: { kind: 'threshold', point: 'co2', above: '1200', for: 'PT10M' } } },
  })
  await api.hear('huone-1', 'co2', 1300)
  await api.hear('huone-2', 'co2', 1400)
  await api.pass(11 * MINUTE)
  expect(await api.standing()).toHaveLength(2)
  await api.hear('huone-2', 'co2', 900)
  await api.restart()
  expect((await api.standing()).map(({ body }) => body.device)).toEqual(['huone-1'])
  await api.hear('huone-2', 'co2', 1400)
  await api.engine.settled()
  await api.pass(5 * MINUTE)
  await api.restart({ awayMs: 6 * MINUTE })
  await api.pass(1_000)
  expect((await api.standing()).map(({ body }) => body.device).toSorted()).toEqual(['huone-1', 'huone-2'])
  expect((await api.alarms()).length).toBe(3)
})

test('a rule that is switched on sees what was last; switched off, its alarms are over', async () => {
  api = await startEngine(bundle)
  await api.hear('huone-1', 'co2', 1300)
  await api.hear('huone-2', 'co2', 1300, api.clock.now - 2 * 86_400_000)
  await api.pass(60 * MINUTE)
  const co2 = { condition: { kind: 'threshold' as const, point: 'co2', above: '1200' } }
  await api.rule('co2', co2)
  await api.rule('hiljaa', { condition: { kind: 'no-data' } })
  await api.pass(5 * MINUTE)
  // What huone-2 sent is history; both are silent by now, and so is everything: one cause.
  expect((await api.standing()).map(({ body }) => `${body.rule} ${body.device ?? body.extent}`).toSorted()).toEqual([
    'co2 huone-1',
    'hiljaa way',
  ])
  await api.rule('co2', { ...co2, on: false })
  expect((await api.standing()).map(({ body }) => body.rule)).toEqual(['hiljaa'])
  expect((await api.alarms()).find(({ body }) => body.rule === 'co2')?.body.entries.at(-1)).toMatchObject({
    kind: 'returned',
    text: 'rule',
  })
})
