// How long ago, in words that keep up; the exact instant on hover and for screen readers.
import { useEffect, useState } from 'react'
import { Figures } from '#dashboard/ui/Layout.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'

const TICK_MS = 10_000
let now = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** The present instant, renewed every few seconds; one timer for the whole page. */
export const useNow = (): number => {
  const [value, setValue] = useState(() => Date.now())
  useEffect(() => {
    const listener = () => setValue(now)
    listeners.add(listener)
    timer ??= setInterval(() => {
      now = Date.now()
      for (const one of listeners) one()
    }, TICK_MS)
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0) return
      clearInterval(timer)
      timer = undefined
    }
  }, [])
  return value
}

export const Age = ({ at, timeZone }: { at: string; timeZone: string }) => {
  const { format } = useText()
  const now = useNow()
  const exact = format.instant(at, timeZone, 'second')
  return (
    <Figures as="time" dateTime={at} title={exact}>
      {format.age(now - Date.parse(at))}
    </Figures>
  )
}
