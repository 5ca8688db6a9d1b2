// Cost items in addresses: `metered:el-main@2026-03-15` reads `metered/el-main_2026-03-15`, without percent signs. Pure.

/** The address of an item; ids hold no slash and no underscore, so nothing is lost. */
export const itemPath = (premises: string, period: string, item: string): string =>
  `/costs/${premises}/${period}/items/${item.replaceAll(':', '/').replaceAll('@', '_')}`

/** The item's id from what follows `items/` in its address. */
export const parseItemPath = (rest: string): string => rest.replaceAll('/', ':').replaceAll('_', '@')
