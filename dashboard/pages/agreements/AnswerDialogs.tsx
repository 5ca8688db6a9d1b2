// Approving and rejecting for one's own organisation: the dialog shows exactly what is approved, the whole text and its checksum.
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button, Textarea, TextInput } from 'suomifi-ui-components'
import type { ApprovalWanted, ProposalShown, TextAnswer } from '#contract/proposals.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Dialog } from '#dashboard/components/Dialog.tsx'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { TextView } from './TextView.tsx'

type Props = { proposal: ProposalShown; onClose: () => void; onDone: (sentence: string) => Promise<void> }

export const ApproveDialog = ({ proposal, text, onClose, onDone }: Props & { text: TextAnswer }) => {
  const words = useWords(agreementPages)
  const common = useText().text.common
  const nameOf = useOrganisationNames()
  const party = useSession().organisation ?? ''
  const [decision, setDecision] = useState('')
  const [tried, setTried] = useState(false)
  const approve = useMutation({
    mutationFn: (body: ApprovalWanted) =>
      sendJson<ProposalShown>('POST', apiPath(`/proposals/${segment(proposal.id)}/approvals`), body),
    onSuccess: (after) => onDone(after?.state === 'approved' ? words.inForceNow : words.approvedNow),
  })
  const isLast = proposal.missing.length === 1
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (decision.trim() !== '') approve.mutate({ party, decision: decision.trim(), text: text.hash })
  }
  return (
    <Dialog title={words.approveTitle(nameOf(party))} onClose={onClose}>
      <p>{words.approveText(proposal.number)}</p>
      {isLast ? <p>{words.approveLast}</p> : null}
      <h3>{text.title}</h3>
      <TextView text={text} heading="h3" />
      <form onSubmit={submit} noValidate>
        <Stack>
          {approve.error === null ? null : <Refusal error={approve.error} />}
          <TextInput
            labelText={words.decisionField}
            hintText={words.decisionHint}
            value={decision}
            onChange={(typed) => setDecision(String(typed ?? ''))}
            {...(tried && decision.trim() === ''
              ? { status: 'error' as const, statusText: words.problem.required }
              : {})}
          />
          <Row $gap={1}>
            <Button type="submit" disabled={approve.isPending}>
              {words.approveNow}
            </Button>
            <Button variant="secondary" onClick={onClose}>
              {common.cancel}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  )
}

export const RejectDialog = ({ proposal, onClose, onDone }: Props) => {
  const words = useWords(agreementPages)
  const common = useText().text.common
  const nameOf = useOrganisationNames()
  const party = useSession().organisation ?? ''
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const reject = useMutation({
    mutationFn: () =>
      sendJson<ProposalShown>('POST', apiPath(`/proposals/${segment(proposal.id)}/rejection`), { party, reason }),
    onSuccess: () => onDone(words.rejectedNow),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (reason.trim() !== '') reject.mutate()
  }
  return (
    <Dialog title={words.rejectTitle(nameOf(party))} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {reject.error === null ? null : <Refusal error={reject.error} />}
          <Textarea
            fullWidth
            labelText={words.reasonField}
            hintText={words.reasonHint}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            {...(tried && reason.trim() === '' ? { status: 'error' as const, statusText: words.problem.required } : {})}
          />
          <Row $gap={1}>
            <Button type="submit" disabled={reject.isPending}>
              {words.rejectNow}
            </Button>
            <Button variant="secondary" onClick={onClose}>
              {common.cancel}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  )
}
