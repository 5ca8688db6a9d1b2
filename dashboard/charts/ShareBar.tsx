// Who bears what: one bar per line, its pieces the parties' shares in their fixed colours and patterns. An SVG of lengths only.
import { useId } from 'react'
import { styled } from 'styled-components'
import { partyLook } from '#dashboard/components/party-palette.ts'
import { VisuallyHidden } from '#dashboard/ui/Layout.tsx'
import { Patterns } from './patterns.tsx'
import { stackPieces } from './stack-geometry.ts'

const Bar = styled.svg`
  display: block;
  width: 100%;
  min-width: 96px;
  height: 20px;
`
type Props = {
  /** What a screen reader says instead of the picture. */
  label: string
  pieces: { party: string; amount: string; look: number }[]
  /** The largest extent of all bars that are compared, [low, high]; this bar alone when absent. */
  extent?: [number, number]
}

export const ShareBar = ({ label, pieces, extent }: Props) => {
  const base = useId().replaceAll(/[^a-z0-9]/gi, '')
  const { stacks, low, high } = stackPieces([
    { key: 'bar', pieces: pieces.map(({ party, amount }) => ({ key: party, amount })) },
  ])
  const [from, to] = extent ?? [low, high]
  const x = (amount: number) => ((amount - from) / (to - from || 1)) * 100
  return (
    <>
      <VisuallyHidden>{label}</VisuallyHidden>
      <Bar aria-hidden="true" focusable="false">
        <Patterns definitions={pieces.map(({ look }, i) => ({ id: `${base}-${i}`, look: partyLook(look) }))} />
        {(stacks[0]?.pieces ?? []).map(({ start, end }, i) =>
          start === end ? null : (
            <rect
              key={pieces[i]?.party}
              x={`${Math.min(x(start), x(end))}%`}
              width={`${Math.abs(x(end) - x(start))}%`}
              y="0"
              height="20"
              stroke="var(--surface)"
              strokeWidth="2"
              fill={`url(#${base}-${i})`}
            />
          ),
        )}
      </Bar>
    </>
  )
}

/** The common extent of several bars. */
export const extentOf = (bars: { amount: string }[][]): [number, number] => {
  const { low, high } = stackPieces(
    bars.map((pieces, i) => ({ key: String(i), pieces: pieces.map(({ amount }, j) => ({ key: String(j), amount })) })),
  )
  return [low, high]
}
