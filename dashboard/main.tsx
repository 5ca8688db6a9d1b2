// START HERE (dashboard): asks for session, words and page at once, then mounts the router; routes.tsx is the sitemap.
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { createClient } from './client/query-client.ts'
import { sessionQuery } from './client/queries.ts'
import { rememberedLanguage } from './components/settings.ts'
import { createRouter } from './routes.tsx'
import { loadDictionary } from './text/dictionary.ts'
import { wordsAtHand } from './text/spoken.ts'
import './ui/fonts.css'
import './ui/shell.css'
import { parseLanguage } from '#domain/writing/language.ts'

const client = createClient()
const router = createRouter(client)

/** When the page of the first address is there. */
const pageLoaded = new Promise<void>((resolve) => {
  if (router.state.initialized) resolve()
  const stop = router.subscribe(({ initialized }) => {
    if (!initialized) return
    stop()
    resolve()
  })
})
/** The words of the language that the address, the session or the browser wants. */
const wordsLoaded = async (): Promise<void> => {
  const ofAddress = parseLanguage(new URLSearchParams(window.location.search).get('lang'))
  const session = client.prefetchQuery(sessionQuery)
  const guess = loadDictionary(ofAddress ?? rememberedLanguage())
  await session
  const language = client.getQueryData(sessionQuery.queryKey)?.user.language
  await (ofAddress === null && language !== undefined ? loadDictionary(language) : guess)
}

// Until then the shell in index.html stands: one picture follows another, without a blank one between them.
await Promise.allSettled([pageLoaded, wordsLoaded()])
await wordsAtHand()
const root = document.getElementById('root')
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <RouterProvider router={router} />
    </StrictMode>,
  )
