// Every state of everything, always as word, icon and colour together.
import {
  IconCheckCircle,
  IconClock,
  IconDisabled,
  IconEdit,
  IconError,
  IconHelp,
  IconHistory,
  IconHourglass,
  IconLock,
  IconMagicWand,
  IconMailSend,
  IconMeter,
  IconWarning,
} from 'suomifi-ui-components'
import styled from 'styled-components'
import { useText } from '#dashboard/text/TextProvider.tsx'
import type { Dictionary } from '#dashboard/text/dictionary.ts'

export type StateWord = keyof Dictionary['states']
type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet' | 'violet'
type Icon = typeof IconCheckCircle

const MARKS: Record<StateWord, { tone: Tone; icon: Icon }> = {
  works: { tone: 'good', icon: IconCheckCircle },
  stale: { tone: 'warn', icon: IconClock },
  offline: { tone: 'bad', icon: IconDisabled },
  never: { tone: 'quiet', icon: IconHelp },
  draft: { tone: 'quiet', icon: IconEdit },
  issued: { tone: 'info', icon: IconMailSend },
  closed: { tone: 'good', icon: IconLock },
  accepted: { tone: 'good', icon: IconCheckCircle },
  disputed: { tone: 'bad', icon: IconWarning },
  waiting: { tone: 'info', icon: IconHourglass },
  blocked: { tone: 'bad', icon: IconError },
  measured: { tone: 'good', icon: IconMeter },
  manual: { tone: 'info', icon: IconEdit },
  estimated: { tone: 'warn', icon: IconHistory },
  substituted: { tone: 'warn', icon: IconHistory },
  suspect: { tone: 'bad', icon: IconWarning },
  simulated: { tone: 'violet', icon: IconMagicWand },
  inForce: { tone: 'good', icon: IconCheckCircle },
  notInForce: { tone: 'quiet', icon: IconClock },
  incomplete: { tone: 'warn', icon: IconHourglass },
  ready: { tone: 'good', icon: IconCheckCircle },
  full: { tone: 'bad', icon: IconError },
  failed: { tone: 'bad', icon: IconError },
}

const Mark = styled.span<{ $tone: Tone }>`
  display: inline-flex;
  align-items: center;
  gap: 6px;
  padding: 1px 8px 1px 6px;
  border-radius: 12px;
  font-size: 14px;
  line-height: 22px;
  white-space: nowrap;
  color: var(--ink);
  background: var(--${({ $tone }) => ($tone === 'quiet' ? 'quiet-ground' : `${$tone}-ground`)});
  svg.fi-icon {
    width: 14px;
    height: 14px;
    flex: none;
    color: var(--${({ $tone }) => ($tone === 'quiet' ? 'ink-soft' : $tone)});
  }
  svg.fi-icon .fi-icon-base-fill {
    fill: currentColor;
  }
  svg.fi-icon .fi-icon-base-stroke {
    stroke: currentColor;
  }
`
/** `count`: how many are in this state. */
export const StateMark = ({ state, count }: { state: StateWord; count?: number }) => {
  const { text } = useText()
  const { tone, icon: Icon } = MARKS[state]
  return (
    <Mark $tone={tone} data-state={state}>
      <Icon aria-hidden="true" />
      <span>
        {count === undefined ? null : `${count} `}
        {count === undefined ? text.states[state] : text.states[state].toLowerCase()}
      </span>
    </Mark>
  )
}

/** The state word of a text that comes from the API, or null where it is none. */
export const stateWord = (word: string): StateWord | null => (Object.hasOwn(MARKS, word) ? (word as StateWord) : null)
