// The form of the money facts alone, for those who may change nothing else of the device.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { MoneyFacts } from '#contract/device-money.ts'
import type { DeviceRecorded } from '#contract/devices.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { moneyDraftOf, moneyOf } from './money-draft.ts'
import { MoneyFields } from './MoneyFields.tsx'

type Props = { device: DeviceRecorded; facts: MoneyFacts }

export const MoneyForm = ({ device, facts }: Props) => {
  const { money: words } = useWords(lifecycleWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [draft, setDraft] = useState(() => moneyDraftOf(facts))
  const send = useMutation({
    mutationFn: () => sendJson('PUT', apiPath(`/devices/${segment(device.id)}/money`), moneyOf(draft), device.version),
    onSuccess: async () => {
      announce(words.saved)
      await client.invalidateQueries({ queryKey: ['devices', device.id] })
    },
  })
  return (
    <Stack $gap={3}>
      <MoneyFields draft={draft} onChange={setDraft} />
      {send.error === null ? null : <Refusal error={send.error} />}
      <div>
        <Button onClick={() => send.mutate()} disabled={send.isPending}>
          {words.save}
        </Button>
      </div>
    </Stack>
  )
}
