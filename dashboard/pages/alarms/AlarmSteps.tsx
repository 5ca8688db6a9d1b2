// What one may do with an alarm besides acknowledging it: hand it over, comment, silence, end it, make a fault of it; each says what happens.
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { AlarmDetail } from '#contract/alarms.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { WordsField } from '#dashboard/components/WordsField.tsx'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Grid, Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { AlarmFault } from './AlarmFault.tsx'
import { AlarmSnooze } from './AlarmSnooze.tsx'
import { useAlarmStep } from './useAlarmStep.ts'

export const AlarmSteps = ({ alarm, timeZone }: { alarm: AlarmDetail; timeZone: string }) => {
  const { one: words } = useWords(alarmWords)
  const { may, state } = alarm
  const mayNothing = !may.assign && !may.comment && !may.snooze && !may.clear && !may.fault
  if (mayNothing) return state === 'cleared' ? null : <Soft as="p">{words.noSteps}</Soft>
  return (
    <Panel className="no-print" aria-labelledby="alarm-steps">
      <Stack $gap={3}>
        <h2 id="alarm-steps">{words.steps}</h2>
        <Grid $min={360} $gap={4}>
          {may.assign ? <Assign alarm={alarm} /> : null}
          {may.comment ? <Comment alarm={alarm} /> : null}
          {may.snooze ? <AlarmSnooze alarm={alarm} timeZone={timeZone} /> : null}
          {may.clear ? <Clear alarm={alarm} /> : null}
          {may.fault || alarm.fault !== null ? <AlarmFault alarm={alarm} /> : null}
        </Grid>
      </Stack>
    </Panel>
  )
}

/** Ends it; while its cause lasts, with a reason. */
const Clear = ({ alarm: { id, conditionClearedAt } }: { alarm: AlarmDetail }) => {
  const { one: words } = useWords(alarmWords)
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const step = useAlarmStep(id)
  const lasts = conditionClearedAt === null
  const isMissing = lasts && text.trim() === ''
  const send = () => {
    setTried(true)
    if (isMissing) return
    step.mutate({ step: 'clear', body: lasts ? { text: text.trim().slice(0, 2000) } : {}, said: words.cleared })
  }
  return (
    <Stack $gap={1}>
      <h3>{words.clear}</h3>
      <Soft as="p">{lasts ? words.clearStill : words.clearText}</Soft>
      {step.error === null ? null : <Refusal error={step.error} />}
      {lasts ? (
        <WordsField
          label={words.clearWhy}
          value={text}
          onChange={setText}
          error={tried && isMissing ? words.needWhy : null}
        />
      ) : null}
      <div>
        <Button variant="secondary" disabled={step.isPending} onClick={send}>
          {words.clear}
        </Button>
      </div>
    </Stack>
  )
}

const Assign = ({ alarm: { id, assignee, assignees } }: { alarm: AlarmDetail }) => {
  const { one: words } = useWords(alarmWords)
  const { language } = useText()
  const [organisation, setOrganisation] = useState(assignee?.organisation ?? assignees[0]?.organisation ?? '')
  const [person, setPerson] = useState(assignee?.person?.id ?? '')
  const step = useAlarmStep(id)
  const nameOf = (one: (typeof assignees)[number]) => pickName(one.name, language, one.organisation).text
  const chosen = assignees.find((one) => one.organisation === organisation)
  const people = chosen?.people ?? []
  const named = people.find((one) => one.id === person)
  const who = named === undefined ? (chosen === undefined ? '' : nameOf(chosen)) : named.name
  if (assignees.length === 0) return null
  return (
    <Stack $gap={1}>
      <h3>{words.assign}</h3>
      {step.error === null ? null : <Refusal error={step.error} />}
      <Select
        label={words.assignTo}
        value={organisation}
        options={assignees.map((one) => ({ value: one.organisation, text: nameOf(one) }))}
        onChange={(value) => {
          setOrganisation(value)
          setPerson('')
        }}
      />
      {people.length === 0 ? null : (
        <Select
          label={words.assignPerson}
          value={named === undefined ? '' : person}
          options={[{ value: '', text: words.anyone }, ...people.map((one) => ({ value: one.id, text: one.name }))]}
          onChange={setPerson}
        />
      )}
      <div>
        <Button
          variant="secondary"
          disabled={step.isPending || chosen === undefined}
          onClick={() =>
            step.mutate({
              step: 'assign',
              body: { organisation, ...(named === undefined ? {} : { person: named.id }) },
              said: words.assigned(who),
            })
          }
        >
          {words.assignNow}
        </Button>
      </div>
    </Stack>
  )
}

const Comment = ({ alarm: { id } }: { alarm: AlarmDetail }) => {
  const { one: words } = useWords(alarmWords)
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const step = useAlarmStep(id)
  const send = () => {
    setTried(true)
    if (text.trim() === '') return
    step.mutate(
      { step: 'comment', body: { text: text.trim().slice(0, 2000) }, said: words.commented },
      {
        onSuccess: () => {
          setText('')
          setTried(false)
        },
      },
    )
  }
  return (
    <Stack $gap={1}>
      <h3>{words.commentNow}</h3>
      {step.error === null ? null : <Refusal error={step.error} />}
      <WordsField
        label={words.comment}
        hint={words.commentHint}
        value={text}
        onChange={setText}
        error={tried && text.trim() === '' ? words.needText : null}
      />
      <div>
        <Button variant="secondary" disabled={step.isPending} onClick={send}>
          {words.commentNow}
        </Button>
      </div>
    </Stack>
  )
}
