// The state of a device between plan and scrap, as word, icon and colour together.
import { IconCheckCircle, IconClock, IconClose, IconDisabled } from 'suomifi-ui-components'
import type { DeviceSummary } from '#contract/devices.ts'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { ToneMark, type Tone } from '#dashboard/ui/ToneMark.tsx'

type State = DeviceSummary['lifecycle']
const MARKS: Record<State, [Tone, typeof IconClock]> = {
  planned: ['info', IconClock],
  'in-stock': ['info', IconClock],
  installed: ['info', IconCheckCircle],
  'in-use': ['good', IconCheckCircle],
  'out-of-service': ['warn', IconDisabled],
  retired: ['info', IconClose],
}
/** Outside these states a device is not missed when it is silent. */
export const isToBeHeard = (state: State): boolean => state === 'installed' || state === 'in-use'

export const LifecycleMark = ({ state }: { state: State }) => {
  const words = useWords(lifecycleWords)
  const [tone, icon] = MARKS[state]
  return (
    <ToneMark tone={tone} icon={icon}>
      {words.states[state]}
    </ToneMark>
  )
}
