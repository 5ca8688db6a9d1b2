// Takes spot prices from a provider into their series now and then, so that nobody has to import them by hand.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createFilePrices } from '#api/imports/file-prices.ts'
import type { PriceProvider } from '#domain/ports/price-provider.ts'
import type { Records } from '#domain/ports/records.ts'
import { isId } from '#domain/registry/check-values.ts'
import type { Job } from './jobs.ts'
import type { Log } from './log.ts'

const DAY_MS = 86_400_000
/** Days back and ahead that are asked for: corrections of the last weeks, and tomorrow. */
const BACK_DAYS = 45
const AHEAD_DAYS = 3

/** Files in `<data folder>/prices/<series>/`; nothing happens while there is no such folder. */
export function pricesJob({ dataFolder, records, log }: { dataFolder: string; records: Records; log: Log }): Job {
  const folder = join(dataFolder, 'prices')
  const provider = createFilePrices(folder, 'Europe/Helsinki')
  return {
    name: 'prices',
    everyMs: 3_600_000,
    firstMs: 60_000,
    async run(now) {
      const names = await readdir(folder).catch(() => [])
      for (const series of names.filter(isId)) await takePrices(provider, series, now, records, log)
    },
  }
}

/** Prices that are there already change nothing. A series that cannot be read is told in the log; the others go on. */
export async function takePrices(
  provider: PriceProvider,
  series: string,
  now: number,
  records: Records,
  log: Log,
): Promise<void> {
  try {
    const { unit, rows } = await provider.prices(series, now - BACK_DAYS * DAY_MS, now + AHEAD_DAYS * DAY_MS)
    if (rows.length === 0) return
    const stored = await records.getObject({ organisation: null }, 'priceSeries', series)
    if (stored !== null && stored.value.unit !== unit) {
      log.warn('prices are not taken: the series has another unit', { series, unit: stored.value.unit })
      return
    }
    const objects = stored === null ? [{ kind: 'priceSeries' as const, id: series, value: { id: series, unit } }] : []
    const actor = { kind: 'system' as const, id: 'prices', name: provider.name, organisation: null }
    await records.change({ objects, prices: [{ series, rows }] }, actor, 'prices.take')
  } catch (error) {
    log.warn('prices could not be taken', { series, error: error instanceof Error ? error.message : String(error) })
  }
}
