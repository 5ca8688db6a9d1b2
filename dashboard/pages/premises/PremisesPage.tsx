// One premises: what it is, whether it is live, and its tabs.
import { useQuery } from '@tanstack/react-query'
import { Outlet, useLocation, useOutletContext, useParams } from 'react-router'
import type { PremisesRecorded } from '#contract/premises.ts'
import type { LiveSnapshot } from '#dashboard/client/live.ts'
import { premisesQuery } from '#dashboard/client/queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { DemonstrationNote } from '#dashboard/components/DemonstrationNote.tsx'
import { LiveState } from '#dashboard/components/LiveState.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { pickName } from '#domain/writing/names.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { useLive } from '#dashboard/components/useLive.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row } from '#dashboard/ui/Layout.tsx'
import { Tabs } from '#dashboard/ui/Tabs.tsx'

type Context = { premises: PremisesRecorded; live: LiveSnapshot }
/** What every tab of a premises works with. */
export const usePremises = () => useOutletContext<Context>()

/** Pages that belong together stand under the tab of the first of them. */
const GROUPS = [
  ['now'],
  ['plans'],
  ['spaces', 'comfort'],
  ['devices', 'meters', 'equipment'],
  ['costs'],
  ['agreement', 'tenancies', 'parties'],
  ['service'],
] as const
const TABS = GROUPS.flat()

export const PremisesPage = () => {
  const { id = '' } = useParams()
  const premises = useQuery(premisesQuery(id))
  return <PageWhenLoaded query={premises}>{(data) => <Opened key={id} premises={data} />}</PageWhenLoaded>
}

const Opened = ({ premises }: { premises: PremisesRecorded }) => {
  const { text, language } = useText()
  const { pathname } = useLocation()
  const live = useLive('premises', premises.id)
  const base = `/premises/${premises.id}`
  const { premises: words } = useWords(registryWords)
  const session = useSession()
  const mayEdit =
    (session.organisation === null || session.organisation === premises.landlord) && hasRole(session, 'manager')
  const open = TABS.find((tab) => pathname === `${base}/${tab}`) ?? 'now'
  const group = GROUPS.find((tabs) => tabs.some((tab) => tab === open)) ?? GROUPS[0]
  const address = (tab: (typeof TABS)[number]): string => (tab === 'now' ? base : `${base}/${tab}`)
  const name = pickName(premises.name, language, premises.id).text
  return (
    <Page
      title={open === 'now' ? name : `${name}: ${text.premises.tabs[open].toLowerCase()}`}
      heading={<Name names={premises.name} id={premises.id} />}
      crumbs={[{ to: '/premises', text: text.nav.premises }]}
      lead={premises.address}
      actions={
        <Row $gap={2} className="no-print">
          {mayEdit ? <AppLink to={`${base}/edit`}>{words.editLink}</AppLink> : null}
          <LiveState connection={live.connection} timeZone={premises.timeZone} />
        </Row>
      }
    >
      <DemonstrationNote premises={premises} />
      <Tabs
        label={text.premises.tabs.label}
        link={AppLink}
        tabs={GROUPS.map((within) => ({
          to: address(within[0]),
          text: text.premises.tabs[within[0]],
          open: within[0] === open || (within === group && 'within'),
        }))}
      />
      {group.length < 2 ? null : (
        <Tabs
          within
          label={text.premises.tabs[group[0]]}
          link={AppLink}
          tabs={group.map((tab) => ({ to: address(tab), text: text.premises.tabs[tab], open: tab === open }))}
        />
      )}
      <Outlet context={{ premises, live } satisfies Context} />
    </Page>
  )
}
