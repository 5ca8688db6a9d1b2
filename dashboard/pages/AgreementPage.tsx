// What did we agree, and who approved it.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { agreementQuery } from '#dashboard/client/queries.ts'
import { AgreementView } from '#dashboard/components/AgreementView.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { pickName } from '#domain/writing/names.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'

export const AgreementPage = () => {
  const { id = '' } = useParams()
  const { text, language } = useText()
  const { nameOf } = usePremisesNames()
  const agreement = useQuery(agreementQuery(id))
  return (
    <PageWhenLoaded query={agreement}>
      {(data) => (
        <Page
          title={pickName(data.name, language, id).text}
          heading={<Name names={data.name} id={id} />}
          crumbs={[{ to: '/agreements', text: text.nav.agreements }]}
          lead={<AppLink to={`/premises/${data.premises}`}>{nameOf(data.premises)}</AppLink>}
        >
          <AgreementView agreement={data} heading="h2" />
        </Page>
      )}
    </PageWhenLoaded>
  )
}
