// What is wrong and who has it: alarms, the gravest first; what changed since yesterday; devices that are silent.
import { useQuery } from '@tanstack/react-query'
import type { DeviceSummary } from '#contract/devices.ts'
import { alarmsQuery, alarmsStandingQuery } from '#dashboard/client/alarm-queries.ts'
import { changesQuery, silentDevicesQuery } from '#dashboard/client/overview-queries.ts'
import { deviceQuery } from '#dashboard/client/queries.ts'
import { Age, useNow } from '#dashboard/components/Age.tsx'
import { AlarmLines } from '#dashboard/components/AlarmLines.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Loading, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { helpWords } from '#dashboard/text/help/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { InTurn } from '#dashboard/ui/InTurn.tsx'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Lines } from '#dashboard/components/Lines.tsx'

const ALARMS_SHOWN = 6

export const BrokenDevices = () => {
  const { overview: words, noStanding, standingCount } = useWords(alarmWords)
  const { timeZoneOf } = usePremisesNames()
  const standing = useQuery(alarmsStandingQuery()).data
  const grave = useQuery(alarmsQuery({ standing: 'true', severity: 'critical,major' }, ALARMS_SHOWN))
  const other = useQuery(alarmsQuery({ standing: 'true', severity: 'warning,info' }, ALARMS_SHOWN))
  return (
    <Panel aria-labelledby="broken">
      <InTurn $gap={3}>
        <Stack $gap={1}>
          <h2 id="broken">{words.title}</h2>
          <WhenLoaded query={grave}>
            {({ items }) => (
              <WhenLoaded query={other}>
                {({ items: lesser }) => {
                  const shown = [...items, ...lesser].slice(0, ALARMS_SHOWN)
                  return shown.length === 0 ? (
                    <p>{noStanding}</p>
                  ) : (
                    <AlarmLines alarms={shown} timeZoneOf={timeZoneOf} />
                  )
                }}
              </WhenLoaded>
            )}
          </WhenLoaded>
          <AppLink to="/alarms">
            {words.all}
            {standing === undefined || standing.total === 0 ? '' : ` (${standingCount(standing.total)})`}
          </AppLink>
        </Stack>
        <SinceYesterday />
        <SilentDevices />
      </InTurn>
    </Panel>
  )
}

/** What changed in the last 24 hours, each with its list. */
const SinceYesterday = () => {
  const { overview: words } = useWords(alarmWords)
  const { data: changes, isPending } = useQuery(changesQuery(useNow()))
  if (isPending) return <Loading />
  if (changes === undefined) return null
  const { since, alarmsRaised, alarmsCleared, devicesSilent, faultsReported } = changes
  const from = encodeURIComponent(since)
  const lines: [count: number, text: string, to: string][] = [
    [alarmsRaised, words.raised(alarmsRaised), `/alarms?state=all&from=${from}`],
    [alarmsCleared, words.cleared(alarmsCleared), '/alarms?state=all'],
    [devicesSilent, words.silent(devicesSilent), '/devices?state=offline'],
    [faultsReported, words.faults(faultsReported), '/faults'],
  ]
  const changed = lines.filter(([count]) => count > 0)
  return (
    <Stack $gap={1}>
      <h3>{words.changed}</h3>
      {changed.length === 0 ? (
        <p>{words.nothing}</p>
      ) : (
        <Row as="ul" $gap={3}>
          {changed.map(([, text, to]) => (
            <li key={to}>
              <AppLink to={to}>{text}</AppLink>
            </li>
          ))}
        </Row>
      )}
    </Stack>
  )
}

const SilentDevices = () => {
  const { first: words } = useWords(helpWords)
  const { overview } = useWords(alarmWords)
  const silent = useQuery(silentDevicesQuery)
  return (
    <Stack $gap={0.5}>
      <h3>{overview.silentTitle}</h3>
      <WhenLoaded query={silent}>
        {({ items, more }) =>
          items.length === 0 ? (
            <p>{words.allWork}</p>
          ) : (
            <>
              <DeviceLines devices={items} />
              {more ? <AppLink to="/devices?state=offline">{words.allBroken}</AppLink> : null}
            </>
          )
        }
      </WhenLoaded>
    </Stack>
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
