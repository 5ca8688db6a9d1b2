// A span of time that a chart shows without the address knowing: zoomed into, and back to the whole.
import { useState } from 'react'
import { zoomPeriod } from './period.ts'

export const useSpan = (whole: { from: number; to: number }) => {
  const [part, setPart] = useState<{ from: number; to: number } | null>(null)
  const period = part ?? whole
  return {
    period,
    show: (span: { from: number; to: number } | null) => setPart(span),
    zoom: (factor: number, around: number | null) => setPart(zoomPeriod(period, whole, factor, around)),
    reset: () => setPart(null),
  }
}
