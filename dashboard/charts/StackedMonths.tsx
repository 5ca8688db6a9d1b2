// Amounts of several months as stacked bars: an SVG with its table. Lengths come from stack-geometry, amounts from the API.
import { useId, useRef } from 'react'
import { AppLink, useGo } from '#dashboard/components/AppLink.tsx'
import { partyLook } from '#dashboard/components/party-palette.ts'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row, VisuallyHidden } from '#dashboard/ui/Layout.tsx'
import { useWidth } from '#dashboard/ui/useWidth.ts'
import { BarPicture, BOTTOM, LEFT, PeriodNames, TickLines, USUAL_WIDTH } from './BarParts.tsx'
import { ChartFigure } from './ChartFigure.tsx'
import type { Kind } from './biggest-kinds.ts'
import { LookSwatch, Patterns } from './patterns.tsx'
import { roundTicks, stackPieces } from './stack-geometry.ts'

export type MonthBar = { month: string; total: string | null; pieces: { key: string; amount: string }[] }
type Props = {
  label: string
  fileName: string
  /** What the pieces are, in their fixed order: place in the palette, and name. */
  kinds: readonly Kind[]
  bars: MonthBar[]
  /** What a bar is called; a month in words unless said. */
  named?: (month: string) => string
  /** Where a bar, or one of its pieces, leads. The bars then are links of the keyboard too. */
  linkOf?: (month: string, key: string | null) => string
}
const HEIGHT = 320
const TOP = 12

export const StackedMonths = ({ label, fileName, kinds, bars, named, linkOf }: Props) => {
  const { text, format } = useText()
  const go = useGo()
  const nameOf = named ?? format.month
  const hasTotals = bars.some(({ total }) => total !== null)
  const place = useRef<HTMLDivElement>(null)
  const width = useWidth(place) || USUAL_WIDTH
  const base = useId().replaceAll(/[^a-z0-9]/gi, '')
  const { stacks, low, high } = stackPieces(bars.map(({ month, pieces }) => ({ key: month, pieces })))
  const ticks = roundTicks(low, high)
  const [bottom, top] = [ticks[0] ?? 0, ticks.at(-1) ?? 1]
  const y = (amount: number) => TOP + ((top - amount) / (top - bottom || 1)) * (HEIGHT - TOP - BOTTOM)
  const slot = (width - LEFT) / Math.max(1, bars.length)
  const barWidth = Math.min(56, slot * 0.66)
  const patternId = (key: string) => `${base}-${kinds.findIndex((kind) => kind.key === key)}`
  // Those that share a look are one piece to the eye: no line between them.
  const others = new Set(kinds.flatMap(({ key, isOther }) => (isOther === true ? [key] : [])))
  return (
    <ChartFigure
      label={label}
      fileName={fileName}
      heads={[
        { text: text.costs.month },
        ...kinds.map(({ name }) => ({ text: name, figures: true })),
        ...(hasTotals ? [{ text: text.common.total, figures: true }] : []),
      ]}
      rows={() =>
        bars.map(({ month, total, pieces }) => {
          const amounts = kinds.map(({ key }) => pieces.find((piece) => piece.key === key)?.amount ?? null)
          return {
            key: month,
            cells: [month, ...amounts, ...(hasTotals ? [total] : [])],
            shown: [
              linkOf === undefined ? nameOf(month) : <AppLink to={linkOf(month, null)}>{nameOf(month)}</AppLink>,
              ...amounts.map(format.money),
              ...(hasTotals ? [format.money(total)] : []),
            ],
          }
        })
      }
    >
      <div ref={place}>
        <VisuallyHidden>{label}</VisuallyHidden>
        <BarPicture
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          {...(linkOf === undefined
            ? { 'aria-hidden': true, focusable: false }
            : { role: 'group', 'aria-label': label })}
        >
          <Patterns definitions={kinds.map(({ key, look }) => ({ id: patternId(key), look: partyLook(look) }))} />
          <TickLines ticks={ticks} width={width} y={y} show={format.euros} />
          {stacks.map(({ key, pieces }, i) => (
            <g key={key}>
              {linkOf === undefined ? null : (
                <a
                  href={linkOf(key, null)}
                  aria-label={`${nameOf(key)}: ${format.money(bars[i]?.total ?? null)}`}
                  onClick={(event) => {
                    event.preventDefault()
                    void go(linkOf(key, null))
                  }}
                >
                  <rect x={LEFT + slot * i} y={TOP} width={slot} height={HEIGHT - TOP} fill="transparent" />
                </a>
              )}
              {pieces.map((piece) =>
                piece.start === piece.end ? null : (
                  <rect
                    key={piece.key}
                    x={LEFT + slot * i + (slot - barWidth) / 2}
                    width={barWidth}
                    y={y(Math.max(piece.start, piece.end))}
                    height={Math.max(0.5, Math.abs(y(piece.start) - y(piece.end)) - (others.has(piece.key) ? 0 : 1))}
                    fill={`url(#${patternId(piece.key)})`}
                    {...(linkOf === undefined
                      ? {}
                      : { className: 'leads', onClick: () => void go(linkOf(key, piece.key)) })}
                  >
                    <title>
                      {`${nameOf(key)}, ${kinds.find((kind) => kind.key === piece.key)?.name ?? piece.key}: ${format.money(
                        bars[i]?.pieces.find((one) => one.key === piece.key)?.amount ?? null,
                      )}`}
                    </title>
                  </rect>
                ),
              )}
            </g>
          ))}
          <PeriodNames periods={stacks.map(({ key }) => key)} slot={slot} height={HEIGHT} />
        </BarPicture>
      </div>
      <Legend kinds={kinds} base={`${base}l`} />
    </ChartFigure>
  )
}

/** Those that share one look stand there once, as others; the table has each. */
export const Legend = ({ kinds: all, base }: { kinds: Props['kinds']; base: string }) => {
  const words = useWords(costWords)
  const other = all.find(({ isOther }) => isOther === true)
  const kinds = all.filter(({ isOther }) => isOther !== true)
  if (other !== undefined) kinds.push({ ...other, key: '', name: words.others })
  return (
    <Row as="ul" $gap={2}>
      {kinds.map(({ key, look, name }, i) => (
        <li key={key}>
          <LookSwatch index={look} id={`${base}-${i}`} /> {name}
        </li>
      ))}
    </Row>
  )
}
