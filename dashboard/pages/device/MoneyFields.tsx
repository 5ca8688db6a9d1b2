// The fields of the money facts: supplier, grants, covers, expected life, replacement.
import { useId } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { AmountField } from '#dashboard/components/AmountField.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { COVERS, type Fields, type MoneyDraft } from './money-draft.ts'

type Props = { draft: MoneyDraft; onChange: (draft: MoneyDraft) => void }
export const MoneyFields = ({ draft, onChange }: Props) => {
  const { money: words } = useWords(lifecycleWords)
  const { supplier, grants, covers, months, replacement } = draft
  const put = (part: Partial<MoneyDraft>) => onChange({ ...draft, ...part })
  const setGrant = (index: number, fields: Fields) =>
    put({ grants: grants.map((grant, i) => (i === index ? fields : grant)) })
  return (
    <Stack $gap={3}>
      <Soft as="p">{words.leaveEmpty}</Soft>
      <div>
        <TextInput
          labelText={words.supplier}
          value={supplier}
          onChange={(value) => put({ supplier: String(value ?? '') })}
        />
      </div>
      {grants.map((grant, i) => (
        <Part key={i} title={words.grantTitle(i + 1)}>
          <Text fields={grant} name="by" label={words.by} onChange={(fields) => setGrant(i, fields)} />
          <AmountField
            label={words.amount}
            value={grant['amount'] ?? ''}
            onChange={(amount) => setGrant(i, { ...grant, amount })}
          />
          <Text fields={grant} name="decision" label={words.decision} onChange={(fields) => setGrant(i, fields)} />
          <Day
            fields={grant}
            name="encumberedUntil"
            label={words.encumberedUntil}
            onChange={(fields) => setGrant(i, fields)}
          />
          <Button variant="secondaryNoBorder" onClick={() => put({ grants: grants.filter((_grant, at) => at !== i) })}>
            {words.removeGrant(i + 1)}
          </Button>
        </Part>
      ))}
      <div>
        <Button variant="secondary" onClick={() => put({ grants: [...grants, {}] })}>
          {words.addGrant}
        </Button>
      </div>
      {COVERS.map((name, i) => {
        const fields = covers[i] ?? {}
        const change = (next: Fields) => put({ covers: covers.map((cover, at) => (at === i ? next : cover)) })
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
          onChange={(value) => put({ months: String(value ?? '') })}
        />
      </Part>
      <Part title={words.replacement}>
        <Day fields={replacement} name="on" label={words.on} onChange={(next) => put({ replacement: next })} />
        <AmountField
          label={words.cost}
          value={replacement['cost'] ?? ''}
          onChange={(cost) => put({ replacement: { ...replacement, cost } })}
        />
      </Part>
    </Stack>
  )
}

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
const Text = ({ fields, name, label, onChange }: Field) => (
  <TextInput
    labelText={label}
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
