// Identity providers: the operator sets them up, an organisation's administrator maps its groups to roles.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Checkbox, TextInput } from 'suomifi-ui-components'
import type {
  IdentityProviderList,
  IdentityProviderShown,
  IdentityProviderWanted,
  RoleMapping,
} from '#contract/identity-providers.ts'
import { apiPath, getJson, segment, sendJson } from '#dashboard/client/http.ts'
import { Dialog } from '#dashboard/components/Dialog.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { NamesFields, namesOf, writtenNames } from '#dashboard/components/NamesFields.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { OrganisationSelect } from '#dashboard/components/OrganisationSelect.tsx'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { organisationsWords } from '#dashboard/text/organisations/words.ts'
import { sureWords } from '#dashboard/text/sure/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { EMPTY_MAPPING, filledMapping, RoleMappingFields } from './RoleMappingFields.tsx'

const providersQuery = queryOptions({
  queryKey: ['identity-providers'],
  queryFn: ({ signal }) => getJson<IdentityProviderList>(apiPath('/identity-providers'), signal),
})

export const IdentityProviders = () => {
  const words = useWords(adminWords)
  const sure = useWords(sureWords)
  const { language } = useText()
  const { operator } = useSession()
  const nameOf = useOrganisationNames()
  const client = useQueryClient()
  const query = useQuery(providersQuery)
  const [editing, setEditing] = useState<IdentityProviderShown | 'new' | null>(null)
  const refresh = async () => {
    setEditing(null)
    await client.invalidateQueries({ queryKey: providersQuery.queryKey })
  }
  const remove = async (id: string) => {
    await sendJson<null>('DELETE', apiPath(`/identity-providers/${segment(id)}`))
    await refresh()
  }
  return (
    <Stack $gap={3}>
      {operator ? (
        <div>
          <Button onClick={() => setEditing('new')}>{words.addProvider}</Button>
        </div>
      ) : null}
      {editing === null ? null : (
        <Dialog
          title={editing === 'new' ? words.addProvider : pickName(editing.name, language, editing.id).text}
          onClose={() => setEditing(null)}
        >
          <ProviderForm
            provider={editing === 'new' ? null : editing}
            redirectUri={query.data?.redirectUri ?? ''}
            saved={refresh}
            cancel={() => setEditing(null)}
          />
        </Dialog>
      )}
      <WhenLoaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel>
              <Empty title={words.noProviders} step={words.noProvidersStep} />
            </Panel>
          ) : (
            <>
              {items.map((provider) => (
                <Panel key={provider.id}>
                  <Stack $gap={3}>
                    <h2>
                      <Name names={provider.name} id={provider.id} />
                    </h2>
                    <Facts
                      facts={[
                        [words.state, provider.enabled ? words.active : words.disabled],
                        [
                          words.organisation,
                          provider.organisation === null ? words.operator : nameOf(provider.organisation),
                        ],
                        [words.issuer, provider.issuer],
                        [words.redirectUri, provider.redirectUri],
                        [words.mapping, <MappingList key="mapping" mapping={provider.roleMapping} />],
                      ]}
                    />
                    <Row>
                      <Button variant="secondary" onClick={() => setEditing(provider)}>
                        {words.change}
                      </Button>
                      {operator ? (
                        <SureButton
                          variant="secondaryNoBorder"
                          text={words.remove}
                          effect={sure.identityProvider(pickName(provider.name, language, provider.id).text)}
                          act={() => remove(provider.id)}
                        />
                      ) : null}
                    </Row>
                  </Stack>
                </Panel>
              ))}
            </>
          )
        }
      </WhenLoaded>
    </Stack>
  )
}

const MappingList = ({ mapping }: { mapping: RoleMapping[] }) => {
  const { text } = useText()
  return (
    <ul>
      {mapping.map(({ group, roles }) => (
        <li key={group}>
          {group}: {roles.map((role) => text.userRoles[role]).join(', ')}
        </li>
      ))}
    </ul>
  )
}

/** As the API takes them. */
const ID = /^[a-z0-9][a-z0-9-]{0,62}$/
const CLAIM = /^[A-Za-z0-9_:/.-]{1,200}$/

