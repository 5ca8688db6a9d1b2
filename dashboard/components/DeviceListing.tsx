// A filtered list of devices: the next page is asked for before its end is reached.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LiveSnapshot } from '#dashboard/client/live.ts'
import { deviceListQuery, type DeviceFilter } from '#dashboard/client/queries.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { useAddress } from './AppLink.tsx'
import { BulkChoice } from './BulkChoice.tsx'
import { DEVICE_FILTERS } from './device-filters.ts'
import { DeviceTable } from './DeviceTable.tsx'
import { hasRole, useSession } from './session.ts'
import { MoreRows } from './MoreRows.tsx'
import { TableLinks } from './TableLinks.tsx'
import { Empty, WhenLoaded } from './QueryStates.tsx'

type Props = {
  /** Fixed part of the filter, such as the premises of the page. */
  filter: DeviceFilter
  timeZoneOf: (premises: string) => string
  live?: LiveSnapshot
  premisesName?: (id: string) => string
}

const withOrWithout = (chosen: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(chosen)
  if (!next.delete(id)) next.add(id)
  return next
}

export const DeviceListing = ({ filter, ...rest }: Props) => {
  const { text } = useText()
  const { get } = useAddress()
  const wished: DeviceFilter = {}
  for (const key of DEVICE_FILTERS) {
    const value = get(key)
    if (value !== null) wished[key] = value
  }
  const all = { ...wished, ...filter }
  const list = useInfiniteQuery(deviceListQuery(all))
  const mayChange = hasRole(useSession(), 'manager')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  return (
    <WhenLoaded query={list}>
      {({ pages }) => {
        const devices = pages.flatMap(({ items }) => items)
        if (devices.length === 0)
          return Object.keys(wished).length === 0 ? (
            <Empty title={text.devices.noneYet} step={text.devices.noneYetStep} />
          ) : (
            <Empty title={text.devices.none} step={text.devices.noneStep} />
          )
        return (
          <Stack>
            {mayChange ? <BulkChoice devices={devices} filter={all} chosen={chosen} choose={setChosen} /> : null}
            <DeviceTable
              devices={devices}
              {...rest}
              {...(mayChange ? { chosen, choose: (id: string) => setChosen(withOrWithout(chosen, id)) } : {})}
            />
            <MoreRows list={list} ahead />
            <TableLinks list="devices" filters={all} />
          </Stack>
        )
      }}
    </WhenLoaded>
  )
}
