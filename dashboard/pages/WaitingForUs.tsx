// What waits for the organisation of the session: months, disputes, proposals; what is due first comes first.
import { useQuery } from '@tanstack/react-query'
import type { PremisesSummary } from '#contract/premises.ts'
import type { WaitingShown } from '#contract/waiting.ts'
import { waitingQuery } from '#dashboard/client/month-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Loading, PartIfFailed } from '#dashboard/components/QueryStates.tsx'
import { monthWords } from '#dashboard/text/month/words.ts'
import { dueText } from '#dashboard/format/due.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Lines } from '#dashboard/components/Lines.tsx'

const pathOf = ({ kind, premises, period, subject }: WaitingShown): string => {
  if (kind === 'dispute-to-answer' || kind === 'dispute-to-settle') return `/disputes/${subject ?? ''}`
  if (kind === 'transfer-to-answer' || kind === 'loan-to-return') return `/transfers/${subject ?? ''}`
  if (kind === 'meter-change-to-witness') return `/meter-changes/${subject ?? ''}`
  if (kind === 'data-request-to-answer') return `/devices/${subject ?? ''}`
  if (kind === 'service-task-due') return `/service/tasks/${subject ?? ''}`
  if (kind === 'inspection-due') return `/service/inspections/${subject ?? ''}`
  if (kind === 'fault-to-answer') return `/faults/${subject ?? ''}`
  if (kind === 'proposal-to-approve') return `/agreements/proposals/${subject ?? ''}`
  return `/costs/${premises}/${period ?? ''}`
}

/** Nothing where nothing waits. */
export const WaitingForUs = ({ premises }: { premises: readonly PremisesSummary[] }) => {
  const words = useWords(monthWords)
  const query = useQuery(waitingQuery())
  if (query.isPending) return <Loading />
  const items = query.data?.items ?? []
  if (items.length === 0) return <PartIfFailed query={query} title={words.forYou} />
  return (
    <Panel aria-labelledby="waiting">
      <Stack>
        <h2 id="waiting">{words.forYou}</h2>
        <Lines>
          {items.map((one) => (
            <WaitingLine
              key={`${one.kind} ${one.premises} ${one.period ?? ''} ${one.subject ?? ''}`}
              one={one}
              premises={premises.find(({ id }) => id === one.premises)}
            />
          ))}
        </Lines>
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
            : `, ${(overdue ? words.overdue : words.until)(dueText(format, dueAt, premises.timeZone))}`}
        </Soft>
      </span>
      <AppLink to={pathOf(one)}>{words.waitActions[kind]}</AppLink>
    </li>
  )
}
