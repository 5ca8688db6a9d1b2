// The form of the money facts: grants, covers, expected life, replacement. What is left empty goes.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { MoneyFacts } from '#contract/device-money.ts'
import type { DeviceRecorded } from '#contract/devices.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'

type Props = { device: DeviceRecorded; facts: MoneyFacts }
type Fields = Record<string, string>
const COVERS = ['warranty', 'serviceContract', 'insurance'] as const
/** Decimals are typed as people write them. */
const decimal = (text: string): string => text.replaceAll(/\s/g, '').replace(',', '.')

export const MoneyForm = ({ device, facts }: Props) => {
  const { money: words } = useWords(lifecycleWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [grants, setGrants] = useState(() => (facts.funding ?? []).map(fieldsOf))
  const [covers, setCovers] = useState(() => COVERS.map((name) => fieldsOf(facts[name] ?? {})))
  const [months, setMonths] = useState(facts.expectedLifeMonths?.toString() ?? '')
  const [replacement, setReplacement] = useState(() => fieldsOf(facts.replacement ?? {}))
  const send = useMutation({
    mutationFn: () =>
      sendJson(
        'PUT',
        apiPath(`/devices/${segment(device.id)}/money`),
        bodyOf(grants, covers, months, replacement),
        device.version,
      ),
    onSuccess: async () => {
      announce(words.saved)
      await client.invalidateQueries({ queryKey: ['devices', device.id] })
    },
  })
  const setGrant = (index: number, fields: Fields) =>
    setGrants(grants.map((grant, i) => (i === index ? fields : grant)))
  return (
    <Stack $gap={3}>
      <Soft as="p">{words.leaveEmpty}</Soft>
      {grants.map((grant, i) => (
        <Part key={i} title={words.grantTitle(i + 1)}>
          <Text fields={grant} name="by" label={words.by} onChange={(fields) => setGrant(i, fields)} />
          <Text fields={grant} name="amount" label={words.amount} onChange={(fields) => setGrant(i, fields)} number />
          <Text fields={grant} name="decision" label={words.decision} onChange={(fields) => setGrant(i, fields)} />
          <Day
            fields={grant}
            name="encumberedUntil"
            label={words.encumberedUntil}
            onChange={(fields) => setGrant(i, fields)}
          />
          <Button variant="secondaryNoBorder" onClick={() => setGrants(grants.filter((_grant, at) => at !== i))}>
            {words.removeGrant(i + 1)}
          </Button>
        </Part>
      ))}
      <div>
        <Button variant="secondary" onClick={() => setGrants([...grants, {}])}>
          {words.addGrant}
        </Button>
      </div>
      {COVERS.map((name, i) => {
        const fields = covers[i] ?? {}
        const change = (next: Fields) => setCovers(covers.map((cover, at) => (at === i ? next : cover)))
        return (
          <Part key={name} title={words[name]}>
            <Text fields={fields} name="by" label={words.by} onChange={change} />
            <Text fields={fields} name="reference" label={words.reference} onChange={change} />
            <Day fields={fields} name="until" label={words.until} onChange={change} />
          </Part>
        )
      })}
      <Part title={words.expectedLife}>
        <TextInput
          labelText={words.months}
          inputMode="numeric"
          value={months}
          onChange={(value) => setMonths(String(value ?? ''))}
        />
      </Part>
      <Part title={words.replacement}>
        <Day fields={replacement} name="on" label={words.on} onChange={setReplacement} />
        <Text fields={replacement} name="cost" label={words.cost} onChange={setReplacement} number />
      </Part>
      {send.error === null ? null : <Refusal error={send.error} />}
      <div>
        <Button onClick={() => send.mutate()} disabled={send.isPending}>
          {words.save}
        </Button>
      </div>
    </Stack>
  )
}

const fieldsOf = (given: object): Fields =>
  Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]))
const filled = (fields: Fields, numbers: readonly string[] = []): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) =>
      value.trim() === '' ? [] : [[key, numbers.includes(key) ? decimal(value) : value.trim()]],
    ),
  )
const isEmpty = (fields: Fields): boolean => Object.keys(filled(fields)).length === 0

/** As the API takes it: the server says what is missing or wrong in what is half filled. */
const bodyOf = (grants: Fields[], covers: Fields[], months: string, replacement: Fields): object => ({
  ...(grants.every(isEmpty)
    ? {}
    : { funding: grants.filter((one) => !isEmpty(one)).map((one) => filled(one, ['amount'])) }),
  ...Object.fromEntries(
    COVERS.flatMap((name, i) => (isEmpty(covers[i] ?? {}) ? [] : [[name, filled(covers[i] ?? {})]])),
  ),
  ...(months.trim() === '' ? {} : { expectedLifeMonths: Number(months) }),
  ...(isEmpty(replacement) ? {} : { replacement: filled(replacement, ['cost']) }),
})

const Part = ({ title, children }: { title: string; children: React.ReactNode }) => {
  const id = useId()
  return (
    <Stack as="section" $gap={1} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <Row $gap={2} $end>
        {children}
      </Row>
    </Stack>
  )
}
type Field = { fields: Fields; name: string; label: string; onChange: (fields: Fields) => void }
const Text = ({ fields, name, label, onChange, number = false }: Field & { number?: boolean }) => (
  <TextInput
    labelText={label}
    inputMode={number ? 'decimal' : 'text'}
    value={fields[name] ?? ''}
    onChange={(value) => onChange({ ...fields, [name]: String(value ?? '') })}
  />
)
const Day = ({ fields, name, label, onChange }: Field) => {
  const id = useId()
  return (
    <DateField
      id={id}
      label={label}
      value={fields[name] ?? ''}
      onChange={(value) => onChange({ ...fields, [name]: value })}
    />
  )
}
