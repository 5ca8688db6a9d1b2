// The settlement as it leaves the engine, in the public form of docs/MONEY.md "Out: the settlement".
import type { Decimal, Id, VatCategory } from '#domain/registry/bundle.ts'

export const BLOCK_CODES = [
  'no-readings',
  'counter-went-back',
  'too-much-estimated',
  'no-price',
  'no-agreement',
  'no-rule',
  'submeters-exceed-main',
  'no-weight',
] as const
export type BlockCode = (typeof BLOCK_CODES)[number]
export type ItemSource = 'invoice' | 'metered' | 'recurring' | 'depreciation' | 'adjustment'

export type Share = { party: Id; net: Decimal }
export type Item = {
  id: string
  category: string
  source: ItemSource
  payer: Id
  net: Decimal | null
  vat: { category: VatCategory; rate: Decimal } | null
  /** Estimated part of the quantity, 0 to 1, four decimals. */
  estimated: Decimal
  shares: Share[]
  blocked: BlockCode | null
}
export type Statement = { party: Id; net: Decimal; vat: Decimal; gross: Decimal }
export type Transfer = { from: Id; to: Id; net: Decimal; gross: Decimal }
export type Blocked = { item: string; code: BlockCode; detail: string }
export type Settlement = {
  premises: Id
  period: string
  status: 'draft' | 'issued' | 'closed'
  items: Item[]
  statements: Statement[]
  transfers: Transfer[]
  blocked: Blocked[]
  /** `sha256:…` of a closed settlement; null while open. */
  digest: string | null
}

/** An issued or closed settlement of a premises as it was frozen: the newest issue of its month. */
export type FrozenSettlement = Settlement & { status: 'issued' | 'closed' }
