// How a webhook stands, as word, icon and colour together.
import { IconCheckCircle, IconError, IconDisabled, IconWarning } from 'suomifi-ui-components'
import type { WebhookShown } from '#contract/webhooks.ts'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'

const MARKS = {
  on: { tone: 'good', icon: IconCheckCircle },
  off: { tone: 'info', icon: IconDisabled },
  disabled: { tone: 'bad', icon: IconError },
} as const
const FAILING = { tone: 'warn', icon: IconWarning } as const

export const WebhookState = ({ webhook: { state, failingSince } }: { webhook: WebhookShown }) => {
  const { webhooks: words } = useWords(notificationWords)
  const mark = state === 'on' && failingSince !== null ? FAILING : MARKS[state]
  return <ToneMark {...mark}>{words.states[state]}</ToneMark>
}
