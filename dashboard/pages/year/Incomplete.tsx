// What the figures of a month still lack, because it cannot be shared yet.
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { yearWords } from '#dashboard/text/year/words.ts'
import { wordOf } from '#domain/writing/word-of.ts'

export const Incomplete = ({ month, missing }: { month: string; missing: readonly string[] }) => {
  const { text, format } = useText()
  const words = useWords(yearWords)
  const categories = format.list(missing.map((category) => wordOf(text.categories, category)))
  return <span>{words.incomplete(format.month(month), categories)}</span>
}
