// A filtered list of devices: the next page is asked for before its end is reached.
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'suomifi-ui-components'
import type { LiveSnapshot } from '#dashboard/client/live.ts'
import { deviceListQuery, type DeviceFilter } from '#dashboard/client/queries.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { useAddress } from './AppLink.tsx'
import { DeviceTable } from './DeviceTable.tsx'
import { useNear } from './near.ts'
import { Empty, WhenLoaded } from './QueryStates.tsx'

type Props = {
  /** Fixed part of the filter, such as the premises of the page. */
  filter: DeviceFilter
  timeZoneOf: (premises: string) => string
  live?: LiveSnapshot
  premisesName?: (id: string) => string
}
const WISHES = ['q', 'state', 'lifecycle', 'type', 'space', 'premises'] as const

export const DeviceListing = ({ filter, ...rest }: Props) => {
  const { text } = useText()
  const { get } = useAddress()
  const wished: DeviceFilter = {}
  for (const key of WISHES) {
    const value = get(key)
    if (value !== null) wished[key] = value
  }
  const list = useInfiniteQuery(deviceListQuery({ ...wished, ...filter }))
  const end = useNear(() => {
    if (!list.isFetching) void list.fetchNextPage()
  })
  return (
    <WhenLoaded query={list}>
      {({ pages }) => {
        const devices = pages.flatMap(({ items }) => items)
        if (devices.length === 0) return <Empty title={text.devices.none} step={text.devices.noneStep} />
        return (
          <Stack>
            <DeviceTable devices={devices} {...rest} />
            {list.hasNextPage ? (
              <div ref={end}>
                <Button variant="secondary" onClick={() => void list.fetchNextPage()}>
                  {text.common.more}
                </Button>
              </div>
            ) : null}
          </Stack>
        )
      }}
    </WhenLoaded>
  )
}
