// Connecting devices: inbox, connectors, bridges, quarantine and credentials, each at its own address.
import { Outlet, useLocation } from 'react-router'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { mayOpen } from '#dashboard/components/page-rights.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Tabs } from '#dashboard/ui/Tabs.tsx'

const ROOMS = ['inbox', 'connectors', 'bridges', 'quarantine', 'labels', 'credentials'] as const
const addressOf = (room: (typeof ROOMS)[number]): string => (room === 'inbox' ? '/connect' : `/connect/${room}`)

export const ConnectPage = () => {
  const words = useWords(connectWords)
  const { language } = useText()
  const { pathname } = useLocation()
  const session = useSession()
  const rooms = ROOMS.filter((room) => mayOpen(session, addressOf(room)))
  const open = rooms.find((room) => room !== 'inbox' && pathname.startsWith(addressOf(room))) ?? 'inbox'
  return (
    <Page
      title={open === 'inbox' ? words.title : `${words.title}: ${words.tabs[open].toLowerCase()}`}
      lead={words.intro}
    >
      <Tabs
        label={words.title}
        link={AppLink}
        tabs={rooms.map((room) => ({ to: addressOf(room), text: words.tabs[room], open: room === open }))}
      />
      {/* A page of its own: only there may the camera be opened. */}
      <p>
        <a href={`/install?lang=${language}`}>{words.install}</a>
      </p>
      <Outlet />
    </Page>
  )
}
