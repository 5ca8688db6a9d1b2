// Every state of everything, always as word, icon and colour together.
import {
  IconCheckCircle,
  IconClock,
  IconClose,
  IconDisabled,
  IconEdit,
  IconError,
  IconHelp,
  IconHourglass,
  IconLock,
  IconMailSend,
  IconWarning,
} from 'suomifi-ui-components'
import type { ComponentType } from 'react'
import { styled } from 'styled-components'
import { useText } from '#dashboard/text/TextProvider.tsx'
import type { Dictionary } from '#dashboard/text/dictionary.ts'

export type StateWord = keyof Dictionary['states']
type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet' | 'violet'
type Icon = ComponentType<{ 'aria-hidden': 'true' }>

/** A sign of our own where the icon library has none: two strokes of a pen on 16 × 16. */
const drawn = (path: string): Icon =>
  function Drawn(props) {
    return (
      <svg
        className="fi-icon"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        focusable="false"
        {...props}
      >
        <path d={path} />
      </svg>
    )
  }
/** About equal. */
const IconAbout = drawn('M2 6c2-3 4-3 6 0s4 3 6 0M2 11c2-3 4-3 6 0s4 3 6 0')
/** A broken circle: looks real and is not. */
const IconSimulated = drawn(
  'M8 2a6 6 0 0 1 4.2 1.8M14 8a6 6 0 0 1-1.8 4.2M8 14a6 6 0 0 1-4.2-1.8M2 8a6 6 0 0 1 1.8-4.2M8 6v4',
)
/** Put in place of another. */
const IconSwapped = drawn('M2 5h10M9 2l3 3-3 3M14 11H4M7 8l-3 3 3 3')

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
  rejected: { tone: 'bad', icon: IconClose },
  withdrawn: { tone: 'quiet', icon: IconClose },
  blocked: { tone: 'bad', icon: IconError },
  measured: { tone: 'good', icon: IconCheckCircle },
  manual: { tone: 'info', icon: IconEdit },
  estimated: { tone: 'warn', icon: IconAbout },
  substituted: { tone: 'warn', icon: IconSwapped },
  suspect: { tone: 'bad', icon: IconWarning },
  simulated: { tone: 'violet', icon: IconSimulated },
  inForce: { tone: 'good', icon: IconCheckCircle },
  notInForce: { tone: 'quiet', icon: IconClock },
  incomplete: { tone: 'warn', icon: IconHourglass },
  ready: { tone: 'good', icon: IconCheckCircle },
  full: { tone: 'bad', icon: IconError },
  away: { tone: 'warn', icon: IconHourglass },
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
type Counted = keyof Dictionary['stateCounts']
/** A state; or, with `count`, how many are in it. */
export const StateMark = (props: { state: StateWord; count?: never } | { state: Counted; count: number }) => {
  const { text } = useText()
  const { tone, icon: Icon } = MARKS[props.state]
  return (
    <Mark $tone={tone} data-state={props.state}>
      <Icon aria-hidden="true" />
      <span>{props.count === undefined ? text.states[props.state] : text.stateCounts[props.state](props.count)}</span>
    </Mark>
  )
}

/** Only the sign of a state, where its word stands beside it or in the name of what carries it. */
export const StateSign = ({ state }: { state: StateWord }) => {
  const { icon: Icon } = MARKS[state]
  return <Icon aria-hidden="true" />
}

/** The state word of a text that comes from the API, or null where it is none. */
export const stateWord = (word: string): StateWord | null => (isStateWord(word) ? word : null)
const isStateWord = (word: string): word is StateWord => Object.hasOwn(MARKS, word)
