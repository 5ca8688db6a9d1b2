// Watching a gateway: the newest messages of one stream, kept in a bounded list.
import { useEffect, useState } from 'react'
import type { WatchedMessage } from '#contract/watch.ts'
import { apiPath } from '#dashboard/client/http.ts'

/** Messages that are kept and shown. */
const KEPT = 30
/** Messages are handed on together, so that many cost few renders. */
const FLUSH_MS = 250

type Watched = { gateway: string; topicFilter: string; codec: string | undefined }
type Snapshot = {
  state: 'connecting' | 'open' | 'broken'
  /** The newest first. */
  messages: (WatchedMessage & { number: number })[]
  count: number
  skipped: number
}
const NOTHING: Snapshot = { state: 'connecting', messages: [], count: 0, skipped: 0 }

/** What is watched while `watched` is not null; what came stays after the end. Another watch is another component. */
export const useWatch = (watched: Watched | null): Snapshot => {
  const [snapshot, setSnapshot] = useState<Snapshot>(NOTHING)
  const path = watched === null ? null : apiPath('/watch', watched)
  useEffect(() => {
    if (path === null) return undefined
    const source = new EventSource(path)
    let waiting: WatchedMessage[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      timer = undefined
      const fresh = waiting
      waiting = []
      setSnapshot((before) => ({
        state: 'open',
        messages: [
          ...fresh.map((message, index) => ({ ...message, number: before.count + index })).reverse(),
          ...before.messages,
        ].slice(0, KEPT),
        count: before.count + fresh.length,
        skipped: before.skipped + fresh.reduce((sum, { skipped }) => sum + skipped, 0),
      }))
    }
    source.addEventListener('open', () => setSnapshot((before) => ({ ...before, state: 'open' })))
    source.addEventListener('message', (event: MessageEvent<string>) => {
      waiting.push(JSON.parse(event.data))
      timer ??= setTimeout(flush, FLUSH_MS)
    })
    source.addEventListener('error', () => {
      source.close()
      setSnapshot((before) => ({ ...before, state: 'broken' }))
    })
    return () => {
      source.close()
      clearTimeout(timer)
    }
  }, [path])
  return snapshot
}
