// What is wrong in this building now.
import { useQuery } from '@tanstack/react-query'
import { alarmsQuery } from '#dashboard/client/alarm-queries.ts'
import { AlarmLines } from '#dashboard/components/AlarmLines.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { useAlarmChanges } from '#dashboard/components/useAlarmChanges.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { usePremises } from './PremisesPage.tsx'

const SHOWN = 5

export const PremisesAlarms = () => {
  const { premises: words, noStanding, list } = useWords(alarmWords)
  const { premises, live } = usePremises()
  useAlarmChanges(live)
  const standing = useQuery(alarmsQuery({ premises: premises.id, standing: 'true' }, SHOWN))
  return (
    <Panel aria-labelledby="premises-alarms">
      <Stack>
        <h2 id="premises-alarms">{words.title}</h2>
        <WhenLoaded query={standing}>
          {({ items }) =>
            items.length === 0 ? (
              <p>{noStanding}</p>
            ) : (
              <AlarmLines alarms={items} timeZoneOf={() => premises.timeZone} />
            )
          }
        </WhenLoaded>
        <Row $gap={3}>
          <AppLink to={`/alarms?premises=${premises.id}`}>{words.all}</AppLink>
          <AppLink to={`/alarm-rules?premises=${premises.id}`}>{list.rules}</AppLink>
        </Row>
      </Stack>
    </Panel>
  )
}
