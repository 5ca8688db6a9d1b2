// The alarms of a device: those that stand first, then the last that were.
import { useQuery } from '@tanstack/react-query'
import type { DeviceRecorded } from '#contract/devices.ts'
import { alarmsQuery } from '#dashboard/client/alarm-queries.ts'
import { AlarmLines } from '#dashboard/components/AlarmLines.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'

const STANDING_SHOWN = 20
const PAST_SHOWN = 5

export const DeviceAlarms = ({ device: { id, premises }, timeZone }: { device: DeviceRecorded; timeZone: string }) => {
  const { device: words } = useWords(alarmWords)
  const standing = useQuery(alarmsQuery({ device: id, standing: 'true' }, STANDING_SHOWN))
  const past = useQuery(alarmsQuery({ device: id, state: 'cleared' }, PAST_SHOWN)).data?.items ?? []
  const timeZoneOf = () => timeZone
  return (
    <Panel aria-labelledby="device-alarms">
      <Stack>
        <h2 id="device-alarms">{words.title}</h2>
        <WhenLoaded query={standing}>
          {({ items }) =>
            items.length === 0 ? (
              <p>{words.none}</p>
            ) : (
              <AlarmLines alarms={items} timeZoneOf={timeZoneOf} place={false} />
            )
          }
        </WhenLoaded>
        {past.length === 0 ? null : (
          <Stack $gap={0.5}>
            <h3>{words.past}</h3>
            <AlarmLines alarms={past} timeZoneOf={timeZoneOf} place={false} />
          </Stack>
        )}
        <Row $gap={3}>
          {past.length === 0 ? null : <AppLink to={`/alarms?device=${id}&state=all`}>{words.all}</AppLink>}
          <AppLink to={`/alarm-rules?premises=${premises}&device=${id}`}>{words.watching}</AppLink>
        </Row>
      </Stack>
    </Panel>
  )
}
