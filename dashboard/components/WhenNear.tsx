// What costs much to draw is drawn when it comes near the window, or when the page is printed.
import { useEffect, useState, type ReactNode } from 'react'
import { styled } from 'styled-components'
import { useNear } from './near.ts'

const Place = styled.div<{ $heightPx: number }>`
  min-height: ${({ $heightPx }) => $heightPx}px;
`
/** `heightPx`: about the height of what comes, so that little moves when it does. */
export const WhenNear = ({ heightPx, children }: { heightPx: number; children: ReactNode }) => {
  const [isNear, setNear] = useState(false)
  const place = useNear((isThere) => {
    if (isThere) setNear(true)
  })
  useEffect(() => {
    if (isNear) return
    const show = () => setNear(true)
    window.addEventListener('beforeprint', show)
    return () => window.removeEventListener('beforeprint', show)
  }, [isNear])
  return isNear ? children : <Place ref={place} $heightPx={heightPx} />
}
