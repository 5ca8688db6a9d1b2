// What pictures of bars by month or year have in common: the frame's measures, lines of round amounts, and names below the bars.
import { styled } from 'styled-components'
import { useText } from '#dashboard/text/TextProvider.tsx'

/** Drawn so wide before the place is measured, and in print. */
export const USUAL_WIDTH = 960
/** Room for the amounts on the left and the names below. */
export const LEFT = 76
export const BOTTOM = 28
/** A name needs so much room. */
const LABEL_WIDTH = 56

export const BarPicture = styled.svg`
  display: block;
  max-width: 100%;
  text {
    font: 13px var(--font);
    fill: var(--ink-soft);
  }
  line {
    stroke: var(--line);
  }
  line.zero {
    stroke: var(--ink-soft);
  }
  rect.leads {
    cursor: pointer;
  }
`

type TickProps = {
  ticks: readonly number[]
  width: number
  y: (amount: number) => number
  show: (tick: number) => string
}
export const TickLines = ({ ticks, width, y, show }: TickProps) =>
  ticks.map((tick) => (
    <g key={tick}>
      <line className={tick === 0 ? 'zero' : undefined} x1={LEFT} x2={width} y1={y(tick)} y2={y(tick)} />
      <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
        {show(tick)}
      </text>
    </g>
  ))

type NameProps = {
  /** `2026-03` or `2026`, in the order of the bars. */
  periods: readonly string[]
  slot: number
  height: number
}
/** As many names as there is room for; a new year is said at its first month. */
export const PeriodNames = ({ periods, slot, height }: NameProps) => {
  const { format } = useText()
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / slot))
  return periods.map((period, i) =>
    i % every === 0 ? (
      <text key={period} x={LEFT + slot * i + slot / 2} y={height - 8} textAnchor="middle">
        {period.length === 4 ? period : format.shortMonth(period)}
        {period.length > 4 && (period.endsWith('-01') || i === 0) ? ` ${period.slice(2, 4)}` : ''}
      </text>
    ) : null,
  )
}
