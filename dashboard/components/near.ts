// Long lists ask for their next page before their end is reached.
import { useCallback, useEffect, useRef } from 'react'

/** How far ahead of the window the next page is asked for. */
const AHEAD = '1200px'
/** A reference for an element: `told` hears when it comes near the window and when it goes away from it. */
export const useNear = (told: (isNear: boolean, element: Element) => void) => {
  const latest = useRef(told)
  useEffect(() => {
    latest.current = told
  })
  return useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined
    const observer = new IntersectionObserver(
      (all) => {
        const seen = all.at(-1)
        if (seen !== undefined) latest.current(seen.isIntersecting, seen.target)
      },
      { rootMargin: AHEAD },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
}
