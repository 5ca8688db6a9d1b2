// The rotation: people in their order, from which day on, when and how often they change.
import { useId } from 'react'
import { Button, Checkbox } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { OnCallWanted } from '#contract/on-call.ts'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { FieldSet } from '#dashboard/ui/FieldSet.tsx'
import { Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { TimeField } from '#dashboard/ui/TimeField.tsx'
import type { People } from './CalendarForm.tsx'

type Rotation = OnCallWanted['rotation']
const LENGTHS = ['1', '7', '14'] as const
const Ordered = styled.ol`
  display: flex;
  flex-direction: column;
  gap: 8px;
  padding-left: 24px;
  list-style: decimal;
`
const Wrong = styled.p`
  color: var(--bad);
  font-weight: 600;
`
const today = (): string => new Date().toLocaleDateString('sv-SE')

type Props = { rotation: Rotation; people: People; missing: boolean; onChange: (rotation: Rotation) => void }
export const RotationFields = ({ rotation, people, missing, onChange }: Props) => {
  const { onCall: words } = useWords(notificationWords)
  const id = useId()
  const nameOf = (person: string): string => people.find((one) => one.id === person)?.name ?? person
  const chosen = rotation?.people ?? []
  const left = people.filter((one) => !chosen.includes(one.id))
  const put = (part: Partial<NonNullable<Rotation>>) => rotation !== null && onChange({ ...rotation, ...part })
  return (
    <FieldSet framed legend={words.rotation}>
      <Stack $gap={2}>
        <Soft as="p">{words.rotationText}</Soft>
        <Checkbox
          checked={rotation !== null}
          onClick={({ checkboxState }) =>
            onChange(checkboxState ? { people: [], from: today(), days: 7, handover: '08:00' } : null)
          }
        >
          {words.hasRotation}
        </Checkbox>
        {rotation === null ? null : (
          <>
            <Row $end $gap={3}>
              <DateField id={id} label={words.rotationFrom} value={rotation.from} onChange={(from) => put({ from })} />
              <TimeField
                id={`${id}-handover`}
                type="time"
                label={words.handover}
                value={rotation.handover}
                onChange={(handover) => put({ handover })}
              />
              <Select
                label={words.days}
                value={LENGTHS.find((length) => length === String(rotation.days)) ?? '7'}
                options={LENGTHS.map((value) => ({ value, text: words.dayWords[value] }))}
                onChange={(days) => put({ days: Number(days) })}
              />
            </Row>
            <Stack $gap={1}>
              <strong>{words.people}</strong>
              {missing ? <Wrong role="alert">{words.noPeople}</Wrong> : null}
              <Ordered>
                {chosen.map((person, place) => (
                  <li key={person}>
                    <Row $gap={1}>
                      <span>{nameOf(person)}</span>
                      {people.some((one) => one.id === person && !one.reachable) ? (
                        <Small>({words.unreachable})</Small>
                      ) : null}
                      {place === 0 ? null : (
                        <Button
                          variant="secondaryNoBorder"
                          aria-label={words.up(nameOf(person))}
                          onClick={() => put({ people: chosen.toSpliced(place, 1).toSpliced(place - 1, 0, person) })}
                        >
                          ↑
                        </Button>
                      )}
                      <Button
                        variant="secondaryNoBorder"
                        onClick={() => put({ people: chosen.filter((one) => one !== person) })}
                      >
                        {words.removePerson(nameOf(person))}
                      </Button>
                    </Row>
                  </li>
                ))}
              </Ordered>
              {left.length === 0 ? null : (
                <div>
                  <Select
                    label={words.addPerson}
                    value=""
                    options={[{ value: '', text: '–' }, ...left.map((one) => ({ value: one.id, text: one.name }))]}
                    onChange={(person) => person !== '' && put({ people: [...chosen, person] })}
                  />
                </div>
              )}
            </Stack>
          </>
        )}
      </Stack>
    </FieldSet>
  )
}
