// START HERE (drawing on the server): any page of the sitemap by the components that the browser goes on with; api/pages/ asks for it.
import { QueryClientProvider, type Query, type QueryClient } from '@tanstack/react-query'
import type { ComponentProps } from 'react'
import { renderToString } from 'react-dom/server'
import {
  createStaticHandler,
  createStaticRouter,
  matchRoutes,
  Outlet,
  StaticRouterProvider,
  type RouteObject,
} from 'react-router'
import { ServerStyleSheet } from 'styled-components'
import { SuomifiThemeProvider } from 'suomifi-ui-components'
import type { FirstPageAsked, FirstPageDrawn, Known } from '#contract/first-page.ts'
import type { Session } from '#contract/session.ts'
import { answerFrom } from '#dashboard/client/http.ts'
import { createClient } from '#dashboard/client/query-client.ts'
import { sessionQuery } from '#dashboard/client/queries.ts'
import { Frame } from '#dashboard/components/Frame.tsx'
import { Navigation } from '#dashboard/components/Navigation.tsx'
import { mayOpen } from '#dashboard/components/page-rights.ts'
import { SchemeContext } from '#dashboard/components/scheme.ts'
import { SessionContext } from '#dashboard/components/session.ts'
import { DrawnTitleContext } from '#dashboard/components/window-title.ts'
import { openPages, signedInPages } from '#dashboard/routes.tsx'
import { loadDictionary, type Dictionary } from '#dashboard/text/dictionary.ts'
import { wordsAtHand } from '#dashboard/text/spoken.ts'
import { TextProvider } from '#dashboard/text/TextProvider.tsx'
import { Announcer } from '#dashboard/ui/Announcer.tsx'
import { GlobalStyle } from '#dashboard/ui/GlobalStyle.tsx'
import { bothSchemes, bothVariables } from './both-schemes.ts'
import { styleRules } from './style-rules.ts'

/** How often a page is drawn until the answers at hand are used up: one answer may let a part ask for another. */
const MOST_DRAWS = 6
const LOOK = { wish: 'system', scheme: 'light', setWish: () => undefined } as const

/**
 * Draws with the answers at hand; one page at a time, because what answers the questions is one for all. null: the browser draws it, as
 * the page leads elsewhere, is not there or is not for whoever asks.
 */
export const drawFirstPage = async ({ address, language, answers }: FirstPageAsked): Promise<FirstPageDrawn | null> => {
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
    await client.prefetchQuery(sessionQuery)
    const session = client.getQueryData(sessionQuery.queryKey) ?? null
    const router = await routerOf(address, session, client)
    if (router === null) return null
    const drawOnce = async () => {
      await wordsAtHand()
      return draw({ client, session, router, language, dictionary })
    }
    let drawn = await drawOnce()
    for (let draws = 1; draws < MOST_DRAWS && (await answersCame(client)); draws += 1) drawn = await drawOnce()
    return { ...drawn, known: knownBy(client), used: [...used], missing: [...missing] }
  } finally {
    client.clear()
  }
}

const OpenFrame = () => (
  <Frame>
    <Outlet />
  </Frame>
)
const SignedInFrame = () => (
  <Frame side={<Navigation />}>
    <Outlet />
  </Frame>
)

/** The pages for whoever asks, in the frame that dashboard/app.tsx gives them; null where the address is not for them. */
const pagesFor = (pathname: string, session: Session | null, client: QueryClient): RouteObject | null => {
  const open = { Component: OpenFrame, children: openPages }
  if (matchRoutes([open], pathname) !== null) return open
  if (session === null || !mayOpen(session, pathname)) return null
  return { Component: SignedInFrame, children: signedInPages(client) }
}

type Router = Pick<ComponentProps<typeof StaticRouterProvider>, 'router' | 'context'>
/** With the code of the page. */
const routerOf = async (address: string, session: Session | null, client: QueryClient): Promise<Router | null> => {
  const url = new URL(address, 'http://dashboard')
  const pages = pagesFor(url.pathname, session, client)
  if (pages === null) return null
  const handler = createStaticHandler([pages])
  const context = await handler.query(new Request(url))
  if (context instanceof Response || context.errors !== null) return null
  return { router: createStaticRouter(handler.dataRoutes, context), context }
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
  router: Router
  language: FirstPageAsked['language']
  dictionary: Dictionary
}
const draw = (drawing: Drawing): Pick<FirstPageDrawn, 'title' | 'html' | 'styles'> => {
  const { client, session, router, language, dictionary } = drawing
  const sheet = new ServerStyleSheet()
  let title = dictionary.product.name
  try {
    const drawn = renderToString(
      sheet.collectStyles(
        <QueryClientProvider client={client}>
          <SchemeContext value={LOOK}>
            <SuomifiThemeProvider theme={bothSchemes}>
              <GlobalStyle $scheme="light" />
              <TextProvider language={language} dictionary={dictionary}>
                <Announcer>
                  <SessionContext value={session}>
                    <DrawnTitleContext value={(drawn) => (title = drawn)}>
                      <StaticRouterProvider {...router} hydrate={false} />
                    </DrawnTitleContext>
                  </SessionContext>
                </Announcer>
              </TextProvider>
            </SuomifiThemeProvider>
          </SchemeContext>
        </QueryClientProvider>,
      ),
    )
    const styles = sheet.getStyleTags().replaceAll(/<\/?style[^>]*>/g, '')
    const { html, rules } = styleRules(drawn)
    return { title, html, styles: `${styles}\n${bothVariables}\n${rules}` }
  } finally {
    sheet.seal()
  }
}
