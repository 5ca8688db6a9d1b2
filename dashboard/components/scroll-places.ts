// Where each page of this tab was scrolled to: the router keeps it, and goes back to it.
import type { Location } from 'react-router'

export const SCROLL_STORAGE = 'samtila-scroll'
/** What is opened by a load has the same key as any other that is. */
export const scrollKey = ({ key, pathname }: Pick<Location, 'key' | 'pathname'>): string =>
  key === 'default' ? pathname : key

/**
 * Whoever has scrolled a drawn page stays where they are when the program takes it over: called before, it gives what is to be done
 * after. A list that was drawn short is the exception: a browser that is back on it comes to its end, and the router knows how far it was.
 */
export const scrollKeeper = (): (() => void) => {
  const { scrollX, scrollY, innerHeight, history, location } = window
  const { key = 'default' } = (history.state ?? {}) as Partial<Location>
  const place = scrollKey({ key, pathname: location.pathname })
  const isAtEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 1
  const places = keptPlaces()
  if (scrollY === 0 || (isAtEnd && (places[place] ?? 0) > scrollY)) return () => undefined
  keepPlaces({ ...places, [place]: scrollY })
  return () => window.scrollTo(scrollX, scrollY)
}

const keptPlaces = (): Record<string, number> => {
  try {
    return JSON.parse(sessionStorage.getItem(SCROLL_STORAGE) ?? '{}') as Record<string, number>
  } catch {
    return {}
  }
}
const keepPlaces = (places: Record<string, number>): void => {
  try {
    sessionStorage.setItem(SCROLL_STORAGE, JSON.stringify(places))
  } catch {
    // A browser that keeps nothing goes back to nothing.
  }
}
