// What sentences of an explanation are made of: the dictionary's sentences, names, and how numbers and dates are written.
import type { Dictionary } from '#dashboard/text/dictionary.ts'
import type { ExactWords } from './exact.ts'

export type ExplainWords = ExactWords & {
  text: Dictionary['explain']
  party: (id: string) => string
  device: (id: string) => string
  space: (id: string) => string
  /** A sign of a unit. */
  unit: (unit: string) => string
  date: (date: string) => string
  /** The last day of a half-open span. */
  lastDay: (to: string) => string
  month: (month: string) => string
  instant: (instant: string) => string
  percent: (fraction: string) => string
  list: (words: readonly string[]) => string
}
