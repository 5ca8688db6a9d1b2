// The queue of a page: what waits, sent when the network is back, when the page is shown again, and now and then.
import { useCallback, useEffect, useRef, useState } from 'react'
import {
  deleteOutbox,
  listOutbox,
  putOutbox,
  sendOutbox,
  type OutboxEntry,
  type Sent,
} from '#dashboard/client/outbox.ts'

const AGAIN_MS = 15_000

export const useOutbox = (user: string, onSent: (sent: Sent[]) => void) => {
  const [entries, setEntries] = useState<OutboxEntry[]>([])
  const sending = useRef<Promise<Sent[]> | null>(null)
  const told = useRef(onSent)
  useEffect(() => {
    told.current = onSent
  }, [onSent])
  const refresh = useCallback(async () => setEntries(await listOutbox(user).catch(() => [])), [user])
  const send = useCallback(async (): Promise<Sent[]> => {
    // One at a time: the same entry is never on its way twice.
    sending.current ??= sendOutbox(user)
      .catch(() => [])
      .finally(() => {
        sending.current = null
      })
    const sent = await sending.current
    await refresh()
    if (sent.length > 0) told.current(sent)
    return sent
  }, [user, refresh])
  useEffect(() => {
    const again = () => void send()
    // What an earlier visit left here goes first.
    const first = setTimeout(again)
    const shown = () => {
      if (document.visibilityState === 'visible') void send()
    }
    addEventListener('online', again)
    document.addEventListener('visibilitychange', shown)
    const timer = setInterval(again, AGAIN_MS)
    return () => {
      clearTimeout(first)
      removeEventListener('online', again)
      document.removeEventListener('visibilitychange', shown)
      clearInterval(timer)
    }
  }, [send])
  return {
    entries,
    send,
    /** Kept first, then sent: nothing is lost when the page goes meanwhile. */
    add: async (entry: OutboxEntry): Promise<Sent[]> => {
      await putOutbox(entry)
      await refresh()
      return send()
    },
    remove: async (key: string) => {
      await deleteOutbox(key)
      await refresh()
    },
  }
}
