// What a meter change does to its month, with what should be looked at again.
import { InlineAlert } from 'suomifi-ui-components'
import type { MeterChangeShown } from '#contract/meter-changes.ts'
import { meterWords } from '#dashboard/text/meters/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Stack } from '#dashboard/ui/Layout.tsx'

export const ChangeEffect = ({ effect }: Pick<MeterChangeShown, 'effect'>) => {
  const { swap: words } = useWords(meterWords)
  const { format } = useText()
  const figure = (quantity: string | null): string =>
    quantity === null ? words.unknown : format.withUnit(format.decimal(quantity), effect.unit)
  return (
    <Stack>
      <h3>{words.effect(format.month(effect.period))}</h3>
      {effect.warnings.length === 0 ? null : (
        <InlineAlert status="warning">
          <ul>
            {effect.warnings.map((code) => (
              <li key={code}>{words.warnings[code]}</li>
            ))}
          </ul>
        </InlineAlert>
      )}
      <Facts
        facts={[
          [words.without, figure(effect.without)],
          [words.with, figure(effect.with)],
          [words.oldMeter, figure(effect.oldMeter)],
          [words.newMeter, figure(effect.newMeter)],
        ]}
      />
      {effect.closedMonths.length === 0 ? null : (
        <p>{words.closed(format.list(effect.closedMonths.map((month) => format.month(month))))}</p>
      )}
    </Stack>
  )
}
