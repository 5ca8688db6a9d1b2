// How wide an element is right now, in whole pixels; 0 before it is measured.
import { useLayoutEffect, useState, type RefObject } from 'react'

export const useWidth = (ref: RefObject<Element | null>): number => {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return undefined
    // Known before the first picture, so that what hangs on it is drawn in it.
    setWidth(Math.floor(element.clientWidth))
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return width
}
