// The devices of one premises, live.
import { DeviceFilters } from '#dashboard/components/DeviceFilters.tsx'
import { DeviceListing } from '#dashboard/components/DeviceListing.tsx'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { usePremises } from './PremisesPage.tsx'

export const PremisesDevices = () => {
  const { premises, live } = usePremises()
  return (
    <Panel>
      <Stack $gap={3}>
        <DeviceFilters />
        <DeviceListing filter={{ premises: premises.id }} timeZoneOf={() => premises.timeZone} live={live} />
      </Stack>
    </Panel>
  )
}
