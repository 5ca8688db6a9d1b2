// The agreements of one premises: who shares, and how.
import { useQuery } from '@tanstack/react-query'
import { agreementsQuery } from '#dashboard/client/queries.ts'
import { AgreementView } from '#dashboard/components/AgreementView.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { usePremises } from './PremisesPage.tsx'

export const PremisesAgreement = () => {
  const { text } = useText()
  const { premises } = usePremises()
  const agreements = useQuery(agreementsQuery(premises.id))
  return (
    <WhenLoaded query={agreements}>
      {({ items }) =>
        items.length === 0 ? (
          <Panel>
            <Empty title={text.agreements.none} step={text.agreements.noneStep} />
          </Panel>
        ) : (
          <Stack $gap={3}>
            {items.map((agreement) => (
              <Stack key={agreement.id} $gap={2}>
                <h2>
                  <AppLink to={`/agreements/${agreement.id}`}>
                    <Name names={agreement.name} id={agreement.id} />
                  </AppLink>
                </h2>
                <AgreementView agreement={agreement} heading="h3" />
              </Stack>
            ))}
          </Stack>
        )
      }
    </WhenLoaded>
  )
}
