// A form for a scene: its name, and for each step which devices and what they do.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, IconPlus, TextInput } from 'suomifi-ui-components'
import type { SceneShown, SceneWanted } from '#contract/scenes.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { deviceListQuery, premisesQuery } from '#dashboard/client/queries.ts'
import { steeringQuery } from '#dashboard/client/twin-queries.ts'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { MemberFields, membersOf, type Written } from '#dashboard/components/MemberFields.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

type Step = { device: string; type: string; space: string; command: string; written: Written }
const EMPTY: Step = { device: '', type: '', space: '', command: '', written: {} }
const writtenOf = (params: Record<string, unknown>): Written =>
  Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]))
const stepsOf = (scene: SceneShown | null): Step[] =>
  scene === null
    ? [EMPTY]
    : scene.steps.flatMap((step) =>
        'command' in step
          ? [
              {
                device: 'device' in step.of ? step.of.device : '',
                type: 'device' in step.of ? '' : (step.of.type ?? ''),
                space: 'device' in step.of ? '' : (step.of.space ?? ''),
                command: step.command,
                written: writtenOf(step.params),
              },
            ]
          : [],
      )

type Props = { premises: string; scene: SceneShown | null; onDone: () => void }
export const SceneForm = ({ premises, scene, onDone }: Props) => {
  const words = useWords(twinWords).scenes
  const { language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const [name, setName] = useState(scene === null ? '' : pickName(scene.name, language, scene.id).text)
  const [steps, setSteps] = useState(() => stepsOf(scene))
  const [params, setParams] = useState<Record<number, Record<string, unknown>>>({})
  // Steps that wish for settings were made by a program; they stay as they are.
  const kept = scene?.steps.filter((step) => 'desired' in step) ?? []
  const body: SceneWanted = {
    premises,
    name: { ...scene?.name, [language]: name.trim() },
    steps: [
      ...steps.map((step, index) => ({
        of:
          step.device === ''
            ? { ...(step.type === '' ? {} : { type: step.type }), ...(step.space === '' ? {} : { space: step.space }) }
            : { device: step.device },
        command: step.command,
        params: params[index] ?? step.written,
      })),
      ...kept,
    ],
  }
  const save = useMutation({
    mutationFn: () =>
      scene === null
        ? sendJson<SceneShown>('POST', apiPath('/scenes'), body)
        : sendJson<SceneShown>('PUT', apiPath(`/scenes/${segment(scene.id)}`), body, scene.version),
    onSuccess: async () => {
      announce(words.saved)
      await client.invalidateQueries({ queryKey: ['scenes', premises] })
      onDone()
    },
  })
  const isWhole =
    name.trim() !== '' && steps.every(({ command, device, type }) => command !== '' && (device !== '' || type !== ''))
  return (
    <Stack>
      <TextInput labelText={words.name} value={name} onChange={(value) => setName(String(value ?? ''))} />
      <h3>{words.steps}</h3>
      {steps.map((step, index) => (
        <StepFields
          // Steps have no names of their own.
          // eslint-disable-next-line react/no-array-index-key
          key={index}
          premises={premises}
          step={step}
          onChange={(changed, given) => {
            setSteps(steps.map((one, at) => (at === index ? changed : one)))
            setParams({ ...params, [index]: given })
          }}
          {...(steps.length > 1
            ? {
                remove: {
                  text: words.removeStep(index + 1),
                  do: () => {
                    setSteps(steps.filter((_, at) => at !== index))
                    setParams({})
                  },
                },
              }
            : {})}
        />
      ))}
      <div>
        <Button variant="secondary" icon={<IconPlus />} onClick={() => setSteps([...steps, EMPTY])}>
          {words.addStep}
        </Button>
      </div>
      {save.error === null ? null : <Refusal error={save.error} />}
      <div>
        <Button onClick={() => save.mutate()} disabled={!isWhole || save.isPending}>
          {words.save}
        </Button>
      </div>
    </Stack>
  )
}

type StepProps = {
  premises: string
  step: Step
  onChange: (step: Step, params: Record<string, unknown>) => void
  remove?: { text: string; do: () => void }
}
const StepFields = ({ premises, step, onChange, remove }: StepProps) => {
  const words = useWords(twinWords).scenes
  const { language } = useText()
  const { nameOf } = useDeviceTypes()
  const devices = (useInfiniteQuery(deviceListQuery({ premises }, 200)).data?.pages ?? []).flatMap(({ items }) => items)
  const spaces = useQuery(premisesQuery(premises)).data?.spaces ?? []
  const types = [...new Set(devices.flatMap(({ type }) => type ?? []))]
  // Which commands there are is asked of one device of the type.
  const example = step.device === '' ? devices.find(({ type }) => type === step.type)?.id : step.device
  const commands =
    useQuery({ ...steeringQuery(example ?? ''), enabled: example !== undefined && example !== '' }).data?.commands ?? []
  const chosen = commands.find(({ name }) => name === step.command)
  const change = (changes: Partial<Step>): void => {
    const next = { ...step, ...changes }
    const fields = commands.find(({ name }) => name === next.command)?.params ?? []
    onChange(next, membersOf(fields, next.written))
  }
  const target = step.device === '' ? (step.type === '' ? '' : `type:${step.type}`) : `device:${step.device}`
  return (
    <Panel as="div">
      <Row $gap={2} $end>
        <Select
          label={words.of}
          value={target}
          options={[
            { value: '', text: '–' },
            ...types.map((type) => ({ value: `type:${type}`, text: `${words.ofType}: ${nameOf(type)}` })),
            ...devices.map(({ id, name }) => ({ value: `device:${id}`, text: pickName(name, language, id).text })),
          ]}
          onChange={(value) => {
            const [kind = '', id = ''] = value.split(':')
            change({ device: kind === 'device' ? id : '', type: kind === 'type' ? id : '', command: '', written: {} })
          }}
        />
        {step.type === '' ? null : (
          <Select
            label={words.space}
            value={step.space}
            options={[
              { value: '', text: words.anySpace },
              ...spaces.map(({ id, name }) => ({ value: id, text: pickName(name, language, id).text })),
            ]}
            onChange={(space) => change({ space })}
          />
        )}
        {commands.length === 0 ? null : (
          <Select
            label={words.does}
            value={step.command}
            options={[
              { value: '', text: '–' },
              ...commands.map(({ name, title }) => ({ value: name, text: title[language] })),
            ]}
            onChange={(command) => change({ command, written: {} })}
          />
        )}
        {chosen === undefined ? null : (
          <MemberFields
            fields={chosen.params}
            written={step.written}
            onChange={(written) => change({ written })}
            optional={false}
          />
        )}
        {remove === undefined ? null : (
          <Button variant="secondaryNoBorder" onClick={remove.do}>
            {remove.text}
          </Button>
        )}
      </Row>
    </Panel>
  )
}
