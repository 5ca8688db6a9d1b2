// A VAT treatment: its category, and the rate where there is one.
import { TextInput } from 'suomifi-ui-components'
import type { Item } from '#contract/settlements.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Select } from '#dashboard/ui/Select.tsx'

export type VatCategory = NonNullable<Item['vat']>['category']
const CATEGORIES: readonly VatCategory[] = ['S', 'Z', 'E', 'O', 'AE']
type Props = {
  category: VatCategory
  rate: string
  onCategory: (category: VatCategory) => void
  onRate: (rate: string) => void
}
export const VatFields = ({ category, rate, onCategory, onRate }: Props) => {
  const { device: words } = useWords(registryWords)
  const { text } = useText()
  return (
    <>
      <Select
        label={words.vatCategory}
        value={category}
        options={CATEGORIES.map((value) => ({ value, text: text.costs.vatCategories[value](rate) }))}
        onChange={onCategory}
      />
      {category === 'S' ? (
        <TextInput
          labelText={words.vatRate}
          value={rate}
          inputMode="decimal"
          onChange={(value) => onRate(String(value ?? ''))}
        />
      ) : null}
    </>
  )
}
