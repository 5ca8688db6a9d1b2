// The settings of the device: what is wanted, what it tells, since when the two differ; and a form to want something else.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, IconWarning, IconCheckCircle } from 'suomifi-ui-components'
import type { DeviceRecorded } from '#contract/devices.ts'
import type { TwinShown } from '#contract/twins.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { steeringQuery, twinQuery } from '#dashboard/client/twin-queries.ts'
import { useMemberWords } from '#dashboard/components/member-value.ts'
import { MemberFields, membersOf, type Written } from '#dashboard/components/MemberFields.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'
import { DeviceTwinHistory } from './DeviceTwinHistory.tsx'

type Props = { device: DeviceRecorded; timeZone: string }
export const DeviceTwin = ({ device, timeZone }: Props) => {
  const words = useWords(twinWords).twin
  const twin = useQuery(twinQuery(device.id)).data
  const steering = useQuery(steeringQuery(device.id)).data
  if (twin === undefined) return null
  const isEmpty = twin.desiredVersion === 0 && twin.reportedVersion === 0
  const { length } = twin.drift
  return (
    <Panel>
      <Stack>
        <Row $spread>
          <h2>{words.title}</h2>
          {isEmpty || twin.desiredVersion === 0 ? null : length === 0 ? (
            <ToneMark tone="good" icon={IconCheckCircle}>
              {words.agreed}
            </ToneMark>
          ) : (
            <ToneMark tone="warn" icon={IconWarning}>
              {words.drift(length)}
            </ToneMark>
          )}
        </Row>
        {isEmpty ? <Soft as="p">{words.none}</Soft> : <Settings twin={twin} timeZone={timeZone} />}
        {isEmpty ? null : (
          <Fold summary={<strong>{words.versions}</strong>}>
            <DeviceTwinHistory twin={twin} timeZone={timeZone} />
          </Fold>
        )}
        {steering?.allowed !== true || twin.fields === null || steering.access ? null : (
          <div className="no-print">
            <Fold summary={<strong>{words.change}</strong>}>
              <Change key={twin.desiredVersion} twin={twin} />
            </Fold>
          </div>
        )}
      </Stack>
    </Panel>
  )
}

const Settings = ({ twin, timeZone }: { twin: TwinShown; timeZone: string }) => {
  const words = useWords(twinWords).twin
  const { text, format } = useText()
  const { nameOf, valueOf } = useMemberWords(twin.fields ?? [])
  const keys = [...new Set([...Object.keys(twin.desired), ...Object.keys(twin.reported)])]
  const sinceOf = new Map(twin.drift.map(({ key, since }) => [key, since]))
  return (
    <Stack $gap={1}>
      <DataTable
        caption={words.title}
        quietCaption
        rows={keys}
        rowKey={(key) => key}
        sortWord={text.common.sorted}
        columns={[
          { key: 'key', head: words.setting, heading: true, render: nameOf },
          { key: 'desired', head: words.desired, render: (key) => valueOf(key, twin.desired[key]) },
          { key: 'reported', head: words.reported, render: (key) => valueOf(key, twin.reported[key]) },
          {
            key: 'since',
            head: words.since,
            render: (key) => {
              const since = sinceOf.get(key)
              return since === undefined ? '' : <strong>{format.instant(since, timeZone)}</strong>
            },
          },
        ]}
      />
      {twin.desiredAt === null ? null : (
        <Small>{words.desiredAt(twin.desiredBy ?? '', format.instant(twin.desiredAt, timeZone))}</Small>
      )}
      {twin.reportedAt === null ? null : <Small>{words.reportedAt(format.instant(twin.reportedAt, timeZone))}</Small>}
    </Stack>
  )
}

const Change = ({ twin }: { twin: TwinShown }) => {
  const words = useWords(twinWords).twin
  const announce = useAnnounce()
  const client = useQueryClient()
  const fields = twin.fields ?? []
  const [written, setWritten] = useState<Written>({})
  const desired = membersOf(fields, written)
  const save = useMutation({
    mutationFn: () => sendJson<TwinShown>('PATCH', apiPath(`/devices/${segment(twin.device)}/twin`), { desired }),
    onSuccess: async () => {
      announce(words.saved)
      await client.invalidateQueries({ queryKey: ['twin', twin.device] })
    },
  })
  return (
    <Stack>
      <MemberFields fields={fields} written={written} onChange={setWritten} optional />
      <Soft as="p">{words.changeHint}</Soft>
      {save.error === null ? null : <Refusal error={save.error} />}
      <div>
        <Button onClick={() => save.mutate()} disabled={save.isPending || Object.keys(desired).length === 0}>
          {words.save}
        </Button>
      </div>
    </Stack>
  )
}