type FormProps = {
  provider: IdentityProviderShown | null
  /** With `{id}` in place of the id. */ redirectUri: string
  saved: () => void | Promise<void>
  cancel: () => void
}
const ProviderForm = ({ provider, redirectUri, saved, cancel }: FormProps) => {
  const words = useWords(adminWords)
  const organisations = useWords(organisationsWords)
  const { operator, organisation } = useSession()
  const [id, setId] = useState(provider?.id ?? '')
  const [names, setNames] = useState(writtenNames(provider?.name))
  const [owner, setOwner] = useState(provider?.organisation ?? organisation ?? '')
  const [issuer, setIssuer] = useState(provider?.issuer ?? 'https://')
  const [clientId, setClientId] = useState(provider?.clientId ?? '')
  const [secret, setSecret] = useState('')
  const [claim, setClaim] = useState(provider?.groupsClaim ?? 'groups')
  const [mapping, setMapping] = useState<RoleMapping[]>(provider?.roleMapping ?? [EMPTY_MAPPING])
  const [enabled, setEnabled] = useState(provider?.enabled ?? true)
  const [wrong, setWrong] = useState(false)
  const save = useMutation({
    mutationFn: (wanted: IdentityProviderWanted) =>
      sendJson<IdentityProviderShown>('PUT', apiPath(`/identity-providers/${segment(id)}`), wanted, provider?.version),
    onSuccess: saved,
  })
  const name = namesOf(names)
  const problems = {
    id: ID.test(id) ? null : words.providerIdWrong,
    issuer: URL.canParse(issuer) ? null : words.issuerWrong,
    clientId: clientId.trim() === '' ? words.clientIdNeeded : null,
    claim: CLAIM.test(claim) ? null : words.groupsClaimWrong,
  }
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    const filled = filledMapping(mapping)
    const isWrong = filled === null || name === null || Object.values(problems).some((problem) => problem !== null)
    setWrong(isWrong)
    if (isWrong) return
    save.mutate({
      name,
      organisation: owner === '' ? null : owner,
      issuer,
      clientId,
      groupsClaim: claim,
      roleMapping: filled,
      enabled,
      ...(secret === '' ? {} : { clientSecret: secret }),
    })
  }
  type FieldProps = [label: string, value: string, set: (value: string) => void, problem: string | null, hint?: string]
  const field = (...[label, value, set, problem, hint]: FieldProps) => (
    <TextInput
      labelText={label}
      value={value}
      onChange={(typed) => set(String(typed ?? ''))}
      {...(hint === undefined ? {} : { hintText: hint })}
      {...(wrong && problem !== null ? { status: 'error' as const, statusText: problem } : {})}
    />
  )
  return (
    <form onSubmit={submit} noValidate>
      <Stack $gap={3}>
        {save.error === null ? null : <Refusal error={save.error} />}
        {operator ? (
          <>
            {provider === null ? field(words.providerId, id, setId, problems.id, words.providerIdHint) : null}
            <Facts
              facts={[[words.redirectUri, <code key="uri">{redirectUri.replace('{id}', id === '' ? '…' : id)}</code>]]}
              min={480}
            />
            <NamesFields
              value={names}
              onChange={setNames}
              problem={wrong && name === null ? organisations.nameNeeded : undefined}
            />
            <OrganisationSelect label={words.organisation} value={owner} none={words.operator} onChange={setOwner} />
            {field(words.issuer, issuer, setIssuer, problems.issuer)}
            {field(words.clientId, clientId, setClientId, problems.clientId)}
            {field(words.clientSecret, secret, setSecret, null, words.clientSecretHint)}
            {field(words.groupsClaim, claim, setClaim, problems.claim)}
          </>
        ) : null}
        <RoleMappingFields mapping={mapping} wrong={wrong} onChange={setMapping} />
        <Checkbox checked={enabled} onClick={({ checkboxState }) => setEnabled(checkboxState)}>
          {words.enabled}
        </Checkbox>
        <Row>
          <Button type="submit">{words.save}</Button>
          <Button variant="secondaryNoBorder" onClick={cancel}>
            {words.cancel}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}
