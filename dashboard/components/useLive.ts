// Live values on a page: the feed is open as long as the page is.
import { useMemo, useSyncExternalStore } from 'react'
import { createLiveFeed, type LiveSnapshot } from '#dashboard/client/live.ts'

/** What the feed of one premises or one device has brought since the page was opened; of `alarms`: those of all premises. */
export const useLive = (kind: 'premises' | 'device' | 'alarms', id: string): LiveSnapshot => {
  const feed = useMemo(
    () =>
      createLiveFeed(kind === 'premises' ? { premises: id } : kind === 'device' ? { device: id } : { alarms: 'all' }),
    [kind, id],
  )
  return useSyncExternalStore(feed.subscribe, feed.snapshot, feed.snapshot)
}
