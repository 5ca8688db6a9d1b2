// A VAT treatment in words.
import type { Item } from '#contract/settlements.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'

export const useVatText = () => {
  const { text, format } = useText()
  return (vat: Item['vat']): string => {
    if (vat === null) return text.costs.noVat
    return text.costs.vatCategories[vat.category](format.decimal(vat.rate))
  }
}
