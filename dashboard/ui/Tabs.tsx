// Tabs that are addresses: links in a row, the open one marked. The router's link comes in as a component.
import type { ComponentType, ReactNode } from 'react'
import { styled } from 'styled-components'

const Bar = styled.nav`
  border-bottom: 1px solid var(--line-strong);
  overflow-x: auto;
  ul {
    display: flex;
    gap: 8px;
  }
  a {
    display: block;
    padding: 10px 16px;
    min-height: 44px;
    white-space: nowrap;
    color: var(--ink);
    text-decoration: none;
    border-bottom: 4px solid transparent;
  }
  a:hover {
    color: var(--link-strong);
    border-bottom-color: var(--line-strong);
  }
  a[aria-current] {
    color: var(--link-strong);
    font-weight: 600;
    border-bottom-color: var(--link);
  }
  a:focus-visible {
    outline-offset: -2px;
  }
`
type TabLink = ComponentType<{ to: string; 'aria-current'?: 'page'; children: ReactNode }>
type Props = { label: string; link: TabLink; tabs: { to: string; text: string; open: boolean }[] }

export const Tabs = ({ label, link: Link, tabs }: Props) => (
  <Bar aria-label={label} className="no-print">
    <ul>
      {tabs.map(({ to, text, open }) => (
        <li key={to}>
          <Link to={to} {...(open ? { 'aria-current': 'page' as const } : {})}>
            {text}
          </Link>
        </li>
      ))}
    </ul>
  </Bar>
)
