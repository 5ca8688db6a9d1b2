// Sending the picture of a storey, and withdrawing a plan.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { PlanShown } from '#contract/plans.ts'
import { sendPlan, withdrawPlan } from '#dashboard/client/plan-queries.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { Sending } from '#dashboard/components/Sending.tsx'
import { usePremises } from '#dashboard/pages/premises/PremisesPage.tsx'
import { planWords } from '#dashboard/text/plans/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { localDate } from '#domain/writing/date.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Dialog } from '#dashboard/components/Dialog.tsx'
import { FileInput } from '#dashboard/components/FileInput.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

export const SendPlan = ({ storey: given, open }: { storey: string; open: boolean }) => {
  const words = useWords(planWords)
  const { premises } = usePremises()
  const announce = useAnnounce()
  const client = useQueryClient()
  const id = useId()
  const [storey, setStorey] = useState(given)
  const [from, setFrom] = useState(() => localDate(Date.now(), premises.timeZone))
  const [shownTo, setShownTo] = useState<'premises' | 'landlord'>('premises')
  const [file, setFile] = useState<File | null>(null)
  const [sent, setSent] = useState(0)
  const send = useMutation({
    mutationFn: (picture: File) => {
      setSent(0)
      return sendPlan(premises.id, picture, { storey, from, shownTo }, setSent)
    },
    onSuccess: async () => {
      announce(words.sent)
      setFile(null)
      await client.invalidateQueries({ queryKey: ['plans'] })
    },
  })
  const leftOut = send.data?.leftOut ?? []
  return (
    <Fold summary={<strong>{words.send}</strong>} open={open}>
      <Stack>
        <Small>{words.sendHow}</Small>
        <Row $gap={2} $end>
          <TextInput labelText={words.storey} value={storey} onChange={(value) => setStorey(String(value ?? ''))} />
          <DateField id={`${id}-from`} label={words.from} value={from} onChange={setFrom} />
          <Select
            label={words.shownTo}
            value={shownTo}
            options={[
              { value: 'premises', text: words.premises },
              { value: 'landlord', text: words.landlord },
            ]}
            onChange={setShownTo}
          />
        </Row>
        <FileInput
          label={words.file}
          accept=".svg,image/svg+xml,image/png,image/jpeg,image/webp"
          chosen={file?.name}
          onFile={setFile}
        />
        <div>
          <Button
            disabled={file === null || storey.trim() === '' || from === '' || send.isPending}
            onClick={() => file !== null && send.mutate(file)}
          >
            {words.send}
          </Button>
        </div>
        {send.isPending ? <Sending part={sent} sending={words.sending} reading={words.reading} /> : null}
        {send.error === null ? null : <Refusal error={send.error} />}
        {leftOut.length === 0 ? null : <output>{words.leftOut(leftOut.join(', '))}</output>}
      </Stack>
    </Fold>
  )
}

export const WithdrawPlan = ({ plan }: { plan: PlanShown }) => {
  const words = useWords(planWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [asked, setAsked] = useState(false)
  const withdraw = useMutation({
    mutationFn: () => withdrawPlan(plan.id),
    onSuccess: async () => {
      setAsked(false)
      announce(words.withdrawn)
      await client.invalidateQueries({ queryKey: ['plans'] })
    },
  })
  return (
    <>
      <Button variant="secondaryNoBorder" onClick={() => setAsked(true)}>
        {words.withdraw}
      </Button>
      {asked ? (
        <Dialog title={words.withdraw} onClose={() => setAsked(false)}>
          <Stack>
            <p>{words.withdrawAsk}</p>
            {withdraw.error === null ? null : <Refusal error={withdraw.error} />}
            <Row>
              <Button onClick={() => withdraw.mutate()} disabled={withdraw.isPending}>
                {words.withdraw}
              </Button>
              <Button variant="secondary" onClick={() => setAsked(false)}>
                {words.cancel}
              </Button>
            </Row>
          </Stack>
        </Dialog>
      ) : null}
    </>
  )
}
