// Long lists ask for their next page before their end is reached.
import { useCallback, useEffect, useRef } from 'react'

/** How far ahead of the window the next page is asked for. */
const AHEAD = '1200px'
/** A reference for an element: `reached` is called when it comes near the window. */
export const useNear = (reached: () => void) => {
  const latest = useRef(reached)
  useEffect(() => {
    latest.current = reached
  })
  return useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined
    const observer = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting === true) latest.current()
      },
      { rootMargin: AHEAD },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
}
