// The name of a cost item: what it stands for, or what its id says about its source.
import type { Item, SettlementDetails } from '#contract/settlements.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { pickName } from '#domain/writing/names.ts'

/** A function from an item to its name: its own, or its source and id. */
export const useItemName = (details: Pick<SettlementDetails, 'itemNames'>) => {
  const { text, format, language } = useText()
  const nameOf = (id: string, source: Item['source']): string => {
    const names = details.itemNames[id]
    if (names !== undefined) return pickName(names, language, id).text
    const [, ...rest] = id.split(':')
    const own = rest.join(':')
    if (source !== 'adjustment') return `${text.costs.sources[source]}: ${own}`
    const [month = '', ...of] = rest
    return `${text.costs.sources.adjustment}, ${format.month(month)}: ${of.join(':')}`
  }
  return ({ id, source }: Pick<Item, 'id' | 'source'>) => nameOf(id, source)
}
