// A colour and a pattern for each party of an agreement, in its order: seventeen pairs told apart also by colour-blind people.

export type Pattern = 'plain' | 'stripes' | 'dots' | 'cross'
export type PartyLook = { color: string; pattern: Pattern }

/** Eight hues of Okabe and Ito's kind, darkened so that each stands 3:1 against white; patterns set their repetitions apart. */
const HUES = ['#00529b', '#c2410c', '#00735c', '#a8327d', '#7a6200', '#2b7fb8', '#5b4bb5', '#4d5358'] as const
const PATTERNS: readonly Pattern[] = ['plain', 'stripes', 'dots']

/** Looks there are before they repeat. */
export const PALETTE_SIZE = 17

/** The look of the party that stands at `index` (from 0) in the agreement. */
export const partyLook = (index: number): PartyLook => {
  const place = ((index % PALETTE_SIZE) + PALETTE_SIZE) % PALETTE_SIZE
  return {
    color: HUES[place % HUES.length] ?? HUES[0],
    pattern: PATTERNS[Math.floor(place / HUES.length)] ?? 'plain',
  }
}
