// Everything that surrounds the pages: queries, language, look, session; and which frame is shown to whom.
import { QueryClientProvider, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { Activity, lazy, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { Navigate, Outlet, ScrollRestoration, useLocation, useSearchParams } from 'react-router'
import { SuomifiThemeProvider } from 'suomifi-ui-components'
import type { Session } from '#contract/session.ts'
import { withLanguage } from './components/AppLink.tsx'
import { Frame } from './components/Frame.tsx'
import { Navigation } from './components/Navigation.tsx'
import { mayOpen } from './components/page-rights.ts'
import { NotAllowedPage } from './components/PageWhenLoaded.tsx'
import { Refusal, useFocusBack } from './components/QueryStates.tsx'
import { SchemeContext } from './components/scheme.ts'
import { SCROLL_STORAGE, scrollKey } from './components/scroll-places.ts'
import { askAnew, SessionContext, useLastSession, useSessionQuery } from './components/session.ts'
import { rememberedLanguage, rememberedScheme } from './components/settings.ts'
import { parseLanguage, type Language } from '#domain/writing/language.ts'
import { loadDictionary, loadedDictionary, type Dictionary } from './text/dictionary.ts'
import { TextProvider } from './text/TextProvider.tsx'
import { Announcer } from './ui/Announcer.tsx'
import { focusFirstWrong } from './ui/focus-first-wrong.ts'
import { GlobalStyle } from './ui/GlobalStyle.tsx'
import { themes } from './ui/theme.ts'
import { usePrinting } from './ui/usePrinting.ts'

/** The root of the router: providers, then the page. */
export const App = ({ client }: { client: QueryClient }) => {
  useEffect(focusFirstWrong, [])
  return (
    <QueryClientProvider client={client}>
      <Looks>
        <Spoken />
      </Looks>
      <ScrollRestoration storageKey={SCROLL_STORAGE} getKey={scrollKey} />
    </QueryClientProvider>
  )
}

const darkWanted = matchMedia('(prefers-color-scheme: dark)')
const subscribeDark = (changed: () => void) => {
  darkWanted.addEventListener('change', changed)
  return () => darkWanted.removeEventListener('change', changed)
}
const Looks = ({ children }: { children: React.ReactNode }) => {
  const dark = useSyncExternalStore(subscribeDark, () => darkWanted.matches)
  const isPrinting = usePrinting()
  const [wish, setWish] = useState(rememberedScheme)
  // A canvas is printed as it was drawn: on white paper everything is light.
  const scheme = isPrinting ? 'light' : wish === 'system' ? (dark ? 'dark' : 'light') : wish
  const value = useMemo(() => ({ wish, setWish, scheme }) as const, [wish, scheme])
  return (
    <SchemeContext value={value}>
      <SuomifiThemeProvider theme={themes[scheme]}>
        <GlobalStyle $scheme={scheme} />
        {children}
      </SuomifiThemeProvider>
    </SchemeContext>
  )
}

/** Language: the address decides, then the session, then what the browser remembers. */
const Spoken = () => {
  const [search] = useSearchParams()
  const session = useSessionQuery()
  const wanted: Language = parseLanguage(search.get('lang')) ?? session.data?.user.language ?? rememberedLanguage()
  const [loaded, setLoaded] = useState<{ language: Language; dictionary: Dictionary } | null>(() => {
    const dictionary = loadedDictionary(wanted)
    return dictionary === null ? null : { language: wanted, dictionary }
  })
  useEffect(() => {
    let current = true
    const load = async () => {
      const dictionary = await loadDictionary(wanted)
      if (current) setLoaded((before) => (before?.language === wanted ? before : { language: wanted, dictionary }))
    }
    void load()
    return () => {
      current = false
    }
  }, [wanted])
  useEffect(() => {
    if (loaded !== null) document.documentElement.lang = loaded.language
  }, [loaded])
  if (loaded === null) return null
  return (
    <TextProvider {...loaded}>
      <Announcer>
        {session.isPending ? null : session.error !== null && session.data === undefined ? (
          <Frame>
            <Refusal error={session.error} retry={() => void session.refetch()} />
          </Frame>
        ) : (
          <SessionContext value={session.data ?? null}>
            <AddressWithLanguage language={wanted}>
              <Outlet />
            </AddressWithLanguage>
          </SessionContext>
        )}
      </Announcer>
    </TextProvider>
  )
}

/** An address without a language gets the one that is wanted, so that it can be sent on. */
const AddressWithLanguage = ({ language, children }: { language: Language; children: React.ReactNode }) => {
  const { pathname, search, hash } = useLocation()
  const missing = new URLSearchParams(search).get('lang') === null
  return missing ? <Navigate to={withLanguage(`${pathname}${search}${hash}`, language)} replace /> : children
}

const SignIn = lazy(async () => ({ default: (await import('./pages/SignIn.tsx')).SignIn }))

/**
 * Pages for those who are signed in; others are asked to sign in first and then come back. Where a session ends by itself, the page
 * waits hidden, with all that was written, until the same person has signed in again.
 */
export const SignedIn = () => {
  const { data: session } = useSessionQuery()
  const last = useLastSession()
  const { pathname, search } = useLocation()
  const lang = new URLSearchParams(search).get('lang')
  const isAnother = session != null && last !== null && session.user.id !== last.user.id
  useEffect(() => {
    // Nothing of the one before is for them.
    if (isAnother) window.location.reload()
  }, [isAnother])
  if (isAnother) return null
  const shown = session ?? last
  if (shown === null) {
    const asked = pathname === '/' ? '' : `?${new URLSearchParams({ next: pathname + search }).toString()}`
    return <Navigate to={withLanguage(`/sign-in${asked}`, lang)} replace />
  }
  if (shown.user.mustChangePassword && pathname !== '/account')
    return <Navigate to={withLanguage('/account', lang)} replace />
  return (
    <>
      {session == null ? <SignInAgain ended={shown} /> : null}
      <Activity mode={session == null ? 'hidden' : 'visible'}>
        <SessionContext value={shown}>
          <Frame side={<Navigation />}>{mayOpen(shown, pathname) ? <Outlet /> : <NotAllowedPage />}</Frame>
        </SessionContext>
      </Activity>
    </>
  )
}

/** In place of the page whose session has ended, at its address. */
const SignInAgain = ({ ended }: { ended: Session }) => {
  const client = useQueryClient()
  useFocusBack()
  useEffect(() => () => void askAnew(client), [client])
  return (
    <Frame>
      <SignIn ended={ended} />
    </Frame>
  )
}

/** Pages for everyone. */
export const Open = () => (
  <Frame>
    <Outlet />
  </Frame>
)
