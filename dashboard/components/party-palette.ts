// A colour and a pattern for each party of an agreement, in its order: pairs told apart also by colour-blind people.

export type Pattern = 'plain' | 'stripes' | 'dots'
export type PartyLook = { color: string; pattern: Pattern }

/** Hues of the chart palette (ui/theme.ts has them for light and dark); patterns set their repetitions apart. */
const HUES = 8
const PATTERNS: readonly Pattern[] = ['plain', 'stripes', 'dots']

/** Looks there are before they repeat: more than the seventeen parties that an agreement may have. */
export const PALETTE_SIZE = HUES * PATTERNS.length

/** The look of the party that stands at `index` (from 0) in the agreement. */
export const partyLook = (index: number): PartyLook => {
  const place = ((index % PALETTE_SIZE) + PALETTE_SIZE) % PALETTE_SIZE
  return {
    color: `var(--chart-${place % HUES})`,
    pattern: PATTERNS[Math.floor(place / HUES)] ?? 'plain',
  }
}
