// The readings of one point over a period: mean as a line, smallest to largest as a band, gaps as gaps.
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import type { Point } from '#contract/bundle.ts'
import { seriesQuery } from '#dashboard/client/queries.ts'
import { Loading, Refusal } from '#dashboard/components/QueryStates.tsx'
import { useNow } from '#dashboard/components/Age.tsx'
import { useScheme } from '#dashboard/components/scheme.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Empty } from '#dashboard/components/QueryStates.tsx'
import { ChartFigure, type ChartRow } from './ChartFigure.tsx'
import { ChartNotes } from './ChartNotes.tsx'
import { overlayValues, type Overlay } from './overlay.ts'
import { Readout } from './Readout.tsx'
import { TimeChart, type ChartHandle, type ChartMark } from './TimeChart.tsx'
import { bucketColumns, gapCount, isEmpty, spansOf, type TimeColumns } from './time-columns.ts'
import { tickFormat } from './tick-format.ts'
import type { usePeriod } from './PeriodPicker.tsx'

/** Buckets asked for: about one for every two pixels of a wide chart. */
const BUCKETS = 480
/** What a chart of one point alone asks; who knows earlier that it will be drawn may ask earlier. */
export const readingsOfPoint = (device: string, point: string, { from, to }: { from: number; to: number }) =>
  seriesQuery({ points: `${device}/${point}`, from, to, buckets: BUCKETS })

type Props = {
  device: string
  point: Point
  label: string
  timeZone: string
  control: Pick<ReturnType<typeof usePeriod>, 'zoom' | 'show' | 'reset'> &
    Partial<Pick<ReturnType<typeof usePeriod>, 'pan'>> & {
      period: { from: number; to: number; range?: string }
    }
  /** How often the device is expected to send. */
  usualMs: number | null
  marks: ChartMark[]
  /** Values that should not be passed, as lines; their words stand below the chart. */
  limits?: readonly { value: number; label: string }[]
  /** Other points over it, of one other unit at most. */
  others?: readonly OtherPoint[]
  /** The same point in another period over it. */
  compared?: ComparedPeriod | undefined
}
export type OtherPoint = { device: string; point: string; name: string; unit: string | null }
export type ComparedPeriod = { name: string; span: { from: number; to: number } }
const NO_OTHERS: readonly OtherPoint[] = []

export const ReadingChart = ({
  device,
  point,
  label,
  timeZone,
  control,
  usualMs,
  marks,
  limits = [],
  others = NO_OTHERS,
  compared,
}: Props) => {
  const { text, format } = useText()
  const { scheme } = useScheme()
  const { period } = control
  const handle = useRef<ChartHandle>(null)
  const [cursor, setCursor] = useState<number | null>(null)
  const query = useQuery({
    ...seriesQuery({
      points: [`${device}/${point.key}`, ...others.map((one) => `${one.device}/${one.point}`)].join(','),
      from: period.from,
      to: period.to,
      buckets: BUCKETS,
    }),
    refetchInterval: period.range === 'hour' ? 10_000 : 60_000,
  })
  // Bucket for bucket as long as the chart's own, from the start of the other period on.
  const start = compared?.span.from ?? period.from
  const former = useQuery({
    ...seriesQuery({
      points: `${device}/${point.key}`,
      from: start,
      to: start + (period.to - period.from),
      buckets: BUCKETS,
    }),
    enabled: compared !== undefined,
  })
  const series = query.data
  const formerBuckets = compared === undefined ? undefined : former.data?.[0]
  const now = useNow()
  const comparedName = compared?.name ?? ''
  const comparedEnd = compared?.span.to
  const { columns, overlays } = useMemo(() => {
    const own = series?.[0] ?? []
    const starts = own.map(({ from }) => from)
    const besides = (series ?? []).slice(1)
    const keep = new Set(
      [...besides, formerBuckets ?? []].flatMap((all) =>
        all.flatMap(({ mean }, i) => (mean === null ? [] : [starts[i] ?? 0])),
      ),
    )
    const made = bucketColumns(own, usualMs, now, keep)
    const ownUnit = point.unit ?? null
    const lines: Overlay[] = others.map((one, i) => ({
      key: `${one.device}/${one.point}`,
      name: one.name,
      unit: one.unit,
      values: overlayValues(made.from, starts, besides[i] ?? []),
      dashed: false,
      second: one.unit !== ownUnit,
      look: i + 1,
    }))
    if (formerBuckets !== undefined)
      lines.push({
        key: 'compared',
        name: comparedName,
        unit: ownUnit,
        values: overlayValues(made.from, starts, formerBuckets, comparedEnd),
        dashed: true,
        second: false,
        look: 5,
      })
    return { columns: made, overlays: lines }
  }, [series, formerBuckets, usualMs, now, others, point.unit, comparedName, comparedEnd])
  if (query.error !== null && query.data === undefined)
    return <Refusal error={query.error} retry={() => void query.refetch()} />
  if (query.data === undefined) return <Loading />
  if (isEmpty(columns) && overlays.every(({ values }) => values.every((one) => one === null)))
    return <Empty title={text.chart.noData} step={text.chart.noDataStep} />
  const value = (number: number | null) => (number === null ? '–' : format.withUnit(format.number(number), point.unit))
  const estimated = spansOf(columns, ['estimated', 'substituted'])
  const suspect = spansOf(columns, ['suspect'])
  const say = (i: number) => sayOf(columns, i)
  const sayOf = (of: TimeColumns, i: number): string => {
    const at = format.instant(of.from[i] ?? 0, timeZone)
    const mean = of.value[i] ?? null
    const besides = overlays.map(
      (one) =>
        `, ${one.name}: ${one.values[i] == null ? text.chart.gap : format.withUnit(format.number(one.values[i]), one.unit)}`,
    )
    if (mean === null) return `${at}: ${text.chart.gap}${besides.join('')}`
    const quality = of.quality[i] ?? null
    const marks = [
      quality === null || quality === 'measured' ? [] : [text.states[quality]],
      of.simulated[i] === true ? [text.states.simulated] : [],
    ].flat()
    return `${at}: ${value(mean)}${marks.length === 0 ? '' : ` (${marks.join(', ').toLowerCase()})`}${besides.join('')}`
  }
  return (
    <ChartFigure
      label={label}
      fileName={`${device}-${point.key}`}
      heads={[
        { text: text.chart.time },
        ...[text.chart.mean, text.chart.min, text.chart.max].map((head) => ({
          text: format.withUnit(head, point.unit === undefined ? null : `(${point.unit})`),
          figures: true,
        })),
        { text: text.chart.count, figures: true },
        { text: text.device.quality },
        ...overlays.map((one) => ({
          text: format.withUnit(one.name, one.unit === null ? null : `(${one.unit})`),
          figures: true,
        })),
      ]}
      rows={() => columns.from.map((from, i) => rowOf(columns, i, from))}
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
        pan: control.pan,
      }}
      readout={
        <Readout
          columns={columns}
          index={cursor}
          at={(ms) => format.instant(ms, timeZone)}
          show={(i) => value(columns.value[i] ?? null)}
          overlays={overlays}
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
        overlays={overlays}
        formatValue={(number, decimals) => format.number(number, decimals)}
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
    const besides = overlays.map((one) => one.values[i] ?? null)
    return {
      key: String(from),
      cells: [new Date(from).toISOString(), mean, min, max, of.count[i] ?? null, words, ...besides],
      shown: [
        format.instant(from, timeZone),
        shown(mean),
        shown(min),
        shown(max),
        of.count[i] ?? '–',
        words,
        ...besides.map(shown),
      ],
    }
  }
}
