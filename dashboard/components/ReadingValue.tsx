// A reading's value as people write it: number with unit, yes or no, a known word; with its quality where it is not plainly measured.
import type { QualityWord, ReadingValue as Value } from '#contract/common.ts'
import { withUnit } from '#domain/writing/number.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Figures, Row } from '#dashboard/ui/Layout.tsx'
import { StateMark } from './StateMark.tsx'

export const useValueText = () => {
  const { text, format } = useText()
  return (value: Value, unit: string | null | undefined): string =>
    typeof value === 'number' ? withUnit(format.number(value), unit) : wordOf(text.stateValues, String(value))
}

export const ReadingValue = ({ value, unit }: { value: Value; unit: string | null | undefined }) => (
  <Figures>{useValueText()(value, unit)}</Figures>
)

export const QualityMarks = ({ quality, simulated }: { quality: QualityWord; simulated: boolean }) => (
  <Row $gap={1}>
    <StateMark state={quality} />
    {simulated ? <StateMark state="simulated" /> : null}
  </Row>
)
