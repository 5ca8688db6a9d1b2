// How wide an element is right now, in whole pixels; 0 before it is measured. On paper it is no wider than the sheet.
import { useLayoutEffect, useState, type RefObject } from 'react'
import { usePrinting } from './usePrinting.ts'

/** An A4 sheet between its margins. Browsers tell of the sheet only when everything has been drawn. */
const SHEET_PX = 660

export const useWidth = (ref: RefObject<Element | null>): number => {
  const isPrinting = usePrinting()
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
  return isPrinting ? Math.min(width, SHEET_PX) : width
}
