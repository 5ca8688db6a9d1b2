// Who joins and leaves: the guided act in three steps, and what was done before.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { PartyChangeShown } from '#contract/party-changes.ts'
import { apiPath, getJson, segment } from '#dashboard/client/http.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { usePremises } from '#dashboard/pages/premises/PremisesPage.tsx'
import { partyWords } from '#dashboard/text/parties/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Guide } from './Guide.tsx'

export const partyChangesQuery = (premises: string) =>
  queryOptions({
    queryKey: ['premises', premises, 'party-changes'],
    queryFn: ({ signal }) =>
      getJson<{ items: PartyChangeShown[] }>(apiPath(`/premises/${segment(premises)}/party-changes`), signal),
  })

export const PartiesPage = () => {
  const words = useWords(partyWords)
  const { format } = useText()
  const { premises } = usePremises()
  const session = useSession()
  const nameOf = useOrganisationNames()
  const done = useQuery(partyChangesQuery(premises.id))
  const [guided, setGuided] = useState(false)
  const mayLook = hasRole(session, 'controller', 'manager')
  return (
    <Stack $gap={3}>
      {mayLook ? (
        <Panel>
          {guided ? (
            <Guide premises={premises} close={() => setGuided(false)} />
          ) : (
            <Stack>
              <h2>{words.start}</h2>
              <Soft as="p">{words.startText}</Soft>
              <div>
                <Button onClick={() => setGuided(true)}>{words.start}</Button>
              </div>
            </Stack>
          )}
        </Panel>
      ) : null}
      <Panel>
        <Stack>
          <h2>{words.done}</h2>
          <WhenLoaded query={done}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title={words.noneDone} />
              ) : (
                <Stack as="ul" $gap={1}>
                  {items.map(({ id, act, proposal }) => (
                    <li key={id}>
                      {words.doneActs[act.act](nameOf(act.organisation), format.date(act.from))}
                      {proposal === null || session.organisation === null ? null : (
                        <>
                          {' – '}
                          <AppLink to={`/agreements/proposals/${proposal}`}>{words.toProposal}</AppLink>
                        </>
                      )}
                    </li>
                  ))}
                </Stack>
              )
            }
          </WhenLoaded>
        </Stack>
      </Panel>
    </Stack>
  )
}
