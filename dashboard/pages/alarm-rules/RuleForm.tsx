// The form of a rule: what is watched, how grave it is, when it does not watch; as a sentence while it is typed, and tried on history before it is on.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Checkbox, InlineAlert } from 'suomifi-ui-components'
import type { AlarmRuleShown, AlarmRuleWanted } from '#contract/alarm-rules.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { useGo } from '#dashboard/components/AppLink.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { RuleSentences } from '#dashboard/components/RuleSentences.tsx'
import { SaidByServer } from '#dashboard/components/SaidByServer.tsx'
import { WordsField } from '#dashboard/components/WordsField.tsx'
import { idOfName } from '#dashboard/format/id-of-name.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Grid, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { ConditionFields } from './ConditionFields.tsx'
import { fieldId, FIELDS, MissingContext, TextField } from './fields.tsx'
import { MaintenanceFields } from './MaintenanceFields.tsx'
import { useSpaceChoices } from './rule-choices.ts'
import { ALWAYS, draftOf, EMPTY_DRAFT, KINDS, OF_PREMISES, ruleOf, type RuleDraft } from './rule-draft.ts'
import { RuleRemoval } from './RuleRemoval.tsx'
import { RuleTrial } from './RuleTrial.tsx'
import { TargetFields } from './TargetFields.tsx'
import { WhenFields } from './WhenFields.tsx'

const SEVERITIES = ['info', 'warning', 'major', 'critical'] as const
const LANGUAGES = { fi: 'nameFi', sv: 'nameSv', en: 'nameEn' } as const
const ADVICES = { fi: 'adviceFi', sv: 'adviceSv', en: 'adviceEn' } as const

type Props = { premises: string; timeZone: string; known: AlarmRuleShown | null; begun?: Partial<RuleDraft> }
export const RuleForm = ({ premises, timeZone, known, begun = {} }: Props) => {
  const { form: words, kinds, severities } = useWords(alarmWords)
  const { language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const go = useGo()
  const [draft, setDraft] = useState<RuleDraft>(() => (known === null ? { ...EMPTY_DRAFT, ...begun } : draftOf(known)))
  /** What somebody tried to do with it: to try it on history it needs no name. */
  const [tried, setTried] = useState<'nothing' | 'history' | 'save'>('nothing')
  const change = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }))
  const { rule, missing } = ruleOf(draft, known?.on ?? true)
  const save = useMutation({
    mutationFn: ({ wanted }: { wanted: AlarmRuleWanted; said: string }) => {
      const id = known?.id ?? newId(pickName(wanted.name, language, '').text)
      return sendJson('PUT', apiPath(`/alarm-rules/${segment(id)}`), wanted, known?.version)
    },
    onSuccess: async (_answer, { said }) => {
      announce(said)
      await client.invalidateQueries({
        predicate: ({ queryKey }) => ['alarm-rules', 'alarms'].includes(String(queryKey[0])),
      })
      await go(`/alarm-rules?premises=${premises}`)
    },
  })
  const missingFor = (what: typeof tried) =>
    what === 'save' ? missing : what === 'history' ? missing.filter(({ field }) => field !== 'name') : []
  const told = missingFor(tried)
  /** The whole rule, or null and the focus on what is missing. */
  const whole = (unnamed: boolean) => {
    const left = missingFor(unnamed ? 'history' : 'save')
    setTried(unnamed ? 'history' : 'save')
    const [first] = left
    if (first === undefined && rule !== null) return rule
    if (first !== undefined) requestAnimationFrame(() => document.getElementById(fieldId(first.field))?.focus())
    return null
  }
  const send = (on: boolean, said: string) => {
    const ready = whole(false)
    if (ready !== null) save.mutate({ wanted: { premises, ...ready, on }, said })
  }
  return (
    <MissingContext value={told}>
      <Stack as="form" $gap={3} noValidate onSubmit={(event: React.FormEvent) => event.preventDefault()}>
        <Panel>
          <Stack $gap={3}>
            <div>
              <Select
                label={words.kind}
                value={draft.kind}
                options={KINDS.map((value) => ({ value, text: kinds[value] }))}
                onChange={(kind) => change({ kind })}
              />
            </div>
            {OF_PREMISES.includes(draft.kind) ? null : (
              <TargetFields premises={premises} target={draft.target} onChange={(target) => change({ target })} />
            )}
            <ConditionFields premises={premises} draft={draft} change={change} />
            <div>
              <Select
                label={words.severity}
                value={draft.severity}
                options={SEVERITIES.map((value) => ({
                  value,
                  text: `${severities[value]}: ${words.severityHints[value]}`,
                }))}
                onChange={(severity) => change({ severity })}
              />
            </div>
            <Stack $gap={1} style={{ borderLeft: '4px solid var(--link)', paddingLeft: 16 }}>
              <strong>{words.sentence}</strong>
              {rule === null ? (
                <Soft>{words.incomplete}</Soft>
              ) : (
                <Sentence premises={premises} draft={draft} rule={rule} />
              )}
            </Stack>
          </Stack>
        </Panel>
        <Panel>
          <RuleTrial
            timeZone={timeZone}
            wanted={() => {
              const ready = whole(true)
              if (ready === null) return null
              const named = Object.keys(ready.name).length === 0 ? { fi: '–' } : ready.name
              return { premises, rule: { ...ready, name: named } }
            }}
          />
        </Panel>
        <Panel>
          <Stack $gap={3}>
            <h2>{words.names}</h2>
            <Grid $min={280} style={FIELDS}>
              {(['fi', 'sv', 'en'] as const).map((one) => (
                <TextField
                  key={one}
                  field={one === 'fi' ? 'name' : `name-${one}`}
                  label={words[LANGUAGES[one]]}
                  value={draft.name[one]}
                  onChange={(text) => change({ name: { ...draft.name, [one]: text } })}
                />
              ))}
            </Grid>
            <Fold summary={words.advice} open={Object.values(draft.advice).some((text) => text !== '')}>
              <Stack>
                {(['fi', 'sv', 'en'] as const).map((one) => (
                  <WordsField
                    key={one}
                    label={words[ADVICES[one]]}
                    value={draft.advice[one]}
                    onChange={(text) => change({ advice: { ...draft.advice, [one]: text.slice(0, 2000) } })}
                  />
                ))}
              </Stack>
            </Fold>
            <Fold summary={words.limitTimes} open={draft.season !== null || draft.maintenance.length > 0}>
              <Stack $gap={3}>
                <WhenFields months value={draft.season ?? ALWAYS} onChange={(season) => change({ season })} />
                <MaintenanceFields value={draft.maintenance} onChange={(maintenance) => change({ maintenance })} />
              </Stack>
            </Fold>
            <Checkbox
              checked={draft.latching}
              hintText={words.latchingHint}
              onClick={({ checkboxState }) => change({ latching: checkboxState })}
            >
              {words.latching}
            </Checkbox>
            <Summary missing={told} />
            {save.error === null ? null : <SaveRefused error={save.error} />}
            <Row $gap={2}>
              {known === null ? (
                <>
                  <Button disabled={save.isPending} onClick={() => send(true, words.savedOn)}>
                    {words.saveOn}
                  </Button>
                  <Button variant="secondary" disabled={save.isPending} onClick={() => send(false, words.saved)}>
                    {words.saveOff}
                  </Button>
                </>
              ) : (
                <>
                  <Button disabled={save.isPending} onClick={() => send(known.on, words.saved)}>
                    {words.save}
                  </Button>
                  <Button
                    variant="secondary"
                    disabled={save.isPending}
                    onClick={() => send(!known.on, known.on ? words.turnedOff : words.turnedOn)}
                  >
                    {known.on ? words.turnOff : words.turnOn}
                  </Button>
                  <RuleRemoval rule={known} />
                </>
              )}
            </Row>
          </Stack>
        </Panel>
      </Stack>
    </MissingContext>
  )
}

