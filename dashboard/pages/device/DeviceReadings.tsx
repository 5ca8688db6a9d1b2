// The newest raw readings of the chosen period, what was superseded in it, and all of it as a file.
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { DeviceRecorded } from '#contract/devices.ts'
import { usePeriod } from '#dashboard/charts/PeriodPicker.tsx'
import { readingsPath, readingsTextQuery, supersededQuery } from '#dashboard/client/queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { QualityMarks, ReadingValue } from '#dashboard/components/ReadingValue.tsx'
import { parseDuration } from '#dashboard/format/duration.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { useChosenPoint } from './DeviceChart.tsx'
import { parseReadings, type RawReading } from './parse-readings.ts'

/** More rows are for the file. */
const SHOWN_MAX = 50
/** Readings are asked for over so many of the distances at which the device sends: enough for the list, whatever the period. */
const DISTANCES = 3 * SHOWN_MAX
/** How often a device sends that does not say it. */
const USUAL_MS = 15 * 60_000
const STEP_MS = 60_000

export const DeviceReadings = ({ device, timeZone }: { device: DeviceRecorded; timeZone: string }) => {
  const point = useChosenPoint(device)
  return point === undefined ? null : (
    <Listed
      device={device.id}
      point={point.key}
      unit={point.unit}
      multiplier={point.multiplier}
      timeZone={timeZone}
      usualMs={parseDuration(device.expectedInterval) ?? USUAL_MS}
    />
  )
}

type Props = {
  device: string
  point: string
  unit: string | undefined
  multiplier: string | undefined
  timeZone: string
  usualMs: number
}
const Listed = ({ device, point, unit, multiplier, timeZone, usualMs }: Props) => {
  const { text } = useText()
  const { period } = usePeriod(timeZone)
  const id = `${device}/${point}`
  const to = Math.min(period.to, Math.ceil(useNow() / STEP_MS) * STEP_MS)
  const from = Math.max(period.from, to - DISTANCES * usualMs)
  const readings = useQuery({ ...readingsTextQuery(id, from, Math.max(to, from + STEP_MS)), enabled: to > from })
  const superseded = useQuery(supersededQuery(id, period.from, period.to)).data?.items ?? []
  const rows = useMemo(
    () =>
      parseReadings(readings.data ?? '')
        .slice(-SHOWN_MAX)
        .reverse(),
    [readings.data],
  )
  const shown = { unit, multiplier, timeZone }
  return (
    <Panel>
      <Stack>
        <Row $spread>
          <h2>{text.device.readings}</h2>
          <a
            className="no-print"
            href={readingsPath(id, period.from, period.to, 'csv')}
            download={`${device}-${point}.csv`}
          >
            {text.device.readingsCsv}
          </a>
        </Row>
        <WhenLoaded query={readings}>
          {() =>
            rows.length === 0 ? (
              <Empty title={text.device.readingsNone} />
            ) : (
              <>
                <Small as="p">{text.device.readingsIntro(rows.length)}</Small>
                <ReadingTable caption={text.device.readings} rows={rows} {...shown} />
              </>
            )
          }
        </WhenLoaded>
        {superseded.length === 0 ? null : (
          <Stack $gap={1}>
            <h3>{text.device.superseded}</h3>
            <p>{text.device.supersededText}</p>
            <ReadingTable caption={text.device.superseded} rows={superseded} {...shown} />
          </Stack>
        )}
      </Stack>
    </Panel>
  )
}

type ReadingRow = RawReading & { supersededAt?: string }
type TableProps = {
  caption: string
  rows: readonly ReadingRow[]
  unit: string | undefined
  multiplier: string | undefined
  timeZone: string
}
const ReadingTable = ({ caption, rows, unit, multiplier, timeZone }: TableProps) => {
  const { text, format } = useText()
  return (
    <DataTable
      caption={caption}
      quietCaption
      rows={rows}
      rowKey={({ at, receivedAt, supersededAt }) => `${at} ${receivedAt} ${supersededAt ?? ''}`}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'at',
          head: text.device.at,
          heading: true,
          sort: ({ at }) => at,
          render: ({ at }) => format.instant(at, timeZone, 'second'),
        },
        {
          key: 'value',
          head: text.device.value,
          figures: true,
          sort: ({ value }) => (typeof value === 'number' ? value : String(value)),
          render: ({ value }) => <ReadingValue value={value} unit={unit} multiplier={multiplier} />,
        },
        {
          key: 'quality',
          head: text.device.quality,
          render: ({ quality, simulated }) => <QualityMarks quality={quality} simulated={simulated} />,
        },
        {
          key: 'received',
          head: text.device.received,
          sort: ({ receivedAt }) => receivedAt,
          render: ({ receivedAt }) => format.instant(receivedAt, timeZone, 'second'),
        },
      ]}
    />
  )
}
