// Who sees which facts of the device, and the form by which its keepers decide it.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { DeviceRecorded } from '#contract/devices.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Facts, Grid, Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

type Visibility = Required<NonNullable<DeviceRecorded['visibility']>>
const FIELDS = ['name', 'place', 'type', 'serial', 'model', 'readings', 'money', 'security'] as const
const LEVELS = ['public', 'parties', 'owner'] as const
/** As in domain/lifecycle/classification.ts: what is protected, and the firmware, is the parties' unless it is said otherwise. */
const levelsOf = ({ visibility = {}, protected: isProtected }: DeviceRecorded): Visibility =>
  Object.fromEntries(
    FIELDS.map((field) => [
      field,
      visibility[field] ?? (isProtected === true || field === 'security' ? 'parties' : 'public'),
    ]),
  ) as Visibility

export const DeviceVisibility = ({ device }: { device: DeviceRecorded }) => {
  const { visibility: words } = useWords(lifecycleWords)
  const { format } = useText()
  const session = useSession()
  const levels = levelsOf(device)
  const hidden = FIELDS.filter((field) => device.hidden.includes(field))
  const keeps = device.rolesAt.some(
    ({ role, organisation }) =>
      organisation === session.organisation && ['owner', 'holder', 'maintainer'].includes(role),
  )
  const mayChange = (session.organisation === null || keeps) && hasRole(session, 'manager')
  const closed = FIELDS.filter((field) => levels[field] !== 'public')
  if (closed.length === 0 && !mayChange) return null
  return (
    <Panel>
      <Stack>
        <h2>{words.title}</h2>
        <Soft as="p">{words.text}</Soft>
        {hidden.length === 0 ? null : <p>{words.hidden(format.list(hidden.map((field) => words.fields[field])))}</p>}
        <Facts facts={FIELDS.map((field) => [words.fields[field], words.levels[levels[field]]])} />
        {mayChange ? (
          <div className="no-print">
            <Fold summary={<strong>{words.edit}</strong>}>
              <Form key={device.version} device={device} levels={levels} />
            </Fold>
          </div>
        ) : null}
      </Stack>
    </Panel>
  )
}

const Form = ({ device, levels }: { device: DeviceRecorded; levels: Visibility }) => {
  const { visibility: words } = useWords(lifecycleWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [wanted, setWanted] = useState(levels)
  const send = useMutation({
    mutationFn: () => sendJson('PUT', apiPath(`/devices/${segment(device.id)}/visibility`), wanted, device.version),
    onSuccess: async () => {
      announce(words.saved)
      await client.invalidateQueries({ queryKey: ['devices', device.id] })
    },
  })
  return (
    <Stack>
      <Grid $min={240}>
        {FIELDS.map((field) => (
          <Select
            key={field}
            label={words.fields[field]}
            value={wanted[field]}
            options={LEVELS.map((value) => ({ value, text: words.levels[value] }))}
            onChange={(level) => setWanted({ ...wanted, [field]: level })}
          />
        ))}
      </Grid>
      {send.error === null ? null : <Refusal error={send.error} />}
      <div>
        <Button onClick={() => send.mutate()} disabled={send.isPending}>
          {words.save}
        </Button>
      </div>
    </Stack>
  )
}
