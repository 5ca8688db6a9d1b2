// Certificate authorities whose certificates are taken: the platform's own and foreign ones; single certificates of theirs revoked.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { AuthorityList, AuthorityShown } from '#contract/certificates.ts'
import { apiPath, getJson, segment, sendJson } from '#dashboard/client/http.ts'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { sureWords } from '#dashboard/text/sure/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Facts, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { AuthorityForm } from './AuthorityForm.tsx'

const KEY = ['certificate-authorities']
const authoritiesQuery = queryOptions({
  queryKey: KEY,
  queryFn: ({ signal }) => getJson<AuthorityList>(apiPath('/certificate-authorities'), signal),
})

export const Authorities = () => {
  const { authorities: words } = useWords(connectWords)
  const client = useQueryClient()
  const announce = useAnnounce()
  const [adding, setAdding] = useState(false)
  const query = useQuery(authoritiesQuery)
  const changed = async (said: string) => {
    announce(said)
    await client.invalidateQueries({ queryKey: KEY })
  }
  return (
    <Panel>
      <Stack $gap={3}>
        <h2>{words.title}</h2>
        <Soft as="p">{words.lead}</Soft>
        <WhenLoaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.none} />
            ) : (
              <Stack $gap={3}>
                {items.map((one) => (
                  <Authority key={one.id} authority={one} changed={changed} />
                ))}
              </Stack>
            )
          }
        </WhenLoaded>
        {adding ? (
          <AuthorityForm
            done={async () => {
              setAdding(false)
              await changed(words.saved)
            }}
            close={() => setAdding(false)}
          />
        ) : (
          <div>
            <Button variant="secondary" onClick={() => setAdding(true)}>
              {words.add}
            </Button>
          </div>
        )}
      </Stack>
    </Panel>
  )
}

type Props = { authority: AuthorityShown; changed: (said: string) => Promise<void> }
const Authority = ({ authority, changed }: Props) => {
  const { authorities: words } = useWords(connectWords)
  const sure = useWords(sureWords)
  const { format } = useText()
  const { id, own, name, organisation, enabled, validTo, revoked, recordedVersion } = authority
  const [serial, setSerial] = useState('')
  const path = apiPath(`/certificate-authorities/${segment(id)}`)
  const act = useMutation({
    mutationFn: (action: 'switch' | 'revoke') => {
      if (action === 'revoke') return sendJson('POST', `${path}/revocations`, { serial })
      const { certificate, premises, subject, prefix } = authority
      const body = { name, certificate, organisation, premises, subject, prefix, enabled: !enabled }
      return sendJson('PUT', path, body, recordedVersion)
    },
    onSuccess: async (_answer, action) => {
      setSerial('')
      await changed(words.did[action])
    },
  })
  const remove = async () => {
    await sendJson('DELETE', path)
    await changed(words.did.remove)
  }
  return (
    <Stack as="section" aria-label={name}>
      <h3>{name}</h3>
      {act.error === null ? null : <RefusalWithProblems error={act.error} />}
      <Facts
        facts={[
          [words.state, own ? words.own : enabled ? words.on : words.off],
          [
            words.organisation,
            organisation === null ? words.everybody : <OrganisationName key="organisation" id={organisation} />,
          ],
          [words.validTo, format.instant(validTo, OWN_ZONE, 'minute')],
          [words.revoked, String(revoked.length)],
        ]}
      />
      {own ? null : (
        <Fold summary={words.act}>
          <Stack>
            <TextInput labelText={words.serial} value={serial} onChange={(value) => setSerial(String(value ?? ''))} />
            <Row>
              <Button variant="secondary" onClick={() => (serial.trim() === '' ? undefined : act.mutate('revoke'))}>
                {words.revoke}
              </Button>
              <Button variant="secondary" onClick={() => act.mutate('switch')}>
                {enabled ? words.switchOff : words.switchOn}
              </Button>
              <SureButton text={words.remove} effect={sure.authority} act={remove} />
            </Row>
          </Stack>
        </Fold>
      )}
    </Stack>
  )
}
