// The purchase: price, day, depreciation, who paid, which cost it is, and its VAT.
import { useId } from 'react'
import { TextInput } from 'suomifi-ui-components'
import { OrganisationSelect } from '#dashboard/components/OrganisationSelect.tsx'
import { VatFields } from '#dashboard/components/VatFields.tsx'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { AmountField } from '#dashboard/components/AmountField.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import type { PurchaseDraft } from './device-draft.ts'

type Props = { draft: PurchaseDraft; onChange: (draft: PurchaseDraft) => void }
export const PurchaseFields = ({ draft, onChange }: Props) => {
  const { device: words, choose } = useWords(registryWords)
  const { text } = useText()
  const dateId = useId()
  const put = (part: Partial<PurchaseDraft>) => onChange({ ...draft, ...part })
  const categories = Object.entries(text.categories).map(([value, name]) => ({ value, text: name }))
  const known = categories.some(({ value }) => value === draft.category)
  return (
    <Stack $gap={3}>
      <Soft as="p">{words.purchaseText}</Soft>
      <Row $gap={2} $end>
        <AmountField label={words.cost} value={draft.cost} onChange={(cost) => put({ cost })} />
        <DateField id={dateId} label={words.date} value={draft.date} onChange={(date) => put({ date })} />
        <TextInput
          labelText={words.months}
          inputMode="numeric"
          value={draft.usefulLifeMonths}
          onChange={(value) => put({ usefulLifeMonths: String(value ?? '') })}
        />
        <AmountField label={words.residual} value={draft.residual} onChange={(residual) => put({ residual })} />
      </Row>
      <Row $gap={2} $end>
        <OrganisationSelect
          label={words.payer}
          none={choose}
          value={draft.payer}
          onChange={(payer) => put({ payer })}
        />
        <Select
          label={words.category}
          value={draft.category}
          options={known ? categories : [{ value: draft.category, text: draft.category }, ...categories]}
          onChange={(category) => put({ category })}
        />
        <VatFields
          category={draft.vatCategory}
          rate={draft.vatRate}
          onCategory={(vatCategory) => put({ vatCategory })}
          onRate={(vatRate) => put({ vatRate })}
        />
      </Row>
    </Stack>
  )
}
