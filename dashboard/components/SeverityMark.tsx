// How grave a finding is, as word, icon and colour together.
import { IconError, IconInfo, IconWarning } from 'suomifi-ui-components'
import type { Finding } from '#contract/checks.ts'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'

const MARKS = {
  hinders: { tone: 'bad', icon: IconError },
  warn: { tone: 'warn', icon: IconWarning },
  note: { tone: 'info', icon: IconInfo },
} as const

export const SeverityMark = ({ severity }: Pick<Finding, 'severity'>) => {
  const words = useWords(monthWords)
  return <ToneMark {...MARKS[severity]}>{words.severities[severity]}</ToneMark>
}
