// A task that no plan brings about: what, for which device, until when.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { TaskShown } from '#contract/service.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { deviceListQuery } from '#dashboard/client/queries.ts'
import { useGo } from '#dashboard/components/AppLink.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

const SHOWN = 200

/** Only where the premises are chosen, for those who may ask. */
export const AskTask = ({ premises, device: given }: { premises: string; device?: string }) => {
  const words = useWords(serviceWords)
  const session = useSession()
  return premises === '' || !hasRole(session, 'manager') ? null : (
    <Fold summary={<strong>{words.ask}</strong>}>
      <Form key={premises} premises={premises} given={given ?? ''} />
    </Fold>
  )
}

const Form = ({ premises, given }: { premises: string; given: string }) => {
  const words = useWords(serviceWords)
  const { language } = useText()
  const id = useId()
  const go = useGo()
  const client = useQueryClient()
  const devices = useInfiniteQuery(deviceListQuery({ premises }, SHOWN)).data?.pages[0]?.items ?? []
  const [title, setTitle] = useState('')
  const [device, setDevice] = useState(given)
  const [dueOn, setDueOn] = useState('')
  const send = useMutation({
    mutationFn: () =>
      sendJson<TaskShown>('POST', apiPath('/service/tasks'), {
        premises,
        device: device === '' ? null : device,
        title: { [language]: title.trim() },
        dueOn,
      }),
    onSuccess: async (task) => {
      await client.invalidateQueries({ queryKey: ['service'] })
      if (task !== null) void go(`/service/tasks/${task.id}`)
    },
  })
  return (
    <Stack>
      <TextInput labelText={words.askTitle} value={title} onChange={(value) => setTitle(String(value ?? ''))} />
      <Row $end>
        <Select
          label={words.device}
          value={device}
          options={[
            { value: '', text: words.wholePremises },
            ...devices.map((one) => ({ value: one.id, text: pickName(one.name, language, one.id).text })),
          ]}
          onChange={setDevice}
        />
        <DateField id={id} label={words.newDue} value={dueOn} onChange={setDueOn} />
      </Row>
      {send.error === null ? null : <Refusal error={send.error} />}
      <div>
        <Button disabled={send.isPending || title.trim() === '' || dueOn === ''} onClick={() => send.mutate()}>
          {words.sendAsk}
        </Button>
      </div>
    </Stack>
  )
}
