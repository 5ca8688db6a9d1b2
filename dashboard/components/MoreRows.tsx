// The way to the next page of a long list.
import { useEffect, useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useNear } from './near.ts'

type List = {
  hasNextPage: boolean
  isFetching: boolean
  isFetchNextPageError: boolean
  fetchNextPage: () => Promise<unknown>
}
/** `ahead`: the next page comes by itself when the reader comes near the end, also where the list is being asked for anew just then. */
export const MoreRows = ({ list, ahead = false }: { list: List; ahead?: boolean }) => {
  const { common } = useText().text
  const [isNear, setNear] = useState(false)
  const end = useNear(setNear)
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = list
  const isWanted = ahead && isNear && hasNextPage && !isFetching && !isFetchNextPageError
  useEffect(() => {
    if (isWanted) void fetchNextPage()
  }, [isWanted, fetchNextPage])
  return hasNextPage ? (
    <div ref={end}>
      <Button variant="secondary" aria-disabled={isFetching} onClick={() => void fetchNextPage()}>
        {common.more}
      </Button>
    </div>
  ) : null
}
