// What the pieces of stacked bars are: parties in the order of their agreement; or which of many kinds have a look of their own in stacked bars: the biggest; the others share one. Pure. Sizes order and draw, they are never shown.

export type Kind = { key: string; look: number; name: string; isOther?: boolean }

/** More could not be told apart. */
const LOOKS = 6
/** Grey and striped: no kind of its own has it. */
const OTHER_LOOK = 15

type Bar = { pieces: readonly { key: string; amount: string }[] }

/** The kinds of these bars, the biggest of all bars together first. */
export const biggestKinds = (bars: readonly Bar[], nameOf: (key: string) => string): Kind[] => {
  const sizes = new Map<string, number>()
  for (const { key, amount } of bars.flatMap(({ pieces }) => pieces))
    sizes.set(key, (sizes.get(key) ?? 0) + Math.abs(Number(amount)))
  const keys = [...sizes].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).map(([key]) => key)
  return keys.map((key, i) => {
    const isOther = i >= LOOKS && keys.length > LOOKS + 1
    return { key, name: nameOf(key), look: isOther ? OTHER_LOOK : i, isOther }
  })
}

/** The parties in the order of their agreement, so that each keeps its look; who is not of it any more comes last. */
export const partyKinds = (
  parties: readonly string[],
  bars: readonly Bar[],
  nameOf: (key: string) => string,
): Kind[] => {
  const found = new Set(bars.flatMap(({ pieces }) => pieces.map(({ key }) => key)))
  return [...new Set([...parties, ...found])]
    .map((key, look) => ({ key, look, name: nameOf(key) }))
    .filter(({ key }) => found.has(key))
}

/** The bars with their pieces in the order of the kinds. */
export const inOrderOf = <B extends Bar>(kinds: readonly Kind[], bars: readonly B[]): B[] => {
  const place = new Map(kinds.map(({ key }, i) => [key, i]))
  return bars.map((bar) => ({
    ...bar,
    pieces: bar.pieces.toSorted((a, b) => (place.get(a.key) ?? 0) - (place.get(b.key) ?? 0)),
  }))
}
