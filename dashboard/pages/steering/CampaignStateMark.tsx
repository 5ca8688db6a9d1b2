// The state of a roll-out, and of one device in it, as word, icon and colour.
import { IconCheckCircle, IconClock, IconDisabled, IconError, IconHourglass, IconWarning } from 'suomifi-ui-components'
import type { CampaignShown, UpdateShown } from '#contract/firmware.ts'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { ToneMark, type Tone } from '#dashboard/ui/ToneMark.tsx'

const CAMPAIGN_MARKS = {
  draft: ['info', IconClock],
  running: ['info', IconHourglass],
  paused: ['warn', IconWarning],
  done: ['good', IconCheckCircle],
  aborted: ['bad', IconDisabled],
} as const satisfies Record<CampaignShown['state'], readonly [Tone, unknown]>
export const CampaignStateMark = ({ state }: { state: CampaignShown['state'] }) => {
  const words = useWords(twinWords).firmware
  const [tone, icon] = CAMPAIGN_MARKS[state]
  return (
    <ToneMark tone={tone} icon={icon}>
      {words.states[state]}
    </ToneMark>
  )
}

const UPDATE_MARKS = {
  waiting: ['info', IconClock],
  offered: ['info', IconHourglass],
  downloading: ['info', IconHourglass],
  verified: ['info', IconHourglass],
  installed: ['good', IconCheckCircle],
  failed: ['bad', IconError],
  'rolled-back': ['warn', IconError],
  aborted: ['info', IconDisabled],
} as const satisfies Record<UpdateShown['state'], readonly [Tone, unknown]>
export const UpdateStateMark = ({ state }: { state: UpdateShown['state'] }) => {
  const words = useWords(twinWords).firmware
  const [tone, icon] = UPDATE_MARKS[state]
  return (
    <ToneMark tone={tone} icon={icon}>
      {words.updateStates[state]}
    </ToneMark>
  )
}
