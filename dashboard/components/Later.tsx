// What stands further down a long page is drawn after its top, one piece after the other, and gives way to whatever comes or the reader does meanwhile.
import { Children, startTransition, useEffect, useState, type ReactNode } from 'react'
import { whenIdle } from './when-idle.ts'

export const Later = ({ children }: { children: ReactNode }) => {
  const [shown, setShown] = useState(0)
  const pieces = Children.toArray(children)
  const isMore = shown < pieces.length
  useEffect(() => {
    if (!isMore) return undefined
    return whenIdle(() => startTransition(() => setShown(shown + 1)))
  }, [isMore, shown])
  return pieces.slice(0, shown)
}
