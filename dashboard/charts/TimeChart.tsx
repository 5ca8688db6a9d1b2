// uPlot and nothing else: draws columns, marks and spans, and tells where the cursor stands. Data comes in, events go out.
import { useImperativeHandle, useLayoutEffect, useRef, useState, type Ref } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { styled } from 'styled-components'
import { cssVariables, type Scheme } from '#dashboard/ui/theme.ts'
import { useWidth } from '#dashboard/ui/useWidth.ts'
import { bridged, type Overlay } from './overlay.ts'
import type { TimeColumns } from './time-columns.ts'

export type ChartMark = { at: number; label: string }
export type ChartHandle = { moveTo: (index: number) => void }
type Props = {
  columns: TimeColumns
  shape: 'line' | 'bars'
  /** Shown span in milliseconds. */
  from: number
  to: number
  timeZone: string
  scheme: Scheme
  /** Amounts that are compared start from zero. */
  fromZero: boolean
  /** Spans in seconds, drawn hatched. */
  estimated: { from: number; to: number }[]
  suspect: { from: number; to: number }[]
  marks: ChartMark[]
  /** Values that are marked across the chart, and always within it. */
  limits?: readonly number[]
  /** Other lines over it, parallel to the columns. */
  overlays?: readonly Overlay[]
  /** A value on the axis; `decimals`: as many as tell neighbouring ticks apart. */
  formatValue: (value: number, decimals: number) => string
  formatTick: (seconds: number, stepS: number) => string
  onCursor: (index: number | null) => void
  onZoom: (from: number, to: number) => void
  ref?: Ref<ChartHandle>
}
const HEIGHT = 320
/** uPlot's names of the sides are types only: 1 is the right. */
// eslint-disable-next-line typescript/no-unsafe-enum-assignment
const RIGHT_AXIS: Pick<UPlot.Axis, 'scale' | 'side'> = { scale: 'y2', side: 1 }
const Box = styled.div`
  width: 100%;
  min-height: ${HEIGHT}px;
  .u-select {
    background: color-mix(in srgb, var(--link) 18%, transparent);
  }
`
type Look = { ink: string; line: string; value: string; band: string; warn: string; bad: string; font: string }
/** A canvas can't read custom properties, so it takes the colours of the scheme that is shown. */
const lookOf = (scheme: Scheme): Look => {
  const names = cssVariables(scheme)
  const color = (name: string) => names[name] ?? 'black'
  return {
    ink: color('--ink-soft'),
    line: color('--line'),
    value: color('--link'),
    band: color('--link').replace('hsl(', 'hsla(').replace(')', ', 0.16)'),
    warn: color('--warn'),
    bad: color('--bad'),
    font: `13px ${color('--font')}`,
  }
}

const NONE: readonly Overlay[] = []
const NO_LIMITS: readonly number[] = []
/** Spans and marks, in seconds and milliseconds as in the properties. */
type DrawnOver = Pick<Props, 'estimated' | 'suspect'> & { marks: readonly number[]; limits: readonly number[] }
const NOTHING_OVER: DrawnOver = { estimated: [], suspect: [], marks: [], limits: [] }

