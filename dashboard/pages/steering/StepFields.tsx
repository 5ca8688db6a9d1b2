// One step of a scene: which devices, and what they do: a command with its parameters, or settings that are wanted of them.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button } from 'suomifi-ui-components'
import { deviceListQuery, premisesQuery } from '#dashboard/client/queries.ts'
import { steeringQuery, twinQuery } from '#dashboard/client/twin-queries.ts'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { MemberFields, membersOf } from '#dashboard/components/MemberFields.tsx'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { SETTINGS, type Step } from './scene-step.ts'

type Props = {
  premises: string
  step: Step
  onChange: (step: Step) => void
  remove?: { text: string; do: () => void }
}
export const StepFields = ({ premises, step, onChange, remove }: Props) => {
  const words = useWords(twinWords).scenes
  const { language } = useText()
  const { nameOf } = useDeviceTypes()
  const devices = (useInfiniteQuery(deviceListQuery({ premises }, 200)).data?.pages ?? []).flatMap(({ items }) => items)
  const spaces = useQuery(premisesQuery(premises)).data?.spaces ?? []
  const types = [...new Set(devices.flatMap(({ type }) => type ?? []))]
  // Which commands and settings there are is asked of one device of the type.
  const example = (step.device === '' ? devices.find(({ type }) => type === step.type)?.id : step.device) ?? ''
  const steering = useQuery({ ...steeringQuery(example), enabled: example !== '' }).data
  const twin = useQuery({ ...twinQuery(example), enabled: example !== '' }).data
  const commands = steering?.commands ?? []
  const settings = steering?.access === true ? [] : (twin?.fields ?? [])
  const fieldsOf = (does: string) =>
    does === SETTINGS ? settings : (commands.find(({ name }) => name === does)?.params ?? [])
  const change = (changes: Partial<Step>): void => {
    const next = { ...step, ...changes }
    const fields = fieldsOf(next.does)
    const given = membersOf(fields, next.written)
    const isGiven =
      next.does === SETTINGS
        ? Object.keys(given).length > 0
        : fields.every(({ key, needed }) => !needed || given[key] !== undefined)
    onChange({ ...next, given, isWhole: next.does !== '' && isGiven })
  }
  const fields = fieldsOf(step.does)
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
            const id = value.slice(value.indexOf(':') + 1)
            const isDevice = value.startsWith('device:')
            change({ device: isDevice ? id : '', type: isDevice ? '' : id, does: '', written: {} })
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
            onChange={(space) => onChange({ ...step, space })}
          />
        )}
        {commands.length === 0 ? null : (
          <Select
            label={words.does}
            value={step.does}
            options={[
              { value: '', text: '–' },
              ...commands.map(({ name, title }) => ({ value: name, text: title[language] })),
              ...(settings.length === 0 ? [] : [{ value: SETTINGS, text: words.setSettings }]),
            ]}
            onChange={(does) => change({ does, written: {} })}
          />
        )}
        {fields.length === 0 ? null : (
          <MemberFields
            fields={fields}
            written={step.written}
            onChange={(written) => change({ written })}
            optional={step.does === SETTINGS}
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