type SentenceProps = { premises: string; draft: RuleDraft; rule: Omit<AlarmRuleWanted, 'premises'> }
const Sentence = ({ premises, draft, rule }: SentenceProps) => {
  const spaces = useSpaceChoices(premises)
  const name = spaces.find(({ value }) => value === draft.target.space)?.text
  return <RuleSentences rule={rule} targetName={name === undefined ? null : { fi: name }} />
}

const Summary = ({ missing }: { missing: ReturnType<typeof ruleOf>['missing'] }) => {
  const { form: words } = useWords(alarmWords)
  if (missing.length === 0) return null
  return (
    <InlineAlert status="error" labelText={words.wrong}>
      <ul>
        {missing.map(({ field, need }) => (
          <li key={field}>
            <a href={`#${fieldId(field)}`}>{words.needs[need]}</a>
          </li>
        ))}
      </ul>
    </InlineAlert>
  )
}

/** Where the program refuses the rule itself, its words say where. */
const SaveRefused = ({ error }: { error: Error }) => {
  const problems = error instanceof RequestError ? error.problems : []
  if (problems.length === 0) return <Refusal error={error} />
  return (
    <InlineAlert status="error">
      <ul>
        {problems.map(({ pointer, message }) => (
          <li key={pointer}>
            <code>{pointer}</code> <SaidByServer>{message}</SaidByServer>
          </li>
        ))}
      </ul>
    </InlineAlert>
  )
}

/** An id that no rule has: of its name, with some letters of chance. */
const newId = (name: string): string => {
  const slug = idOfName(name).slice(0, 48)
  return `${slug === '' ? 'rule' : slug}-${crypto.randomUUID().slice(0, 8)}`
}
