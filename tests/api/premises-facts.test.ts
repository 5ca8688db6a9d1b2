// Counts of premises are kept between questions, and follow every change: devices that come, move, and leave.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPremisesFacts, type PremisesFactsCache } from '#api/views/premises-facts.ts'
import type { Device } from '#domain/registry/bundle.ts'
import type { Records } from '#domain/ports/records.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { SYSTEM, twoHouses } from './start-api.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'

let records: Records
let facts: PremisesFactsCache
beforeEach(async () => {
  records = openMemoryRecords({ now: () => Date.UTC(2026, 5, 1) })
  const telemetry = openMemoryTelemetry()
  const result = await importBundle(twoHouses, { records, telemetry, now: Date.UTC(2026, 5, 1), actor: SYSTEM })
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  await telemetry.close()
  facts = createPremisesFacts(records)
})
afterEach(async () => {
  facts.stop()
  await records.close()
})
const put = (...devices: Device[]) =>
  records.change({ objects: devices.map((value) => ({ kind: 'devices', id: value.id, value })) }, SYSTEM, 'test')
const idsIn = async (premises: string) => (await facts.of(premises)).devices.map(({ id }) => id)

test('what is asked again is not read again, and keeps of points only where the paid power is', async () => {
  const first = await facts.of('talo')
  expect(await facts.of('talo')).toBe(first)
  expect(first.devices).toEqual([{ id: 'mittari' }])
  expect(first.powers).toEqual([{ device: 'mittari', key: 'power', factor: 1000 }])
  // Another premises' device leaves it as it is.
  await idsIn('muu-talo')
  await put({ id: 'muu-mittari', premises: 'muu-talo', name: { fi: 'Uusi nimi' } })
  expect(await facts.of('talo')).toBe(first)
})

test('a device that is added, or moves, is counted where it is at once', async () => {
  expect([await idsIn('talo'), await idsIn('muu-talo')]).toEqual([['mittari'], ['muu-mittari']])
  await put({ id: 'uusi', premises: 'talo' })
  expect([await idsIn('talo'), await idsIn('muu-talo')]).toEqual([['mittari', 'uusi'], ['muu-mittari']])
  await put({ id: 'uusi', premises: 'muu-talo' })
  expect([await idsIn('talo'), await idsIn('muu-talo')]).toEqual([['mittari'], ['muu-mittari', 'uusi']])
  await put(...Array.from({ length: 150 }, (_, n) => ({ id: `n-${n}`, premises: 'talo' })))
  expect(await idsIn('talo')).toHaveLength(151)
})

test('a change while it is being read is not missed', async () => {
  const early = facts.of('talo')
  await put({ id: 'uusi', premises: 'talo' })
  await early
  expect(await idsIn('talo')).toEqual(['mittari', 'uusi'])
})
