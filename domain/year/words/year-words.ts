// The form of the words of budgets, accruals and advances in files and documents, and those of one language.
import type { Language } from '#domain/registry/bundle.ts'
import type { Worded } from '#domain/writing/worded.ts'
import { year as en } from './en.ts'
import { year as fi } from './fi.ts'
import { year as sv } from './sv.ts'

export type YearWords = Worded<typeof fi>
export const YEAR_WORDS: Record<Language, YearWords> = { fi, sv, en }
