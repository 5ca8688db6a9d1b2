// Who may do what, who did what: people, organisations, tokens, identity providers and the audit log, each at its own address.
import { Outlet, useLocation } from 'react-router'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { mayOpen } from '#dashboard/components/page-rights.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { organisationsWords } from '#dashboard/text/organisations/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Tabs } from '#dashboard/ui/Tabs.tsx'

const ROOMS = [
  ['/people', 'people'],
  ['/people/organisations', 'organisations'],
  ['/people/tokens', 'tokens'],
  ['/people/identity-providers', 'providers'],
  ['/people/audit', 'audit'],
  ['/people/feedback', 'feedback'],
] as const

export const AdminPage = () => {
  const words = { ...useWords(adminWords), organisations: useWords(organisationsWords).title }
  const { pathname } = useLocation()
  const session = useSession()
  const open = ROOMS.find(([to]) => to === pathname)?.[1] ?? 'people'
  return (
    <Page title={open === 'people' ? words.title : `${words.title}: ${words[open].toLowerCase()}`} lead={words.intro}>
      <Tabs
        label={words.title}
        link={AppLink}
        tabs={ROOMS.filter(([to]) => mayOpen(session, to)).map(([to, word]) => ({
          to,
          text: words[word],
          open: word === open,
        }))}
      />
      <Outlet />
    </Page>
  )
}
