// Spot prices that are missing: seen before the day on which a month is settled.
import { InlineAlert } from 'suomifi-ui-components'
import type { PriceGapsAnswer } from '#contract/imports.ts'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { importWords } from '#dashboard/text/imports/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Stack } from '#dashboard/ui/Layout.tsx'

/** Days that are named one by one; of more the first and the last. */
const NAMED_DAYS = 4

export const PriceGaps = ({ gaps }: { gaps: PriceGapsAnswer['items'] }) => {
  const { format } = useText()
  const words = useWords(importWords)
  const { nameOf } = usePremisesNames()
  if (gaps.length === 0) return null
  const daysOf = (days: readonly string[]): string =>
    days.length <= NAMED_DAYS
      ? days.map((day) => format.date(day)).join(', ')
      : `${format.date(days[0]!)} … ${format.date(days.at(-1)!)} (${words.gapDays(days.length)})`
  return (
    <InlineAlert status="warning" labelText={words.gaps}>
      <Stack $gap={1}>
        <p>{words.gapsLead}</p>
        <ul>
          {gaps.map(({ series, premises, days }) => (
            <li key={`${series} ${premises}`}>
              {nameOf(premises)}: {series}, {daysOf(days)}
            </li>
          ))}
        </ul>
      </Stack>
    </InlineAlert>
  )
}
