// One's own account: password, organisations and roles, light or dark.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { PasswordChange } from '#contract/session.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { sessionQuery } from '#dashboard/client/queries.ts'
import { pickName } from '#domain/writing/names.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { ProviderLinks } from '#dashboard/components/ProviderLinks.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { useScheme } from '#dashboard/components/scheme.ts'
import { useSession } from '#dashboard/components/session.ts'
import { rememberScheme, type SchemeWish } from '#dashboard/components/settings.ts'
import { sessionWords } from '#dashboard/text/session/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { OwnEmail } from './OwnEmail.tsx'
import { SecondFactor } from './SecondFactor.tsx'
import { Sessions } from './Sessions.tsx'

const SHORTEST_PASSWORD = 12
const WISHES: SchemeWish[] = ['system', 'light', 'dark']

export const Account = () => {
  const { text, language } = useText()
  const session = useSession()
  const words = useWords(sessionWords)
  const { wish, setWish } = useScheme()
  const problem = useSearchParams()[0].get('problem')
  return (
    <Page title={text.account.title} lead={`${session.user.name} (${session.user.login})`}>
      {problem === null ? null : (
        <InlineAlert status="error">{problem === 'not-allowed' ? words.joinRefused : words.joinFailed}</InlineAlert>
      )}
      {session.user.mustChangePassword ? <InlineAlert status="warning">{text.account.mustChange}</InlineAlert> : null}
      {session.user.hasPassword ? (
        <>
          <Panel>
            <PasswordForm />
          </Panel>
          {session.user.mustChangePassword ? null : (
            <Panel>
              <SecondFactor />
            </Panel>
          )}
        </>
      ) : null}
      <Panel>
        <Stack>
          <h2>{text.account.roles}</h2>
          <DataTable
            caption={text.account.roles}
            quietCaption
            rows={session.memberships}
            rowKey={({ organisation }) => organisation ?? ''}
            sortWord={text.common.sorted}
            columns={[
              {
                key: 'organisation',
                head: text.frame.organisation,
                heading: true,
                render: ({ organisation, name }) =>
                  organisation === null ? text.frame.operator : pickName(name, language, organisation).text,
              },
              {
                key: 'roles',
                head: text.account.role,
                render: ({ roles }) => roles.map((role) => text.userRoles[role]).join(', '),
              },
              {
                key: 'now',
                head: text.states.inForce,
                render: ({ organisation }) => (organisation === session.organisation ? text.account.inUse : ''),
              },
            ]}
          />
          {session.user.mustChangePassword ? null : (
            <ProviderLinks title={words.join} lead={words.joinText} next="/account" anew={problem === 'not-allowed'} />
          )}
        </Stack>
      </Panel>
      {session.user.mustChangePassword ? null : (
        <Panel>
          <OwnEmail />
        </Panel>
      )}
      {session.user.mustChangePassword ? null : (
        <Panel>
          <Sessions />
        </Panel>
      )}
      <Panel>
        <Select
          label={text.frame.scheme}
          value={wish}
          options={WISHES.map((value) => ({ value, text: text.frame.schemes[value] }))}
          onChange={(value) => {
            rememberScheme(value)
            setWish(value)
          }}
        />
      </Panel>
    </Page>
  )
}

const PasswordForm = () => {
  const { text } = useText()
  const client = useQueryClient()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [repeat, setRepeat] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const change = useMutation({
    mutationFn: (body: PasswordChange) => sendJson<null>('POST', apiPath('/session/password'), body),
    onSuccess: async () => {
      setCurrent('')
      setNext('')
      setRepeat('')
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
  })
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    const wrong = next.length < SHORTEST_PASSWORD ? text.account.short : next === repeat ? null : text.account.different
    setProblem(wrong)
    if (wrong === null) change.mutate({ current, next })
  }
  const wrongCurrent =
    change.error instanceof RequestError && (change.error.status === 401 || change.error.code === 'wrong-password')
  const field = (label: string, value: string, set: (value: string) => void, autoComplete: string, hint?: string) => (
    <TextInput
      labelText={label}
      type="password"
      autoComplete={autoComplete}
      value={value}
      onChange={(typed) => set(String(typed ?? ''))}
      {...(hint === undefined ? {} : { hintText: hint })}
    />
  )
  return (
    <form onSubmit={submit} noValidate>
      <Stack $gap={3}>
        <h2>{text.account.password}</h2>
        {problem === null ? null : <InlineAlert status="error">{problem}</InlineAlert>}
        {problem === null && wrongCurrent ? (
          <InlineAlert status="error">{text.account.wrongCurrent}</InlineAlert>
        ) : null}
        {problem === null && change.error !== null && !wrongCurrent ? <Refusal error={change.error} /> : null}
        {change.isSuccess ? <InlineAlert>{text.account.done}</InlineAlert> : null}
        {field(text.account.current, current, setCurrent, 'current-password')}
        {field(text.account.next, next, setNext, 'new-password', text.account.nextHint)}
        {field(text.account.repeat, repeat, setRepeat, 'new-password')}
        <Stack $gap={1}>
          <div>
            <Button type="submit">{text.account.submit}</Button>
          </div>
          <Small>{text.account.effect}</Small>
        </Stack>
      </Stack>
    </form>
  )
}
