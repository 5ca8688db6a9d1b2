// What a transfer or loan comes to: part, book value, price, and what still encumbers the device.
import { InlineAlert } from 'suomifi-ui-components'
import type { TransferShown } from '#contract/transfers.ts'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Stack } from '#dashboard/ui/Layout.tsx'

export const TransferFigures = ({ wanted, figures }: Pick<TransferShown, 'wanted' | 'figures'>) => {
  const { transfer: words } = useWords(lifecycleWords)
  const { format } = useText()
  const { share, bookValue, shareValue, price, financed, encumbering } = figures
  const money = (amount: string | null): string | undefined => (amount === null ? undefined : format.money(amount))
  const facts: [string, string | undefined][] = [
    [words.share, share ?? undefined],
    [words.bookValue, money(bookValue)],
    [words.shareValue, money(shareValue)],
    [words.agreedPrice, money(price)],
  ]
  return (
    <Stack>
      {wanted.kind === 'loan' ? null : <Facts facts={facts.filter(([, value]) => value !== undefined)} />}
      {financed ? <p>{words.financed}</p> : null}
      {encumbering.map(({ by, encumberedUntil = '' }) => (
        <InlineAlert key={`${by} ${encumberedUntil}`} status="warning">
          {words.encumbers(format.date(encumberedUntil), by)}
        </InlineAlert>
      ))}
    </Stack>
  )
}
