// The consumption of one meter over a period, as bars by the rules of settlement; the numbers are the API's, to the digit.
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import type { Step } from '#contract/series.ts'
import { consumptionQuery } from '#dashboard/client/queries.ts'
import { Empty, Loading, Refusal } from '#dashboard/components/QueryStates.tsx'
import { useNow } from '#dashboard/components/Age.tsx'
import { useScheme } from '#dashboard/components/scheme.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { ChartFigure } from './ChartFigure.tsx'
import { ChartNotes } from './ChartNotes.tsx'
import type { Overlay } from './overlay.ts'
import type { ComparedPeriod } from './ReadingChart.tsx'
import { Readout } from './Readout.tsx'
import { tickFormat } from './tick-format.ts'
import { TimeChart, type ChartHandle, type ChartMark } from './TimeChart.tsx'
import { consumptionColumns, isEmpty, spansOf } from './time-columns.ts'

const NO_OVERLAYS: Overlay[] = []
type Props = {
  device: string
  point: string
  label: string
  timeZone: string
  span: { from: number; to: number }
  marks?: ChartMark[]
  onZoom?: (from: number, to: number) => void
  zoom?: (factor: number, around: number | null) => void
  reset?: () => void
  pan?: (direction: 1 | -1) => void
  /** Another period over it, step by step. */
  compared?: ComparedPeriod | undefined
}
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** The step that gives bars neither too thin nor too few. */
export const stepFor = (spanMs: number): Step => {
  if (spanMs <= 6 * HOUR_MS) return 'PT15M'
  if (spanMs <= 4 * DAY_MS) return 'PT1H'
  return spanMs <= 100 * DAY_MS ? 'P1D' : 'P1M'
}

export const ConsumptionChart = ({
  device,
  point,
  label,
  timeZone,
  span,
  marks = [],
  onZoom,
  zoom,
  reset,
  pan,
  compared,
}: Props) => {
  const { text, format } = useText()
  const { scheme } = useScheme()
  const handle = useRef<ChartHandle>(null)
  const [cursor, setCursor] = useState<number | null>(null)
  const step = stepFor(span.to - span.from)
  const [from, to] = [new Date(span.from).toISOString(), new Date(span.to).toISOString()]
  const query = useQuery(consumptionQuery(`${device}/${point}`, from, to, step))
  const former = useQuery({
    ...consumptionQuery(
      `${device}/${point}`,
      new Date(compared?.span.from ?? span.from).toISOString(),
      new Date(compared?.span.to ?? span.to).toISOString(),
      step,
    ),
    enabled: compared !== undefined,
  })
  const series = query.data?.series[0]
  const formerSteps = compared === undefined ? undefined : former.data?.series[0]?.steps
  const now = useNow()
  const columns = useMemo(() => consumptionColumns(series?.steps ?? [], now), [series, now])
  if (query.error !== null && query.data === undefined)
    return <Refusal error={query.error} retry={() => void query.refetch()} />
  if (query.data === undefined || series === undefined) return <Loading />
  if (isEmpty(columns)) return <Empty title={text.chart.noData} step={text.chart.noDataStep} />
  const unit = series.unit
  const overlays: Overlay[] =
    compared === undefined || formerSteps === undefined
      ? NO_OVERLAYS
      : [
          {
            key: 'compared',
            name: compared.name,
            unit,
            values: columns.from.map((_, i) => {
              const quantity = formerSteps[i]?.quantity ?? null
              return quantity === null ? null : Number(quantity)
            }),
            dashed: true,
            second: false,
            look: 5,
          },
        ]
  const shownDecimal = (decimal: string | null) => (decimal === null ? '–' : format.decimal(decimal))
  const formerAt = (i: number) => formerSteps?.[i]?.quantity ?? null
  const at = (ms: number) =>
    step === 'P1D'
      ? format.instant(ms, timeZone, 'day')
      : step === 'P1M'
        ? format.month(new Date(ms + DAY_MS).toISOString().slice(0, 7))
        : format.instant(ms, timeZone)
  const value = (i: number) => {
    const exact = columns.exact[i] ?? null
    return exact === null ? text.chart.gap : format.withUnit(format.number(Number(exact)), unit)
  }
  const estimated = spansOf(columns, ['estimated'])
  const shownMarks = marks.filter((mark) => mark.at >= span.from && mark.at < span.to)
  return (
    <ChartFigure
      label={label}
      fileName={`${device}-${point}-${step}`}
      heads={[
        { text: text.chart.time },
        { text: format.withUnit(text.chart.consumption, unit === null ? null : `(${unit})`), figures: true },
        { text: text.device.quality },
        ...overlays.map(({ name }) => ({
          text: format.withUnit(name, unit === null ? null : `(${unit})`),
          figures: true,
        })),
      ]}
      rows={() =>
        columns.from.map((ms, i) => {
          const quality = columns.quality[i] ?? null
          const word = quality === null ? text.chart.gap : text.states[quality]
          const exact = columns.exact[i] ?? null
          return {
            key: String(ms),
            cells: [new Date(ms).toISOString(), exact, word, ...overlays.map(() => formerAt(i))],
            shown: [
              at(ms),
              exact === null ? '–' : format.decimal(exact),
              word,
              ...overlays.map(() => shownDecimal(formerAt(i))),
            ],
          }
        })
      }
      notes={estimated.length > 0 ? [text.chart.estimatedParts] : []}
      keys={{
        length: columns.x.length,
        moveTo: (index) => handle.current?.moveTo(index),
        say: (i) =>
          [
            `${at(columns.from[i] ?? 0)}: ${value(i)}`,
            ...overlays.map(({ name }) => `${name}: ${shownDecimal(formerAt(i))}`),
          ].join(', '),
        zoom: (factor, index) => zoom?.(factor, index === null ? null : (columns.from[index] ?? null)),
        reset: () => reset?.(),
        pan,
      }}
      readout={<Readout columns={columns} index={cursor} at={at} show={value} overlays={overlays} />}
    >
      <TimeChart
        ref={handle}
        columns={columns}
        shape="bars"
        from={span.from}
        to={span.to}
        timeZone={timeZone}
        scheme={scheme}
        fromZero
        estimated={estimated}
        suspect={[]}
        marks={shownMarks}
        overlays={overlays}
        formatValue={(number, decimals) => format.number(number, decimals)}
        formatTick={tickFormat(format, timeZone)}
        onCursor={setCursor}
        onZoom={(left, right) => onZoom?.(Math.round(left), Math.round(right))}
      />
      <ChartNotes marks={shownMarks} timeZone={timeZone} />
    </ChartFigure>
  )
}
