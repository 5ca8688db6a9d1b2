// When one is away, and who stands in.
import { useId } from 'react'
import { Button } from 'suomifi-ui-components'
import type { WishesShown, WishesWanted } from '#contract/notifications.ts'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { FieldSet } from '#dashboard/ui/FieldSet.tsx'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

type Absence = WishesWanted['absences'][number]
type Props = {
  absences: readonly Absence[]
  colleagues: WishesShown['colleagues']
  onChange: (absences: Absence[]) => void
}
const today = (): string => new Date().toLocaleDateString('sv-SE')

export const Absences = ({ absences, colleagues, onChange }: Props) => {
  const { settings: words } = useWords(notificationWords)
  const id = useId()
  const put = (place: number, part: Partial<Absence>) =>
    onChange(absences.map((one, i) => (i === place ? { ...one, ...part } : one)))
  return (
    <Stack $gap={2}>
      <h2>{words.away}</h2>
      <Soft as="p">{words.awayText}</Soft>
      {absences.map(({ from, to, deputy }, place) => (
        <FieldSet key={place} framed legend={words.absence(place + 1)}>
          <Row $end $gap={2}>
            <DateField
              id={`${id}-from-${place}`}
              label={words.awayFrom}
              value={from}
              onChange={(day) => put(place, { from: day })}
            />
            <DateField
              id={`${id}-to-${place}`}
              label={words.awayTo}
              value={to}
              onChange={(day) => put(place, { to: day })}
            />
            <Select
              label={words.deputy}
              value={deputy ?? ''}
              options={[
                { value: '', text: words.noDeputy },
                ...colleagues.map((one) => ({ value: one.id, text: one.name })),
              ]}
              onChange={(person) => put(place, { deputy: person === '' ? null : person })}
            />
            <Button variant="secondaryNoBorder" onClick={() => onChange(absences.filter((_, i) => i !== place))}>
              {words.removeAbsence(place + 1)}
            </Button>
          </Row>
        </FieldSet>
      ))}
      <div>
        <Button
          variant="secondary"
          onClick={() => onChange([...absences, { from: today(), to: today(), deputy: null }])}
        >
          {words.addAbsence}
        </Button>
      </div>
    </Stack>
  )
}
