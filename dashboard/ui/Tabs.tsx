// Tabs that are addresses: links in a row, the open one marked and in sight. The router's link comes in as a component.
import { useEffect, useRef, type ComponentType, type ReactNode } from 'react'
import { styled } from 'styled-components'

const Bar = styled.nav`
  position: relative;
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
  /* The pages of one tab: a quieter row under it. */
  &.within {
    margin-top: -12px;
    border-bottom: 0;
    ul {
      flex-wrap: wrap;
    }
    a {
      padding: 8px 16px;
      border: 1px solid var(--line-strong);
      border-radius: 22px;
    }
    a:hover {
      border-color: var(--link);
    }
    a[aria-current] {
      border-color: var(--link);
      background: var(--selected);
    }
  }
`
/** `true`: a page within the tab is open. */
type Current = 'page' | 'true'
type TabLink = ComponentType<{ to: string; 'aria-current'?: Current; children: ReactNode }>
type Tab = { to: string; text: string; open: boolean | 'within' }
type Props = { label: string; link: TabLink; tabs: readonly Tab[]; within?: boolean }

export const Tabs = ({ label, link: Link, tabs, within = false }: Props) => {
  const bar = useRef<HTMLElement>(null)
  const opened = tabs.find(({ open }) => open !== false)?.to
  useEffect(() => {
    const current = bar.current?.querySelector<HTMLElement>('[aria-current]')
    if (bar.current === null || current == null || opened === undefined) return
    bar.current.scrollLeft = current.offsetLeft - (bar.current.clientWidth - current.offsetWidth) / 2
  }, [opened])
  return (
    <Bar ref={bar} aria-label={label} className={within ? 'no-print within' : 'no-print'}>
      <ul>
        {tabs.map(({ to, text, open }) => (
          <li key={to}>
            <Link
              to={to}
              {...(open === false ? {} : { 'aria-current': open === 'within' ? ('true' as const) : ('page' as const) })}
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </Bar>
  )
}
