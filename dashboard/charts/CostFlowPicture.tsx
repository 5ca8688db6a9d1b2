// The flow of a month's costs: cost types → allocation keys → parties. An SVG whose bars the keyboard reaches; its table is beside it.
import { useId, useRef, useState } from 'react'
import { styled } from 'styled-components'
import type { CostFlow } from '#contract/cost-figures.ts'
import { partyLook } from '#dashboard/components/party-palette.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { usePrinting } from '#dashboard/ui/usePrinting.ts'
import { useWidth } from '#dashboard/ui/useWidth.ts'
import { flowLayout, type Station } from './flow-layout.ts'
import { Patterns } from './patterns.tsx'

const USUAL_WIDTH = 960
/** Below it the names stand in a smaller size, so that a phone shows whole words. */
const NARROW = 600

const Picture = styled.svg`
  display: block;
  max-width: 100%;
  text {
    font: 14px var(--font);
    fill: var(--ink);
    paint-order: stroke;
    stroke: var(--surface);
    stroke-width: 3px;
    stroke-linejoin: round;
  }
  @media print {
    width: 100%;
    height: auto;
  }
  &[data-narrow='true'] text {
    font-size: 11px;
  }
  g[role='img']:focus {
    outline: none;
  }
  g[role='img']:focus-visible rect {
    stroke: var(--focus, var(--link));
    stroke-width: 3px;
  }
`
type Props = {
  flow: CostFlow
  names: { category: (key: string) => string; method: (key: string) => string; party: (key: string) => string }
  /** Parties in the order of the agreement: their places in the palette. */
  parties: readonly string[]
}
export const CostFlowPicture = ({ flow, names, parties }: Props) => {
  const { format } = useText()
  const place = useRef<HTMLDivElement>(null)
  const shown = useWidth(place) || USUAL_WIDTH
  // The sheet shows the whole picture smaller: narrower bands would lie under the names.
  const width = usePrinting() ? USUAL_WIDTH : shown
  const base = useId().replaceAll(/[^a-z0-9]/gi, '')
  const [chosen, setChosen] = useState<string | null>(null)
  const { stations, bands, height } = flowLayout(flow, width)
  const nameOf = ({ kind, key }: Station) => names[kind](key)
  const roomOf = ({ x, width: bar, align }: Station) =>
    align === 'middle' ? Infinity : (align === 'end' ? x : width - x - bar) / (width < NARROW ? 6 : 7)
  const patternId = (party: string) => `${base}-${parties.indexOf(party)}`
  const isLit = (band: (typeof bands)[number]) =>
    chosen === null || [band.from, band.to].includes(chosen) || chosen === `party ${band.party}`
  return (
    <div ref={place}>
      <Picture width={width} height={height} viewBox={`0 0 ${width} ${height}`} data-narrow={width < NARROW}>
        <Patterns definitions={parties.map((party, look) => ({ id: patternId(party), look: partyLook(look) }))} />
        {bands.map((band) => (
          <path
            key={band.id}
            d={band.path}
            fill={`url(#${patternId(band.party)})`}
            fillOpacity={isLit(band) ? 0.55 : 0.08}
            stroke={band.negative ? 'var(--ink)' : 'none'}
            strokeDasharray="4 3"
          />
        ))}
        {stations.map((station) => {
          const { id, x, y, width: barWidth, height: barHeight, net, align } = station
          return (
            <g
              key={id}
              // Each bar is a figure of its own, read with its amount and lit with its bands.
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
              role="img"
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
              tabIndex={0}
              aria-label={`${nameOf(station)}: ${format.money(net)}`}
              onFocus={() => setChosen(id)}
              onBlur={() => setChosen(null)}
              onMouseEnter={() => setChosen(id)}
              onMouseLeave={() => setChosen(null)}
            >
              <rect
                x={x}
                y={y}
                width={barWidth}
                height={barHeight}
                fill={station.kind === 'party' ? `url(#${patternId(station.key)})` : 'var(--ink-soft)'}
              />
              <text
                x={align === 'end' ? x - 6 : align === 'middle' ? x + barWidth / 2 : x + barWidth + 6}
                y={align === 'middle' ? y - 7 : y + barHeight / 2 + 5}
                textAnchor={align}
              >
                {fitted(nameOf(station), width < NARROW ? '' : ` ${format.money(net)}`, roomOf(station))}
              </text>
            </g>
          )
        })}
      </Picture>
    </div>
  )
}

/** A name with its amount in so many characters: a long name ends with an ellipsis, and the amount stays. */
const fitted = (name: string, amount: string, room: number): string =>
  name.length + amount.length <= room
    ? name + amount
    : `${name.slice(0, Math.max(1, Math.floor(room) - amount.length - 2))}…${amount}`
