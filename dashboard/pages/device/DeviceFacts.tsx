// What is recorded of the device and its points.
import { useQuery } from '@tanstack/react-query'
import type { DeviceRecorded } from '#contract/devices.ts'
import { historyQuery } from '#dashboard/client/queries.ts'
import { Name } from '#dashboard/components/Name.tsx'
import { wordOf } from '#domain/writing/word-of.ts'
import { parseDuration } from '#dashboard/format/duration.ts'
import { unitSign } from '#domain/writing/number.ts'
import { findWords } from '#dashboard/text/find/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Facts, Panel, Small, Stack } from '#dashboard/ui/Layout.tsx'

export const DeviceFacts = ({ device, timeZone }: { device: DeviceRecorded; timeZone: string }) => {
  const { text, format } = useText()
  const find = useWords(findWords)
  const history = useQuery(historyQuery('devices', device.id)).data
  const intervalMs = parseDuration(device.expectedInterval)
  const facts: [string, React.ReactNode][] = [
    [text.device.manufacturer, device.manufacturer],
    [text.device.model, device.model],
    [text.device.serial, device.serial],
    [text.device.interval, intervalMs === null ? device.expectedInterval : intervalText(intervalMs, format.number)],
    ['Brick', device.brick],
    [find.tags, device.tags?.join(', ')],
  ]
  const changes = (device.points ?? []).flatMap((point) =>
    (point.meterChanges ?? []).map((change) => ({ point, change })),
  )
  return (
    <Panel>
      <Stack $gap={3}>
        <h2>{text.device.facts}</h2>
        <Facts facts={facts.filter(([, value]) => value !== undefined && value !== '')} />
        <DataTable
          caption={text.device.points}
          rows={device.points ?? []}
          rowKey={({ key }) => key}
          sortWord={text.common.sorted}
          columns={[
            {
              key: 'name',
              head: text.device.point,
              heading: true,
              render: ({ key, name }) => <Name names={name} id={key} />,
              sort: ({ key }) => key,
            },
            { key: 'id', head: text.common.id, render: ({ key }) => key, sort: ({ key }) => key },
            {
              key: 'unit',
              head: text.device.unit,
              render: ({ unit }) => (unit === undefined || unit === '1' ? '–' : unitSign(unit)),
            },
            {
              key: 'kind',
              head: text.device.kind,
              render: ({ kind }) => (kind === undefined ? '–' : wordOf(text.device.kinds, kind)),
            },
            {
              key: 'multiplier',
              head: text.device.multiplier,
              figures: true,
              render: ({ multiplier }) => format.decimal(multiplier ?? '1'),
            },
          ]}
        />
        {changes.length === 0 ? null : (
          <Stack $gap={1}>
            <h3>{text.device.meterChanges}</h3>
            <ul>
              {changes.map(({ point, change }) => (
                <li key={`${point.key} ${change.at}`}>
                  {point.key},{' '}
                  {text.device.meterChange(
                    format.instant(change.at, timeZone),
                    format.decimal(String(change.final)),
                    format.decimal(String(change.initial)),
                  )}
                </li>
              ))}
            </ul>
          </Stack>
        )}
        {history === undefined || history.items.length === 0 ? null : (
          <Stack $gap={1}>
            <h3>{text.device.history}</h3>
            <ul>
              {history.items.map(({ version, recordedAt, recordedByName }) => (
                <li key={version}>
                  <Small>
                    {text.device.historyLine(version, format.instant(recordedAt, timeZone), recordedByName)}
                  </Small>
                </li>
              ))}
            </ul>
          </Stack>
        )}
      </Stack>
    </Panel>
  )
}

const intervalText = (ms: number, number: (value: number, decimals?: number) => string): string =>
  ms >= 60_000 ? `${number(ms / 60_000, 0)} min` : `${number(ms / 1000, 0)} s`
