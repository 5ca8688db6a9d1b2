// Spot prices from files in a folder: the provider of installations whose prices are put there by another program, in any form that imports read.
import { readFile as readBytes, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '#domain/failure.ts'
import { evaluateTable } from '#domain/imports/evaluate.ts'
import { matchColumns } from '#domain/imports/fields.ts'
import { NO_WORK, type ImportKnown } from '#domain/imports/import.ts'
import { PRICE_RULES } from '#domain/imports/prices.ts'
import type { PriceProvider } from '#domain/ports/price-provider.ts'
import type { PriceRow } from '#domain/ports/records.ts'
import { changeOf } from '#domain/registry/bundle-change.ts'
import { readTable } from './read-table.ts'

/** Files of one series that are read; the last by name, so that names with dates keep the newest. */
const MAX_FILES = 400
const LIMITS = { rows: 200_000, columns: 50, unpackedBytes: 64 * 1024 * 1024 }
const NOTHING_KNOWN: ImportKnown = {
  premises: new Map(),
  organisations: new Map(),
  devices: new Map(),
  priceSeries: new Map(),
  invoices: [],
  costTypes: new Map(),
  connectors: [],
  today: '1970-01-01',
}

/** `<folder>/<series>/*.csv` (or .xlsx), clock times in `timeZone`; prices in EUR/MWh. Of several prices of one time the last file's stands. */
export function createFilePrices(folder: string, timeZone: string): PriceProvider {
  return {
    name: `files in ${folder}`,
    async prices(series, from, to) {
      const names = await readdir(join(folder, series)).catch(() => [])
      const rows = new Map<string, PriceRow>()
      for (const name of names
        .filter((one) => /\.(csv|xlsx)$/i.test(one))
        .toSorted()
        .slice(-MAX_FILES))
        for (const row of await rowsOf(join(folder, series, name), series, timeZone))
          if (row.at >= from && row.at < to) rows.set(`${row.at} ${row.interval}`, row)
      return { unit: 'EUR/MWh', rows: [...rows.values()].toSorted((a, b) => a.at - b.at) }
    },
  }
}

async function rowsOf(path: string, series: string, timeZone: string): Promise<PriceRow[]> {
  const { table } = await readTable({ bytes: await readBytes(path), kind: 'prices', now: 0, limits: LIMITS })
  const { series: _own, ...columns } = matchColumns(table.header, PRICE_RULES.fields)
  const reading = evaluateTable('prices', table, { ...NO_WORK, columns, defaults: { series, timeZone } }, NOTHING_KNOWN)
  let step = reading.next()
  while (step.done !== true) step = reading.next()
  const wrong = step.value.problems.find(({ severity }) => severity === 'error')
  if (wrong !== undefined) throw new Failure('invalid-body', `${path}, row ${wrong.row}: ${wrong.message}`)
  return (changeOf(step.value.bundle).prices ?? []).flatMap((one) => one.rows)
}
