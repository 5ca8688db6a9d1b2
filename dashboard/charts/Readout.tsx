// What stands under the cursor of a chart, in words; screen readers hear it through the chart's own keys.
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Figures, Row } from '#dashboard/ui/Layout.tsx'
import type { Overlay } from './overlay.ts'
import { OverlaySwatch } from './OverlaySwatch.tsx'
import type { TimeColumns } from './time-columns.ts'

type Props = {
  columns: TimeColumns
  index: number | null
  at: (ms: number) => string
  show: (index: number) => string
  overlays?: readonly Overlay[]
}
export const Readout = ({ columns, index, at: timeText, show, overlays = [] }: Props) => {
  const { text, format } = useText()
  const at = index ?? lastValue(columns)
  const from = columns.from[at]
  if (from === undefined) return null
  const quality = columns.quality[at] ?? null
  return (
    <Row $gap={1} aria-hidden="true">
      <span>{timeText(from)}</span>
      <strong>
        <Figures>{columns.value[at] == null ? text.chart.gap : show(at)}</Figures>
      </strong>
      {quality === null || quality === 'measured' ? null : <StateMark state={quality} />}
      {columns.simulated[at] === true ? <StateMark state="simulated" /> : null}
      {overlays.map((overlay) => {
        const value = overlay.values[at] ?? null
        return (
          <span key={overlay.key}>
            <OverlaySwatch overlay={overlay} /> {overlay.name}:{' '}
            <Figures>{value === null ? text.chart.gap : format.withUnit(format.number(value), overlay.unit)}</Figures>
          </span>
        )
      })}
    </Row>
  )
}

const lastValue = ({ value }: TimeColumns): number => {
  for (let i = value.length - 1; i >= 0; i -= 1) if (value[i] != null) return i
  return 0
}
