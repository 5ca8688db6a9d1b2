// Work that was done on a fault: what, when, hours and parts, with photos.
import { useId, useState } from 'react'
import { TextInput } from 'suomifi-ui-components'
import type { Attachment } from '#contract/disputes.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { AttachmentField } from '#dashboard/components/Attachments.tsx'
import { WordsField } from '#dashboard/components/WordsField.tsx'
import { typedDecimal } from '#dashboard/format/typed.ts'
import { faultWords } from '#dashboard/text/faults/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { localDate } from '#domain/writing/date.ts'
import { useFaultStep } from './FaultHistory.tsx'
import { ShownToReporter, StepEnd, type StepFormProps } from './step-parts.tsx'

export const WorkForm = ({ fault, onDone }: StepFormProps) => {
  const words = useWords(faultWords)
  const onId = useId()
  const [text, setText] = useState('')
  const [on, setOn] = useState(localDate(useNow(), fault.timeZone))
  const [hours, setHours] = useState('')
  const [parts, setParts] = useState('')
  const [files, setFiles] = useState<Attachment[]>([])
  const [isShown, setShown] = useState(true)
  const [tried, setTried] = useState(false)
  const step = useFaultStep(fault.id, onDone)
  const send = () => {
    setTried(true)
    if (text.trim() === '' || step.isPending) return
    step.mutate({
      step: 'work',
      text: text.trim(),
      files,
      shownToReporter: isShown,
      ...(on === '' ? {} : { on }),
      ...(hours.trim() === '' ? {} : { hours: typedDecimal(hours) }),
      parts: partsOf(parts),
    })
  }
  return (
    <Stack>
      <h3>{words.workTitle}</h3>
      <WordsField
        label={words.text}
        value={text}
        onChange={setText}
        error={tried && text.trim() === '' ? words.needText : null}
      />
      <Row $gap={2} $end>
        <DateField id={onId} label={words.workOn} value={on} onChange={setOn} />
        <TextInput
          labelText={words.workHours}
          inputMode="decimal"
          value={hours}
          onChange={(value) => setHours(String(value ?? ''))}
        />
      </Row>
      <WordsField label={words.parts} value={parts} onChange={setParts} />
      <AttachmentField files={files} onChange={setFiles} />
      <ShownToReporter fault={fault} checked={isShown} onChange={setShown} />
      <StepEnd step={step} verb={words.work} send={send} onDone={onDone} />
    </Stack>
  )
}

/** One part a line: `2 filter`; without a number it is one. */
const partsOf = (text: string): { name: string; quantity: string }[] =>
  text
    .split('\n')
    .map((line) => /^\s*(?:(\d+(?:[.,]\d+)?)\s*(?:×|x|kpl|st)?\s+)?(.*\S)\s*$/i.exec(line))
    .flatMap((match) =>
      match?.[2] === undefined ? [] : [{ quantity: typedDecimal(match[1] ?? '1'), name: match[2].slice(0, 200) }],
    )
