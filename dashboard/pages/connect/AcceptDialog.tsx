// One unknown device, looked at and changed before it is accepted: a new device, or one that is listed already.
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Button, RadioButton, RadioButtonGroup, TextInput } from 'suomifi-ui-components'
import type { UnknownAccepted, UnknownShown } from '#contract/inbox.ts'
import { pickName } from '#domain/writing/names.ts'
import { premisesQuery } from '#dashboard/client/queries.ts'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { DeviceTypeField } from '#dashboard/components/DeviceTypeField.tsx'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Dialog } from '#dashboard/components/Dialog.tsx'
import { Grid, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

/** Fields stand on one line, whether they have a hint or not. */
const FIELDS = { alignItems: 'end' } as const

type Props = {
  unknown: UnknownShown
  error: ReactNode
  accept: (wanted: UnknownAccepted) => void
  close: () => void
}
export const AcceptDialog = ({ unknown, error, accept, close }: Props) => {
  const words = useWords(connectWords).inbox
  const { text, language } = useText()
  const { suggestion } = unknown
  const premises = useQuery(premisesQuery(unknown.premises))
  const [become, setBecome] = useState<'new' | 'existing'>('new')
  const [existing, setExisting] = useState('')
  const [id, setId] = useState(suggestion.id)
  const [name, setName] = useState(suggestion.name)
  const [type, setType] = useState(suggestion.type ?? '')
  const [space, setSpace] = useState(suggestion.space ?? '')
  const [manufacturer, setManufacturer] = useState(unknown.manufacturer ?? '')
  const [model, setModel] = useState(unknown.model ?? '')
  const [kinds, setKinds] = useState<ReadonlyMap<string, UnknownShown['points'][number]['kind']>>(new Map())
  const { find } = useDeviceTypes()
  /** What the chosen type says of a point with this key; the device's own words go first. */
  const typed = (key: string) => find(type)?.points.find((point) => point.key === key)
  const kindOf = ({ key, kind }: UnknownShown['points'][number]) => kinds.get(key) ?? typed(key)?.kind ?? kind
  const unitOf = ({ key, unit }: UnknownShown['points'][number]) => unit ?? typed(key)?.unit ?? null
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    if (become === 'existing') return accept({ id: unknown.id, existing: existing.trim() })
    accept({
      id: unknown.id,
      device: {
        id,
        name: { [language]: name.trim() === '' ? id : name.trim() },
        type: type === '' ? null : type,
        space: space === '' ? null : space,
        ...(manufacturer === '' ? {} : { manufacturer }),
        ...(model === '' ? {} : { model }),
        points: unknown.points.map((point) => {
          const unit = unitOf(point)
          const name = point.name === null ? typed(point.key)?.name : { [language]: point.name }
          return {
            key: point.key,
            kind: kindOf(point),
            ...(unit === null ? {} : { unit }),
            ...(name === undefined ? {} : { name }),
          }
        }),
      },
    })
  }
  const field = (label: string, value: string, set: (value: string) => void, hint?: string) => (
    <TextInput
      labelText={label}
      fullWidth
      value={value}
      onChange={(typed) => set(String(typed ?? ''))}
      {...(hint === undefined ? {} : { hintText: hint })}
    />
  )
  return (
    <Dialog title={words.dialog(unknown.name ?? unknown.key)} onClose={close}>
      <form onSubmit={submit} noValidate>
        <Stack $gap={3}>
          {error}
          <RadioButtonGroup
            name="become"
            labelText={words.become}
            value={become}
            onChange={(value) => setBecome(value === 'existing' ? 'existing' : 'new')}
          >
            <RadioButton value="new">{words.becomeNew}</RadioButton>
            <RadioButton value="existing">{words.becomeExisting}</RadioButton>
          </RadioButtonGroup>
          {become === 'existing' ? (
            field(words.existing, existing, setExisting, words.existingHint)
          ) : (
            <>
              <Grid $min={240} style={FIELDS}>
                {field(words.name, name, setName)}
                {field(words.id, id, setId, words.idHint)}
              </Grid>
              <Grid $min={240} style={FIELDS}>
                <DeviceTypeField label={words.type} none={words.unknownType} value={type} onChange={setType} />
                <Select
                  label={words.space}
                  value={space}
                  options={[
                    { value: '', text: words.noPlace },
                    ...(premises.data?.spaces ?? []).map((one) => ({
                      value: one.id,
                      text: pickName(one.name, language, one.id).text,
                    })),
                  ]}
                  onChange={setSpace}
                />
              </Grid>
              <Grid $min={240} style={FIELDS}>
                {field(words.manufacturer, manufacturer, setManufacturer)}
                {field(words.model, model, setModel)}
              </Grid>
              <DataTable
                caption={words.points}
                rows={unknown.points}
                rowKey={({ key }) => key}
                sortWord={text.common.sorted}
                columns={[
                  {
                    key: 'point',
                    head: words.point,
                    heading: true,
                    render: (point) => {
                      const name = point.name ?? typed(point.key)?.name[language]
                      return name === undefined ? point.key : `${name} (${point.key})`
                    },
                  },
                  { key: 'sample', head: words.sample, figures: true, render: ({ sample }) => sample ?? '–' },
                  { key: 'unit', head: words.unit, render: (point) => unitOf(point) ?? '–' },
                  { key: 'count', head: words.times, figures: true, render: ({ count }) => count },
                  {
                    key: 'kind',
                    head: words.kind,
                    render: (point) => (
                      <Select
                        label={`${words.kind}: ${point.key}`}
                        quiet
                        value={kindOf(point)}
                        options={(['gauge', 'counter', 'interval', 'state'] as const).map((value) => ({
                          value,
                          text: words.kinds[value],
                        }))}
                        onChange={(kind) => setKinds(new Map([...kinds, [point.key, kind]]))}
                      />
                    ),
                  },
                ]}
              />
              {unknown.morePoints ? <Soft as="p">{words.manyPoints}</Soft> : null}
            </>
          )}
          <Row>
            <Button type="submit">{words.accept}</Button>
            <Button variant="secondaryNoBorder" onClick={close}>
              {words.cancel}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  )
}
