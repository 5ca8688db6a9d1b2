// Half-open spans of local dates in words: the last day is named, not the day after it.
import { addDays } from '#dashboard/format/zone.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'

export const usePeriodText = () => {
  const { text, format } = useText()
  return ({ from, to }: { from: string; to: string | null }): string =>
    text.common.validity(format.date(from), to === null ? null : format.date(addDays(to, -1)))
}
