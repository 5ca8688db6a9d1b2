// How wide an element is right now, in whole pixels; 0 before it is measured.
import { useEffect, useState, type RefObject } from 'react'

export const useWidth = (ref: RefObject<Element | null>): number => {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = ref.current
    if (element === null) return undefined
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return width
}
