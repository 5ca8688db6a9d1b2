// Silencing an alarm for a time, and letting it be heard again.
import { useId, useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { AlarmDetail } from '#contract/alarms.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { Term } from '#dashboard/components/Term.tsx'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { TimeField } from '#dashboard/ui/TimeField.tsx'
import { SNOOZE_CHOICES, snoozeUntil, type SnoozeChoice } from './snooze-times.ts'
import { useAlarmStep } from './useAlarmStep.ts'

export const AlarmSnooze = ({ alarm, timeZone }: { alarm: AlarmDetail; timeZone: string }) => {
  const { one: words, ...rest } = useWords(alarmWords)
  const { format } = useText()
  const now = useNow()
  const own = useId()
  const [choice, setChoice] = useState<SnoozeChoice>('hours')
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const step = useAlarmStep(alarm.id)
  const { snoozedUntil } = alarm
  const isSilenced = snoozedUntil !== null && Date.parse(snoozedUntil) > now
  const send = () => {
    const until = snoozeUntil(choice, typed, Date.now(), timeZone)
    setTried(true)
    if (until === null) return
    step.mutate({
      step: 'snooze',
      body: { until: new Date(until).toISOString() },
      said: words.snoozedNow(format.instant(until, timeZone)),
    })
  }
  return (
    <Stack $gap={1}>
      <h3>
        {words.snooze} <Term of="silenced-alarm" />
      </h3>
      <Soft as="p">{isSilenced ? rest.snoozed(format.instant(snoozedUntil, timeZone)) : words.snoozeText}</Soft>
      {step.error === null ? null : <Refusal error={step.error} />}
      <Select
        label={words.snoozeUntil}
        value={choice}
        options={SNOOZE_CHOICES.map((value) => ({ value, text: words.snoozeTimes[value] }))}
        onChange={setChoice}
      />
      {choice === 'own' ? (
        <TimeField
          id={own}
          label={words.snoozeOwn}
          type="datetime-local"
          value={typed}
          onChange={setTyped}
          error={tried && snoozeUntil(choice, typed, now, timeZone) === null ? words.needUntil : undefined}
        />
      ) : null}
      <div>
        <Button variant="secondary" disabled={step.isPending} onClick={send}>
          {words.snoozeNow}
        </Button>
        {isSilenced ? (
          <Button
            variant="secondaryNoBorder"
            disabled={step.isPending}
            onClick={() => step.mutate({ step: 'snooze', body: { until: null }, said: words.woken })}
          >
            {words.wake}
          </Button>
        ) : null}
      </div>
    </Stack>
  )
}
