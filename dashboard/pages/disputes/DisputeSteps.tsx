// The steps that one may take in a dispute: its owner takes and answers it, its party ends it or asks on, everyone concerned may write.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { Attachment, DisputeShown, DisputeStepWanted } from '#contract/disputes.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { TOUCHED_BY_A_STEP } from '#dashboard/client/month-queries.ts'
import { AttachmentField } from '#dashboard/components/Attachments.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { WordsField } from '#dashboard/components/WordsField.tsx'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

const ANSWERS = ['rectify', 'adjust', 'reject'] as const
type Answer = (typeof ANSWERS)[number]

type Props = { dispute: DisputeShown; isIssuedAnew: boolean }
export const DisputeSteps = ({ dispute, isIssuedAnew }: Props) => {
  const words = useWords(monthWords)
  const session = useSession()
  const announce = useAnnounce()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [files, setFiles] = useState<Attachment[]>([])
  const [answer, setAnswer] = useState<Answer>('rectify')
  const [tried, setTried] = useState(false)
  const step = useMutation({
    mutationFn: (wanted: DisputeStepWanted) =>
      sendJson<DisputeShown>('POST', apiPath(`/disputes/${segment(dispute.id)}/steps`), wanted),
    onSuccess: async (_dispute, wanted) => {
      announce(words[DONE[wanted.step]])
      setText('')
      setFiles([])
      setTried(false)
      await client.invalidateQueries({ predicate: ({ queryKey }) => TOUCHED_BY_A_STEP.includes(String(queryKey[0])) })
    },
  })
  const mayAct = session.roles.includes('controller') || session.roles.includes('signatory')
  if (dispute.state === 'resolved' || !mayAct) return null
  const isOwner = session.organisation === dispute.owner.organisation
  const isParty = session.organisation === dispute.party
  const said = { text: text.trim(), files }
  const withText = (wanted: DisputeStepWanted) => {
    setTried(true)
    if (text.trim() !== '') step.mutate(wanted)
  }
  const title = isOwner ? words.answer : isParty && dispute.state === 'answered' ? words.settle : words.message
  return (
    <Panel className="no-print">
      <Stack $gap={3}>
        <h2>{title}</h2>
        {isParty ? <p>{words.settleText}</p> : null}
        {isOwner ? (
          <div>
            <Select
              label={words.answerOffer}
              value={answer}
              options={ANSWERS.map((value) => ({ value, text: words.offers[value] }))}
              onChange={setAnswer}
            />
          </div>
        ) : null}
        <WordsField
          label={words.message}
          value={text}
          onChange={setText}
          error={tried && text.trim() === '' ? words.needText : null}
        />
        <AttachmentField files={files} onChange={setFiles} />
        {step.error === null ? null : <Refusal error={step.error} />}
        <Row $gap={2}>
          {isOwner ? (
            <Button disabled={step.isPending} onClick={() => withText({ step: 'answer', answer, ...said })}>
              {words.answerNow}
            </Button>
          ) : null}
          {isParty && dispute.state === 'answered' ? (
            <Button disabled={step.isPending} onClick={() => withText({ step: 'reopen', ...said })}>
              {words.reopenNow}
            </Button>
          ) : null}
          <Button variant="secondary" disabled={step.isPending} onClick={() => withText({ step: 'message', ...said })}>
            {words.messageNow}
          </Button>
          {isOwner && dispute.owner.person === null ? (
            <Button variant="secondary" disabled={step.isPending} onClick={() => step.mutate({ step: 'take' })}>
              {words.take}
            </Button>
          ) : null}
        </Row>
        {isParty ? (
          <Stack $gap={1}>
            <h3>{words.settle}</h3>
            <Row $gap={2}>
              {isIssuedAnew ? (
                <Button
                  variant="secondary"
                  disabled={step.isPending}
                  onClick={() => step.mutate({ step: 'resolve', outcome: 'rectified', text: said.text })}
                >
                  {words.agreeRectified}
                </Button>
              ) : null}
              {dispute.answer === 'adjust' ? (
                <Button
                  variant="secondary"
                  disabled={step.isPending}
                  onClick={() => step.mutate({ step: 'resolve', outcome: 'adjustment', text: said.text })}
                >
                  {words.agreeAdjustment}
                </Button>
              ) : null}
              <Button
                variant="secondary"
                disabled={step.isPending}
                onClick={() => step.mutate({ step: 'resolve', outcome: 'withdrawn', text: said.text })}
              >
                {words.withdraw}
              </Button>
            </Row>
            {dispute.answer === null ? null : <Small>{words.offered(words.offers[dispute.answer])}</Small>}
          </Stack>
        ) : null}
      </Stack>
    </Panel>
  )
}

const DONE = {
  message: 'messagedNow',
  take: 'takenNow',
  answer: 'answeredNow',
  reopen: 'reopenedNow',
  resolve: 'settledNow',
} as const satisfies Record<DisputeStepWanted['step'], string>
