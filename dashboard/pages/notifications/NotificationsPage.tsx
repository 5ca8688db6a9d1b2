// Notifications: what one was told and how, who is on call, and the organisation's webhooks, each at its own address.
import { Outlet, useLocation } from 'react-router'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { mayOpen } from '#dashboard/components/page-rights.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Tabs } from '#dashboard/ui/Tabs.tsx'

const ROOMS = [
  { room: 'told', to: '/notifications' },
  { room: 'settings', to: '/notifications/settings' },
  { room: 'onCall', to: '/notifications/on-call' },
  { room: 'webhooks', to: '/notifications/webhooks' },
] as const

export const NotificationsPage = () => {
  const words = useWords(notificationWords)
  const { pathname } = useLocation()
  const session = useSession()
  const rooms = ROOMS.filter(({ to }) => mayOpen(session, to))
  const open = rooms.findLast(({ to }) => pathname === to || pathname.startsWith(`${to}/`))?.room ?? 'told'
  const leads = {
    told: words.told.lead,
    settings: words.settings.lead,
    onCall: words.onCall.lead,
    webhooks: words.webhooks.lead,
  }
  return (
    <Page title={open === 'told' ? words.title : words.tabs[open]} lead={leads[open]}>
      <Tabs
        label={words.title}
        link={AppLink}
        tabs={rooms.map(({ room, to }) => ({ to, text: words.tabs[room], open: room === open }))}
      />
      <Outlet />
    </Page>
  )
}
