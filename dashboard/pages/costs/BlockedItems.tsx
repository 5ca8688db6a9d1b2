// Items that can't be split: why, and what to do.
import { InlineAlert } from 'suomifi-ui-components'
import type { Item, SettlementDetails } from '#contract/settlements.ts'
import { itemPath } from '#dashboard/components/item-path.ts'
import { useItemName } from '#dashboard/components/ItemName.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Stack } from '#dashboard/ui/Layout.tsx'

export const BlockedItems = ({ details }: { details: SettlementDetails }) => {
  const { text } = useText()
  const itemName = useItemName(details)
  const { blocked, items, premises, period } = details.settlement
  if (blocked.length === 0) return null
  const sourceOf = (id: string): Item['source'] => items.find((item) => item.id === id)?.source ?? 'invoice'
  return (
    <InlineAlert status="error" labelText={text.costs.blockedCount(blocked.length)}>
      <Stack $gap={1}>
        <p>{text.costs.blockedText}</p>
        <Stack as="ul" $gap={2}>
          {blocked.map(({ item, code }) => (
            <li key={item}>
              <AppLink to={itemPath(premises, period, item)}>{itemName({ id: item, source: sourceOf(item) })}</AppLink>
              <p>
                {text.costs.reasons[code]}. {text.costs.remedies[code]}
              </p>
            </li>
          ))}
        </Stack>
      </Stack>
    </InlineAlert>
  )
}
