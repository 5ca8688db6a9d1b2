// Whether the page is being put on paper just now: drawn light, at the width of the sheet, with nothing left out.
import { useSyncExternalStore } from 'react'

let isPrinting = false
const subscribe = (changed: () => void) => {
  const tell = ({ type }: Event) => {
    isPrinting = type === 'beforeprint'
    changed()
  }
  window.addEventListener('beforeprint', tell)
  window.addEventListener('afterprint', tell)
  return () => {
    window.removeEventListener('beforeprint', tell)
    window.removeEventListener('afterprint', tell)
  }
}
export const usePrinting = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => isPrinting,
    () => false,
  )
