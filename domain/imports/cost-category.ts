// What kind of cost a text means: its own word, or its name in any of the languages. Written otherwise it would be split by the rule for all others.
import { costWords as en } from '#domain/writing/words/en.ts'
import { costWords as fi } from '#domain/writing/words/fi.ts'
import { costWords as sv } from '#domain/writing/words/sv.ts'
import { plainWord } from './cells.ts'

const BY_WORD = new Map(
  [fi, sv, en].flatMap(({ categories }) =>
    Object.entries(categories).flatMap(([category, name]): [string, string][] => [
      [plainWord(name), category],
      [plainWord(category), category],
    ]),
  ),
)

/** The category that a text names; a text that is none of the known ones stands for itself. */
export const costCategoryOf = (text: string): string => BY_WORD.get(plainWord(text)) ?? text.trim()
/** Whether it is one of those that every agreement may name. */
export const isCommonCategory = (category: string): boolean => Object.hasOwn(en.categories, category)
