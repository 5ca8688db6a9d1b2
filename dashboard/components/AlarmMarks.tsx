// How grave an alarm is and where it stands, each as word, icon and colour together.
import {
  IconAlertOff,
  IconCheckCircle,
  IconClock,
  IconError,
  IconInfo,
  IconPerson,
  IconSwapVertical,
  IconWarning,
} from 'suomifi-ui-components'
import type { AlarmShown } from '#contract/alarms.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'
import { useNow } from './Age.tsx'

const SEVERITIES = {
  info: { tone: 'info', icon: IconInfo },
  warning: { tone: 'warn', icon: IconWarning },
  major: { tone: 'bad', icon: IconWarning },
  critical: { tone: 'bad', icon: IconError },
} as const
const STATES = {
  raised: { tone: 'warn', icon: IconClock },
  acknowledged: { tone: 'info', icon: IconCheckCircle },
  assigned: { tone: 'info', icon: IconPerson },
  cleared: { tone: 'good', icon: IconCheckCircle },
} as const
type Severity = AlarmShown['severity']

export const AlarmSeverityMark = ({ severity }: { severity: Severity }) => {
  const words = useWords(alarmWords)
  return <ToneMark {...SEVERITIES[severity]}>{words.severities[severity]}</ToneMark>
}
/** How many alarms of a severity stand. */
export const AlarmSeverityCount = ({ severity, count }: { severity: Severity; count: number }) => {
  const words = useWords(alarmWords)
  return <ToneMark {...SEVERITIES[severity]}>{words.severityCounts[severity](count)}</ToneMark>
}

type StateProps = { alarm: AlarmShown; timeZone: string }
/** Where it stands; and beside it that it is silenced, over or flapping. */
export const AlarmStateMarks = ({ alarm, timeZone }: StateProps) => {
  const words = useWords(alarmWords)
  const { format } = useText()
  const now = useNow()
  const { state, snoozedUntil, flapping, conditionClearedAt } = alarm
  const standing = state !== 'cleared'
  return (
    <>
      <ToneMark {...STATES[state]}>{words.states[state]}</ToneMark>
      {standing && conditionClearedAt !== null ? (
        <ToneMark tone="good" icon={IconCheckCircle}>
          {words.over}
        </ToneMark>
      ) : null}
      {standing && flapping ? (
        <ToneMark tone="warn" icon={IconSwapVertical}>
          {words.flapping}
        </ToneMark>
      ) : null}
      {standing && snoozedUntil !== null && Date.parse(snoozedUntil) > now ? (
        <ToneMark tone="info" icon={IconAlertOff}>
          {words.snoozed(format.instant(snoozedUntil, timeZone))}
        </ToneMark>
      ) : null}
    </>
  )
}
