// Parts one below the other that come when they come: nothing that is being read moves because something above it came later.
import { css, keyframes, styled } from 'styled-components'
import { Stack } from './Layout.tsx'

const unseen = keyframes`
  from, to { visibility: hidden; }
`
/** What stands below a part that is still loading is shown with it, or without it after a second: also where motion is not wanted. */
export const inTurn = css`
  > :is(.fi-loadingSpinner, :has(.fi-loadingSpinner)) ~ * {
    animation: ${unseen} 1s !important;
  }
`
export const InTurn = styled(Stack)`
  ${inTurn}
`
