// Spot prices from files: taken into their series, again without change, and a file that is none is told.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pricesJob } from '#server/prices-job.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'

test('files of a series become its prices', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'samtila-prices-'))
  const records = openMemoryRecords({ now: () => now })
  const now = Date.parse('2026-03-02T09:00:00Z')
  const warned: string[] = []
  const say = () => {}
  const log = { debug: say, info: say, warn: (message: string) => void warned.push(message), error: say }
  try {
    const job = pricesJob({ dataFolder, records, log })
    await job.run(now)
    mkdirSync(join(dataFolder, 'prices', 'spot-fi'), { recursive: true })
    writeFileSync(
      join(dataFolder, 'prices', 'spot-fi', '2026-03-01.csv'),
      'Aika;Hinta\n2026-03-01 00:00;61,50\n2026-03-01 01:00;-3\n',
    )
    await job.run(now)
    await job.run(now)
    const from = Date.parse('2026-02-28T22:00:00Z')
    expect(await records.prices('spot-fi', from, now)).toEqual([
      { at: from, interval: 'PT1H', price: '61.5' },
      { at: from + 3_600_000, interval: 'PT1H', price: '-3' },
    ])
    expect(warned).toEqual([])
    writeFileSync(join(dataFolder, 'prices', 'spot-fi', '2026-03-02.csv'), 'Aika;Hinta\n2026-03-02 00:00;paljon\n')
    await job.run(now)
    expect(warned).toEqual(['prices could not be taken'])
  } finally {
    await records.close()
    rmSync(dataFolder, { recursive: true, force: true })
  }
})
