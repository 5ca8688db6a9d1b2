// The form of the words of costs in the three languages.
import type { Worded } from '#domain/writing/worded.ts'
import type { costWords } from './fi.ts'

export type CostWords = Worded<typeof costWords>
