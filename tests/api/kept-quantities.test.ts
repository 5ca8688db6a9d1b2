// What the metered items of a closed month used is explained once and kept in the store: after a restart it is there, the same and not made anew.
import { expect, test } from 'vitest'
import type { CostFigures } from '#contract/cost-figures.ts'
import { paperKind } from '#domain/ports/papers.ts'
import { paperIdOf } from '#api/year/year-access.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'
import { startApi, twoHouses, type TestApi } from './start-api.ts'

let now = Date.parse('2026-05-10T10:00:00Z')
const stores = { records: openMemoryRecords({ now: () => now }), telemetry: openMemoryTelemetry() }
const KEPT = paperKind<{ items: { item: string; quantity: { unit: string; amount: string } | null }[] }>('cost-month')
const ALL = { organisation: null }

/** A program of its own on the same stores: what the one before had in memory is gone. */
const opened = async <T>(work: (api: TestApi) => Promise<T>): Promise<T> => {
  const api = await startApi({ stores, now })
  try {
    return await work(api)
  } finally {
    await api.close()
  }
}
const looked = async (api: TestApi) => {
  const token = await api.token('kunta', ['controller'])
  const answer = await api.request(token, 'GET', '/premises/talo/cost-figures?from=2026-03&to=2026-03')
  const kept = await api.records.getPaper(ALL, KEPT, paperIdOf('cost-month', ['talo', '2026-03']))
  expect(answer.status).toBe(200)
  return { usage: answer.json<CostFigures>().periods[0]?.usage, kept }
}

test('kept quantities of a closed month survive a restart', async () => {
  const first = await opened(async (api) => {
    await api.fill(twoHouses)
    // Closed a minute after the facts were recorded: what was known then is told by the time.
    now += 60_000
    api.clock.now = now
    const token = await api.token(null, ['admin'])
    const close = { force: true, reason: 'koe' }
    const closed = await api.request(token, 'POST', '/premises/talo/settlements/2026-03/close', close)
    expect(closed.status).toBe(200)
    return looked(api)
  })
  expect(first.usage).toMatchObject([{ category: 'electricity', quantity: '1000' }])
  expect(first.kept?.body.items).toMatchObject([{ quantity: { unit: 'kWh' } }])
  const again = await opened(looked)
  expect(again).toEqual(first)
})
