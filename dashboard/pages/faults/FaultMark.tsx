// Where a fault stands, as word, icon and colour together.
import { IconCheckCircle, IconClock, IconHourglass, IconLock, IconSettings, IconWarning } from 'suomifi-ui-components'
import type { FaultState } from '#contract/faults.ts'
import { faultWords } from '#dashboard/text/faults/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Row } from '#dashboard/ui/Layout.tsx'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'

const MARKS = {
  offered: { tone: 'info', icon: IconHourglass },
  accepted: { tone: 'info', icon: IconCheckCircle },
  'in-work': { tone: 'warn', icon: IconSettings },
  done: { tone: 'good', icon: IconCheckCircle },
  closed: { tone: 'good', icon: IconLock },
} as const

type Props = { state: FaultState; overdue?: boolean; escalated?: boolean }
export const FaultMark = ({ state, overdue = false, escalated = false }: Props) => {
  const words = useWords(faultWords)
  return (
    <Row as="span" $gap={1}>
      <ToneMark {...MARKS[state]}>{words.states[state]}</ToneMark>
      {overdue ? (
        <ToneMark tone="bad" icon={IconClock}>
          {words.lateShort}
        </ToneMark>
      ) : escalated && state === 'offered' ? (
        <ToneMark tone="bad" icon={IconWarning}>
          {words.escalated}
        </ToneMark>
      ) : null}
    </Row>
  )
}
