// A page whose code could not be loaded, or that failed: said within the frame, so that one can go on elsewhere.
import { useRouteError } from 'react-router'
import { RequestError } from '#dashboard/client/problem.ts'
import { RefusedPage } from '#dashboard/components/PageWhenLoaded.tsx'

/** How browsers word that a module did not arrive. */
const NOT_LOADED = /dynamically imported module|importing a module script|Load failed|Failed to fetch/i

export const RouteFailed = () => {
  const error = useRouteError()
  const notLoaded = error instanceof TypeError && NOT_LOADED.test(error.message)
  return (
    <RefusedPage
      error={notLoaded ? new RequestError(0, 'no-connection', '', '') : error}
      retry={() => location.reload()}
    />
  )
}
