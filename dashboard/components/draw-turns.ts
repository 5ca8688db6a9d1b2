// Whose turn it is to be drawn: what costs much comes piece by piece, nearest to the window first, and the page answers between two pieces.

const waiting = new Map<Element, () => void>()
let isScheduled = false

/** `draw` is called once, in a later turn; the returned function gives the turn away. */
export const awaitTurn = (element: Element, draw: () => void): (() => void) => {
  waiting.set(element, draw)
  schedule()
  return () => waiting.delete(element)
}

/** How far outside the window it stands; 0 within it. */
const distancePx = (element: Element): number => {
  const { top, bottom } = element.getBoundingClientRect()
  return Math.max(0, top - window.innerHeight, -bottom)
}
const nearest = (): Element | null => {
  const [first] = [...waiting.keys()]
    .map((element) => ({ element, px: distancePx(element) }))
    .sort((one, other) => one.px - other.px)
  return first?.element ?? null
}

const schedule = (): void => {
  if (isScheduled || waiting.size === 0) return
  isScheduled = true
  setTimeout(drawNext)
}

/** Chosen anew: meanwhile the reader may have gone on. */
const drawNext = (): void => {
  isScheduled = false
  const next = nearest()
  if (next === null) return
  const draw = waiting.get(next)
  waiting.delete(next)
  draw?.()
  schedule()
}
