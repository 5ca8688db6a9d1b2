// All devices that the session sees.
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { DeviceFilters } from '#dashboard/components/DeviceFilters.tsx'
import { DeviceListing } from '#dashboard/components/DeviceListing.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

export const DeviceList = () => {
  const { text, language } = useText()
  const session = useSession()
  const { get, set } = useAddress()
  const { all, nameOf, timeZoneOf } = usePremisesNames()
  return (
    <Page
      title={text.devices.title}
      actions={
        hasRole(session, 'technician', 'manager') ? (
          <>
            {/* A page of its own: only there may the camera be opened. */}
            <a href={`/install?lang=${language}`}>{text.devices.install}</a>
            {hasRole(session, 'manager') ? <AppLink to="/imports">{text.devices.importMany}</AppLink> : null}
          </>
        ) : undefined
      }
    >
      <Panel>
        <Stack $gap={3}>
          <DeviceFilters>
            <Select
              label={text.devices.premises}
              value={get('premises') ?? ''}
              options={[
                { value: '', text: text.devices.anyPremises },
                ...all.map(({ id }) => ({ value: id, text: nameOf(id) })),
              ]}
              onChange={(premises) => set({ premises, space: null })}
            />
          </DeviceFilters>
          <DeviceListing filter={{}} timeZoneOf={timeZoneOf} premisesName={nameOf} />
        </Stack>
      </Panel>
    </Page>
  )
}
