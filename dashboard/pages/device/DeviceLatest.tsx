// The newest reading of each point, live.
import type { DeviceRecorded } from '#contract/devices.ts'
import type { LiveSnapshot } from '#dashboard/client/live.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Empty } from '#dashboard/components/QueryStates.tsx'
import { useValueText } from '#dashboard/components/ReadingValue.tsx'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Figures, Grid, Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { styled } from 'styled-components'

const Value = styled.div`
  font-size: 26px;
  line-height: 32px;
  font-weight: 600;
`
const Card = styled.div`
  border-left: 4px solid var(--line-strong);
  padding-left: 12px;
`
type Props = { device: DeviceRecorded; live: LiveSnapshot; timeZone: string }
export const DeviceLatest = ({ device, live, timeZone }: Props) => {
  const { text } = useText()
  const valueText = useValueText()
  const points = new Map((device.points ?? []).map((point) => [point.key, point]))
  const known = new Map(device.latest.map((reading) => [reading.point, reading]))
  const newest = [...new Set([...points.keys(), ...known.keys()])].flatMap((key) => {
    const live1 = live.readings.get(`${device.id}/${key}`)
    const latest = known.get(key)
    const reading = latest === undefined || (live1 !== undefined && live1.at >= latest.at) ? live1 : latest
    return reading === undefined ? [] : [{ key, reading }]
  })
  return (
    <Panel>
      <Stack>
        <h2>{text.device.latest}</h2>
        {newest.length === 0 ? (
          <Empty title={text.device.noLatest} />
        ) : (
          <Grid as="ul" $min={180} $gap={3}>
            {newest.map(({ key, reading }) => (
              <li key={key} data-point={key}>
                <Card>
                  <Small>
                    <Name names={points.get(key)?.name} id={key} />
                  </Small>
                  <Value>
                    <Figures>{valueText(reading.value, points.get(key)?.unit, points.get(key)?.multiplier)}</Figures>
                  </Value>
                  <Row $gap={1}>
                    <Small>
                      <Age at={reading.at} timeZone={timeZone} />
                    </Small>
                    {reading.quality === 'measured' ? null : <StateMark state={reading.quality} />}
                  </Row>
                </Card>
              </li>
            ))}
          </Grid>
        )}
      </Stack>
    </Panel>
  )
}
