// A reading's value as people write it: number with unit, yes or no, a known word; with its quality where it is not plainly measured.
import type { QualityWord, ReadingValue as Value } from '#contract/common.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Figures, Row } from '#dashboard/ui/Layout.tsx'
import { StateMark } from './StateMark.tsx'

export const useValueText = () => {
  const { text, format } = useText()
  /** A register that counts pulses, or behind a transformer, is no quantity yet: its multiplier stands beside it. */
  return (value: Value, unit: string | null | undefined, multiplier = '1'): string => {
    if (typeof value !== 'number') return wordOf(text.stateValues, String(value))
    const times = multiplier === '1' ? '' : ` × ${format.decimal(multiplier)}`
    return format.withUnit(`${format.number(value)}${times}`, unit)
  }
}

type Props = { value: Value; unit: string | null | undefined; multiplier?: string | undefined }
export const ReadingValue = ({ value, unit, multiplier }: Props) => (
  <Figures>{useValueText()(value, unit, multiplier)}</Figures>
)

export const QualityMarks = ({ quality, simulated }: { quality: QualityWord; simulated: boolean }) => (
  <Row $gap={1}>
    <StateMark state={quality} />
    {simulated ? <StateMark state="simulated" /> : null}
  </Row>
)
