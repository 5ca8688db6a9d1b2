// Tokens by which other programs ask the API: made, shown once, revoked.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Checkbox, TextInput } from 'suomifi-ui-components'
import type { RoleName } from '#contract/common.ts'
import type { TokenList, TokenMade, TokenShown, TokenWanted } from '#contract/tokens.ts'
import { apiPath, getJson, segment, sendJson } from '#dashboard/client/http.ts'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { sureWords } from '#dashboard/text/sure/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Dialog } from '#dashboard/components/Dialog.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { RoleChoice } from './RoleChoice.tsx'
import { ShownOnce } from './ShownOnce.tsx'

const DAY_MS = 86_400_000
const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => getJson<TokenList>(apiPath('/tokens'), signal),
})

export const Tokens = () => {
  const words = useWords(adminWords)
  const sure = useWords(sureWords)
  const { text, format } = useText()
  const client = useQueryClient()
  const query = useQuery(tokensQuery)
  const [making, setMaking] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const refresh = () => client.invalidateQueries({ queryKey: tokensQuery.queryKey })
  const revoke = async (id: string) => {
    await sendJson<null>('DELETE', apiPath(`/tokens/${segment(id)}`))
    await refresh()
  }
  const table = (rows: TokenShown[], caption: string) => (
    <DataTable
      caption={caption}
      quietCaption
      rows={rows}
      rowKey={({ id }) => id}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'name',
          head: words.name,
          heading: true,
          sort: ({ name }) => name,
          render: ({ name }) => name,
        },
        {
          key: 'roles',
          head: words.roles,
          render: ({ roles }) => roles.map((role) => text.userRoles[role]).join(', '),
        },
        {
          key: 'rights',
          head: words.rights,
          render: ({ scopes }) =>
            scopes.includes('read') && !scopes.includes('write') ? words.readOnly : words.readWrite,
        },
        {
          key: 'expires',
          head: words.expires,
          sort: ({ expiresAt }) => expiresAt ?? '9',
          render: ({ expiresAt, revokedAt }) =>
            revokedAt !== null
              ? words.revoked
              : expiresAt === null
                ? words.never
                : words.until(format.instant(expiresAt, OWN_ZONE, 'day')),
        },
        {
          key: 'action',
          act: true,
          head: words.action,
          render: ({ id, name, revokedAt }) =>
            revokedAt === null ? (
              <SureButton
                variant="secondaryNoBorder"
                text={words.revoke}
                label={`${words.revoke}: ${name}`}
                effect={sure.token(name)}
                act={() => revoke(id)}
              />
            ) : (
              '–'
            ),
        },
      ]}
    />
  )
  return (
    <Stack $gap={3}>
      {secret === null ? null : (
        <ShownOnce
          title={words.addToken}
          text={words.tokenOnce}
          label={words.token}
          secret={secret}
          close={() => setSecret(null)}
        />
      )}
      <div>
        <Button onClick={() => setMaking(true)}>{words.addToken}</Button>
      </div>
      {making ? (
        <Dialog title={words.addToken} onClose={() => setMaking(false)}>
          <TokenForm
            cancel={() => setMaking(false)}
            made={async ({ token }) => {
              setMaking(false)
              setSecret(token)
              await refresh()
            }}
          />
        </Dialog>
      ) : null}
      <Panel>
        <WhenLoaded query={query}>
          {({ items }) => {
            const active = items.filter(({ revokedAt }) => revokedAt === null)
            const revoked = items.filter(({ revokedAt }) => revokedAt !== null)
            return (
              <Stack>
                {active.length === 0 ? (
                  <Empty title={words.noTokens} step={words.noTokensStep} />
                ) : (
                  table(active, words.tokens)
                )}
                {revoked.length === 0 ? null : (
                  <Fold summary={words.revokedTokens(revoked.length)}>
                    {table(revoked, words.revokedTokens(revoked.length))}
                  </Fold>
                )}
              </Stack>
            )
          }}
        </WhenLoaded>
      </Panel>
    </Stack>
  )
}

const TokenForm = ({ cancel, made }: { cancel: () => void; made: (made: TokenMade) => void | Promise<void> }) => {
  const words = useWords(adminWords)
  const [name, setName] = useState('')
  const [roles, setRoles] = useState<RoleName[]>(['viewer'])
  const [readOnly, setReadOnly] = useState(true)
  const [days, setDays] = useState('365')
  const [tried, setTried] = useState(false)
  const add = useMutation({
    mutationFn: (wanted: TokenWanted) => sendJson<TokenMade>('POST', apiPath('/tokens'), wanted),
    onSuccess: (answer) => (answer === null ? undefined : made(answer)),
  })
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (name.trim() === '' || roles.length === 0) return
    const expiresAt = /^[1-9]\d{0,3}$/.test(days) ? new Date(Date.now() + Number(days) * DAY_MS).toISOString() : null
    add.mutate({ name: name.trim(), roles, scopes: readOnly ? ['read'] : ['read', 'write'], expiresAt })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack $gap={3}>
        {add.error === null ? null : <Refusal error={add.error} />}
        <TextInput
          labelText={words.name}
          value={name}
          onChange={(value) => setName(String(value ?? ''))}
          {...(tried && name.trim() === '' ? { status: 'error' as const, statusText: words.nameNeeded } : {})}
        />
        <RoleChoice roles={roles} onChange={setRoles} missing={tried && roles.length === 0} />
        <Checkbox checked={readOnly} onClick={({ checkboxState }) => setReadOnly(checkboxState)}>
          {words.readOnlyChoice}
        </Checkbox>
        <TextInput
          labelText={words.expiresDays}
          inputMode="numeric"
          value={days}
          onChange={(value) => setDays(String(value ?? ''))}
        />
        <Row>
          <Button type="submit">{words.addToken}</Button>
          <Button variant="secondaryNoBorder" onClick={cancel}>
            {words.cancel}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}
