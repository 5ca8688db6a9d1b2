// The state of a dispute, as word, icon and colour together.
import { IconCheckCircle, IconHourglass, IconMessage } from 'suomifi-ui-components'
import type { DisputeShown } from '#contract/disputes.ts'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'

const MARKS = {
  open: { tone: 'warn', icon: IconHourglass },
  answered: { tone: 'info', icon: IconMessage },
  resolved: { tone: 'good', icon: IconCheckCircle },
} as const

export const DisputeStateMark = ({ state }: Pick<DisputeShown, 'state'>) => {
  const words = useWords(monthWords)
  return <ToneMark {...MARKS[state]}>{words.states[state]}</ToneMark>
}
