// A page: its breadcrumb, its one h1, its title in the window; the heading takes the focus and is announced when a page opens.
import { Suspense, useEffect, useRef, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import { styled } from 'styled-components'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { AppLink } from './AppLink.tsx'
import { Coming } from './QueryStates.tsx'
import { SavedViews } from './SavedViews.tsx'
import { useWindowTitle } from './window-title.ts'

const Crumbs = styled.nav`
  font-size: 14px;
  ol {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 8px;
  }
  li:not(:last-child)::after {
    content: '/';
    margin-left: 8px;
    color: var(--ink-soft);
  }
  a {
    display: inline-block;
    padding: 4px 0;
  }
`
type Props = {
  title: string
  /** The heading when it holds more than the title's text. */
  heading?: ReactNode
  crumbs?: { to: string; text: string }[]
  /** Marks beside the heading. */
  marks?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
  /** It can't be shown: nothing of it is offered to be kept. */
  refused?: boolean
  children: ReactNode
}

/** Pages whose filters stand in the address and can be saved as a view. */
const LISTS =
  /^\/(?:devices|faults|alarms|alarm-rules|costs(?:\/[^/]+(?:\/[^/]+)?)?|service(?:\/[a-z-]+)?|imports|vulnerabilities|premises\/[^/]+\/(?:devices|meters|equipment|spaces))$/

/** The first page after a load leaves the focus to the browser. */
let openedPath: string | null = null

export const Page = ({ title, heading, crumbs, marks, lead, actions, refused = false, children }: Props) => {
  const { text } = useText()
  const announce = useAnnounce()
  const { pathname } = useLocation()
  const headingRef = useRef<HTMLHeadingElement>(null)
  useWindowTitle(title)
  useEffect(() => {
    if (openedPath !== null && openedPath !== pathname) {
      headingRef.current?.focus({ preventScroll: true })
      announce(text.frame.opened(title))
    }
    openedPath = pathname
    // Only a new page moves the focus, not a title that arrives later.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [pathname])
  return (
    <Stack $gap={3}>
      <Stack $gap={1}>
        {crumbs === undefined ? null : (
          <Crumbs aria-label={text.frame.breadcrumb} className="no-print">
            <ol>
              {crumbs.map((crumb) => (
                <li key={crumb.to}>
                  <AppLink to={crumb.to}>{crumb.text}</AppLink>
                </li>
              ))}
              <li aria-current="page">{title}</li>
            </ol>
          </Crumbs>
        )}
        <Row $spread $gap={2}>
          <Row $gap={2}>
            <h1 ref={headingRef} tabIndex={-1}>
              {heading ?? title}
            </h1>
            {marks}
          </Row>
          {actions === undefined ? null : <Row className="no-print">{actions}</Row>}
        </Row>
        {lead === undefined ? null : <Soft as="p">{lead}</Soft>}
      </Stack>
      {/* Words of a part that come late hide the content, never the heading. */}
      <Suspense fallback={<Coming />}>{children}</Suspense>
      {LISTS.test(pathname) && !refused ? (
        <div className="no-print">
          <SavedViews />
        </div>
      ) : null}
    </Stack>
  )
}
