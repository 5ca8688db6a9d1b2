// Disputes that have not ended, with whose turn it is.
import { useQuery } from '@tanstack/react-query'
import { openDisputesQuery } from '#dashboard/client/overview-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { DisputeStateMark } from '#dashboard/components/DisputeStateMark.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Loading } from '#dashboard/components/QueryStates.tsx'
import { helpWords } from '#dashboard/text/help/words.ts'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Lines } from '#dashboard/components/Lines.tsx'

export const OpenDisputes = () => {
  const { first: words } = useWords(helpWords)
  const month = useWords(monthWords)
  const { format } = useText()
  const { nameOf: premisesName } = usePremisesNames()
  const nameOf = useOrganisationNames()
  const { data, isPending } = useQuery(openDisputesQuery)
  if (isPending) return <Loading />
  const disputes = data?.items
  if (disputes === undefined) return null
  return (
    <Panel aria-labelledby="open-disputes">
      <Stack>
        <h2 id="open-disputes">{words.disputes}</h2>
        {disputes.length === 0 ? (
          <p>{words.noDisputes}</p>
        ) : (
          <Lines>
            {disputes.map((dispute) => (
              <li key={dispute.id}>
                <Row $gap={2}>
                  <DisputeStateMark state={dispute.state} />
                  <span>
                    <AppLink to={`/disputes/${dispute.id}`}>{month.reasons[dispute.reason]}</AppLink>
                    <Soft>{` · ${premisesName(dispute.premises)}, ${format.month(dispute.period)} · ${nameOf(dispute.party)}`}</Soft>
                  </span>
                </Row>
                {dispute.turn === null ? null : <Soft>{month.turn(nameOf(dispute.turn))}</Soft>}
              </li>
            ))}
          </Lines>
        )}
      </Stack>
    </Panel>
  )
}
