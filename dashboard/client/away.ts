// Whether the server is away: suspected where a question finds none, then it is asked after until it is back.
import { useSyncExternalStore } from 'react'
import type { QueryClient } from '@tanstack/react-query'
import { isAnswering } from './http.ts'
import { problemKind } from './problem.ts'

const ASK_MS = 5000
const listeners = new Set<() => void>()
/** Milliseconds since 1970 when it was first not found; null while it answers. */
let awaySince: number | null = null
let suspectedAt: number | null = null
let timer: ReturnType<typeof setTimeout> | undefined

const look = async () => {
  const isBack = await isAnswering()
  awaySince = isBack ? null : suspectedAt
  timer = undefined
  if (isBack) suspectedAt = null
  else suspectAway()
  for (const listener of listeners) listener()
}
/** Has the server asked after in a moment. */
export const suspectAway = () => {
  suspectedAt ??= Date.now()
  timer ??= setTimeout(() => void look(), ASK_MS)
}
/** Hears each time that the server has been asked after. */
const subscribe = (looked: () => void): (() => void) => {
  listeners.add(looked)
  return () => void listeners.delete(looked)
}
const since = (): number | null => awaySince
/** Since when the server is known to be away (milliseconds since 1970); null while it answers. */
export const useAway = (): number | null => useSyncExternalStore(subscribe, since, since)

/** Questions that found no server are asked again as soon as there is one. */
export const askWhenBack = (client: QueryClient) => {
  client.getQueryCache().subscribe((event) => {
    // Already the first of several tries: a server that hangs keeps each waiting for half a minute.
    if (event.type !== 'updated' || (event.action.type !== 'failed' && event.action.type !== 'error')) return
    if (isOffline(event.action.error)) suspectAway()
  })
  subscribe(() => {
    if (awaySince === null)
      void client.refetchQueries({ type: 'active', predicate: ({ state }) => isOffline(state.error) })
  })
}
const isOffline = (error: unknown): boolean => problemKind(error) === 'offline'
