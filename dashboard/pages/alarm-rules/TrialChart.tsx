// How many alarms a rule would have raised on each day, as bars.
import { useMemo, useRef, useState } from 'react'
import type { AlarmTryAnswer } from '#contract/alarm-rules.ts'
import { ChartFigure } from '#dashboard/charts/ChartFigure.tsx'
import { Readout } from '#dashboard/charts/Readout.tsx'
import { tickFormat } from '#dashboard/charts/tick-format.ts'
import type { TimeColumns } from '#dashboard/charts/time-columns.ts'
import { TimeChart, type ChartHandle } from '#dashboard/charts/TimeChart.tsx'
import { useSpan } from '#dashboard/charts/useSpan.ts'
import { useScheme } from '#dashboard/components/scheme.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { trialDays, type TrialDay } from './trial-days.ts'

const columnsOf = (days: readonly TrialDay[]): TimeColumns => ({
  x: days.map(({ from, to }) => (from + to) / 2000),
  from: days.map(({ from }) => from),
  to: days.map(({ to }) => to),
  value: days.map(({ count }) => count),
  min: days.map(() => null),
  max: days.map(() => null),
  count: days.map(({ count }) => count),
  exact: days.map(() => null),
  quality: days.map(() => null),
  simulated: days.map(() => false),
})

type Props = { answer: Pick<AlarmTryAnswer, 'from' | 'to' | 'alarms'>; timeZone: string }
export const TrialChart = ({ answer, timeZone }: Props) => {
  const { form: words } = useWords(alarmWords)
  const { text, format } = useText()
  const { scheme } = useScheme()
  const handle = useRef<ChartHandle>(null)
  const [cursor, setCursor] = useState<number | null>(null)
  const days = useMemo(() => trialDays(answer, timeZone), [answer, timeZone])
  const columns = useMemo(() => columnsOf(days), [days])
  const span = useSpan({ from: days[0]?.from ?? 0, to: days.at(-1)?.to ?? 1 })
  const say = (i: number) => `${format.date(days[i]?.date ?? '')}: ${days[i]?.count ?? 0}`
  return (
    <ChartFigure
      label={words.perDay}
      fileName="alarms"
      heads={[{ text: text.chart.time }, { text: words.perDay, figures: true }]}
      rows={() =>
        days.map(({ date, count }) => ({
          key: date,
          cells: [date, count],
          shown: [format.date(date), count],
        }))
      }
      keys={{
        length: days.length,
        moveTo: (index) => handle.current?.moveTo(index),
        say,
        zoom: (factor, index) => span.zoom(factor, index === null ? null : (columns.from[index] ?? null)),
        reset: span.reset,
      }}
      readout={
        <Readout
          columns={columns}
          index={cursor}
          at={(ms) => format.instant(ms, timeZone, 'day')}
          show={(i) => words.wouldHave(columns.value[i] ?? 0)}
        />
      }
    >
      <TimeChart
        ref={handle}
        columns={columns}
        shape="bars"
        from={span.period.from}
        to={span.period.to}
        timeZone={timeZone}
        scheme={scheme}
        fromZero
        estimated={[]}
        suspect={[]}
        marks={[]}
        formatValue={(number) => (Number.isInteger(number) ? format.number(number, 0) : '')}
        formatTick={tickFormat(format, timeZone)}
        onCursor={setCursor}
        onZoom={(from, to) => span.show({ from: Math.round(from), to: Math.round(to) })}
      />
    </ChartFigure>
  )
}
