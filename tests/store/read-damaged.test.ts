// What was damaged in the store is told by series and time, also after the next start: the checks of a month name it.
import { DatabaseSync } from 'node:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { MonthChecks } from '#contract/checks.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { TELEMETRY_FILE } from '#store/embedded/telemetry/open-database.ts'
import { startApi, twoHouses } from '#tests/api/start-api.ts'

const HOUR_MS = 3_600_000
const START = Date.parse('2026-02-28T22:00:00Z')

test('a damaged chunk is a warning of its month and its meter, and of no other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-damaged-'))
  try {
    const options = { folder, reorganiseReadings: 100 }
    const before = await openEmbeddedTelemetry(options)
    const own = before.seriesOf('mittari', 'energy')
    const other = before.seriesOf('muu-mittari', 'energy')
    for (const series of [own, other])
      for (let hour = 0; hour <= 743; hour += 1)
        before.add(series, START + hour * HOUR_MS, 1000 + hour, 'measured', START, false)
    await before.commit()
    await before.settle()
    await before.close()
    const database = new DatabaseSync(join(folder, TELEMETRY_FILE))
    const { changes } = database
      .prepare(
        'UPDATE chunk SET body = zeroblob(length(body)) WHERE series = ? AND from_at = (SELECT max(from_at) FROM chunk WHERE series = ?)',
      )
      .run(own, own)
    expect(changes).toBe(1)
    database.close()
    const found = await openEmbeddedTelemetry(options)
    await found.scrub()
    await found.close()

    const telemetry = await openEmbeddedTelemetry(options)
    const [span] = (await telemetry.damaged?.(own, START, START + 800 * HOUR_MS)) ?? []
    expect(span?.readings).toBeGreaterThan(0)
    expect(await telemetry.damaged?.(own, 0, START - HOUR_MS)).toEqual([])
    expect(await telemetry.damaged?.(other, START, START + 800 * HOUR_MS)).toEqual([])
    const now = Date.parse('2026-04-10T06:00:00Z')
    const records = openMemoryRecords({ now: () => now })
    const api = await startApi({ now, stores: { records, telemetry } })
    const { readings: _readings, ...facts } = twoHouses
    await api.fill(facts)
    const token = await api.token('kunta', ['controller'])
    const checks = await api.request(token, 'GET', '/premises/talo/settlements/2026-03/checks')
    const damaged = checks.json<MonthChecks>().findings.filter(({ code }) => code === 'readings-damaged')
    expect(damaged).toMatchObject([
      { severity: 'warn', items: ['metered:sahko'], figures: { device: 'mittari', readings: String(span?.readings) } },
    ])
    expect(damaged[0]?.sentence.en).toContain('were damaged and set aside')
    await api.close()
    await records.close()
    await telemetry.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 30_000)
