// Faults that are open of a device or a premises, and the way to report one.
import { useQuery } from '@tanstack/react-query'
import { openFaultsQuery } from '#dashboard/client/fault-queries.ts'
import { faultWords } from '#dashboard/text/faults/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { AppLink } from './AppLink.tsx'
import { useOrganisationNames } from './organisations.ts'
import { PartIfFailed } from './QueryStates.tsx'
import { useFaultTitle } from './useFaultTitle.ts'

const MOST = 10
export const OpenFaults = ({ premises, device }: { premises: string; device?: string }) => {
  const words = useWords(faultWords)
  const { format } = useText()
  const titleOf = useFaultTitle()
  const nameOf = useOrganisationNames()
  const query = useQuery(openFaultsQuery({ premises, ...(device === undefined ? {} : { device }) }))
  const found = query.data?.items
  if (found === undefined) return <PartIfFailed query={query} title={words.openFaults} />
  const of = device === undefined ? `premises=${premises}` : `premises=${premises}&device=${device}`
  return (
    <Panel>
      <Stack $gap={1}>
        <h2>{words.openFaults}</h2>
        {found.length === 0 ? (
          <Soft as="p">{words.noOpenFaults}</Soft>
        ) : (
          <ul>
            {found.slice(0, MOST).map((fault) => (
              <li key={fault.id}>
                <AppLink to={`/faults/${fault.id}`}>{titleOf(fault)}</AppLink>
                <Soft>
                  {' · '}
                  {words.states[fault.state]}, {nameOf(fault.keeper)},{' '}
                  {format.instant(fault.reportedAt, fault.timeZone, 'day')}
                </Soft>
              </li>
            ))}
          </ul>
        )}
        <p className="no-print">
          <AppLink to={`/faults/new?${of}`}>{words.report}</AppLink>
          {found.length === 0 ? null : (
            <>
              {' · '}
              <AppLink to={`/faults?${of}&state=open`}>{words.title}</AppLink>
            </>
          )}
        </p>
      </Stack>
    </Panel>
  )
}
