// The steps of an escalation: after how many minutes who is told.
import { Button, TextInput } from 'suomifi-ui-components'
import type { OnCallWanted } from '#contract/on-call.ts'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { FieldSet } from '#dashboard/ui/FieldSet.tsx'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

type Step = OnCallWanted['steps'][number]
const TELLS = ['on-call', 'substitute', 'managers'] as const
const NEXT_MINUTES = 15

type Props = { steps: readonly Step[]; onChange: (steps: Step[]) => void }
export const StepFields = ({ steps, onChange }: Props) => {
  const { onCall: words } = useWords(notificationWords)
  const put = (place: number, part: Partial<Step>) =>
    onChange(steps.map((one, i) => (i === place ? { ...one, ...part } : one)))
  return (
    <FieldSet framed legend={words.steps}>
      <Stack $gap={2}>
        <Soft as="p">{words.stepsText}</Soft>
        {steps.map(({ afterMinutes, tell }, place) => (
          <FieldSet key={place} legend={words.step(place + 1)}>
            <Row $end $gap={2}>
              <TextInput
                labelText={words.after}
                inputMode="numeric"
                value={String(afterMinutes)}
                onChange={(typed) => put(place, { afterMinutes: Number(String(typed ?? '').replaceAll(/\D/g, '')) })}
              />
              <Select
                label={words.tell}
                value={tell}
                options={TELLS.map((value) => ({ value, text: words.tellWords[value] }))}
                onChange={(value) => put(place, { tell: value })}
              />
              {steps.length === 1 ? null : (
                <Button variant="secondaryNoBorder" onClick={() => onChange(steps.filter((_, i) => i !== place))}>
                  {words.removeStep(place + 1)}
                </Button>
              )}
            </Row>
          </FieldSet>
        ))}
        <div>
          <Button
            variant="secondary"
            onClick={() =>
              onChange([...steps, { afterMinutes: (steps.at(-1)?.afterMinutes ?? 0) + NEXT_MINUTES, tell: 'managers' }])
            }
          >
            {words.addStep}
          </Button>
        </div>
      </Stack>
    </FieldSet>
  )
}
