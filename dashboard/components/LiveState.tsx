// Says whether what is seen keeps up; when it does not, since when it is old.
import { useEffect, useRef } from 'react'
import { InlineAlert } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import { useAway } from '#dashboard/client/away.ts'
import type { LiveState as Connection } from '#dashboard/client/live.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { useNow } from './Age.tsx'

/** A short break mends itself before anyone needs to know. */
const PATIENCE_MS = 5000

const Dot = styled.span`
  display: inline-flex;
  align-items: center;
  gap: 8px;
  font-size: 14px;
  color: var(--ink-soft);
  &::before {
    content: '';
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--good);
  }
  &[data-state='connecting']::before {
    background: var(--line-strong);
  }
`
export const LiveState = ({ connection, timeZone }: { connection: Connection; timeZone: string }) => {
  const { text, format } = useText()
  const announce = useAnnounce()
  const now = useNow()
  const wasBroken = useRef(false)
  const isAway = useAway() !== null
  const broken = connection.state === 'broken' && now - connection.since > PATIENCE_MS
  useEffect(() => {
    if (broken) wasBroken.current = true
    else if (wasBroken.current && connection.state === 'open') {
      wasBroken.current = false
      announce(text.live.back)
    }
  }, [broken, connection.state, announce, text])
  // That is said above the page.
  if (isAway) return null
  if (broken)
    return (
      <InlineAlert status="warning" smallScreen>
        {text.live.broken(format.time(connection.since, timeZone))}
      </InlineAlert>
    )
  return (
    <Dot data-state={connection.state}>{connection.state === 'connecting' ? text.live.connecting : text.live.open}</Dot>
  )
}
