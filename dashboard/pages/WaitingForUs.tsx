// What waits for the organisation of the session: months, disputes, proposals; what is due first comes first.
import { useQuery } from '@tanstack/react-query'
import { styled } from 'styled-components'
import type { PremisesSummary } from '#contract/premises.ts'
import type { WaitingShown } from '#contract/waiting.ts'
import { waitingQuery } from '#dashboard/client/month-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'

const List = styled.ul`
  li {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    align-items: center;
    justify-content: space-between;
    padding: 12px 0;
    border-top: 1px solid var(--line);
  }
  li a {
    min-height: 44px;
    display: inline-flex;
    align-items: center;
  }
`
const pathOf = ({ kind, premises, period, subject }: WaitingShown): string => {
  if (kind === 'dispute-to-answer' || kind === 'dispute-to-settle') return `/disputes/${subject ?? ''}`
  if (kind === 'proposal-to-approve') return `/agreements/proposals/${subject ?? ''}`
  return `/costs/${premises}/${period ?? ''}`
}

/** Nothing where nothing waits. */
export const WaitingForUs = ({ premises }: { premises: readonly PremisesSummary[] }) => {
  const words = useWords(monthWords)
  const items = useQuery(waitingQuery()).data?.items ?? []
  if (items.length === 0) return null
  return (
    <Panel aria-labelledby="waiting">
      <Stack>
        <h2 id="waiting">{words.forYou}</h2>
        <List>
          {items.map((one) => (
            <WaitingLine
              key={`${one.kind} ${one.premises} ${one.period ?? ''} ${one.subject ?? ''}`}
              one={one}
              premises={premises.find(({ id }) => id === one.premises)}
            />
          ))}
        </List>
      </Stack>
    </Panel>
  )
}

const WaitingLine = ({ one, premises }: { one: WaitingShown; premises: PremisesSummary | undefined }) => {
  const words = useWords(monthWords)
  const { format } = useText()
  const { kind, period, dueAt, overdue } = one
  return (
    <li>
      <span>
        {words.waitTitles[kind]}
        <Soft>
          {' · '}
          <Name names={premises?.name} id={one.premises} />
          {period === null ? null : `, ${format.month(period)}`}
          {dueAt === null || premises === undefined
            ? null
            : `, ${(overdue ? words.overdue : words.until)(format.instant(dueAt, premises.timeZone))}`}
        </Soft>
      </span>
      <AppLink to={pathOf(one)}>{words.waitActions[kind]}</AppLink>
    </li>
  )
}
