// How questions to the API are kept fresh, tried again, and given up.
import { QueryClient } from '@tanstack/react-query'
import { RequestError } from './problem.ts'
import { sessionQuery } from './queries.ts'

const RETRIES = 2
export const createClient = (): QueryClient => {
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      // Whether there is a network is found out by asking; pages that work without one must not wait.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        staleTime: 15_000,
        refetchOnWindowFocus: true,
        // Only what may pass by itself is tried again.
        retry: (failures, error) =>
          failures < RETRIES && (!(error instanceof RequestError) || error.status === 0 || error.status === 503),
      },
    },
  })
  // A session that ended elsewhere is noticed by the first question or change that is refused.
  const notice = (error: unknown) => {
    if (error instanceof RequestError && error.code === 'not-signed-in')
      client.setQueryData(sessionQuery.queryKey, null)
  }
  client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') notice(event.action.error)
  })
  client.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') notice(event.action.error)
  })
  return client
}
