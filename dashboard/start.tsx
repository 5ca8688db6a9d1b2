// Asks for session, words and page at once, then mounts the router; routes.tsx is the sitemap.
import type { QueryClient } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { askWhenBack } from './client/away.ts'
import { createClient } from './client/query-client.ts'
import { sessionQuery } from './client/queries.ts'
import { rememberedLanguage } from './components/settings.ts'
import { takeOver, takeSentAlong } from './first/take-over.ts'
import { createRouter } from './router.tsx'
import { loadDictionary } from './text/dictionary.ts'
import { wordsAtHand } from './text/spoken.ts'
import { parseLanguage } from '#domain/writing/language.ts'

/** When the page of the first address is there. */
const pageLoaded = (router: ReturnType<typeof createRouter>): Promise<void> =>
  new Promise((resolve) => {
    if (router.state.initialized) resolve()
    const stop = router.subscribe(({ initialized }) => {
      if (!initialized) return
      stop()
      resolve()
    })
  })
/** The words of the language that the address, the session or the browser wants. */
const wordsLoaded = async (client: QueryClient): Promise<void> => {
  const ofAddress = parseLanguage(new URLSearchParams(window.location.search).get('lang'))
  const session = client.prefetchQuery(sessionQuery)
  const guess = loadDictionary(ofAddress ?? rememberedLanguage())
  await session
  const language = client.getQueryData(sessionQuery.queryKey)?.user.language
  await (ofAddress === null && language !== undefined ? loadDictionary(language) : guess)
}

/** Resolves when the program has taken the place of what the server sent: one picture follows another, without a blank one between them. */
export const start = async (): Promise<void> => {
  const client = createClient()
  const drawn = takeSentAlong(client)
  askWhenBack(client)
  const router = createRouter(client)
  await Promise.allSettled([pageLoaded(router), wordsLoaded(client)])
  await wordsAtHand()
  const element = document.getElementById('root')
  if (element === null) return
  const root = createRoot(element)
  const mount = () =>
    root.render(
      <StrictMode>
        <RouterProvider router={router} />
      </StrictMode>,
    )
  if (drawn) await takeOver(element, () => flushSync(mount))
  else mount()
}
