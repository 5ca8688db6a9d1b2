// Quiet hours: from when to when, and on which nights.
import { Checkbox } from 'suomifi-ui-components'
import type { WishesWanted } from '#contract/notifications.ts'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { FieldSet } from '#dashboard/ui/FieldSet.tsx'
import { TimeField } from '#dashboard/ui/TimeField.tsx'

type Quiet = WishesWanted['quiet']
const USUAL = { from: '21:00', to: '07:00', days: null } satisfies Quiet
const DAYS = [1, 2, 3, 4, 5, 6, 7]

export const QuietHours = ({ quiet, onChange }: { quiet: Quiet; onChange: (quiet: Quiet) => void }) => {
  const { settings: words } = useWords(notificationWords)
  const days = quiet?.days ?? DAYS
  const toggle = (day: number, on: boolean) => {
    const next = DAYS.filter((one) => (one === day ? on : days.includes(one)))
    if (quiet !== null && next.length > 0) onChange({ ...quiet, days: next.length === DAYS.length ? null : next })
  }
  return (
    <Stack $gap={2}>
      <h2>{words.quiet}</h2>
      <Soft as="p">{words.quietText}</Soft>
      <Checkbox checked={quiet !== null} onClick={({ checkboxState }) => onChange(checkboxState ? USUAL : null)}>
        {words.quietOn}
      </Checkbox>
      {quiet === null ? null : (
        <>
          <Row $end $gap={3}>
            <TimeField
              id="quiet-from"
              type="time"
              label={words.quietFrom}
              value={quiet.from}
              onChange={(from) => onChange({ ...quiet, from })}
            />
            <TimeField
              id="quiet-to"
              type="time"
              label={words.quietTo}
              value={quiet.to}
              onChange={(to) => onChange({ ...quiet, to })}
            />
          </Row>
          <FieldSet legend={words.quietDays}>
            <Row $gap={2}>
              {DAYS.map((day) => (
                <Checkbox
                  key={day}
                  checked={days.includes(day)}
                  onClick={({ checkboxState }) => toggle(day, checkboxState)}
                >
                  {words.days[day - 1]}
                </Checkbox>
              ))}
            </Row>
          </FieldSet>
        </>
      )}
    </Stack>
  )
}
