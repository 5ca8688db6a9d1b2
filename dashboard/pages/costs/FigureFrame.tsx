// What the pages of key figures and of comparing share: the premises, the way to it, the tabs, and whose costs are looked at.
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import type { PremisesRecorded } from '#contract/premises.ts'
import { premisesQuery } from '#dashboard/client/queries.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { DemonstrationNote } from '#dashboard/components/DemonstrationNote.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { YearTabs } from '#dashboard/pages/year/YearTabs.tsx'
import { costWords } from '#dashboard/text/costs/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

type Props = { tab: 'figures' | 'compare'; children: (premises: PremisesRecorded) => ReactNode }
export const FigureFrame = ({ tab, children }: Props) => {
  const { premises: id = '' } = useParams()
  const { text, language } = useText()
  const words = useWords(costWords)
  const premises = useQuery(premisesQuery(id))
  return (
    <PageWhenLoaded query={premises}>
      {(data) => {
        const name = pickName(data.name, language, id).text
        return (
          <Page
            title={tab === 'figures' ? words.figuresOf(name) : words.compareOf(name)}
            lead={tab === 'figures' ? words.figuresLead : undefined}
            crumbs={[
              { to: '/costs', text: text.nav.costs },
              { to: `/costs/${id}`, text: name },
            ]}
          >
            <DemonstrationNote premises={data} />
            <YearTabs premises={id} open={tab} />
            <Stack $gap={3}>{children(data)}</Stack>
          </Page>
        )
      }}
    </PageWhenLoaded>
  )
}

/** Whose costs: those of one party, or of all; it stands in the address. */
export const PartyChoice = ({ parties }: { parties: readonly string[] }) => {
  const words = useWords(costWords)
  const { get, set } = useAddress()
  const nameOf = useOrganisationNames()
  return (
    <Select
      label={words.whose}
      value={get('party') ?? ''}
      options={[{ value: '', text: words.all }, ...parties.map((value) => ({ value, text: nameOf(value) }))]}
      onChange={(value) => set({ party: value })}
    />
  )
}
