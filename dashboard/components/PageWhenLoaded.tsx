// A page whose whole content hangs on one query: refused, it still is a page with its heading.
import type { ReactNode } from 'react'
import { InlineAlert } from 'suomifi-ui-components'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { AppLink } from './AppLink.tsx'
import { Page } from './Page.tsx'
import { Loading, Refusal, useRefusalTitle } from './QueryStates.tsx'

type Asked<T> = { data: T | undefined; error: unknown; refetch: () => unknown }
export const PageWhenLoaded = <T,>({ query, children }: { query: Asked<T>; children: (data: T) => ReactNode }) => {
  if (query.data !== undefined) return children(query.data)
  if (query.error !== null) return <RefusedPage error={query.error} retry={() => void query.refetch()} />
  return <Loading />
}

/** A page that is not for whoever is signed in. */
export const NotAllowedPage = () => {
  const { errors } = useText().text
  return (
    <Page title={errors.titles['not-allowed']} refused>
      <InlineAlert>
        <Stack $gap={1}>
          <p>{errors.kinds['not-allowed']}</p>
          <Row>
            <AppLink to="/">{errors.toStart}</AppLink>
          </Row>
        </Stack>
      </InlineAlert>
    </Page>
  )
}

/** A page that can't be shown, and why. */
export const RefusedPage = ({ error, retry }: { error: unknown; retry?: () => void }) => (
  <Page title={useRefusalTitle(error)} refused>
    <Refusal error={error} retry={retry} headed />
  </Page>
)
