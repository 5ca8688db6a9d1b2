// The page's title in the window; a page drawn on the server has it from the start.
import { createContext, useContext, useEffect } from 'react'
import { useText } from '#dashboard/text/TextProvider.tsx'

/** Takes the title while a page is drawn on the server; null in the browser. */
export const DrawnTitleContext = createContext<((title: string) => void) | null>(null)

export const useWindowTitle = (title: string): void => {
  const { text } = useText()
  const takeDrawn = useContext(DrawnTitleContext)
  const whole = `${title} – ${text.product.name}`
  takeDrawn?.(whole)
  useEffect(() => {
    document.title = whole
  }, [whole])
}
