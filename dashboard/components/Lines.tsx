// Short lines of things: what it is at the left, what to do or who does it at the right, wrapping on a phone.
import { styled } from 'styled-components'

export const Lines = styled.ul`
  li {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    align-items: center;
    justify-content: space-between;
    padding: 12px 0;
    border-top: 1px solid var(--line);
  }
  li a {
    min-height: 44px;
    display: inline-flex;
    align-items: center;
  }
`
