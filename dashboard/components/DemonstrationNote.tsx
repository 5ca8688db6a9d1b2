// Says of a demonstration that it is one, wherever its figures stand.
import { InlineAlert } from 'suomifi-ui-components'
import type { PremisesRecorded } from '#contract/premises.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'

export const DemonstrationNote = ({ premises }: { premises: Pick<PremisesRecorded, 'demonstration'> }) => {
  const { text } = useText()
  return premises.demonstration === true ? (
    <InlineAlert smallScreen labelText={text.frame.demonstration}>
      {text.frame.demonstrationText}
    </InlineAlert>
  ) : null
}
