// What the point measured around an alarm: the limit as a line, and when it was raised, over and ended as marks.
import { useQuery } from '@tanstack/react-query'
import type { AlarmDetail } from '#contract/alarms.ts'
import type { Point } from '#contract/bundle.ts'
import { ReadingChart } from '#dashboard/charts/ReadingChart.tsx'
import { useSpan } from '#dashboard/charts/useSpan.ts'
import { deviceQuery } from '#dashboard/client/queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { parseDuration } from '#dashboard/format/duration.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { alarmSpan } from './alarm-span.ts'

type Props = { alarm: AlarmDetail; timeZone: string }
export const AlarmChart = ({ alarm, timeZone }: Props) => {
  const device = useQuery({ ...deviceQuery(alarm.device ?? ''), enabled: alarm.device !== null }).data
  const point = device?.points?.find(({ key }) => key === alarm.point)
  if (device === undefined || point === undefined || point.kind === 'state') return null
  return <Shown alarm={alarm} timeZone={timeZone} point={point} usual={device.expectedInterval} />
}

const Shown = ({ alarm, timeZone, point, usual }: Props & { point: Point; usual: string | undefined }) => {
  const { one: words } = useWords(alarmWords)
  const { format, language } = useText()
  const ms = (instant: string | null) => (instant === null ? null : Date.parse(instant))
  const raisedAt = Date.parse(alarm.raisedAt)
  const over = ms(alarm.conditionClearedAt) ?? ms(alarm.clearedAt)
  const now = useNow()
  const control = useSpan(alarmSpan({ raisedAt, at: ms(alarm.at), over }, now))
  const mark = (instant: string | null, label: string) => (instant === null ? [] : [{ at: Date.parse(instant), label }])
  const name = pickName(alarm.pointName ?? point.name, language, point.key).text
  const from = new Date(control.period.from).toISOString().slice(0, 10)
  return (
    <Panel aria-labelledby="alarm-chart">
      <Stack>
        <h2 id="alarm-chart">{words.chart}</h2>
        <ReadingChart
          device={alarm.device ?? ''}
          point={point}
          label={`${name}, ${pickName(alarm.deviceName, language, alarm.device ?? '').text}`}
          timeZone={timeZone}
          control={control}
          usualMs={parseDuration(usual)}
          marks={[
            ...mark(alarm.raisedAt, words.raisedMark),
            ...mark(alarm.conditionClearedAt, words.overMark),
            ...mark(alarm.clearedAt, words.endedMark),
          ]}
          limits={limitsOf(alarm).map((value) => ({
            value,
            label: words.limit(format.withUnit(format.number(value), alarm.unit)),
          }))}
        />
        <AppLink to={`/devices/${alarm.device ?? ''}?point=${point.key}&range=week&date=${from}`}>
          {words.openDevice}
        </AppLink>
      </Stack>
    </Panel>
  )
}

/** Conditions whose limit is a value of the point itself. */
const OWN_SCALE = ['threshold', 'off-hours', 'night-base-load', 'peak-forecast']
const limitsOf = ({ condition, limit, ruleNow }: AlarmDetail): number[] => {
  if (!OWN_SCALE.includes(condition)) return []
  const own = ruleNow?.condition
  const texts = own?.kind === 'threshold' ? [own.above, own.below] : [limit]
  return [...new Set([...texts, limit].flatMap((text) => (text == null || text === '' ? [] : [Number(text)])))].filter(
    (value) => Number.isFinite(value),
  )
}
