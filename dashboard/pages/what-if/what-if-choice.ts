// What is tried, as it stands in the address: premises, months, keys, a proposal, shares of one's own.
import type { WhatIfKey, WhatIfVariant, WhatIfWanted } from '#contract/what-if.ts'
import { typedDecimal } from '#dashboard/format/typed.ts'
import { addMonths } from '#dashboard/format/zone.ts'

export const KEYS = ['agreed', 'area', 'headcount', 'metered', 'equal'] as const satisfies WhatIfKey[]
export const MOST_VARIANTS = 5

export type Choice = {
  premises: string
  from: string
  to: string
  keys: WhatIfKey[]
  proposal: string | null
  /** By party, as typed; null: not chosen. */
  shares: Record<string, string> | null
}
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

/** `today` is a local date of the premises: without a choice the twelve months before its month. */
export const readChoice = (get: (key: string) => string | null, premises: string, today: string): Choice => {
  const month = (key: string, usual: string): string => (MONTH.test(get(key) ?? '') ? (get(key) ?? usual) : usual)
  const last = month('to', addMonths(today.slice(0, 7), -1))
  const chosen = (get('keys') ?? 'area,headcount').split(',')
  return {
    premises,
    from: month('from', addMonths(last, -11)),
    to: last,
    keys: KEYS.filter((key) => chosen.includes(key)),
    proposal: get('proposal'),
    shares: readShares(get('shares')),
  }
}
const readShares = (text: string | null): Choice['shares'] =>
  text === null
    ? null
    : Object.fromEntries(
        text.split(',').flatMap((one) => (one.includes(':') ? [one.split(':') as [string, string]] : [])),
      )
export const writeShares = (shares: Record<string, string>): string =>
  Object.entries(shares)
    .map(([party, share]) => `${party}:${share}`)
    .join(',')

const SHARE = /^\d{1,9}([.,]\d{1,6})?$/
/** Shares that count: a decimal with point or comma, not all zero. */
export const sharesOf = ({ shares }: Choice): Record<string, string> => {
  const given = Object.entries(shares ?? {}).filter(([, share]) => SHARE.test(share))
  return given.some(([, share]) => /[1-9]/.test(share))
    ? Object.fromEntries(given.map(([party, share]) => [party, typedDecimal(share)]))
    : {}
}

/** The question of the API; `names` are the words of the variants. */
export const wantedOf = (
  choice: Choice,
  names: { keys: Record<WhatIfKey | 'shares', string>; proposal: string },
): WhatIfWanted => {
  const shares = sharesOf(choice)
  const variants: WhatIfVariant[] = [
    ...choice.keys.map((key) => ({ name: names.keys[key], key })),
    ...(choice.proposal === null ? [] : [{ name: names.proposal, proposal: choice.proposal }]),
    ...(Object.keys(shares).length === 0
      ? []
      : [{ name: names.keys.shares, rules: [{ category: '*', method: { by: 'fixed' as const, shares } }] }]),
  ]
  return { from: choice.from, to: choice.to, variants }
}
