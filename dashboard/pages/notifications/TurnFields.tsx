// Exceptions of the rotation: who is on call from when to when, and who stands in.
import { Button } from 'suomifi-ui-components'
import type { OnCallWanted } from '#contract/on-call.ts'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { FieldSet } from '#dashboard/ui/FieldSet.tsx'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { TimeField } from '#dashboard/ui/TimeField.tsx'
import type { People } from './CalendarForm.tsx'

type Turn = OnCallWanted['turns'][number]
const DAY_MS = 86_400_000
const clock = (at: number): string => `${new Date(at).toLocaleDateString('sv-SE')}T08:00`

type Props = { turns: readonly Turn[]; people: People; onChange: (turns: Turn[]) => void }
export const TurnFields = ({ turns, people, onChange }: Props) => {
  const { onCall: words, nobody } = useWords(notificationWords)
  const put = (place: number, part: Partial<Turn>) =>
    onChange(turns.map((one, i) => (i === place ? { ...one, ...part } : one)))
  const options = people.map((one) => ({ value: one.id, text: one.name }))
  const [first] = people
  return (
    <FieldSet framed legend={words.turns}>
      <Stack $gap={2}>
        <Soft as="p">{words.turnsText}</Soft>
        {turns.map(({ from, to, person, substitute }, place) => (
          <FieldSet key={place} legend={words.turn(place + 1)}>
            <Row $end $gap={2}>
              <TimeField
                id={`turn-from-${place}`}
                type="datetime-local"
                label={words.from}
                value={from}
                onChange={(at) => put(place, { from: at })}
              />
              <TimeField
                id={`turn-to-${place}`}
                type="datetime-local"
                label={words.to}
                value={to}
                onChange={(at) => put(place, { to: at })}
              />
              <Select
                label={words.person}
                value={person}
                options={options}
                onChange={(id) => put(place, { person: id })}
              />
              <Select
                label={words.substitute}
                value={substitute ?? ''}
                options={[{ value: '', text: nobody }, ...options]}
                onChange={(id) => put(place, { substitute: id === '' ? null : id })}
              />
              <Button variant="secondaryNoBorder" onClick={() => onChange(turns.filter((_, i) => i !== place))}>
                {words.removeTurn(place + 1)}
              </Button>
            </Row>
          </FieldSet>
        ))}
        {first === undefined ? null : (
          <div>
            <Button
              variant="secondary"
              onClick={() =>
                onChange([
                  ...turns,
                  { from: clock(Date.now()), to: clock(Date.now() + DAY_MS), person: first.id, substitute: null },
                ])
              }
            >
              {words.addTurn}
            </Button>
          </div>
        )}
      </Stack>
    </FieldSet>
  )
}
