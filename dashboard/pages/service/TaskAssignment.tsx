// Who does a task and until when: the contractor, a person, the day; or nobody, this time.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { AssignmentWanted, TaskShown } from '#contract/service.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { organisationsQuery } from '#dashboard/client/queries.ts'
import { peopleQuery, taskQuery } from '#dashboard/client/service-queries.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { NoteField } from '#dashboard/pages/install/fields.tsx'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

export const TaskAssignment = ({ task }: { task: TaskShown }) => {
  const words = useWords(serviceWords)
  const { language } = useText()
  const dueId = useId()
  const session = useSession()
  const announce = useAnnounce()
  const client = useQueryClient()
  const people = useQuery(peopleQuery).data?.items ?? []
  const organisations = useQuery(organisationsQuery).data ?? []
  const [contractor, setContractor] = useState(task.contractor?.organisation ?? '')
  const [assignee, setAssignee] = useState(task.assignee?.id ?? '')
  const [dueOn, setDueOn] = useState(task.dueOn)
  const [instructions, setInstructions] = useState(task.instructions)
  const [reason, setReason] = useState('')
  const leads = task.may.includes('cancel')
  const known = task.assignee !== null && !people.some(({ id }) => id === task.assignee?.id) ? [task.assignee] : []
  const done = async (): Promise<void> => {
    announce(words.saved)
    await client.invalidateQueries({ queryKey: ['service'] })
  }
  const path = (step: string) => apiPath(`/service/tasks/${segment(task.id)}/${step}`)
  const save = useMutation({
    mutationFn: (wanted: AssignmentWanted) => sendJson<TaskShown>('POST', path('assignment'), wanted),
    onSuccess: (shown) => {
      client.setQueryData(taskQuery(task.id).queryKey, shown ?? undefined)
      return done()
    },
  })
  const cancel = useMutation({
    mutationFn: () => sendJson<TaskShown>('POST', path('cancellation'), { reason: reason.trim() }),
    onSuccess: done,
  })
  const isOwn = people.some(({ id }) => id === session.user.id)
  return (
    <Stack className="no-print">
      {isOwn && task.assignee?.id !== session.user.id ? (
        <Button
          fullWidth
          variant="secondary"
          disabled={save.isPending}
          onClick={() => save.mutate({ assignee: session.user.id })}
        >
          {words.takeIt}
        </Button>
      ) : null}
      <Fold summary={<strong>{words.assign}</strong>}>
        <Stack>
          {leads ? (
            <Select
              label={words.contractor}
              value={contractor}
              options={[
                { value: '', text: words.noContractor },
                ...organisations
                  .filter(({ id }) => id !== task.responsible.organisation)
                  .map(({ id, name }) => ({ value: id, text: pickName(name, language, id).text })),
              ]}
              onChange={(id) => {
                setContractor(id)
                setAssignee('')
              }}
            />
          ) : null}
          <Select
            label={words.assignee}
            value={assignee}
            options={[
              { value: '', text: words.nobody },
              ...[...known, ...people].map(({ id, name }) => ({ value: id, text: name })),
            ]}
            onChange={setAssignee}
          />
          {leads ? (
            <>
              <DateField id={dueId} label={words.newDue} value={dueOn} onChange={setDueOn} />
              <NoteField label={words.instructions} value={instructions} change={setInstructions} />
            </>
          ) : null}
          <Button
            fullWidth
            variant="secondary"
            disabled={save.isPending || dueOn === ''}
            onClick={() =>
              save.mutate({
                assignee: assignee === '' ? null : assignee,
                ...(leads ? { contractor: contractor === '' ? null : contractor, dueOn, instructions } : {}),
              })
            }
          >
            {words.saveAssignment}
          </Button>
        </Stack>
      </Fold>
      {save.error === null ? null : <Refusal error={save.error} />}
      {leads ? (
        <Fold summary={<strong>{words.cancel}</strong>}>
          <Stack>
            <NoteField label={words.cancelReason} value={reason} change={setReason} />
            <Button
              fullWidth
              variant="secondary"
              disabled={cancel.isPending || reason.trim() === ''}
              onClick={() => cancel.mutate()}
            >
              {words.sendCancel}
            </Button>
            {cancel.error === null ? null : <Refusal error={cancel.error} />}
          </Stack>
        </Fold>
      ) : null}
    </Stack>
  )
}
