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
  client.getQueryCache().subscribe(({ type, query }) => {
    // A session that ended elsewhere is noticed by the first question that is refused.
    const error: unknown = type === 'updated' ? query.state.error : null
    if (error instanceof RequestError && error.status === 401 && query.queryKey[0] !== 'session')
      client.setQueryData(sessionQuery.queryKey, null)
  })
  return client
}
