// A page whose code could not be loaded, or that failed: said within the frame, so that one can go on elsewhere. A page of an older
// version than the server's is loaded anew, once.
import { useEffect, useRef, useState } from 'react'
import { useRouteError } from 'react-router'
import { suspectAway, useAway } from '#dashboard/client/away.ts'
import { newVersion, reloadOnce } from '#dashboard/client/new-version.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { RefusedPage } from '#dashboard/components/PageWhenLoaded.tsx'

/** How browsers word that a module did not arrive. */
const NOT_LOADED = /dynamically imported module|importing a module script|preload CSS|Load failed|Failed to fetch/i

export const RouteFailed = () => {
  const error = useRouteError()
  const notLoaded = error instanceof Error && NOT_LOADED.test(error.message)
  const [isOld, setOld] = useState(false)
  const isAway = useAway() !== null
  const wasAway = useRef(false)
  useEffect(() => {
    if (wasAway.current && !isAway) location.reload()
    wasAway.current = isAway
  }, [isAway])
  useEffect(() => {
    if (!notLoaded) return undefined
    suspectAway()
    let isShown = true
    const look = async () => {
      const version = await newVersion()
      if (isShown && version !== null && !reloadOnce(version)) setOld(true)
    }
    void look()
    return () => {
      isShown = false
    }
  }, [notLoaded])
  return (
    <RefusedPage
      error={notLoaded ? new RequestError(0, isOld ? 'old-version' : 'no-connection', '', '') : error}
      retry={() => location.reload()}
    />
  )
}
