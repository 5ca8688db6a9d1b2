// What is broken, who is on it, and what went silent since yesterday.
import { useQuery } from '@tanstack/react-query'
import type { DeviceSummary } from '#contract/devices.ts'
import { silentDevicesQuery } from '#dashboard/client/overview-queries.ts'
import { deviceQuery } from '#dashboard/client/queries.ts'
import { Age, useNow } from '#dashboard/components/Age.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { helpWords } from '#dashboard/text/help/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Lines } from './Lines.tsx'

const DAY_MS = 86_400_000

export const BrokenDevices = () => {
  const { first: words } = useWords(helpWords)
  const silent = useQuery(silentDevicesQuery)
  const now = useNow()
  const isNew = ({ presence }: DeviceSummary) =>
    presence.lastHeardAt !== null && now - Date.parse(presence.lastHeardAt) < DAY_MS
  return (
    <Panel aria-labelledby="broken">
      <Stack>
        <h2 id="broken">{words.broken}</h2>
        <WhenLoaded query={silent}>
          {({ items, more }) => {
            if (items.length === 0) return <p>{words.allWork}</p>
            const [changed, before] = [items.filter(isNew), items.filter((device) => !isNew(device))]
            return (
              <>
                <Stack $gap={0.5}>
                  <h3>{words.changed}</h3>
                  {changed.length === 0 ? <p>{words.nothingChanged}</p> : <DeviceLines devices={changed} />}
                </Stack>
                {before.length === 0 ? null : (
                  <Stack $gap={0.5}>
                    <h3>{words.before}</h3>
                    <DeviceLines devices={before} />
                  </Stack>
                )}
                {more ? <AppLink to="/devices?state=offline">{words.allBroken}</AppLink> : null}
              </>
            )
          }}
        </WhenLoaded>
      </Stack>
    </Panel>
  )
}

const DeviceLines = ({ devices }: { devices: readonly DeviceSummary[] }) => (
  <Lines>
    {devices.map((device) => (
      <DeviceLine key={device.id} device={device} />
    ))}
  </Lines>
)
const DeviceLine = ({ device: { id, name, premises, presence } }: { device: DeviceSummary }) => {
  const { first: words } = useWords(helpWords)
  const { nameOf: premisesName, timeZoneOf } = usePremisesNames()
  const nameOf = useOrganisationNames()
  const roles = useQuery(deviceQuery(id)).data?.rolesAt
  const carer = roles?.find(({ role }) => role === 'maintainer')?.organisation
  return (
    <li>
      <Row $gap={2}>
        <StateMark state={presence.state} />
        <span>
          <AppLink to={`/devices/${id}`}>
            <Name names={name} id={id} />
          </AppLink>
          <Soft>
            {` · ${premisesName(premises)}`}
            {presence.lastHeardAt === null ? null : (
              <>
                {' · '}
                <Age at={presence.lastHeardAt} timeZone={timeZoneOf(premises)} />
              </>
            )}
          </Soft>
        </span>
      </Row>
      <Soft>{roles === undefined ? null : carer === undefined ? words.noCarer : words.carer(nameOf(carer))}</Soft>
    </li>
  )
}
