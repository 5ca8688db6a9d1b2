// How the building is right now: state of its devices, power, and the newest readings, live.
import { Age } from '#dashboard/components/Age.tsx'
import { DeviceStates } from '#dashboard/components/DeviceStates.tsx'
import { OpenFaults } from '#dashboard/components/OpenFaults.tsx'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { PartyList } from '#dashboard/components/PartyNames.tsx'
import { Power } from '#dashboard/components/Power.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Facts, Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { EnergyByUse } from '#dashboard/pages/energy/EnergyByUse.tsx'
import { LiveValues } from './LiveValues.tsx'
import { PremisesAlarms } from './PremisesAlarms.tsx'
import { usePremises } from './PremisesPage.tsx'

export const PremisesNow = () => {
  const { text } = useText()
  const { premises } = usePremises()
  const { summary } = premises
  return (
    <Stack $gap={3}>
      <Panel>
        <Stack $gap={3}>
          <Stack $gap={1}>
            <h2>{text.premises.deviceStates}</h2>
            <DeviceStates premises={premises.id} devices={summary.devices} />
          </Stack>
          <Facts
            facts={[
              [text.overview.powerNow, summary.powerW === null ? text.common.none : <Power watts={summary.powerW} />],
              [
                text.overview.lastReading,
                summary.lastReadingAt === null ? (
                  text.overview.nothingHeard
                ) : (
                  <Age at={summary.lastReadingAt} timeZone={premises.timeZone} />
                ),
              ],
              [text.premises.landlord, <OrganisationName key="landlord" id={premises.landlord} />],
              [text.premises.tabs.spaces, text.premises.spaceCount(summary.spaces)],
            ]}
          />
          {summary.parties.length === 0 ? null : (
            <Stack $gap={1}>
              <h2>{text.overview.parties}</h2>
              <PartyList parties={summary.parties} />
            </Stack>
          )}
        </Stack>
      </Panel>
      <OpenFaults premises={premises.id} />
      <PremisesAlarms />
      <EnergyByUse />
      <LiveValues />
    </Stack>
  )
}
