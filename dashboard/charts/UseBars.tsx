// What was used in each period as bars, and beside each what it would have been in a normal year. The table below has the same numbers.
import { useRef } from 'react'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { useWidth } from '#dashboard/ui/useWidth.ts'
import { BarPicture, BOTTOM, LEFT, PeriodNames, TickLines, USUAL_WIDTH } from './BarParts.tsx'
import { LookSwatch, Patterns } from './patterns.tsx'
import { partyLook } from '#dashboard/components/party-palette.ts'
import { roundTicks } from './stack-geometry.ts'

type UseBar = { period: string; name: string; used: string | null; normal: string | null }
type Props = {
  unit: string
  /** What the two bars are called; null where nothing is normalised. */
  used: string
  normal: string | null
  bars: readonly UseBar[]
  show: (value: string | null) => string
}
const HEIGHT = 260
const TOP = 24
/** Plain blue, and the same striped. */
const LOOKS = { used: 0, normal: 8 } as const

export const UseBars = ({ unit, used, normal, bars, show }: Props) => {
  const { format } = useText()
  const place = useRef<HTMLDivElement>(null)
  const width = useWidth(place) || USUAL_WIDTH
  const highest = Math.max(0, ...bars.flatMap((bar) => [Number(bar.used ?? 0), Number(bar.normal ?? 0)]))
  if (highest === 0) return null
  const ticks = roundTicks(0, highest, 4)
  const top = ticks.at(-1) ?? 1
  const y = (amount: number) => TOP + (1 - amount / (top || 1)) * (HEIGHT - TOP - BOTTOM)
  const slot = (width - LEFT) / Math.max(1, bars.length)
  const kinds = normal === null ? (['used'] as const) : (['used', 'normal'] as const)
  const barWidth = Math.min(28, (slot * 0.7) / kinds.length)
  return (
    <Stack $gap={1}>
      <div ref={place}>
        <BarPicture width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden focusable={false}>
          <Patterns definitions={kinds.map((kind) => ({ id: `use-${kind}`, look: partyLook(LOOKS[kind]) }))} />
          <text x={LEFT - 8} y={12} textAnchor="end">
            {unit}
          </text>
          <TickLines ticks={ticks} width={width} y={y} show={(tick) => format.number(tick)} />
          {bars.map((bar, i) => (
            <g key={bar.period}>
              {kinds.map((kind, k) =>
                bar[kind] === null ? null : (
                  <rect
                    key={kind}
                    x={LEFT + slot * i + (slot - barWidth * kinds.length) / 2 + barWidth * k}
                    width={Math.max(1, barWidth - 1)}
                    y={y(Math.max(0, Number(bar[kind])))}
                    height={Math.max(0.5, y(0) - y(Math.max(0, Number(bar[kind]))))}
                    fill={`url(#use-${kind})`}
                  >
                    <title>{`${bar.name}, ${(kind === 'used' ? used : normal) ?? ''}: ${show(bar[kind])} ${unit}`}</title>
                  </rect>
                ),
              )}
            </g>
          ))}
          <PeriodNames periods={bars.map(({ period }) => period)} slot={slot} height={HEIGHT} />
        </BarPicture>
      </div>
      <Row as="ul" $gap={2}>
        {kinds.map((kind) => (
          <li key={kind}>
            <LookSwatch index={LOOKS[kind]} id={`use-legend-${kind}`} /> {kind === 'used' ? used : normal}
          </li>
        ))}
      </Row>
    </Stack>
  )
}
