// A short state as word, icon and colour together.
import type { ComponentType, ReactNode } from 'react'
import { styled } from 'styled-components'

export type Tone = 'good' | 'warn' | 'bad' | 'info'
const Mark = styled.span<{ $tone: Tone }>`
  display: inline-flex;
  /* Not stretched where it stands alone in a column. */
  width: fit-content;
  align-items: center;
  gap: 6px;
  padding: 1px 8px 1px 6px;
  border-radius: 12px;
  font-size: 14px;
  line-height: 22px;
  white-space: nowrap;
  color: var(--ink);
  background: var(--${({ $tone }) => $tone}-ground);
  svg.fi-icon {
    width: 14px;
    height: 14px;
    flex: none;
    color: var(--${({ $tone }) => $tone});
  }
  svg.fi-icon .fi-icon-base-fill {
    fill: currentColor;
  }
  svg.fi-icon .fi-icon-base-stroke {
    stroke: currentColor;
  }
`
type Props = { tone: Tone; icon: ComponentType<{ 'aria-hidden': 'true' }>; children: ReactNode }
export const ToneMark = ({ tone, icon: Icon, children }: Props) => (
  <Mark $tone={tone}>
    <Icon aria-hidden="true" />
    <span>{children}</span>
  </Mark>
)