export const TimeChart = ({
  columns,
  from,
  to,
  scheme,
  shape,
  fromZero,
  timeZone,
  estimated,
  suspect,
  marks,
  limits = NO_LIMITS,
  overlays = NONE,
  ref,
  ...rest
}: Props) => {
  const box = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<UPlot | null>(null)
  const width = useWidth(box)
  const ready = width > 0
  // The lines are made anew only when their looks change, not with each of their values.
  const looks = JSON.stringify(overlays.map(({ dashed, second, look }) => ({ dashed, second, look })))
  // Handlers change with every render; uPlot reads the newest without being made anew.
  const latest = useRef(rest)
  useLayoutEffect(() => {
    latest.current = rest
  })
  // What is drawn over the lines: the arrays are new with every render, what stands in them seldom. A cursor that moves draws nothing anew.
  const over = useRef<DrawnOver>(NOTHING_OVER)
  const drawnOver = JSON.stringify({ estimated, suspect, marks: marks.map(({ at }) => at), limits })
  // Before the browser paints, so that the first picture is the chart and not the place where it will be.
  useLayoutEffect(() => {
    if (!ready || box.current === null) return undefined
    const options = chartOptions(latest, over, lookOf(scheme), shape, fromZero, timeZone, overlayLooks(looks, scheme))
    const made = new UPlot({ ...options, width: box.current.clientWidth, height: HEIGHT }, undefined, box.current)
    setChart(made)
    return () => {
      made.destroy()
      setChart(null)
    }
  }, [ready, scheme, shape, fromZero, timeZone, looks])
  useLayoutEffect(() => {
    over.current = JSON.parse(drawnOver) as DrawnOver
    chart?.redraw()
  }, [chart, drawnOver])
  useLayoutEffect(() => {
    if (chart === null) return
    if (chart.width !== width) chart.setSize({ width, height: HEIGHT })
    chart.batch(() => {
      chart.setData(
        [columns.x, columns.min, columns.max, columns.value, ...overlays.map(({ values }) => bridged(values))],
        false,
      )
      chart.setScale('x', { min: from / 1000, max: to / 1000 })
    })
  }, [chart, columns, overlays, from, to, width])
  useImperativeHandle(ref, () => ({
    moveTo: (index) => {
      const x = columns.x[index]
      if (chart === null || x === undefined) return
      const value = columns.value[index] ?? null
      chart.setCursor({
        left: chart.valToPos(x, 'x'),
        top: value === null ? 10 : chart.valToPos(value, 'y'),
      })
    },
  }))
  return <Box ref={box} aria-hidden="true" />
}

type OverlayLook = { stroke: string; dashed: boolean; second: boolean }
const overlayLooks = (looks: string, scheme: Scheme): OverlayLook[] => {
  const names = cssVariables(scheme)
  return (JSON.parse(looks) as Pick<Overlay, 'dashed' | 'second' | 'look'>[]).map(({ dashed, second, look }) => ({
    dashed,
    second,
    stroke: names[`--chart-${look}`] ?? 'black',
  }))
}

const MOST_DECIMALS = 6
/** Decimals that a step between ticks needs: 0.25 needs two. */
const decimalsOfStep = (step: number): number => {
  let decimals = 0
  while (decimals < MOST_DECIMALS && Math.abs(step - Number(step.toFixed(decimals))) > step / 1000) decimals += 1
  return decimals
}

