// Choosing devices of a list to change them together: some of those that are shown, or all that the filters give.
import { useQuery } from '@tanstack/react-query'
import { Button } from 'suomifi-ui-components'
import type { DeviceSummary } from '#contract/devices.ts'
import { bulkCountQuery } from '#dashboard/client/find-queries.ts'
import { findWords } from '#dashboard/text/find/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Row } from '#dashboard/ui/Layout.tsx'
import { useGo } from './AppLink.tsx'
import type { DeviceFilters } from './device-filters.ts'

type Props = {
  devices: readonly DeviceSummary[]
  filter: DeviceFilters
  chosen: ReadonlySet<string>
  choose: (chosen: ReadonlySet<string>) => void
}
/** More would not fit into the address; beyond, the filters are the way. */
const MAX_CHOSEN = 200

export const BulkChoice = ({ devices, filter, chosen, choose }: Props) => {
  const { bulk: words } = useWords(findWords)
  const go = useGo()
  const count = useQuery(bulkCountQuery(filter)).data?.devices
  const ids = devices.map(({ id }) => id).filter((id) => chosen.has(id))
  const query = new URLSearchParams(filter as Record<string, string>).toString()
  return (
    <Row $gap={2} className="no-print">
      <Button
        variant="secondaryNoBorder"
        onClick={() => choose(ids.length > 0 ? new Set() : new Set(devices.slice(0, MAX_CHOSEN).map(({ id }) => id)))}
      >
        {ids.length > 0 ? words.chooseNone : words.chooseShown}
      </Button>
      {ids.length > 0 ? (
        <Button
          variant="secondary"
          onClick={() => void go(`/bulk-edit?${query}&devices=${ids.slice(0, MAX_CHOSEN).join(',')}`)}
        >
          {words.editChosen(ids.length)}
        </Button>
      ) : count == null || count === 0 ? null : (
        <Button variant="secondary" onClick={() => void go(`/bulk-edit?${query}`)}>
          {words.editAll(count)}
        </Button>
      )}
    </Row>
  )
}
