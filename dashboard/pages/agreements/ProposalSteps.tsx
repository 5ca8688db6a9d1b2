// The steps of a proposal: send, approve, reject, withdraw, edit, delete; only those that the API says this session may take.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { ProposalShown, TextAnswer } from '#contract/proposals.ts'
import { PROPOSALS } from '#dashboard/client/agreement-queries.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { useGo } from '#dashboard/components/AppLink.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { ApproveDialog, RejectDialog } from './AnswerDialogs.tsx'

export const ProposalSteps = ({ proposal, text }: { proposal: ProposalShown; text: TextAnswer }) => {
  const words = useWords(agreementPages)
  const common = useText().text.common
  const announce = useAnnounce()
  const client = useQueryClient()
  const go = useGo()
  const [open, setOpen] = useState<'approve' | 'reject' | 'withdraw' | 'remove' | null>(null)
  const path = `/proposals/${segment(proposal.id)}`
  const refresh = () =>
    client.invalidateQueries({
      predicate: ({ queryKey }) => [PROPOSALS, 'agreements', 'overview'].includes(String(queryKey[0])),
    })
  const done = async (sentence: string): Promise<void> => {
    setOpen(null)
    announce(sentence)
    await refresh()
  }
  const propose = useMutation({
    mutationFn: () => sendJson<ProposalShown>('POST', apiPath(`${path}/propose`)),
    onSuccess: () => done(words.proposedNow),
    onError: refresh,
  })
  const withdraw = useMutation({
    mutationFn: () => sendJson<ProposalShown>('POST', apiPath(`${path}/withdrawal`), {}),
    onSuccess: () => done(words.withdrawnNow),
  })
  const remove = useMutation({
    mutationFn: () => sendJson<null>('DELETE', apiPath(path)),
    onSuccess: async () => {
      announce(words.removedNow)
      await go('/agreements')
      await refresh()
    },
  })
  const { may } = proposal
  const error = propose.error ?? withdraw.error ?? remove.error
  if (!Object.values(may).includes(true) && error === null) return null
  return (
    <Stack $gap={2} className="no-print">
      {error === null ? null : <Refusal error={error} />}
      <Row $gap={1}>
        {may.approve ? <Button onClick={() => setOpen('approve')}>{words.approve}</Button> : null}
        {may.approve ? (
          <Button variant="secondary" onClick={() => setOpen('reject')}>
            {words.reject}
          </Button>
        ) : null}
        {may.propose ? (
          <Button disabled={proposal.problems.length > 0 || propose.isPending} onClick={() => propose.mutate()}>
            {words.propose}
          </Button>
        ) : null}
        {may.change ? (
          <Button variant="secondary" onClick={() => void go(`/agreements/proposals/${proposal.id}/edit`)}>
            {words.edit}
          </Button>
        ) : null}
        {may.withdraw ? (
          <Button variant="secondaryNoBorder" onClick={() => setOpen('withdraw')}>
            {words.withdraw}
          </Button>
        ) : null}
        {may.propose ? (
          <Button variant="secondaryNoBorder" onClick={() => setOpen('remove')}>
            {words.removeDraft}
          </Button>
        ) : null}
      </Row>
      {may.propose ? <Small>{words.proposeText}</Small> : null}
      {open === 'withdraw' || open === 'remove' ? (
        <Stack $gap={1}>
          <p role="alert">{open === 'withdraw' ? words.withdrawSure : words.removeSure}</p>
          <Row $gap={1}>
            <Button onClick={() => (open === 'withdraw' ? withdraw.mutate() : remove.mutate())}>
              {open === 'withdraw' ? words.withdraw : words.removeDraft}
            </Button>
            <Button variant="secondary" onClick={() => setOpen(null)}>
              {common.cancel}
            </Button>
          </Row>
        </Stack>
      ) : null}
      {open === 'approve' ? (
        <ApproveDialog proposal={proposal} text={text} onClose={() => setOpen(null)} onDone={done} />
      ) : null}
      {open === 'reject' ? <RejectDialog proposal={proposal} onClose={() => setOpen(null)} onDone={done} /> : null}
    </Stack>
  )
}
