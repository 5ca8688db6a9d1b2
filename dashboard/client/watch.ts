// Watching a gateway: the newest messages of one stream, kept in a bounded list. What came stays after the end.
import type { WatchedMessage } from '#contract/watch.ts'
import { apiPath } from './http.ts'

/** Messages that are kept and shown. */
const KEPT = 30
/** Messages are handed on together, so that many cost few renders. */
const FLUSH_MS = 250

export type Watched = { gateway: string; topicFilter: string; codec: string | undefined }
export type WatchSnapshot = {
  state: 'connecting' | 'open' | 'broken' | 'ended'
  /** The newest first. */
  messages: readonly (WatchedMessage & { number: number })[]
  count: number
  skipped: number
}
export type Watch = {
  subscribe: (changed: () => void) => () => void
  snapshot: () => WatchSnapshot
  end: () => void
}

/** Open as long as somebody listens, until it is ended or breaks. */
export const createWatch = (watched: Watched): Watch => {
  const listeners = new Set<() => void>()
  let current: WatchSnapshot = { state: 'connecting', messages: [], count: 0, skipped: 0 }
  let source: EventSource | null = null
  let waiting: WatchedMessage[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const publish = (next: Partial<WatchSnapshot>) => {
    current = { ...current, ...next }
    for (const listener of listeners) listener()
  }
  const flush = () => {
    timer = undefined
    const fresh = waiting.map((message, index) => ({ ...message, number: current.count + index }))
    waiting = []
    publish({
      messages: [...fresh.toReversed(), ...current.messages].slice(0, KEPT),
      count: current.count + fresh.length,
      skipped: fresh.reduce((sum, { skipped }) => sum + skipped, current.skipped),
    })
  }
  const close = (state: WatchSnapshot['state']) => {
    source?.close()
    source = null
    clearTimeout(timer)
    timer = undefined
    publish({ state })
  }
  const open = () => {
    source = new EventSource(apiPath('/watch', watched))
    source.addEventListener('open', () => publish({ state: 'open' }))
    source.addEventListener('error', () => close('broken'))
    source.addEventListener('message', (event: MessageEvent<string>) => {
      waiting.push(JSON.parse(event.data))
      timer ??= setTimeout(flush, FLUSH_MS)
    })
  }
  return {
    subscribe: (changed) => {
      listeners.add(changed)
      if (listeners.size === 1 && current.state === 'connecting') open()
      return () => {
        listeners.delete(changed)
        if (listeners.size > 0 || source === null) return
        source.close()
        source = null
      }
    },
    snapshot: () => current,
    end: () => close('ended'),
  }
}
