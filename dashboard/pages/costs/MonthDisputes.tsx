// The disputes of a month, open ones first, each with its state, whose turn it is and until when.
import { useQuery } from '@tanstack/react-query'
import type { DisputeShown } from '#contract/disputes.ts'
import type { SettlementDetails } from '#contract/settlements.ts'
import { disputesQuery } from '#dashboard/client/month-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { DisputeStateMark } from '#dashboard/components/DisputeStateMark.tsx'
import { useItemName } from '#dashboard/components/ItemName.tsx'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { PartIfFailed } from '#dashboard/components/QueryStates.tsx'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'

type Props = { details: SettlementDetails; timeZone: string }
export const MonthDisputes = ({ details, timeZone }: Props) => {
  const words = useWords(monthWords)
  const { premises, period } = details.settlement
  const query = useQuery(disputesQuery(premises, period))
  const found = query.data?.items ?? []
  if (found.length === 0) return <PartIfFailed query={query} title={words.disputes} />
  const openFirst = found.toSorted((a, b) => Number(a.state === 'resolved') - Number(b.state === 'resolved'))
  return (
    <Panel>
      <Stack>
        <h2>{words.disputes}</h2>
        <Stack as="ul" $gap={2}>
          {openFirst.map((dispute) => (
            <li key={dispute.id}>
              <DisputeLine dispute={dispute} details={details} timeZone={timeZone} />
            </li>
          ))}
        </Stack>
      </Stack>
    </Panel>
  )
}

const DisputeLine = ({ dispute, details, timeZone }: Props & { dispute: DisputeShown }) => {
  const words = useWords(monthWords)
  const { format } = useText()
  const nameOf = useOrganisationNames()
  const itemName = useItemName(details)
  const { item, turn, dueAt, overdue, outcome } = dispute
  const source = details.settlement.items.find(({ id }) => id === item)?.source ?? 'invoice'
  return (
    <Stack $gap={0.5}>
      <Row $gap={1}>
        <AppLink to={`/disputes/${dispute.id}`}>
          {item === null ? words.wholeMonth : itemName({ id: item, source })}
        </AppLink>
        <DisputeStateMark state={dispute.state} />
      </Row>
      <Soft>
        <OrganisationName id={dispute.party} />: {words.reasons[dispute.reason]}
        {turn === null ? null : `. ${words.turn(nameOf(turn))}`}
        {dueAt === null ? null : `. ${(overdue ? words.late : words.dueAt)(format.instant(dueAt, timeZone))}`}
        {outcome === null ? null : `. ${words.outcomes[outcome]}`}
      </Soft>
    </Stack>
  )
}
