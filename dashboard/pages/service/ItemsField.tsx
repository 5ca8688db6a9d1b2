// The items of an own checklist: text, kind, and for numbers what is in order.
import { Button, Checkbox, TextInput } from 'suomifi-ui-components'
import type { ChecklistItem } from '#contract/service.ts'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { decimalOf } from './task-draft.ts'

const KINDS = ['yes-no', 'number', 'text', 'photo'] as const
export type Item = Omit<ChecklistItem, 'id'>

export const ItemsField = ({ items, change }: { items: readonly Item[]; change: (items: Item[]) => void }) => {
  const { plan: words } = useWords(serviceWords)
  const { language } = useText()
  const put = (i: number, item: Item) => change(items.with(i, item))
  const limit = (item: Item, key: 'least' | 'most', text: string): Item => {
    const { [key]: _old, ...rest } = item
    const decimal = decimalOf(text)
    return decimal === null ? rest : { ...rest, [key]: decimal }
  }
  return (
    <Stack as="section">
      <strong>{words.items}</strong>
      {items.map((item, i) => (
        <Row key={i} $end>
          <TextInput
            labelText={words.itemText(i + 1)}
            value={item.text[language] ?? ''}
            onChange={(value) => put(i, { ...item, text: { [language]: String(value ?? '') } })}
          />
          <Select
            label={words.itemKind}
            value={item.kind}
            options={KINDS.map((value) => ({ value, text: words.itemKinds[value] }))}
            onChange={(kind) => put(i, { text: item.text, required: item.required, kind })}
          />
          {item.kind === 'number' ? (
            <>
              <TextInput
                labelText={words.unit}
                value={item.unit ?? ''}
                onChange={(value) => put(i, { ...item, unit: String(value ?? '') })}
              />
              <TextInput
                labelText={words.least}
                inputMode="decimal"
                defaultValue={item.least ?? ''}
                onBlur={(event) => put(i, limit(item, 'least', event.target.value))}
              />
              <TextInput
                labelText={words.most}
                inputMode="decimal"
                defaultValue={item.most ?? ''}
                onBlur={(event) => put(i, limit(item, 'most', event.target.value))}
              />
            </>
          ) : null}
          <Checkbox
            checked={item.required}
            onClick={({ checkboxState }) => put(i, { ...item, required: checkboxState })}
          >
            {words.isRequired}
          </Checkbox>
          <Button variant="secondaryNoBorder" onClick={() => change(items.toSpliced(i, 1))}>
            {words.removeItem(i + 1)}
          </Button>
        </Row>
      ))}
      <div>
        <Button
          variant="secondary"
          onClick={() => change([...items, { text: { [language]: '' }, kind: 'yes-no', required: true }])}
        >
          {words.addItem}
        </Button>
      </div>
    </Stack>
  )
}
