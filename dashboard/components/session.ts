// Who is signed in, what they may do, and changing it: sign in, switch organisation or language, sign out.
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { createContext, useContext, useState } from 'react'
import type { RoleName } from '#contract/common.ts'
import type { Session, SessionChange } from '#contract/session.ts'
import { apiPath, sendJson, setCsrfToken } from '#dashboard/client/http.ts'
import { sessionQuery } from '#dashboard/client/queries.ts'

export const SessionContext = createContext<Session | null>(null)

/** The session of a page that is only shown to those signed in. */
export const useSession = (): Session => {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('useSession outside of a signed-in page')
  return session
}

/** The session as the server knows it, or null; keeps the CSRF token ready. */
export const useSessionQuery = () => {
  const query = useQuery(sessionQuery)
  if (query.data != null) setCsrfToken(query.data.csrfToken)
  return query
}

/** What an administrator may do too; costs and signatures are not theirs unless a page names them. */
const ALSO_ADMIN: ReadonlySet<RoleName> = new Set(['viewer', 'technician', 'manager'])
/** Whether the role in the chosen organisation is one of these, by the same rule as the API's. */
export const hasRole = (session: Session, ...roles: RoleName[]): boolean =>
  roles.some((role) => session.roles.includes(role) || (ALSO_ADMIN.has(role) && session.roles.includes('admin')))

const takeSession = (client: QueryClient, session: Session | null) => {
  if (session !== null) setCsrfToken(session.csrfToken)
  client.setQueryData(sessionQuery.queryKey, session)
}
/** Everything asked under another pair of eyes is forgotten. */
const forgetData = (client: QueryClient) =>
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })

/** Everything is asked again, while what is known stays in sight. */
export const askAnew = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })

/** `ended`: the session that is taken up again, in its organisation; what was seen and written in it stays. */
export const useSignIn = (ended: Session | null) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: { login: string; password: string; code?: string }) => {
      const session = await sendJson<Session>('POST', apiPath('/session'), body)
      if (session === null || session.user.id !== ended?.user.id || session.organisation === ended.organisation)
        return session
      setCsrfToken(session.csrfToken)
      return sendJson<Session>('PATCH', apiPath('/session'), { organisation: ended.organisation })
    },
    onSuccess: (session) => {
      if (session?.user.id !== ended?.user.id) forgetData(client)
      client.setQueryData(SIGNED_OUT, false)
      takeSession(client, session)
    },
  })
}
/** What the technician's pages kept for a bad network belongs to whoever was signed in. */
const forgetOffline = () => {
  if ('caches' in window) void caches.delete('samtila-facts-1')
}

/** Who signs out themselves need not be told that their session is over. */
const SIGNED_OUT = ['session', 'signed-out']
/** The session that is, or the one that was until it ended without its user: elsewhere, or by age. */
export const useLastSession = (): Session | null => {
  const client = useQueryClient()
  const { data: session = null } = useSessionQuery()
  const [last, setLast] = useState(session)
  // Who comes after somebody else does not take their page over.
  const goesOn = session !== null && (last === null || last.user.id === session.user.id)
  if (goesOn && session !== last) setLast(session)
  return client.getQueryData(SIGNED_OUT) === true ? null : last
}

export const useSignOut = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => sendJson<null>('DELETE', apiPath('/session')),
    onSettled: () => {
      forgetOffline()
      client.setQueryData(SIGNED_OUT, true)
      takeSession(client, null)
      forgetData(client)
    },
  })
}
export const useSessionChange = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: SessionChange) => sendJson<Session>('PATCH', apiPath('/session'), change),
    onSuccess: async (session, change) => {
      takeSession(client, session)
      if (change.organisation !== undefined)
        await client.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
    },
  })
}
