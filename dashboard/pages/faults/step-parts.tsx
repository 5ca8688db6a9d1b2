// What the forms of a fault's steps share: words that must not be missing, what the reporter may see, and the end with its buttons.
import { Button, Checkbox } from 'suomifi-ui-components'
import type { FaultShown } from '#contract/faults.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { WordsField } from '#dashboard/components/WordsField.tsx'
import { faultWords } from '#dashboard/text/faults/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Row } from '#dashboard/ui/Layout.tsx'
import type { useFaultStep } from './FaultHistory.tsx'

export type StepFormProps = { fault: FaultShown; onDone: () => void }

const SHORTEST_REASON = 3
export const isReason = (text: string): boolean => text.trim().length >= SHORTEST_REASON

type ReasonProps = { value: string; tried: boolean; onChange: (value: string) => void }
/** Why a step is taken; said once sending was tried without it. */
export const ReasonField = ({ value, tried, onChange }: ReasonProps) => {
  const words = useWords(faultWords)
  const error = tried && !isReason(value) ? words.needReason : null
  return <WordsField label={words.reason} value={value} onChange={onChange} error={error} />
}

type ShownProps = { fault: FaultShown; checked: boolean; onChange: (isShown: boolean) => void }
/** Nobody is asked when nobody follows. */
export const ShownToReporter = ({ fault, checked, onChange }: ShownProps) => {
  const words = useWords(faultWords)
  if (fault.followers === 0) return null
  return (
    <Checkbox checked={checked} onClick={({ checkboxState }) => onChange(checkboxState)}>
      {words.shownToReporter}
    </Checkbox>
  )
}

type EndProps = { step: ReturnType<typeof useFaultStep>; verb: string; send: () => void; onDone: () => void }
export const StepEnd = ({ step, verb, send, onDone }: EndProps) => {
  const words = useWords(faultWords)
  return (
    <>
      {step.error === null ? null : <Refusal error={step.error} />}
      <Row $gap={2}>
        <Button aria-disabled={step.isPending} onClick={send}>
          {verb}
        </Button>
        <Button variant="secondaryNoBorder" onClick={onDone}>
          {words.cancel}
        </Button>
      </Row>
    </>
  )
}
