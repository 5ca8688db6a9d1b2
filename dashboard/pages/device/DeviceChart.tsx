// The chart of a device: one point over a period; consumption for meters, the readings themselves for everything else.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { DeviceRecorded } from '#contract/devices.ts'
import { ConsumptionChart } from '#dashboard/charts/ConsumptionChart.tsx'
import { PeriodPicker, usePeriod } from '#dashboard/charts/PeriodPicker.tsx'
import { ReadingChart, readingsOfPoint } from '#dashboard/charts/ReadingChart.tsx'
import type { ChartMark } from '#dashboard/charts/TimeChart.tsx'
import { alarmsQuery } from '#dashboard/client/alarm-queries.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { WhenNear } from '#dashboard/components/WhenNear.tsx'
import { pickName } from '#domain/writing/names.ts'
import { parseDuration } from '#dashboard/format/duration.ts'
import { startOfDate } from '#dashboard/format/zone.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { chartWords } from '#dashboard/text/chart/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { ChartCompanions, useCompanions } from './ChartCompanions.tsx'

type Point = NonNullable<DeviceRecorded['points']>[number]
/** In the place of a point: all of them, each in its chart of the same time. No point has this key. */
const ALL = '*'
/** About what a chart takes with its notes. */
const CHART_HEIGHT_PX = 480
const isMeter = ({ kind }: Point): boolean => kind === 'counter' || kind === 'interval'

/** The point of the address, or the first that can be drawn. */
export const useChosenPoint = (device: DeviceRecorded): Point | undefined => {
  const { get } = useAddress()
  const points = (device.points ?? []).filter(({ proposed }) => proposed !== true)
  return points.find(({ key }) => key === get('point')) ?? points.find(({ kind }) => kind !== 'state') ?? points[0]
}

export const DeviceChart = ({ device, timeZone }: { device: DeviceRecorded; timeZone: string }) => {
  const { text, language } = useText()
  const words = useWords(chartWords)
  const { get, set } = useAddress()
  const control = usePeriod(timeZone)
  const point = useChosenPoint(device)
  const marks = [...useMarks(device, point, timeZone), ...useAlarmMarks(device.id, control.period)]
  const { others, compared } = useCompanions(device, point, control.period, timeZone)
  const points = (device.points ?? []).filter(({ proposed }) => proposed !== true)
  const named = (one: Point) => pickName(one.name, language, one.key).text
  const deviceName = pickName(device.name, language, device.id).text
  const drawn = points.filter(({ kind }) => kind !== 'state' && kind !== 'virtual')
  const isAll = get('point') === ALL && drawn.length > 1
  useAsked(device.id, isAll ? drawn.map(({ key }) => key).join(',') : '', control.period)
  if (point === undefined) return null
  const consumption = isMeter(point) && get('show') !== 'readings'
  const label = `${named(point)}, ${deviceName}`
  return (
    <Panel>
      <Stack>
        <Row $spread>
          <h2>{text.device.chart}</h2>
          <Row $gap={2} className="no-print">
            <Select
              label={text.device.choosePoint}
              value={isAll ? ALL : point.key}
              options={[
                ...points.map((one) => ({ value: one.key, text: named(one) })),
                ...(drawn.length > 1 ? [{ value: ALL, text: words.allPoints }] : []),
              ]}
              onChange={(key) => set({ point: key })}
            />
            {isMeter(point) && !isAll ? (
              <Select
                label={text.common.show}
                value={consumption ? 'consumption' : 'readings'}
                options={[
                  { value: 'consumption', text: text.chart.consumption },
                  { value: 'readings', text: text.device.readings },
                ]}
                onChange={(show) => set({ show: show === 'readings' ? show : null })}
              />
            ) : null}
          </Row>
        </Row>
        <PeriodPicker timeZone={timeZone} control={control} />
        {point.kind === 'state' || isAll ? null : (
          <ChartCompanions device={device} own={point} others={others} pointsToo={!consumption} />
        )}
        {isAll ? (
          drawn.map((one) => (
            <Stack key={one.key} $gap={1}>
              <h3>{named(one)}</h3>
              <WhenNear heightPx={CHART_HEIGHT_PX}>
                <ReadingChart
                  device={device.id}
                  point={one}
                  label={`${named(one)}, ${deviceName}`}
                  timeZone={timeZone}
                  control={control}
                  usualMs={parseDuration(device.expectedInterval)}
                  marks={marks}
                />
              </WhenNear>
            </Stack>
          ))
        ) : point.kind === 'state' ? (
          <p>{text.chart.status}</p>
        ) : consumption ? (
          <ConsumptionChart
            device={device.id}
            point={point.key}
            label={`${text.chart.consumption}: ${label}`}
            timeZone={timeZone}
            span={{ from: control.period.from, to: control.period.to }}
            marks={marks}
            onZoom={(from, to) => control.show({ from, to })}
            zoom={control.zoom}
            reset={control.reset}
            pan={control.pan}
            compared={compared}
          />
        ) : (
          <ReadingChart
            device={device.id}
            point={point}
            label={label}
            timeZone={timeZone}
            control={control}
            usualMs={parseDuration(device.expectedInterval)}
            marks={marks}
            others={others}
            compared={compared}
          />
        )}
      </Stack>
    </Panel>
  )
}

/** Readings of all charts of a page (keys with commas) are asked in one question, before the charts come near the window. */
const useAsked = (device: string, keys: string, { from, to }: { from: number; to: number }): void => {
  const client = useQueryClient()
  useEffect(() => {
    if (keys === '') return
    for (const key of keys.split(',')) void client.prefetchQuery(readingsOfPoint(device, key, { from, to }))
  }, [client, device, keys, from, to])
}

/** Alarms of a chart's time that are asked for. */
const ALARM_MARKS = 100
/** When alarms of the device were raised, in whole hours around what is shown, so that moving the chart asks seldom. */
const useAlarmMarks = (device: string, { from, to }: { from: number; to: number }): ChartMark[] => {
  const { device: words } = useWords(alarmWords)
  const { language } = useText()
  const hour = (ms: number) => new Date(Math.floor(ms / 3_600_000) * 3_600_000).toISOString()
  const asked = alarmsQuery({ device, from: hour(from), to: hour(to + 3_600_000) }, ALARM_MARKS)
  return (useQuery(asked).data?.items ?? []).map(({ raisedAt, ruleName, rule }) => ({
    at: Date.parse(raisedAt),
    label: words.mark(pickName(ruleName, language, rule).text),
  }))
}

/** Meter changes of the point and changes of ownership, as marks. */
const useMarks = (device: DeviceRecorded, point: Point | undefined, timeZone: string): ChartMark[] => {
  const { text } = useText()
  return useMemo(
    () => [
      ...(device.ownership ?? [])
        .slice(1)
        .map(({ from }) => ({ at: startOfDate(from, timeZone), label: text.chart.markOwnership })),
      ...(point?.meterChanges ?? []).map(({ at }) => ({ at: Date.parse(at), label: text.chart.markMeter })),
    ],
    [device.ownership, point, timeZone, text],
  )
}
