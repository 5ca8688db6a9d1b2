// Making and changing an on-call calendar: which alarms, who in turn, exceptions, and the steps when nobody answers.
import { useState } from 'react'
import { Button, Checkbox, TextInput } from 'suomifi-ui-components'
import type { OnCallList, OnCallShown, OnCallWanted } from '#contract/on-call.ts'
import type { FieldNames } from '#dashboard/components/ProblemsSaid.tsx'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { notificationWords, type NotificationWords } from '#dashboard/text/notification/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { PremisesChoice } from './PremisesChoice.tsx'
import { RotationFields } from './RotationFields.tsx'
import { SeverityFrom } from './SeverityFrom.tsx'
import { StepFields } from './StepFields.tsx'
import { TurnFields } from './TurnFields.tsx'

export type People = OnCallList['people']
const COVERS = ['responsible', 'all'] as const
const FRESH: OnCallWanted = {
  name: {},
  enabled: true,
  premises: null,
  timeZone: 'Europe/Helsinki',
  covers: 'responsible',
  from: 'major',
  wakesFrom: 'critical',
  rotation: null,
  turns: [],
  steps: [
    { afterMinutes: 0, tell: 'on-call' },
    { afterMinutes: 15, tell: 'substitute' },
    { afterMinutes: 30, tell: 'managers' },
  ],
}

const fieldNames = ({ onCall: words, ...common }: NotificationWords): FieldNames => ({
  '/name': words.name,
  '/premises': common.premises,
  '/timeZone': common.settings.timeZone,
  '/rotation': words.rotation,
  '/rotation/people': words.people,
  '/rotation/from': words.rotationFrom,
  '/rotation/handover': words.handover,
  '/rotation/days': words.days,
  '/turns/*': words.turn,
  '/turns/*/from': words.from,
  '/turns/*/to': words.to,
  '/turns/*/person': words.person,
  '/turns/*/substitute': words.substitute,
  '/steps/*': words.step,
  '/steps/*/afterMinutes': words.after,
})

type Props = {
  title: string
  known: OnCallShown | null
  people: People
  save: { mutate: (wanted: OnCallWanted) => void; error: unknown; isPending: boolean }
  cancel: () => void
}
export const CalendarForm = ({ title, known, people, save, cancel }: Props) => {
  const words = useWords(notificationWords)
  const { onCall } = words
  const { language } = useText()
  const [wanted, setWanted] = useState<OnCallWanted>(() => {
    if (known === null) return FRESH
    const { id: _id, version: _version, now: _now, ...before } = known
    return before
  })
  const [name, setName] = useState(known === null ? '' : pickName(known.name, language, '').text)
  const [tried, setTried] = useState(false)
  const put = (part: Partial<OnCallWanted>) => setWanted({ ...wanted, ...part })
  const isNamed = name.trim() !== ''
  const isPeopled = wanted.rotation === null || wanted.rotation.people.length > 0
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    // Written in the reader's language; other languages keep what they have.
    if (isNamed && isPeopled) save.mutate({ ...wanted, name: { ...wanted.name, [language]: name.trim() } })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack $gap={3}>
        <h2>{title}</h2>
        <TextInput
          labelText={onCall.name}
          value={name}
          onChange={(typed) => setName(String(typed ?? ''))}
          {...(tried && !isNamed ? { status: 'error' as const, statusText: onCall.nameNeeded } : {})}
        />
        <Checkbox checked={wanted.enabled} onClick={({ checkboxState }) => put({ enabled: checkboxState })}>
          {onCall.enabled}
        </Checkbox>
        <Row $end $gap={3}>
          <Select
            label={onCall.covers}
            value={wanted.covers}
            options={COVERS.map((value) => ({ value, text: onCall.coversWords[value] }))}
            onChange={(covers) => put({ covers })}
          />
          <PremisesChoice value={wanted.premises} onChange={(premises) => put({ premises })} />
        </Row>
        <Row $end $gap={3}>
          <SeverityFrom label={onCall.severity} value={wanted.from} onChange={(from) => put({ from })} />
          <SeverityFrom label={onCall.wakes} value={wanted.wakesFrom} onChange={(wakesFrom) => put({ wakesFrom })} />
          <TextInput
            labelText={words.settings.timeZone}
            value={wanted.timeZone}
            onChange={(typed) => put({ timeZone: String(typed ?? '').trim() })}
          />
        </Row>
        <RotationFields
          rotation={wanted.rotation}
          people={people}
          missing={tried && !isPeopled}
          onChange={(rotation) => put({ rotation })}
        />
        <TurnFields turns={wanted.turns} people={people} onChange={(turns) => put({ turns })} />
        <StepFields steps={wanted.steps} onChange={(steps) => put({ steps })} />
        {save.error === null ? null : <RefusalWithProblems error={save.error} fields={fieldNames(words)} />}
        <Row>
          <Button type="submit" disabled={save.isPending}>
            {words.save}
          </Button>
          <Button variant="secondaryNoBorder" onClick={cancel}>
            {words.cancel}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}