type Latest = { current: Pick<Props, 'formatValue' | 'formatTick' | 'onCursor' | 'onZoom'> }
const chartOptions = (
  latest: Latest,
  over: { current: DrawnOver },
  look: Look,
  shape: 'line' | 'bars',
  fromZero: boolean,
  timeZone: string,
  overlays: readonly OverlayLook[],
): Omit<UPlot.Options, 'width' | 'height'> => {
  const axis = {
    stroke: look.ink,
    font: look.font,
    grid: { stroke: look.line, width: 1 },
    ticks: { stroke: look.line, width: 1 },
  }
  const valuesOf = (_: UPlot, ticks: number[], _axis: number, _space: number, step: number): string[] =>
    ticks.map((tick) => latest.current.formatValue(tick, decimalsOfStep(step)))
  const hidden = { stroke: 'transparent', width: 0, points: { show: false } }
  const hasSecond = overlays.some(({ second }) => second)
  const bars = UPlot.paths.bars?.({ size: [0.7, 60], align: 0 })
  return {
    tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), timeZone),
    legend: { show: false },
    padding: [12, 28, 0, 0],
    cursor: { drag: { x: true, y: false, setScale: false }, points: { size: 8 } },
    scales: {
      y: { range: (_, min, max) => valueRange(min, max, fromZero, over.current.limits) },
      ...(hasSecond
        ? { y2: { range: (_: UPlot, min: number | null, max: number | null) => valueRange(min, max, false, []) } }
        : {}),
    },
    series: [
      {},
      hidden,
      hidden,
      {
        stroke: look.value,
        width: 2,
        spanGaps: false,
        points: shape === 'line' ? { size: 5 } : { show: false },
        ...(shape === 'bars' ? { fill: look.value, ...(bars === undefined ? {} : { paths: bars }) } : {}),
      },
      ...overlays.map(({ stroke, dashed, second }) => ({
        stroke,
        width: 2,
        spanGaps: false,
        scale: second ? 'y2' : 'y',
        points: { show: shape === 'bars', size: 6 },
        ...(dashed ? { dash: [8, 5] } : {}),
      })),
    ],
    ...(shape === 'line' ? { bands: [{ series: [2, 1] as [number, number], fill: look.band }] } : {}),
    axes: [
      {
        ...axis,
        space: 70,
        values: (_, ticks, _axis, _space, stepS) => {
          const words = ticks.map((tick) => latest.current.formatTick(tick, stepS))
          return words.map((word, i) => (word === words[i - 1] ? '' : word))
        },
      },
      {
        ...axis,
        size: (_, values) => 16 + 7.5 * Math.max(4, ...(values ?? []).map((value) => value.length)),
        values: valuesOf,
      },
      ...(hasSecond
        ? [
            {
              ...axis,
              ...RIGHT_AXIS,
              grid: { show: false },
              size: (_: UPlot, values: string[] | null) =>
                16 + 7.5 * Math.max(4, ...(values ?? []).map((value) => value.length)),
              values: valuesOf,
            },
          ]
        : []),
    ],
    hooks: {
      setCursor: [(chart) => latest.current.onCursor(chart.cursor.idx ?? null)],
      setSelect: [
        (chart) => {
          if (chart.select.width < 8) return
          const [left, right] = [chart.select.left, chart.select.left + chart.select.width]
          latest.current.onZoom(chart.posToVal(left, 'x') * 1000, chart.posToVal(right, 'x') * 1000)
          chart.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false)
        },
      ],
      draw: [(chart) => drawOverlays(chart, over.current, look)],
    },
  }
}

const valueRange = (
  min: number | null,
  max: number | null,
  fromZero: boolean,
  limits: readonly number[],
): [number, number] => {
  if (min === null || max === null) return [0, 1]
  const low = Math.min(min, ...limits, ...(fromZero ? [0] : []))
  const high = Math.max(max, ...limits, ...(fromZero ? [0] : []))
  const room = high === low ? Math.max(1, Math.abs(high) * 0.05) : (high - low) * 0.06
  return [fromZero && low === 0 ? 0 : low - room, fromZero && high === 0 ? 0 : high + room]
}

const drawOverlays = (chart: UPlot, { estimated, suspect, marks, limits }: DrawnOver, look: Look) => {
  const { ctx, bbox } = chart
  const toPx = (seconds: number) =>
    Math.min(bbox.left + bbox.width, Math.max(bbox.left, chart.valToPos(seconds, 'x', true)))
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  for (const [spans, color] of [
    [estimated, look.warn],
    [suspect, look.bad],
  ] as const)
    for (const span of spans) hatch(ctx, toPx(span.from), toPx(span.to), bbox.top, bbox.height, color)
  ctx.strokeStyle = look.ink
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio])
  for (const at of marks) {
    const x = toPx(at / 1000)
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
  }
  ctx.strokeStyle = look.bad
  ctx.lineWidth = 2 * devicePixelRatio
  ctx.setLineDash([10 * devicePixelRatio, 5 * devicePixelRatio])
  for (const limit of limits) {
    const y = chart.valToPos(limit, 'y', true)
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
  }
  ctx.restore()
}

/** Slanted lines over a span: seen without colour. */
const hatch = (
  ctx: CanvasRenderingContext2D,
  left: number,
  right: number,
  top: number,
  height: number,
  color: string,
) => {
  const step = 8 * devicePixelRatio
  ctx.save()
  ctx.beginPath()
  ctx.rect(left, top, Math.max(2, right - left), height)
  ctx.clip()
  ctx.globalAlpha = 0.6
  ctx.strokeStyle = color
  ctx.lineWidth = devicePixelRatio
  for (let x = left - height; x < right; x += step) {
    ctx.beginPath()
    ctx.moveTo(x, top + height)
    ctx.lineTo(x + height, top)
    ctx.stroke()
  }
  ctx.restore()
}
