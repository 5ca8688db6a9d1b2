// Signing in; afterwards the page that was asked for opens, or the one goes on whose session had ended.
import { useEffect, useRef, useState } from 'react'
import { Navigate, useLocation, useSearchParams } from 'react-router'
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { Session } from '#contract/session.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { withLanguage } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { ProviderLinks } from '#dashboard/components/ProviderLinks.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { useSessionQuery, useSignIn } from '#dashboard/components/session.ts'
import { sessionWords } from '#dashboard/text/session/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'

const Narrow = styled.div`
  max-width: 480px;
`
/** Only addresses of the dashboard itself are gone on to: two slashes, which a browser also takes a backslash for, begin another host. */
const safeNext = (next: string | null): string => (next !== null && /^\/(?![/\\\s])/.test(next) ? next : '/')

/** `ended`: the session whose page waits below. */
export const SignIn = ({ ended = null }: { ended?: Session | null }) => {
  const { text, language } = useText()
  const [search] = useSearchParams()
  const { pathname, search: query } = useLocation()
  const { data: session } = useSessionQuery()
  const signIn = useSignIn(ended)
  const [login, setLogin] = useState(ended?.user.hasPassword === true ? ended.user.login : '')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const words = useWords(sessionWords)
  const passwordField = useRef<HTMLInputElement>(null)
  const codeField = useRef<HTMLInputElement>(null)
  const asksCode = isCodeError(signIn.error) || code !== ''
  // The field that has come is the next thing to fill in.
  useEffect(() => {
    if (asksCode) codeField.current?.focus()
  }, [asksCode])
  const isAgain = ended !== null
  useEffect(() => {
    if (isAgain) passwordField.current?.focus()
  }, [isAgain])
  const returned = ended === null ? search.get('problem') : 'ended'
  const next = ended === null ? safeNext(search.get('next')) : pathname + query
  if (session != null && ended === null) return <Navigate to={withLanguage(next, language)} replace />
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
        <Panel as="form" method="post" onSubmit={submit} noValidate>
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
              forwardedRef={passwordField}
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
            <ProviderLinks
              title={words.or}
              next={next}
              anew={returned === 'not-allowed'}
              {...(ended === null ? {} : { lead: words.inNewTab, inNewTab: true })}
            />
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
