// Signing in; afterwards the page that was asked for opens.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { OfferedProviders } from '#contract/identity-providers.ts'
import { apiPath, getJson, segment } from '#dashboard/client/http.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { withLanguage } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { useSessionQuery, useSignIn } from '#dashboard/components/session.ts'
import { takeSentBefore, typedBefore } from '#dashboard/first/take-over.ts'
import { pickName } from '#domain/writing/names.ts'
import { sessionWords } from '#dashboard/text/session/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
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
  const [login, setLogin] = useState(() => typedBefore('login'))
  const [password, setPassword] = useState(() => typedBefore('password'))
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const words = useWords(sessionWords)
  const form = useRef<HTMLFormElement>(null)
  const codeField = useRef<HTMLInputElement>(null)
  const asksCode = isCodeError(signIn.error) || code !== ''
  // The field that has come is the next thing to fill in.
  useEffect(() => {
    if (asksCode) codeField.current?.focus()
  }, [asksCode])
  // The form was sent before the program had come.
  useEffect(() => {
    if (takeSentBefore()) form.current?.requestSubmit()
  }, [])
  const returned = search.get('problem')
  if (session != null) return <Navigate to={withLanguage(safeNext(search.get('next')), language)} replace />
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    const incomplete = login.trim() === '' || password === ''
    setMissing(incomplete)
    if (!incomplete) signIn.mutate({ login: login.trim(), password, ...(code === '' ? {} : { code: code.trim() }) })
  }
  return (
    <Page title={text.signIn.title} lead={text.product.claim}>
      <Narrow>
        {/* Should nothing take the form over, what was typed must not come to stand in an address: post. */}
        <Panel as="form" ref={form} method="post" onSubmit={submit} noValidate>
          <Stack $gap={3}>
            <p>{text.signIn.intro}</p>
            {missing ? (
              <InlineAlert status="error">{text.signIn.missing}</InlineAlert>
            ) : (
              <SignInProblem error={signIn.error} />
            )}
            {signIn.error === null && returned !== null ? <Returned problem={returned} /> : null}
            <TextInput
              labelText={text.signIn.login}
              id="login"
              name="login"
              autoComplete="username"
              fullWidth
              value={login}
              onChange={(value) => setLogin(String(value ?? ''))}
              {...(missing && login.trim() === '' ? { status: 'error' as const } : {})}
            />
            <TextInput
              labelText={text.signIn.password}
              id="password"
              name="password"
              type="password"
              autoComplete="current-password"
              fullWidth
              value={password}
              onChange={(value) => setPassword(String(value ?? ''))}
              {...(missing && password === '' ? { status: 'error' as const } : {})}
            />
            {asksCode ? (
              <TextInput
                labelText={words.code}
                hintText={words.codeHint}
                name="code"
                autoComplete="one-time-code"
                fullWidth
                forwardedRef={codeField}
                value={code}
                onChange={(value) => setCode(String(value ?? ''))}
              />
            ) : null}
            <div>
              <Button type="submit" aria-disabled={signIn.isPending}>
                {text.signIn.submit}
              </Button>
            </div>
            <Providers next={safeNext(search.get('next'))} />
            <Soft as="p">{text.signIn.help}</Soft>
          </Stack>
        </Panel>
      </Narrow>
    </Page>
  )
}

/** Why one is back at the sign-in. */
const Returned = ({ problem }: { problem: string }) => {
  const words = useWords(sessionWords)
  if (problem === 'ended') return <InlineAlert status="warning">{words.endedElsewhere}</InlineAlert>
  return <InlineAlert status="error">{problem === 'not-allowed' ? words.noRole : words.refused}</InlineAlert>
}

/** Buttons of the identity providers, which open a page of the API that sends the browser on. */
const Providers = ({ next }: { next: string }) => {
  const words = useWords(sessionWords)
  const { language } = useText()
  const { data } = useQuery(offeredProvidersQuery)
  if (data === undefined || data.items.length === 0) return null
  return (
    <Stack>
      <h2>{words.or}</h2>
      {data.items.map(({ id, name }) => (
        <ExternalLinkButton key={id} href={apiPath(`/oidc/${segment(id)}/start`, { next })}>
          {words.by(pickName(name, language, id).text)}
        </ExternalLinkButton>
      ))}
    </Stack>
  )
}
const ExternalLinkButton = styled.a`
  display: block;
  padding: 12px 16px;
  border: 1px solid var(--link);
  border-radius: 2px;
  text-align: center;
  text-decoration: none;
`
const offeredProvidersQuery = queryOptions({
  queryKey: ['session', 'offered-providers'],
  queryFn: ({ signal }) => getJson<OfferedProviders>(apiPath('/identity-providers/offered'), signal),
  staleTime: 60_000,
})

const isCodeError = (error: unknown): boolean =>
  error instanceof RequestError && ['code-needed', 'wrong-code'].includes(error.code)

const SignInProblem = ({ error }: { error: unknown }) => {
  const { text } = useText()
  const words = useWords(sessionWords)
  if (error === null) return null
  if (error instanceof RequestError && error.code === 'code-needed')
    return <InlineAlert>{words.codeNeeded}</InlineAlert>
  if (error instanceof RequestError && error.code === 'wrong-code')
    return <InlineAlert status="error">{words.codeWrong}</InlineAlert>
  if (error instanceof RequestError && error.status === 401)
    return <InlineAlert status="error">{text.signIn.wrong}</InlineAlert>
  if (error instanceof RequestError && error.status === 429)
    return <InlineAlert status="error">{text.signIn.tooMany}</InlineAlert>
  return <Refusal error={error} />
}
