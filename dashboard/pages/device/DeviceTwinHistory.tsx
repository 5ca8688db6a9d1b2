// What was changed in the settings of the device: by whom, from what to what, and when the device had it.
import { useQuery } from '@tanstack/react-query'
import type { TwinShown } from '#contract/twins.ts'
import { twinHistoryQuery } from '#dashboard/client/twin-queries.ts'
import { useMemberWords } from '#dashboard/components/member-value.ts'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Soft } from '#dashboard/ui/Layout.tsx'
import { twinChanges } from './twin-changes.ts'

const MOST = 100

type Props = { twin: TwinShown; timeZone: string }
export const DeviceTwinHistory = ({ twin, timeZone }: Props) => {
  const words = useWords(twinWords).twin
  const { text, format } = useText()
  const { nameOf, valueOf } = useMemberWords(twin.fields ?? [])
  // Each version of either side is asked for anew.
  const history = useQuery(twinHistoryQuery(twin.device, twin.version))
  return (
    <WhenLoaded query={history}>
      {({ items }) => (
        <DataTable
          caption={words.versions}
          quietCaption
          rows={twinChanges(items).slice(0, MOST)}
          rowKey={({ at, key, by }) => `${at} ${key} ${by ?? ''}`}
          sortWord={text.common.sorted}
          columns={[
            {
              key: 'at',
              head: words.changedAt,
              heading: true,
              render: ({ at }) => format.instant(at, timeZone, 'second'),
            },
            { key: 'key', head: words.setting, render: ({ key }) => nameOf(key) },
            { key: 'from', head: words.from, render: ({ key, from }) => valueOf(key, from) },
            { key: 'to', head: words.to, render: ({ key, to }) => valueOf(key, to) },
            { key: 'by', head: words.by, render: ({ by }) => by ?? words.device },
            {
              key: 'reported',
              head: words.hasIt,
              render: ({ by, to, reportedAt }) =>
                by === null || to === undefined ? (
                  ''
                ) : reportedAt === null ? (
                  <Soft>{words.notYet}</Soft>
                ) : (
                  format.instant(reportedAt, timeZone, 'second')
                ),
            },
          ]}
        />
      )}
    </WhenLoaded>
  )
}
