// Where a person begins: once in a window the view that they have chosen, otherwise what needs them today.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { savedViewsQuery } from '#dashboard/client/find-queries.ts'
import { useGo } from '#dashboard/components/AppLink.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { Overview } from './Overview.tsx'

const BEGUN = 'samtila-begun'

export const Start = () => {
  const { user } = useSession()
  const go = useGo()
  // Asked for once: whoever comes back to the overview wants the overview.
  const [isFirst] = useState(() => sessionStorage.getItem(BEGUN) !== user.id)
  const start = useQuery({ ...savedViewsQuery, enabled: isFirst }).data?.items.find((view) => view.start)
  useEffect(() => {
    sessionStorage.setItem(BEGUN, user.id)
    if (start !== undefined) void go(start.address, { replace: true })
    // Only when the answer comes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [start?.id])
  return <Overview />
}
