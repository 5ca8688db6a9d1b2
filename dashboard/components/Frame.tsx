// The frame of every page: skip link, header, navigation, main, footer.
import { Suspense, useContext, useEffect, type ReactNode } from 'react'
import { styled } from 'styled-components'
import { InlineAlert } from 'suomifi-ui-components'
import { useAway } from '#dashboard/client/away.ts'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { inTurn } from '#dashboard/ui/InTurn.tsx'
import { Small } from '#dashboard/ui/Layout.tsx'
import { AppLink } from './AppLink.tsx'
import { Header } from './Header.tsx'
import { PrintHead } from './PrintHead.tsx'
import { Coming } from './QueryStates.tsx'
import { SessionContext } from './session.ts'

const Shell = styled.div`
  min-height: 100vh;
  display: flex;
  flex-direction: column;
  ${inTurn}
`
const Body = styled.div`
  flex: 1;
  width: 100%;
  max-width: 1560px;
  margin: 0 auto;
  padding: 24px;
  display: flex;
  gap: 32px;
  main {
    flex: 1;
    min-width: 0;
    max-width: 1280px;
  }
  @media (max-width: 899px) {
    flex-direction: column;
    gap: 16px;
    padding: 16px;
  }
  @media print {
    padding: 0;
  }
`
const Skip = styled.a`
  position: absolute;
  left: 16px;
  top: -100px;
  z-index: 10;
  padding: 12px 16px;
  background: var(--surface);
  border: 2px solid var(--link);
  &:focus {
    top: 8px;
  }
`
const Above = styled.div`
  margin-bottom: 24px;
`
const Foot = styled.footer`
  border-top: 1px solid var(--line-strong);
  background: var(--surface);
  padding: 16px 24px;
  text-align: center;
`
const FootLinks = styled.div`
  display: flex;
  flex-wrap: wrap;
  justify-content: center;
  gap: 8px 24px;
  margin-top: 8px;
`
export const Frame = ({ side, children }: { side?: ReactNode; children: ReactNode }) => {
  const { text } = useText()
  const session = useContext(SessionContext)
  return (
    <Shell>
      <Skip href="#main" className="no-print" onClick={focusMain}>
        {text.frame.skip}
      </Skip>
      <Header />
      <Body>
        {side}
        <main id="main" tabIndex={-1}>
          <PrintHead />
          <Away />
          <Suspense fallback={<Coming />}>{children}</Suspense>
        </main>
      </Body>
      <Foot className="no-print">
        <Small>{text.frame.footer}</Small>
        <FootLinks>
          {session === null ? null : <AppLink to="/help">{text.frame.help}</AppLink>}
          <AppLink to="/accessibility">{text.frame.accessibility}</AppLink>
          <AppLink to="/privacy">{text.frame.privacy}</AppLink>
        </FootLinks>
      </Foot>
    </Shell>
  )
}

/** What is seen may be old; it is asked for again by itself. */
const Away = () => {
  const { text, format } = useText()
  const announce = useAnnounce()
  const since = useAway()
  const told = since === null ? null : text.live.away(format.time(since, OWN_ZONE))
  useEffect(() => {
    if (told === null) return undefined
    announce(told)
    return () => announce(text.live.back)
  }, [told, announce, text])
  return told !== null ? (
    <Above className="no-print">
      <InlineAlert status="warning" smallScreen>
        {told}
      </InlineAlert>
    </Above>
  ) : null
}

/** The router owns the address; the skip link only moves the focus. */
const focusMain = (event: React.MouseEvent) => {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
