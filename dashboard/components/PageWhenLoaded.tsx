// A page whose whole content hangs on one query: refused, it still is a page with its heading.
import type { ReactNode } from 'react'
import { problemKind } from '#dashboard/client/problem.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Page } from './Page.tsx'
import { Loading, Refusal } from './QueryStates.tsx'

type Asked<T> = { data: T | undefined; error: unknown; refetch: () => unknown }
export const PageWhenLoaded = <T,>({ query, children }: { query: Asked<T>; children: (data: T) => ReactNode }) => {
  if (query.data !== undefined) return children(query.data)
  if (query.error !== null) return <RefusedPage error={query.error} retry={() => void query.refetch()} />
  return <Loading />
}

/** A page that can't be shown, and why. */
export const RefusedPage = ({ error, retry }: { error: unknown; retry?: () => void }) => {
  const { text } = useText()
  const kind = problemKind(error)
  const { titles } = text.errors
  return (
    <Page title={kind in titles ? titles[kind as keyof typeof titles] : text.errors.title}>
      <Refusal error={error} retry={retry} />
    </Page>
  )
}
