// The facts of premises changed by their landlord: names, address, time zone; spaces have pages of their own, hours are with comfort.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { Button } from 'suomifi-ui-components'
import type { PremisesRecorded } from '#contract/premises.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { premisesQuery } from '#dashboard/client/queries.ts'
import { AppLink, useGo } from '#dashboard/components/AppLink.tsx'
import { namesOf } from '#dashboard/components/NamesFields.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { NotAllowedPage, PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { bodyOf, changedFacts, factsOf } from './premises-draft.ts'
import { PremisesFields } from './PremisesFields.tsx'

export const EditPremises = () => {
  const { id = '' } = useParams()
  const premises = useQuery(premisesQuery(id))
  const { operator, organisation } = useSession()
  return (
    <PageWhenLoaded query={premises}>
      {(data) =>
        operator || data.landlord === organisation ? <Opened key={id} premises={data} /> : <NotAllowedPage />
      }
    </PageWhenLoaded>
  )
}

const Opened = ({ premises }: { premises: PremisesRecorded }) => {
  const { premises: words, device } = useWords(registryWords)
  const { text, language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const go = useGo()
  const [first] = useState(premises)
  const [facts, setFacts] = useState(() => factsOf(first))
  const name = pickName(first.name, language, first.id).text
  const send = useMutation({
    mutationFn: () =>
      sendJson('PUT', apiPath(`/premises/${segment(first.id)}`), changedFacts(bodyOf(first), facts), first.version),
    onSuccess: async () => {
      announce(words.saved)
      await client.invalidateQueries({ queryKey: ['premises'] })
      await go(`/premises/${first.id}`)
    },
  })
  return (
    <Page
      title={words.editTitle(name)}
      crumbs={[
        { to: '/premises', text: text.nav.premises },
        { to: `/premises/${first.id}`, text: name },
      ]}
    >
      <Panel>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            send.mutate()
          }}
        >
          <Stack $gap={3}>
            <h2>{words.facts}</h2>
            <PremisesFields facts={facts} onChange={setFacts} />
            {send.error === null ? null : (
              <RefusalWithProblems
                error={send.error}
                fields={{ '/name': words.facts, '/landlord': words.landlord, '/timeZone': words.timeZone }}
              />
            )}
            <Row $gap={2}>
              <Button type="submit" disabled={namesOf(facts.name) === null || send.isPending}>
                {words.save}
              </Button>
              <AppLink to={`/premises/${first.id}`}>{device.cancel}</AppLink>
            </Row>
          </Stack>
        </form>
      </Panel>
      <Panel>
        <Row as="ul" $gap={3}>
          <li>
            <AppLink to={`/premises/${first.id}/spaces`}>{text.premises.tabs.spaces}</AppLink>
          </li>
          <li>
            <AppLink to={`/premises/${first.id}/parties`}>{text.premises.tabs.parties}</AppLink>
          </li>
          <li>
            <AppLink to={`/premises/${first.id}/comfort`}>{words.hours}</AppLink>
          </li>
          <li>
            <AppLink to="/imports">{words.importSpaces}</AppLink>
          </li>
        </Row>
      </Panel>
    </Page>
  )
}
