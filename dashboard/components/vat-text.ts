// A VAT treatment in words, where a label beside it says already that it is VAT: a rate stands alone.
import type { Item } from '#contract/settlements.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'

export const useVatText = () => {
  const { text, format, language } = useText()
  const percent = (rate: string) => (language === 'en' ? `${rate}%` : `${rate}\u00a0%`)
  return (vat: Item['vat']): string => {
    if (vat === null) return text.costs.noVat
    if (vat.category === 'S') return percent(format.decimal(vat.rate))
    if (vat.category === 'Z') return percent('0')
    return text.costs.vatCategories[vat.category]()
  }
}
