// When a house is open, span by span; taken from the opening hours of the premises where it has them.
import { useQuery } from '@tanstack/react-query'
import { Button, IconPlus, IconRemove } from 'suomifi-ui-components'
import { openingHoursQuery } from '#dashboard/client/plan-queries.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { FieldSet } from '#dashboard/ui/FieldSet.tsx'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { ALWAYS, type WhenDraft } from './rule-draft.ts'
import { WhenFields } from './WhenFields.tsx'

type Props = { premises: string; value: readonly WhenDraft[]; onChange: (value: WhenDraft[]) => void }
export const OpenSpans = ({ premises, value, onChange }: Props) => {
  const { form: words } = useWords(alarmWords)
  const { data } = useQuery({ ...openingHoursQuery(premises), enabled: premises !== '' })
  const ofPremises = data?.schedule?.hours ?? []
  const spans = value.length === 0 ? [ALWAYS] : value
  return (
    <Stack>
      {spans.map((span, i) => (
        // eslint-disable-next-line react/no-array-index-key
        <FieldSet key={i} framed legend={words.openSpan(i + 1)}>
          <Stack $gap={1}>
            <WhenFields value={span} onChange={(one) => onChange(spans.with(i, one))} />
            {spans.length === 1 ? null : (
              <div>
                <Button
                  variant="secondaryNoBorder"
                  icon={<IconRemove />}
                  onClick={() => onChange(spans.filter((_, at) => at !== i))}
                >
                  {words.removeSpan(i + 1)}
                </Button>
              </div>
            )}
          </Stack>
        </FieldSet>
      ))}
      <Row>
        <Button variant="secondaryNoBorder" icon={<IconPlus />} onClick={() => onChange([...spans, ALWAYS])}>
          {words.addSpan}
        </Button>
        {ofPremises.length === 0 ? null : (
          <Button
            variant="secondary"
            onClick={() =>
              onChange(ofPremises.map(({ days, from, to }) => ({ months: [], days: [...days], from, to })))
            }
          >
            {words.takeHours}
          </Button>
        )}
      </Row>
    </Stack>
  )
}
