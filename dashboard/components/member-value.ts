// A value of a setting as it is read.
import { useText } from '#dashboard/text/TextProvider.tsx'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import type { FieldShown } from '#contract/twins.ts'
import { wordOf } from '#domain/writing/word-of.ts'

const DECIMALS = 3

export const useMemberWords = (fields: readonly FieldShown[]) => {
  const words = useWords(twinWords).twin
  const { language, format } = useText()
  const find = (key: string): FieldShown | undefined => fields.find((field) => field.key === key)
  return {
    nameOf: (key: string): string =>
      key === 'firmware' ? words.firmware : (find(key)?.name[language] ?? wordOf(words.states, key, key)),
    valueOf(key: string, value: unknown): string {
      if (value === null || value === undefined) return words.unset
      if (typeof value === 'boolean') return value ? words.yes : words.no
      if (typeof value === 'number') {
        const digits = String(value).split('.')[1]?.length ?? 0
        return `${format.number(value, Math.min(digits, DECIMALS))} ${find(key)?.unit ?? ''}`.trim()
      }
      if (typeof value === 'string') return key === 'mode' ? wordOf(words.modes, value, value) : value
      return JSON.stringify(value)
    },
  }
}
