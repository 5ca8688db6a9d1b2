// The piece of line that names an overlay: its colour, whole or dashed.
import { styled } from 'styled-components'
import type { Overlay } from './overlay.ts'

const Swatch = styled.svg`
  flex: none;
  vertical-align: 3px;
`
export const OverlaySwatch = ({ overlay: { look, dashed } }: { overlay: Pick<Overlay, 'look' | 'dashed'> }) => (
  <Swatch width="28" height="6" aria-hidden="true" focusable="false">
    <line
      x1="0"
      x2="28"
      y1="3"
      y2="3"
      stroke={`var(--chart-${look})`}
      strokeWidth="3"
      strokeDasharray={dashed ? '8 5' : undefined}
    />
  </Swatch>
)
