// The bell: how much of what one was told is unread, and the way there.
import { useQuery } from '@tanstack/react-query'
import { IconAlert } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import { unreadQuery } from '#dashboard/client/notification-queries.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { AppLink } from './AppLink.tsx'

const MOST = 100
const Place = styled.div`
  a {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-width: 44px;
    min-height: 44px;
    text-decoration: none;
  }
  b {
    min-width: 22px;
    padding: 0 6px;
    border-radius: 11px;
    font-size: 14px;
    line-height: 22px;
    text-align: center;
    color: var(--ink);
    background: var(--warn-ground);
  }
  @media (max-width: 699px) {
    order: 1;
    span {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
`
export const Bell = () => {
  const { text } = useText()
  const { data } = useQuery(unreadQuery)
  const unread = data?.unread ?? 0
  return (
    <Place>
      <AppLink to="/notifications">
        <IconAlert aria-hidden="true" />
        <span>{text.frame.notifications}</span>
        {unread === 0 ? null : <b>{unread >= MOST ? `${MOST - 1}+` : unread}</b>}
      </AppLink>
    </Place>
  )
}
