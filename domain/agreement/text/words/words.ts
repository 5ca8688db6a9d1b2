// The form of the words of the approved text in the three languages.
import type { Worded } from '#domain/writing/worded.ts'
import type { textWords } from './fi.ts'

export type TextWords = Worded<typeof textWords>
