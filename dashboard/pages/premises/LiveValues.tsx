// The newest reading of every point of a premises, a line for each device, live.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { styled } from 'styled-components'
import type { LatestReading } from '#contract/series.ts'
import { deviceListQuery, latestOfPremisesQuery } from '#dashboard/client/queries.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { pickName } from '#domain/writing/names.ts'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { useValueText } from '#dashboard/components/ReadingValue.tsx'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { wordOf } from '#domain/writing/word-of.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Figures, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { byDevice, newerOf } from './live-values.ts'
import { usePremises } from './PremisesPage.tsx'

export const LiveValues = () => {
  const { text } = useText()
  const { nameOf: typeName } = useDeviceTypes()
  const { premises, live } = usePremises()
  const { get, set } = useAddress()
  const latest = useQuery(latestOfPremisesQuery(premises.id))
  const devices = useInfiniteQuery(deviceListQuery({ premises: premises.id }, 200))
  const known = useMemo(
    () => new Map((devices.data?.pages ?? []).flatMap(({ items }) => items).map((device) => [device.id, device])),
    [devices.data],
  )
  const types = [...new Set([...known.values()].flatMap((device) => device.type ?? []))]
    .map((value) => ({ value, text: typeName(value) }))
    .sort((a, b) => a.text.localeCompare(b.text))
  const type = get('type') ?? ''
  // A point heard for the first time is not among those known: what it is called and measured in is asked for.
  const listed = useMemo(
    () => new Set((latest.data?.items ?? []).map(({ device, point }) => `${device}/${point}`)),
    [latest.data],
  )
  const unlisted = latest.data === undefined ? 0 : [...live.readings.keys()].filter((key) => !listed.has(key)).length
  const { refetch } = latest
  useEffect(() => {
    if (unlisted > 0) void refetch({ cancelRefetch: false })
  }, [unlisted, refetch])
  return (
    <Panel>
      <Stack>
        <Row $spread>
          <h2>{text.premises.liveValues}</h2>
          <Select
            label={text.devices.type}
            value={type}
            options={[{ value: '', text: text.common.all }, ...types]}
            onChange={(value) => set({ type: value })}
          />
        </Row>
        <WhenLoaded query={latest}>
          {({ items }) => {
            const rows = byDevice(items.map((item) => newerOf(item, live.readings.get(`${item.device}/${item.point}`))))
            if (rows.length === 0) return <Empty title={text.premises.noValues} />
            return (
              <ValueTable
                rows={rows.filter(({ device }) => type === '' || known.get(device)?.type === type)}
                known={known}
                timeZone={premises.timeZone}
              />
            )
          }}
        </WhenLoaded>
      </Stack>
    </Panel>
  )
}

const Values = styled.ul`
  display: flex;
  flex-wrap: wrap;
  gap: 0 24px;
`
type Props = {
  rows: ReturnType<typeof byDevice>
  known: ReadonlyMap<string, { name: Parameters<typeof pickName>[0] }>
  timeZone: string
}
const ValueTable = ({ rows, known, timeZone }: Props) => {
  const { text, language } = useText()
  return (
    <DataTable
      caption={text.premises.liveValues}
      quietCaption
      rows={rows}
      rowKey={({ device }) => device}
      sortWord={text.common.sorted}
      columns={[
        {
          key: 'device',
          head: text.devices.device,
          heading: true,
          sort: ({ device }) => pickName(known.get(device)?.name, language, device).text,
          render: ({ device }) => (
            <AppLink to={`/devices/${device}`}>
              <Name names={known.get(device)?.name} id={device} />
            </AppLink>
          ),
        },
        {
          key: 'values',
          head: text.device.values,
          render: ({ readings }) => (
            <Values>
              {readings.map((reading) => (
                <Value key={reading.point} reading={reading} />
              ))}
            </Values>
          ),
        },
        {
          key: 'age',
          head: text.device.at,
          sort: ({ at }) => at,
          render: ({ at }) => <Age at={at} timeZone={timeZone} />,
        },
        {
          key: 'marks',
          head: text.device.quality,
          render: ({ simulated }) => (simulated ? <StateMark state="simulated" /> : <StateMark state="measured" />),
        },
      ]}
    />
  )
}

const Value = ({ reading }: { reading: LatestReading }) => {
  const { text } = useText()
  const valueText = useValueText()
  return (
    <li>
      <Soft>{wordOf(text.pointKeys, reading.point)}</Soft>{' '}
      <Figures>{valueText(reading.value, reading.unit, reading.multiplier)}</Figures>
      {reading.quality === 'measured' ? null : (
        <>
          {' '}
          <StateMark state={reading.quality} />
        </>
      )}
    </li>
  )
}
