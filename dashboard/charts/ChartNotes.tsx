// The marks of a chart as a list: what happened when.
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Small } from '#dashboard/ui/Layout.tsx'
import type { ChartMark } from './TimeChart.tsx'

export const ChartNotes = ({ marks, timeZone }: { marks: ChartMark[]; timeZone: string }) => {
  const { text, format } = useText()
  if (marks.length === 0) return null
  return (
    <ul aria-label={text.chart.marks}>
      {marks.map(({ at, label }) => (
        <li key={`${at}${label}`}>
          <Small>
            {format.instant(at, timeZone)}: {label}
          </Small>
        </li>
      ))}
    </ul>
  )
}
