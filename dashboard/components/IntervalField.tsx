// How often a device is expected to be heard: a choice, so that nobody writes ISO 8601 durations.
import { parseDuration } from '#dashboard/format/duration.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Select } from '#dashboard/ui/Select.tsx'

const USUAL = ['PT1M', 'PT5M', 'PT10M', 'PT15M', 'PT30M', 'PT1H', 'PT6H', 'PT12H', 'P1D'] as const
const [MINUTE_MS, HOUR_MS, DAY_MS] = [60_000, 3_600_000, 86_400_000]
type Props = { value: string; onChange: (value: string) => void; none?: string }

export const IntervalField = ({ value, onChange, none }: Props) => {
  const { interval: words } = useWords(registryWords)
  const inWords = useIntervalText()
  const all: string[] = value === '' || USUAL.some((one) => one === value) ? [...USUAL] : [value, ...USUAL]
  return (
    <Select
      label={words.label}
      value={value}
      options={[{ value: '', text: none ?? words.unknown }, ...all.map((one) => ({ value: one, text: inWords(one) }))]}
      onChange={onChange}
    />
  )
}

export const useIntervalText = (): ((duration: string) => string) => {
  const { interval: words } = useWords(registryWords)
  return (duration) => {
    const ms = parseDuration(duration)
    if (ms === null) return duration
    if (ms % DAY_MS === 0) return words.days(ms / DAY_MS)
    if (ms % HOUR_MS === 0) return words.hours(ms / HOUR_MS)
    return ms % MINUTE_MS === 0 ? words.minutes(ms / MINUTE_MS) : duration
  }
}
