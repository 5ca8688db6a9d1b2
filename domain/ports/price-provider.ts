// Where spot prices come from. The file provider is api/imports/file-prices.ts; a market's own interface would be another.
import type { Id } from '#domain/registry/bundle.ts'
import type { PriceRow } from './records.ts'

export type PriceProvider = {
  /** For messages. */
  name: string
  /**
   * Prices of a series with from ≤ at < to, in milliseconds since 1970; those that are not known are absent.
   * @throws Failure 'invalid-body' when the source says something that is no price list.
   */
  prices(series: Id, from: number, to: number): Promise<{ unit: string; rows: PriceRow[] }>
}
