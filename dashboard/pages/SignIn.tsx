// Signing in; afterwards the page that was asked for opens.
import { useState } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import { RequestError } from '#dashboard/client/problem.ts'
import { withLanguage } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { useSessionQuery, useSignIn } from '#dashboard/components/session.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'

const Narrow = styled.div`
  max-width: 480px;
`
/** Only addresses of the dashboard itself are gone on to. */
const safeNext = (next: string | null): string => (next !== null && /^\/(?!\/)/.test(next) ? next : '/')

export const SignIn = () => {
  const { text, language } = useText()
  const [search] = useSearchParams()
  const { data: session } = useSessionQuery()
  const signIn = useSignIn()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState(false)
  if (session != null) return <Navigate to={withLanguage(safeNext(search.get('next')), language)} replace />
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    const incomplete = login.trim() === '' || password === ''
    setMissing(incomplete)
    if (!incomplete) signIn.mutate({ login: login.trim(), password })
  }
  return (
    <Page title={text.signIn.title} lead={text.product.claim}>
      <Narrow>
        <Panel as="form" onSubmit={submit} noValidate>
          <Stack $gap={3}>
            <p>{text.signIn.intro}</p>
            {missing ? (
              <InlineAlert status="error">{text.signIn.missing}</InlineAlert>
            ) : (
              <SignInProblem error={signIn.error} />
            )}
            <TextInput
              labelText={text.signIn.login}
              name="login"
              autoComplete="username"
              fullWidth
              value={login}
              onChange={(value) => setLogin(String(value ?? ''))}
              {...(missing && login.trim() === '' ? { status: 'error' as const } : {})}
            />
            <TextInput
              labelText={text.signIn.password}
              name="password"
              type="password"
              autoComplete="current-password"
              fullWidth
              value={password}
              onChange={(value) => setPassword(String(value ?? ''))}
              {...(missing && password === '' ? { status: 'error' as const } : {})}
            />
            <div>
              <Button type="submit" aria-disabled={signIn.isPending}>
                {text.signIn.submit}
              </Button>
            </div>
            <Soft as="p">{text.signIn.help}</Soft>
          </Stack>
        </Panel>
      </Narrow>
    </Page>
  )
}

const SignInProblem = ({ error }: { error: unknown }) => {
  const { text } = useText()
  if (error === null) return null
  if (error instanceof RequestError && error.status === 401)
    return <InlineAlert status="error">{text.signIn.wrong}</InlineAlert>
  if (error instanceof RequestError && error.status === 429)
    return <InlineAlert status="error">{text.signIn.tooMany}</InlineAlert>
  return <Refusal error={error} />
}
