// The steps that one may take with a fault now: plain verbs; those that need more open a small form in place.
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { Attachment } from '#contract/disputes.ts'
import type { FaultShown, FaultVerb } from '#contract/faults.ts'
import { AttachmentField } from '#dashboard/components/Attachments.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { WordsField } from '#dashboard/components/WordsField.tsx'
import { faultWords } from '#dashboard/text/faults/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { CostForm } from './CostForm.tsx'
import { useFaultStep } from './FaultHistory.tsx'
import { JoinForm } from './JoinForm.tsx'
import { isReason, ReasonField, ShownToReporter, StepEnd, type StepFormProps } from './step-parts.tsx'
import { WorkForm } from './WorkForm.tsx'

/** In the order in which they are offered; the first that may be taken is the main one. */
const ORDER = ['accept', 'take', 'work', 'done', 'decline', 'cost', 'close', 'reopen', 'join', 'message'] as const
type Verb = (typeof ORDER)[number]
/** Steps that are taken at once; the others ask for more. */
const AT_ONCE: ReadonlySet<FaultVerb> = new Set(['accept', 'take', 'done', 'close'])

export const FaultSteps = ({ fault }: { fault: FaultShown }) => {
  const words = useWords(faultWords)
  const [open, setOpen] = useState<Verb | null>(null)
  const step = useFaultStep(fault.id, () => setOpen(null))
  const verbs = ORDER.filter((verb) => fault.may.includes(verb))
  if (verbs.length === 0) return null
  const close = () => setOpen(null)
  return (
    <Panel className="no-print">
      <Stack $gap={3}>
        <h2>{words.steps}</h2>
        <Row $gap={2}>
          {verbs.map((verb, index) => (
            <Button
              key={verb}
              variant={index === 0 && verb !== 'message' ? 'default' : 'secondary'}
              aria-expanded={AT_ONCE.has(verb) ? undefined : open === verb}
              aria-disabled={step.isPending}
              onClick={() => {
                if (!AT_ONCE.has(verb)) return setOpen(open === verb ? null : verb)
                if (!step.isPending) step.mutate({ step: verb as 'accept' | 'take' | 'done' | 'close' })
              }}
            >
              {words[verb]}
            </Button>
          ))}
        </Row>
        {step.error === null ? null : <Refusal error={step.error} />}
        {open === 'decline' ? <DeclineForm fault={fault} onDone={close} /> : null}
        {open === 'message' ? <MessageForm fault={fault} onDone={close} /> : null}
        {open === 'reopen' ? <ReopenForm fault={fault} onDone={close} /> : null}
        {open === 'work' ? <WorkForm fault={fault} onDone={close} /> : null}
        {open === 'cost' ? <CostForm fault={fault} onDone={close} /> : null}
        {open === 'join' ? <JoinForm fault={fault} onDone={close} /> : null}
      </Stack>
    </Panel>
  )
}

const DeclineForm = ({ fault, onDone }: StepFormProps) => {
  const words = useWords(faultWords)
  const { language } = useText()
  const [reason, setReason] = useState('')
  const [to, setTo] = useState('')
  const [tried, setTried] = useState(false)
  const step = useFaultStep(fault.id, onDone)
  const send = () => {
    setTried(true)
    if (isReason(reason) && !step.isPending)
      step.mutate({ step: 'decline', text: reason.trim(), ...(to === '' ? {} : { to }) })
  }
  return (
    <Stack>
      <h3>{words.declineTitle}</h3>
      <Soft as="p">{words.declineText}</Soft>
      <ReasonField value={reason} tried={tried} onChange={setReason} />
      <div>
        <Select
          label={words.handTo}
          value={to}
          options={[
            { value: '', text: words.nextInOrder },
            ...fault.handTo.map((id) => ({ value: id, text: pickName(fault.names[id], language, id).text })),
          ]}
          onChange={setTo}
        />
      </div>
      <StepEnd step={step} verb={words.decline} send={send} onDone={onDone} />
    </Stack>
  )
}

const MessageForm = ({ fault, onDone }: StepFormProps) => {
  const words = useWords(faultWords)
  const [text, setText] = useState('')
  const [files, setFiles] = useState<Attachment[]>([])
  const [isShown, setShown] = useState(false)
  const [tried, setTried] = useState(false)
  const step = useFaultStep(fault.id, onDone)
  const send = () => {
    setTried(true)
    if (text.trim() !== '' && !step.isPending)
      step.mutate({ step: 'message', text: text.trim(), files, shownToReporter: isShown })
  }
  return (
    <Stack>
      <WordsField
        label={words.message}
        value={text}
        onChange={setText}
        error={tried && text.trim() === '' ? words.needText : null}
      />
      <AttachmentField files={files} onChange={setFiles} />
      <ShownToReporter fault={fault} checked={isShown} onChange={setShown} />
      <StepEnd step={step} verb={words.messageSend} send={send} onDone={onDone} />
    </Stack>
  )
}

const ReopenForm = ({ fault, onDone }: StepFormProps) => {
  const words = useWords(faultWords)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const step = useFaultStep(fault.id, onDone)
  const send = () => {
    setTried(true)
    if (isReason(reason) && !step.isPending) step.mutate({ step: 'reopen', text: reason.trim() })
  }
  return (
    <Stack>
      <ReasonField value={reason} tried={tried} onChange={setReason} />
      <StepEnd step={step} verb={words.reopen} send={send} onDone={onDone} />
    </Stack>
  )
}
