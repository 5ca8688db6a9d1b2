// Points that a device sends and nobody has recorded: a technician accepts or dismisses each.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { DeviceRecorded, ProposedPointsAnswer } from '#contract/devices.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { deviceQuery } from '#dashboard/client/queries.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable, type Column } from '#dashboard/ui/DataTable.tsx'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'

type Proposed = DeviceRecorded['proposed'][number]

export const ProposedPoints = ({ device }: { device: DeviceRecorded }) => {
  const { text } = useText()
  const session = useSession()
  const announce = useAnnounce()
  const client = useQueryClient()
  const answer = useMutation({
    mutationFn: (body: ProposedPointsAnswer) =>
      sendJson<{ version: number }>('POST', apiPath(`/devices/${segment(device.id)}/proposed-points`), body),
    onSuccess: async (_, { accept, dismiss }) => {
      for (const { key } of accept) announce(text.device.accepted(key))
      for (const key of dismiss ?? []) announce(text.device.dismissed(key))
      await client.invalidateQueries({ queryKey: deviceQuery(device.id).queryKey })
    },
  })
  if (device.proposed.length === 0) return null
  const mayAnswer = hasRole(session, 'technician', 'manager')
  const columns: Column<Proposed>[] = [
    { key: 'key', head: text.device.point, heading: true, render: ({ key }) => key },
    { key: 'unit', head: text.device.unit, render: ({ unit }) => unit ?? '–' },
    { key: 'sample', head: text.device.sample, render: ({ sample }) => sample },
  ]
  const answerColumn: Column<Proposed> = {
    key: 'answer',
    head: text.costs.whatToDo,
    render: ({ key, unit }) => (
      <Row $gap={1}>
        <Button
          aria-label={text.device.acceptPoint(key)}
          onClick={() => answer.mutate({ accept: [{ key, ...(unit === null ? {} : { unit }) }] })}
        >
          {text.device.accept}
        </Button>
        <Button
          variant="secondary"
          aria-label={text.device.dismissPoint(key)}
          onClick={() => answer.mutate({ accept: [], dismiss: [key] })}
        >
          {text.device.dismiss}
        </Button>
      </Row>
    ),
  }
  return (
    <InlineAlert status="warning" labelText={text.device.proposedTitle}>
      <Stack $gap={1}>
        <p>{text.device.proposedText}</p>
        {answer.error === null ? null : <Refusal error={answer.error} />}
        <DataTable
          caption={text.device.proposedTitle}
          quietCaption
          rows={device.proposed}
          rowKey={({ key }) => key}
          sortWord={text.common.sorted}
          columns={mayAnswer ? [...columns, answerColumn] : columns}
        />
      </Stack>
    </InlineAlert>
  )
}
