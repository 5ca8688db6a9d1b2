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

/**
 * The cost types of a month that may be shown, each with its whole euros and, where it is one metered line, that line.
 * @param isHidden whether an item is about something protected; its whole cost type then stays out, so that no difference tells it
 */
export function publicSums(lines: readonly CostLine[], isHidden: (item: string) => boolean): PublicSum[] {
  const groups = Map.groupBy(lines, ({ category }) => category)
  return [...groups]
    .filter(([category]) => !NEVER_SHOWN.includes(category))
    .filter(([, group]) => !group.some(({ items }) => items.some(isHidden)))
    .filter(([, group]) => isShared(group))
    .map(([category, group]) => {
      const cents = group.reduce((sum, line) => sum + line.cents, 0n)
      const metered = group.filter(({ quantity }) => quantity !== null)
      return { category, euros: round(fraction(cents, 100n)), line: metered.length === 1 ? (metered[0] ?? null) : null }
    })
    .sort((a, b) => (a.category < b.category ? -1 : 1))
}

/** Whether enough parties bear it, all in the same direction, and none nearly all of it. */
function isShared(group: readonly CostLine[]): boolean {
  const shares = new Map<string, bigint>()
  for (const line of group)
    for (const [party, cents] of line.shares) shares.set(party, (shares.get(party) ?? 0n) + cents)
  const borne = [...shares.values()].filter((cents) => cents !== 0n)
  const total = borne.reduce((sum, cents) => sum + cents, 0n)
  if (borne.length < LEAST_PARTIES || total <= 0n) return false
  return borne.every((cents) => cents > 0n && cents * 100n <= total * MOST_PERCENT)
}
