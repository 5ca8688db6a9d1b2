// The months of one premises.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { premisesQuery } from '#dashboard/client/queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { DemonstrationNote } from '#dashboard/components/DemonstrationNote.tsx'
import { MonthlyCosts } from '#dashboard/components/MonthlyCosts.tsx'
import { pickName } from '#domain/writing/names.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'

export const CostMonths = () => {
  const { premises: id = '' } = useParams()
  const { text, language } = useText()
  const session = useSession()
  const premises = useQuery(premisesQuery(id))
  return (
    <PageWhenLoaded query={premises}>
      {(data) => (
        <Page
          title={text.costs.of(pickName(data.name, language, id).text)}
          crumbs={[{ to: '/costs', text: text.nav.costs }]}
          actions={hasRole(session, 'controller') ? <AppLink to="/imports">{text.nav.imports}</AppLink> : null}
        >
          <DemonstrationNote premises={data} />
          <MonthlyCosts premises={id} timeZone={data.timeZone} parties={data.summary.parties} />
        </Page>
      )}
    </PageWhenLoaded>
  )
}
