// The readings of one point over a period: mean as a line, smallest to largest as a band, gaps as gaps.
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import type { Point } from '#contract/bundle.ts'
import { seriesQuery } from '#dashboard/client/queries.ts'
import { Loading, Refusal } from '#dashboard/components/QueryStates.tsx'
import { useNow } from '#dashboard/components/Age.tsx'
import { useScheme } from '#dashboard/components/scheme.ts'
import { withUnit } from '#domain/writing/number.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Empty } from '#dashboard/components/QueryStates.tsx'
import { ChartFigure, type ChartRow } from './ChartFigure.tsx'
import { ChartNotes } from './ChartNotes.tsx'
import { Readout } from './Readout.tsx'
import { TimeChart, type ChartHandle, type ChartMark } from './TimeChart.tsx'
import { bucketColumns, gapCount, isEmpty, spansOf, type TimeColumns } from './time-columns.ts'
import { tickFormat } from './tick-format.ts'
import type { usePeriod } from './PeriodPicker.tsx'

/** Buckets asked for: about one for every two pixels of a wide chart. */
const BUCKETS = 480

type Props = {
  device: string
  point: Point
  label: string
  timeZone: string
  control: Pick<ReturnType<typeof usePeriod>, 'zoom' | 'show' | 'reset'> & {
    period: { from: number; to: number; range?: string }
  }
  /** How often the device is expected to send. */
  usualMs: number | null
  marks: ChartMark[]
  /** Values that should not be passed, as lines; their words stand below the chart. */
  limits?: readonly { value: number; label: string }[]
}
export const ReadingChart = ({ device, point, label, timeZone, control, usualMs, marks, limits = [] }: Props) => {
  const { text, format } = useText()
  const { scheme } = useScheme()
  const { period } = control
  const handle = useRef<ChartHandle>(null)
  const [cursor, setCursor] = useState<number | null>(null)
  const query = useQuery({
    ...seriesQuery({ points: `${device}/${point.key}`, from: period.from, to: period.to, buckets: BUCKETS }),
    refetchInterval: period.range === 'hour' ? 10_000 : 60_000,
  })
  const buckets = query.data?.series[0]?.buckets
  const now = useNow()
  const columns = useMemo(() => bucketColumns(buckets ?? [], usualMs, now), [buckets, usualMs, now])
  if (query.error !== null && query.data === undefined)
    return <Refusal error={query.error} retry={() => void query.refetch()} />
  if (query.data === undefined) return <Loading />
  if (isEmpty(columns)) return <Empty title={text.chart.noData} step={text.chart.noDataStep} />
  const value = (number: number | null) => (number === null ? '–' : withUnit(format.number(number), point.unit))
  const estimated = spansOf(columns, ['estimated', 'substituted'])
  const suspect = spansOf(columns, ['suspect'])
  const say = (i: number) => sayOf(columns, i)
  const sayOf = (of: TimeColumns, i: number): string => {
    const at = format.instant(of.from[i] ?? 0, timeZone)
    const mean = of.value[i] ?? null
    if (mean === null) return `${at}: ${text.chart.gap}`
    const quality = of.quality[i] ?? null
    const marks = [
      quality === null || quality === 'measured' ? [] : [text.states[quality]],
      of.simulated[i] === true ? [text.states.simulated] : [],
    ].flat()
    return `${at}: ${value(mean)}${marks.length === 0 ? '' : ` (${marks.join(', ').toLowerCase()})`}`
  }
  return (
    <ChartFigure
      label={label}
      fileName={`${device}-${point.key}`}
      heads={[
        { text: text.chart.time },
        ...[text.chart.mean, text.chart.min, text.chart.max].map((head) => ({
          text: withUnit(head, point.unit === undefined ? null : `(${point.unit})`),
          figures: true,
        })),
        { text: text.chart.count, figures: true },
        { text: text.device.quality },
      ]}
      rows={columns.from.map((from, i) => rowOf(columns, i, from))}
      notes={[
        ...limits.map((limit) => `${limit.label}.`),
        text.chart.band,
        ...(gapCount(columns) > 0 ? [`${text.chart.gaps(gapCount(columns))}.`] : []),
        ...(estimated.length > 0 ? [text.chart.estimatedParts] : []),
        ...(suspect.length > 0 ? [text.chart.suspectParts] : []),
      ]}
      keys={{
        length: columns.x.length,
        moveTo: (index) => handle.current?.moveTo(index),
        say,
        zoom: (factor, index) => control.zoom(factor, index === null ? null : (columns.from[index] ?? null)),
        reset: control.reset,
      }}
      readout={
        <Readout
          columns={columns}
          index={cursor}
          at={(ms) => format.instant(ms, timeZone)}
          show={(i) => value(columns.value[i] ?? null)}
        />
      }
    >
      <TimeChart
        ref={handle}
        columns={columns}
        shape="line"
        from={period.from}
        to={period.to}
        timeZone={timeZone}
        scheme={scheme}
        fromZero={false}
        estimated={estimated}
        suspect={suspect}
        marks={marks.filter(({ at }) => at >= period.from && at < period.to)}
        limits={limits.map((limit) => limit.value)}
        formatValue={(number) => format.number(number)}
        formatTick={tickFormat(format, timeZone)}
        onCursor={setCursor}
        onZoom={(from, to) => control.show({ from: Math.round(from), to: Math.round(to) })}
      />
      <ChartNotes marks={marks.filter(({ at }) => at >= period.from && at < period.to)} timeZone={timeZone} />
    </ChartFigure>
  )

  function rowOf(of: TimeColumns, i: number, from: number): ChartRow {
    const [mean, min, max] = [of.value[i] ?? null, of.min[i] ?? null, of.max[i] ?? null]
    const quality = of.quality[i] ?? null
    const word = mean === null ? text.chart.gap : quality === null ? '' : text.states[quality]
    const words = of.simulated[i] === true ? `${word}, ${text.states.simulated.toLowerCase()}` : word
    const shown = (number: number | null) => (number === null ? '–' : format.number(number))
    return {
      key: String(from),
      cells: [new Date(from).toISOString(), mean, min, max, of.count[i] ?? null, words],
      shown: [format.instant(from, timeZone), shown(mean), shown(min), shown(max), of.count[i] ?? '–', words],
    }
  }
}
