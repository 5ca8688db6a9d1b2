// The way to the next page of a long list.
import type { Ref } from 'react'
import { Button } from 'suomifi-ui-components'
import { useText } from '#dashboard/text/TextProvider.tsx'

type List = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
/** `end` sees when the reader comes near, where the next page comes by itself. */
export const MoreRows = ({ list, end }: { list: List; end?: Ref<HTMLDivElement> }) => {
  const { common } = useText().text
  return list.hasNextPage ? (
    <div ref={end}>
      <Button variant="secondary" aria-disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {common.more}
      </Button>
    </div>
  ) : null
}
