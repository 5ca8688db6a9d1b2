// The main navigation: at the left on wide screens, behind a button below 900 px.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'react-router'
import { IconClose, IconMenu } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import { useText } from '#dashboard/text/TextProvider.tsx'
import type { Dictionary } from '#dashboard/text/dictionary.ts'
import type { RoleName } from '#contract/common.ts'
import { alarmsStandingQuery } from '#dashboard/client/alarm-queries.ts'
import { VisuallyHidden } from '#dashboard/ui/Layout.tsx'
import { AppLink } from './AppLink.tsx'
import { hasRole, useSession } from './session.ts'

type Room = {
  to: string
  word: keyof Dictionary['nav']
  roles?: RoleName[]
  /** Only for those who run the platform. */
  operator?: true
  /** Loaded as a page of its own: only there may the camera be opened. */
  own?: true
  /** Addresses that belong to the room besides those below its own. */
  also?: readonly string[]
}
const ROOMS: Room[] = [
  { to: '/', word: 'overview' },
  { to: '/premises', word: 'premises' },
  { to: '/devices', word: 'devices' },
  { to: '/alarms', word: 'alarms', also: ['/alarm-rules'] },
  { to: '/faults', word: 'faults' },
  { to: '/service', word: 'service' },
  { to: '/scenes', word: 'steering', also: ['/schedules', '/firmware'] },
  { to: '/costs', word: 'costs' },
  { to: '/agreements', word: 'agreements' },
  { to: '/imports', word: 'imports', roles: ['technician', 'manager', 'controller'] },
  { to: '/connect', word: 'connect', roles: ['technician'] },
  { to: '/install', word: 'install', roles: ['technician', 'manager'], own: true },
  { to: '/invoicing', word: 'invoicing', roles: ['controller', 'admin'] },
  { to: '/people', word: 'people', roles: ['admin'] },
  { to: '/system', word: 'system', roles: ['technician'], operator: true },
]

const Side = styled.div`
  width: 216px;
  flex: none;
  a {
    display: flex;
    align-items: center;
    min-height: 44px;
    padding: 8px 16px;
    color: var(--ink);
    text-decoration: none;
    border-left: 4px solid transparent;
    border-radius: 0 2px 2px 0;
  }
  a:hover {
    background: var(--selected);
  }
  a[aria-current] {
    font-weight: 600;
    color: var(--link-strong);
    background: var(--selected);
    border-left-color: var(--link);
  }
  > button {
    display: none;
  }
  @media (max-width: 899px) {
    width: 100%;
    > button {
      display: flex;
      align-items: center;
      gap: 8px;
      min-height: 44px;
      padding: 0 16px;
      border: 1px solid var(--line-strong);
      border-radius: 2px;
      background: var(--surface);
      color: var(--ink);
      cursor: pointer;
    }
    nav {
      display: none;
    }
    nav[data-open='true'] {
      display: block;
      margin-top: 8px;
      padding: 8px 0;
      background: var(--surface);
      border: 1px solid var(--line-strong);
    }
  }
`
export const Navigation = () => {
  const { text, language } = useText()
  const { pathname } = useLocation()
  const session = useSession()
  // Open on the page where it was opened: another page closes it.
  const [openOn, setOpenOn] = useState<string | null>(null)
  const open = openOn === pathname
  const rooms = ROOMS.filter(
    ({ roles, operator = false }) =>
      (!operator || session.operator) && (roles === undefined || hasRole(session, ...roles)),
  )
  return (
    <Side className="no-print">
      <button
        type="button"
        aria-expanded={open}
        aria-controls="navigation"
        onClick={() => setOpenOn(open ? null : pathname)}
      >
        {open ? <IconClose aria-hidden="true" /> : <IconMenu aria-hidden="true" />}
        {open ? text.frame.closeMenu : text.frame.menu}
      </button>
      <nav id="navigation" aria-label={text.frame.navigation} data-open={open}>
        <ul>
          {rooms.map(({ to, word, own = false, also = [] }) => {
            const isCurrent = isOpen(to, pathname) || also.some((one) => isOpen(one, pathname))
            const current = isCurrent ? { 'aria-current': 'page' as const } : {}
            return (
              <li key={to}>
                {own ? (
                  <a href={`${to}?lang=${language}`} {...current}>
                    {text.nav[word]}
                  </a>
                ) : (
                  <AppLink to={to} {...current}>
                    {text.nav[word]}
                    {word === 'alarms' ? <StandingAlarms /> : null}
                  </AppLink>
                )}
              </li>
            )
          })}
        </ul>
      </nav>
    </Side>
  )
}

const Count = styled.span`
  margin-left: auto;
  min-width: 24px;
  padding: 0 8px;
  border-radius: 12px;
  font-size: 14px;
  line-height: 24px;
  font-weight: 600;
  text-align: center;
  color: var(--ink);
  background: var(--warn-ground);
  &[data-grave='true'] {
    background: var(--bad-ground);
  }
`
/** How many alarms stand, among those that one sees. */
const StandingAlarms = () => {
  const { text } = useText()
  const standing = useQuery(alarmsStandingQuery()).data
  if (standing === undefined || standing.total === 0) return null
  const { total, bySeverity } = standing
  return (
    <Count data-grave={bySeverity.major + bySeverity.critical > 0}>
      <span aria-hidden="true">{total}</span>
      <VisuallyHidden>, {text.frame.standing(total)}</VisuallyHidden>
    </Count>
  )
}

const isOpen = (to: string, pathname: string): boolean =>
  to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`)
