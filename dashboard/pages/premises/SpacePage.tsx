// One space: what it is, who has it, its devices, documents and photos, and the form that changes it.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import type { Space } from '#contract/bundle.ts'
import type { PremisesRecorded } from '#contract/premises.ts'
import { premisesQuery } from '#dashboard/client/queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name, OrganisationName } from '#dashboard/components/Name.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { usePeriodText } from '#dashboard/components/period-text.ts'
import { Empty } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { Documents } from '#dashboard/pages/equipment/Documents.tsx'
import { findWords } from '#dashboard/text/find/words.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Facts, Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { SpaceForm } from './SpaceForm.tsx'

export const SpacePage = () => {
  const { id = '', space = '' } = useParams()
  const premises = useQuery(premisesQuery(id))
  return (
    <PageWhenLoaded query={premises}>
      {(data) => {
        const found = data.spaces?.find((one) => one.id === space)
        return found === undefined ? <Unknown premises={data} /> : <Opened premises={data} space={found} />
      }}
    </PageWhenLoaded>
  )
}

const useCrumbs = (premises: PremisesRecorded) => {
  const { text, language } = useText()
  return [
    { to: '/premises', text: text.nav.premises },
    { to: `/premises/${premises.id}`, text: pickName(premises.name, language, premises.id).text },
    { to: `/premises/${premises.id}/spaces`, text: text.premises.tabs.spaces },
  ]
}
const Unknown = ({ premises }: { premises: PremisesRecorded }) => {
  const { space: words } = useWords(registryWords)
  const crumbs = useCrumbs(premises)
  return (
    <Page title={words.title} crumbs={crumbs}>
      <Panel>
        <Empty title={words.unknown} />
      </Panel>
    </Page>
  )
}

const Opened = ({ premises, space }: { premises: PremisesRecorded; space: Space }) => {
  const { space: words } = useWords(registryWords)
  const find = useWords(findWords)
  const { text, format, language } = useText()
  const session = useSession()
  const period = usePeriodText()
  const crumbs = useCrumbs(premises)
  const { id, name, storey, type, use, areaM2, tags = [] } = space
  const holders = (premises.tenancies ?? []).filter((row) => row.space === id).toReversed()
  const mayChange =
    (session.organisation === null || session.organisation === premises.landlord) && hasRole(session, 'manager')
  const facts: [string, React.ReactNode][] = [
    [words.storey, storey],
    [words.type, type === undefined ? undefined : wordOf(text.spaceTypes, type)],
    [words.use, text.premises.uses[use]],
    [words.area, format.decimal(areaM2)],
    [
      find.tags,
      tags.length === 0
        ? undefined
        : tags.map((tag) => (
            <span key={tag} style={{ marginRight: 8 }}>
              #{tag}
            </span>
          )),
    ],
  ]
  return (
    <Page title={pickName(name, language, id).text} heading={<Name names={name} id={id} />} crumbs={crumbs} lead={id}>
      <Panel>
        <Stack $gap={3}>
          <Facts facts={facts.filter(([, value]) => value !== undefined)} />
          <AppLink to={`/devices?premises=${premises.id}&space=${id}`}>{words.devices}</AppLink>
          {mayChange ? (
            <div className="no-print">
              <Fold summary={<strong>{words.edit}</strong>}>
                <SpaceForm key={premises.version} premises={premises} space={space} />
              </Fold>
            </div>
          ) : null}
        </Stack>
      </Panel>
      <Panel>
        <Stack>
          <h2>{words.holders}</h2>
          {holders.length === 0 ? (
            <Soft as="p">{use === 'exclusive' ? text.premises.vacant : text.premises.shared}</Soft>
          ) : (
            <ul>
              {holders.map((row) => (
                <li key={`${row.organisation} ${row.from}`}>
                  <OrganisationName id={row.organisation} /> <Soft>{period(row)}</Soft>
                </li>
              ))}
            </ul>
          )}
        </Stack>
      </Panel>
      <Documents of={{ premises: premises.id, space: id }} timeZone={premises.timeZone} />
    </Page>
  )
}
