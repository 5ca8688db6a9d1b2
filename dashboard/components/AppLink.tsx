// Links within the dashboard: they keep the language of the address, so that a page sent on reads the same.
import { forwardRef, use, type ComponentProps } from 'react'
import { Link, UNSAFE_DataRouterContext, useLocation, useNavigate, useSearchParams } from 'react-router'
import type { Language } from '#domain/writing/language.ts'

/** A path with its query, and the language put into it. */
export const withLanguage = (to: string, language: string | null): string => {
  if (language === null) return to
  const [path = '', hash = ''] = to.split('#')
  const [place = '', query = ''] = path.split('?')
  const search = new URLSearchParams(query)
  search.set('lang', language)
  return `${place}?${search.toString()}${hash === '' ? '' : `#${hash}`}`
}

type Props = Omit<ComponentProps<typeof Link>, 'to' | 'ref'> & { to: string }
export const AppLink = forwardRef<HTMLAnchorElement, Props>(function AppLink({ to, ...rest }, ref) {
  const [search] = useSearchParams()
  return <Link ref={ref} to={withLanguage(to, search.get('lang'))} {...rest} />
})

/** Goes to a path of the dashboard and keeps the language. */
export const useGo = () => {
  const navigate = useNavigate()
  const [search] = useSearchParams()
  return (to: string, options?: { replace?: boolean; language?: Language }) =>
    navigate(withLanguage(to, options?.language ?? search.get('lang')), { replace: options?.replace ?? false })
}

/** One filter or period of the address, and how to set it; an empty value leaves the address. */
export const useAddress = () => {
  const [search, setSearch] = useSearchParams()
  const { pathname } = useLocation()
  // Asked when something is set, not when it was drawn: useNavigation() would tell it a moment too late.
  const router = use(UNSAFE_DataRouterContext)?.router
  const set = (values: Record<string, string | null>) => {
    // A field that waits a moment before it says what was written may say it when another page is open, or on its way already.
    const next = router?.state.navigation.location?.pathname ?? pathname
    if (window.location.pathname !== pathname || next !== pathname) return
    // What stands in the address by now: something else may have been set since this was drawn.
    const changed = new URLSearchParams(router?.state.location.search ?? search)
    for (const [key, value] of Object.entries(values)) {
      if (value === null || value === '') changed.delete(key)
      else changed.set(key, value)
    }
    setSearch(changed, { replace: true, preventScrollReset: true })
  }
  return { get: (key: string) => search.get(key), set }
}
