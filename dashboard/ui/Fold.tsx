// A part of a page that is folded until it is wanted: the browser's own control, found by its search and by every keyboard.
import type { ReactNode } from 'react'
import { styled } from 'styled-components'

const Details = styled.details`
  min-width: 0;
  border: 1px solid var(--line-strong);
  border-radius: 4px;
  > summary {
    padding: 12px 16px;
    min-height: 44px;
    cursor: pointer;
  }
  &[open] > summary {
    border-bottom: 1px solid var(--line);
  }
  > div {
    padding: 16px;
  }
  @media (max-width: 599px) {
    > div {
      padding: 12px;
    }
  }
`
type Props = {
  summary: ReactNode
  children: ReactNode
  /** Open from the beginning. */
  open?: boolean
  id?: string
}
export const Fold = ({ summary, children, open = false, id }: Props) => (
  <Details id={id} open={open}>
    <summary>{summary}</summary>
    <div>{children}</div>
  </Details>
)
