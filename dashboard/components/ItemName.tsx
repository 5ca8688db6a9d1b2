// The name of a cost item in the reader's language.
import type { Item, SettlementDetails } from '#contract/settlements.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { itemName } from '#domain/writing/item-name.ts'

/** A function from an item to its name. */
export const useItemName = (details: Pick<SettlementDetails, 'itemNames'>) => {
  const { text, language } = useText()
  return (item: Pick<Item, 'id' | 'source'>) => itemName(item, details.itemNames[item.id], text.costs.sources, language)
}
