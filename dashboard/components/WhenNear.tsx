// What costs much to draw is drawn when it comes near the window, nearest first, or when the page is printed.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { styled } from 'styled-components'
import { awaitTurn } from './draw-turns.ts'
import { useNear } from './near.ts'

const Place = styled.div<{ $heightPx: number }>`
  min-height: ${({ $heightPx }) => $heightPx}px;
`
/** `heightPx`: about the height of what comes, so that little moves when it does. */
export const WhenNear = ({ heightPx, children }: { heightPx: number; children: ReactNode }) => {
  const [isDrawn, setDrawn] = useState(false)
  const giveAway = useRef<() => void>(undefined)
  const place = useNear((isNear, element) => {
    giveAway.current?.()
    if (isNear) giveAway.current = awaitTurn(element, () => setDrawn(true))
  })
  useEffect(() => () => giveAway.current?.(), [])
  useEffect(() => {
    if (isDrawn) return
    const show = () => setDrawn(true)
    window.addEventListener('beforeprint', show)
    return () => window.removeEventListener('beforeprint', show)
  }, [isDrawn])
  return isDrawn ? children : <Place ref={place} $heightPx={heightPx} />
}
