// The months of one premises.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { premisesQuery } from '#dashboard/client/queries.ts'
import { DemonstrationNote } from '#dashboard/components/DemonstrationNote.tsx'
import { MonthlyCosts } from '#dashboard/components/MonthlyCosts.tsx'
import { pickName } from '#domain/writing/names.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { YearTabs } from '#dashboard/pages/year/YearTabs.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { AddInvoice } from './AddInvoice.tsx'

export const CostMonths = () => {
  const { premises: id = '' } = useParams()
  const { text, language } = useText()
  const premises = useQuery(premisesQuery(id))
  return (
    <PageWhenLoaded query={premises}>
      {(data) => (
        <Page
          title={text.costs.of(pickName(data.name, language, id).text)}
          crumbs={[{ to: '/costs', text: text.nav.costs }]}
          actions={<AddInvoice premises={id} />}
        >
          <DemonstrationNote premises={data} />
          <YearTabs premises={id} open="months" />
          <MonthlyCosts premises={id} timeZone={data.timeZone} parties={data.summary.parties} />
        </Page>
      )}
    </PageWhenLoaded>
  )
}
