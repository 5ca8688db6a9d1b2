// What the public may see of shared equipment: sums of what many bear together, in whole euros, and nothing that shows one party. Pure.
import { paperKind } from '#domain/ports/papers.ts'
import { fraction, round } from '#domain/quantity/fraction.ts'
import type { CostLine } from './cost-lines.ts'

/** The landlord's word that the page may be shown; it is off without one. */
export type PublicPage = { open: boolean }
export const PUBLIC_PAGE = paperKind<PublicPage>('public-page')

/** A cost type is shown of a month when so many parties bear it … */
export const LEAST_PARTIES = 3
/** … and none of them more than this part of it, in per cent: else the sum would tell what that one uses. */
export const MOST_PERCENT = 80n
/** Cost types that tell how premises are secured are never shown, nor what lies with them. */
export const NEVER_SHOWN: readonly string[] = ['security', 'access', 'cameras', 'locks']

export type PublicSum = { category: string; euros: bigint; line: CostLine | null }
export type PublicMonth = { month: string; sums: PublicSum[] }
type Found = { sum: PublicSum; parties: string }

/**
 * The cost types that may be shown of each month, each with its whole euros and, where it is one metered line, that line.
 * Every line of a sum is borne by many, and all months of a cost type by the same parties as its newest one: so neither a line
 * that one party bears, nor one that came or left, is the difference of two months.
 * @param months closed months in their order
 * @param isHidden whether an item is about something protected; its whole cost type then stays out, so that no difference tells it
 */
export function publicMonths(
  months: readonly { month: string; lines: readonly CostLine[] }[],
  isHidden: (item: string) => boolean,
): PublicMonth[] {
  const hidden = new Set(
    months.flatMap(({ lines }) => lines.filter(({ items }) => items.some(isHidden)).map(({ category }) => category)),
  )
  const newest = new Map<string, string>()
  const found = months.map(({ month, lines }) => {
    const sums = sumsOf(lines).filter(({ sum: { category } }) => !hidden.has(category))
    for (const { sum, parties } of sums) newest.set(sum.category, parties)
    return { month, sums }
  })
  return found.map(({ month, sums }) => ({
    month,
    sums: sums.filter(({ sum, parties }) => newest.get(sum.category) === parties).map(({ sum }) => sum),
  }))
}

function sumsOf(lines: readonly CostLine[]): Found[] {
  const shared = lines.filter((line) => !NEVER_SHOWN.includes(line.category) && isShared(line))
  return [...Map.groupBy(shared, ({ category }) => category)]
    .map(([category, group]) => {
      const cents = group.reduce((sum, line) => sum + line.cents, 0n)
      const metered = group.filter(({ quantity }) => quantity !== null)
      const line = metered.length === 1 ? (metered[0] ?? null) : null
      const parties = [...new Set(group.flatMap(bearersOf))].sort().join(' ')
      return { sum: { category, euros: round(fraction(cents, 100n)), line }, parties }
    })
    .sort((a, b) => (a.sum.category < b.sum.category ? -1 : 1))
}

const bearersOf = ({ shares }: CostLine): string[] => [...shares].filter(([, cents]) => cents !== 0n).map(([id]) => id)

/** Whether enough parties bear it, all in the same direction, and none nearly all of it. */
function isShared({ shares }: CostLine): boolean {
  const borne = [...shares.values()].filter((cents) => cents !== 0n)
  const total = borne.reduce((sum, cents) => sum + cents, 0n)
  if (borne.length < LEAST_PARTIES || total <= 0n) return false
  return borne.every((cents) => cents > 0n && cents * 100n <= total * MOST_PERCENT)
}
