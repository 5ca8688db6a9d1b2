// The year of a premises: budget, accruals and advance payments as tabs, with the year in the address.
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import type { PremisesRecorded } from '#contract/premises.ts'
import { premisesQuery } from '#dashboard/client/queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { DemonstrationNote } from '#dashboard/components/DemonstrationNote.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { yearWords } from '#dashboard/text/year/words.ts'
import { Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { YearTabs, type YearTab } from './YearTabs.tsx'

export type YearOf = { premises: PremisesRecorded; year: number; party: string }
type Props = { tab: Exclude<YearTab, 'months' | 'figures' | 'compare'>; children: (of: YearOf) => ReactNode }

export const YearPage = ({ tab, children }: Props) => {
  const { premises: id = '' } = useParams()
  const words = useWords(yearWords)
  const { text, language } = useText()
  const { organisation } = useSession()
  const { get, set } = useAddress()
  const now = useNow()
  const premises = useQuery(premisesQuery(id))
  const thisYear = new Date(now).getUTCFullYear()
  const year = Number(get('year') ?? thisYear) || thisYear
  return (
    <PageWhenLoaded query={premises}>
      {(data) => {
        const name = pickName(data.name, language, id).text
        // The operator looks at one party after the other.
        const party = organisation ?? get('party') ?? data.summary.parties[0] ?? data.landlord
        return (
          <Page
            title={words.of(words[tab], name)}
            crumbs={[
              { to: '/costs', text: text.nav.costs },
              { to: `/costs/${id}`, text: name },
            ]}
          >
            <DemonstrationNote premises={data} />
            <YearTabs premises={id} open={tab} year={year} />
            <Stack $gap={3}>
              <Row className="no-print" $end>
                <Select
                  label={words.year}
                  value={String(year)}
                  options={[1, 0, -1, -2, -3].map((step) => ({
                    value: String(thisYear + step),
                    text: String(thisYear + step),
                  }))}
                  onChange={(chosen) => set({ year: chosen })}
                />
              </Row>
              {party === '' ? (
                <Panel>
                  <p>{words.chooseParty}</p>
                </Panel>
              ) : (
                children({ premises: data, year, party })
              )}
            </Stack>
          </Page>
        )
      }}
    </PageWhenLoaded>
  )
}
