// Live values on a page: the feed lives as long as the page is open.
import { useEffect, useState, useSyncExternalStore } from 'react'
import { openLiveFeed, type LiveFeed, type LiveSnapshot } from '#dashboard/client/live.ts'

const CLOSED: LiveSnapshot = { connection: { state: 'connecting', since: 0 }, readings: new Map(), presence: new Map() }
const noFeed: Pick<LiveFeed, 'subscribe' | 'snapshot'> = { subscribe: () => () => undefined, snapshot: () => CLOSED }

/** What the feed of one premises or one device has brought since the page was opened. */
export const useLive = (kind: 'premises' | 'device', id: string): LiveSnapshot => {
  const [feed, setFeed] = useState<LiveFeed | null>(null)
  useEffect(() => {
    const opened = openLiveFeed(kind === 'premises' ? { premises: id } : { device: id })
    setFeed(opened)
    return () => {
      opened.close()
      setFeed(null)
    }
  }, [kind, id])
  const { subscribe, snapshot } = feed ?? noFeed
  return useSyncExternalStore(subscribe, snapshot)
}
