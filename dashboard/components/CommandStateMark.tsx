// The state of a command as word, icon and colour.
import { IconCheckCircle, IconClock, IconError, IconHourglass } from 'suomifi-ui-components'
import type { CommandShown } from '#contract/twins.ts'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { ToneMark, type Tone } from '#dashboard/ui/ToneMark.tsx'

const TONES: Record<CommandShown['state'], Tone> = {
  queued: 'info',
  sent: 'info',
  acknowledged: 'info',
  done: 'good',
  failed: 'bad',
  expired: 'warn',
}
export const CommandStateMark = ({ state }: { state: CommandShown['state'] }) => {
  const words = useWords(twinWords).commands
  const icon =
    state === 'done'
      ? IconCheckCircle
      : state === 'failed'
        ? IconError
        : state === 'expired'
          ? IconClock
          : IconHourglass
  return (
    <ToneMark tone={TONES[state]} icon={icon}>
      {words.states[state]}
    </ToneMark>
  )
}
