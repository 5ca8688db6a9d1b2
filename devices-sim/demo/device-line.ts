// A device of the virastotalo in a line: what it is, where, whose, and what it cost.
import type { Decimal, Names, Point } from '#domain/registry/bundle.ts'
import { names } from './make-spaces.ts'

export type Bought = { cost: Decimal; residual?: Decimal; date: string; months: number; category?: string }
export type Line = {
  id: string
  type: string
  space: string | null
  name: Names
  /** Shares of ownership by organisation; default: the town alone. */
  owners?: Record<string, Decimal>
  bought?: Bought
  maintainer?: string
  payer?: string
  users?: string[]
  brick?: string
  points?: Point[]
  interval?: string
}
export const ALL = { kuusamo: '5', poliisi: '2', vero: '3', kela: '3' }
export const line = (
  id: string,
  type: string,
  space: string | null,
  fi: string,
  sv: string,
  en: string,
  more: Partial<Line> = {},
): Line => ({
  id,
  type,
  space: space === null ? null : `k${space[0]}-${space}`,
  name: names(fi, sv, en),
  ...more,
})
