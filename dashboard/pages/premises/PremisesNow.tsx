// How the building is right now: state of its devices, power, and the newest reading of every point, live.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { DeviceSummary } from '#contract/devices.ts'
import type { LatestReading } from '#contract/series.ts'
import { deviceListQuery, latestOfPremisesQuery } from '#dashboard/client/queries.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { DeviceStates } from '#dashboard/components/DeviceStates.tsx'
import { Name, OrganisationName } from '#dashboard/components/Name.tsx'
import { PartyList } from '#dashboard/components/PartyNames.tsx'
import { Power } from '#dashboard/components/Power.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { QualityMarks, ReadingValue } from '#dashboard/components/ReadingValue.tsx'
import { wordOf } from '#dashboard/text/dictionary.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Facts, Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { usePremises } from './PremisesPage.tsx'

export const PremisesNow = () => {
  const { text } = useText()
  const { premises } = usePremises()
  const { summary } = premises
  return (
    <Stack $gap={3}>
      <Panel>
        <Stack $gap={3}>
          <Stack $gap={1}>
            <h2>{text.premises.deviceStates}</h2>
            <DeviceStates premises={premises.id} devices={summary.devices} />
          </Stack>
          <Facts
            facts={[
              [text.overview.powerNow, summary.powerW === null ? text.common.none : <Power watts={summary.powerW} />],
              [
                text.overview.lastReading,
                summary.lastReadingAt === null ? (
                  text.overview.nothingHeard
                ) : (
                  <Age at={summary.lastReadingAt} timeZone={premises.timeZone} />
                ),
              ],
              [text.premises.landlord, <OrganisationName key="landlord" id={premises.landlord} />],
              [text.premises.tabs.spaces, text.premises.spaceCount(summary.spaces)],
            ]}
          />
          {summary.parties.length === 0 ? null : (
            <Stack $gap={1}>
              <h2>{text.overview.parties}</h2>
              <PartyList parties={summary.parties} />
            </Stack>
          )}
        </Stack>
      </Panel>
      <LiveValues />
    </Stack>
  )
}

const LiveValues = () => {
  const { text, language } = useText()
  const { premises, live } = usePremises()
  const { get, set } = useAddress()
  const latest = useQuery(latestOfPremisesQuery(premises.id))
  const devices = useInfiniteQuery(deviceListQuery({ premises: premises.id }, 200))
  const byId = useMemo(
    () => new Map((devices.data?.pages ?? []).flatMap(({ items }) => items).map((device) => [device.id, device])),
    [devices.data],
  )
  const type = get('type') ?? ''
  return (
    <Panel>
      <Stack>
        <WhenLoaded query={latest}>
          {({ items }) => {
            const rows = items.map((item) => newer(item, live.readings.get(`${item.device}/${item.point}`)))
            const types = [...new Set([...byId.values()].flatMap((device) => device.type ?? []))].sort()
            const shown = rows.filter(({ device }) => type === '' || byId.get(device)?.type === type)
            return (
              <>
                <Row $spread>
                  <h2>{text.premises.liveValues}</h2>
                  <Select
                    label={text.devices.type}
                    value={type}
                    options={[
                      { value: '', text: text.common.all },
                      ...types.map((value) => ({ value, text: wordOf(text.deviceTypes, value) })),
                    ]}
                    onChange={(value) => set({ type: value })}
                  />
                </Row>
                {rows.length === 0 ? (
                  <Empty title={text.premises.noValues} />
                ) : (
                  <DataTable
                    caption={text.premises.liveValues}
                    quietCaption
                    rows={shown}
                    rowKey={({ device, point }) => `${device}/${point}`}
                    sortWord={text.common.sorted}
                    columns={[
                      {
                        key: 'device',
                        head: text.devices.device,
                        heading: true,
                        sort: ({ device }) => nameOf(byId.get(device), language) ?? device,
                        cell: ({ device }) => (
                          <AppLink to={`/devices/${device}`}>
                            <Name names={byId.get(device)?.name} id={device} />
                          </AppLink>
                        ),
                      },
                      { key: 'point', head: text.device.point, cell: ({ point }) => point, sort: ({ point }) => point },
                      {
                        key: 'value',
                        head: text.device.value,
                        figures: true,
                        sort: ({ value }) => (typeof value === 'number' ? value : String(value)),
                        cell: ({ value, unit }) => <ReadingValue value={value} unit={unit} />,
                      },
                      {
                        key: 'age',
                        head: text.device.at,
                        sort: ({ at }) => at,
                        cell: ({ at }) => <Age at={at} timeZone={premises.timeZone} />,
                      },
                      {
                        key: 'quality',
                        head: text.device.quality,
                        cell: ({ quality, simulated }) => <QualityMarks quality={quality} simulated={simulated} />,
                      },
                    ]}
                  />
                )}
              </>
            )
          }}
        </WhenLoaded>
      </Stack>
    </Panel>
  )
}

const nameOf = (device: DeviceSummary | undefined, language: 'fi' | 'sv' | 'en') => device?.name?.[language] ?? null

type Live = { at: string; value: LatestReading['value']; quality: LatestReading['quality']; simulated: boolean }
const newer = (latest: LatestReading, live: Live | undefined): LatestReading =>
  live === undefined || Date.parse(live.at) < Date.parse(latest.at)
    ? latest
    : { ...latest, at: live.at, value: live.value, quality: live.quality, simulated: live.simulated }
