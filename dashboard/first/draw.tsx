// START HERE (drawing on the server): sign-in and overview by the components that the browser goes on with; api/pages/ asks for it.
import { QueryClientProvider, type Query, type QueryClient } from '@tanstack/react-query'
import { renderToString } from 'react-dom/server'
import { StaticRouter } from 'react-router'
import { ServerStyleSheet } from 'styled-components'
import { SuomifiThemeProvider } from 'suomifi-ui-components'
import type { FirstPageAsked, FirstPageDrawn, Known } from '#contract/first-page.ts'
import type { Session } from '#contract/session.ts'
import { savedViewsQuery } from '#dashboard/client/find-queries.ts'
import { answerFrom } from '#dashboard/client/http.ts'
import { createClient } from '#dashboard/client/query-client.ts'
import { sessionQuery } from '#dashboard/client/queries.ts'
import { Frame } from '#dashboard/components/Frame.tsx'
import { Navigation } from '#dashboard/components/Navigation.tsx'
import { SchemeContext } from '#dashboard/components/scheme.ts'
import { SessionContext } from '#dashboard/components/session.ts'
import { Overview } from '#dashboard/pages/Overview.tsx'
import { SignIn } from '#dashboard/pages/SignIn.tsx'
import { loadDictionary, type Dictionary } from '#dashboard/text/dictionary.ts'
import { wordsAtHand } from '#dashboard/text/spoken.ts'
import { TextProvider } from '#dashboard/text/TextProvider.tsx'
import { Announcer } from '#dashboard/ui/Announcer.tsx'
import { GlobalStyle } from '#dashboard/ui/GlobalStyle.tsx'
import { bothSchemes, bothVariables } from './both-schemes.ts'

/** How often a page is drawn until the answers at hand are used up: one answer may let a part ask for another. */
const MOST_DRAWS = 5
const LOOK = { wish: 'system', scheme: 'light', setWish: () => undefined } as const

/** Draws with the answers at hand; one page at a time, because what answers the questions is one for all. */
export const drawFirstPage = async ({ address, language, answers }: FirstPageAsked): Promise<FirstPageDrawn> => {
  const [used, missing] = [new Set<string>(), new Set<string>()]
  answerFrom((path) => {
    if (path in answers) {
      used.add(path)
      return answers[path]
    }
    missing.add(path)
    throw new Error('not at hand')
  })
  const client = createClient()
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false } })
  try {
    const dictionary = await loadDictionary(language)
    await wordsAtHand()
    await client.prefetchQuery(sessionQuery)
    const session = client.getQueryData(sessionQuery.queryKey) ?? null
    // Not drawn, but asked by the page in the browser (pages/Start.tsx).
    if (session !== null) await client.prefetchQuery(savedViewsQuery)
    const drawOnce = () => draw({ client, session, address, language, dictionary })
    let drawn = drawOnce()
    for (let draws = 1; draws < MOST_DRAWS && (await answersCame(client)); draws += 1) drawn = drawOnce()
    return { ...drawn, known: knownBy(client), used: [...used], missing: [...missing] }
  } finally {
    client.clear()
  }
}

const knownBy = (client: QueryClient): Known =>
  client
    .getQueryCache()
    .getAll()
    .filter(({ state }) => state.status === 'success')
    .map(({ queryKey, state }) => [queryKey, state.data])

/** Whether a question that the drawn page has found its answer. */
const answersCame = async (client: QueryClient): Promise<boolean> => {
  const open = client.getQueryCache().getAll().filter(isOpen)
  await Promise.allSettled(open.map(({ options, queryKey }) => client.fetchQuery({ ...options, queryKey })))
  const came = open.filter(({ state }) => state.status === 'success')
  // What has no answer yet is drawn as still coming, not as refused.
  for (const one of open) if (one.state.status === 'error') one.reset()
  return came.length > 0
}
const isOpen = ({ state, options }: Query): boolean =>
  state.status === 'pending' && !('enabled' in options && options.enabled === false)

type Drawing = {
  client: QueryClient
  session: Session | null
  address: string
  language: FirstPageAsked['language']
  dictionary: Dictionary
}
const draw = ({ client, session, address, language, dictionary }: Drawing): { html: string; styles: string } => {
  const sheet = new ServerStyleSheet()
  try {
    const html = renderToString(
      sheet.collectStyles(
        <StaticRouter location={address}>
          <QueryClientProvider client={client}>
            <SchemeContext value={LOOK}>
              <SuomifiThemeProvider theme={bothSchemes}>
                <GlobalStyle $scheme="light" />
                <TextProvider language={language} dictionary={dictionary}>
                  <Announcer>
                    <SessionContext value={session}>
                      {session === null ? (
                        <Frame>
                          <SignIn />
                        </Frame>
                      ) : (
                        <Frame side={<Navigation />}>
                          <Overview />
                        </Frame>
                      )}
                    </SessionContext>
                  </Announcer>
                </TextProvider>
              </SuomifiThemeProvider>
            </SchemeContext>
          </QueryClientProvider>
        </StaticRouter>,
      ),
    )
    const styles = sheet.getStyleTags().replaceAll(/<\/?style[^>]*>/g, '')
    return { html, styles: `${styles}\n${bothVariables}` }
  } finally {
    sheet.seal()
  }
}
