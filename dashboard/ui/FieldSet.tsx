// Fields that belong together, named by a legend.
import type { ReactNode } from 'react'
import { styled } from 'styled-components'

const Set = styled.fieldset`
  min-width: 0;
  margin: 0;
  padding: 0;
  border: 0;
  > legend {
    padding: 0 0 8px;
    font-weight: 600;
  }
  &[data-framed='true'] {
    padding: 8px 16px 16px;
    border: 1px solid var(--line-strong);
    border-radius: 4px;
    > legend {
      padding: 0 8px;
    }
  }
`
type Props = { legend: string; framed?: boolean; children: ReactNode }
export const FieldSet = ({ legend, framed = false, children }: Props) => (
  <Set data-framed={framed}>
    <legend>{legend}</legend>
    {children}
  </Set>
)
