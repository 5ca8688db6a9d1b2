// The form of the words of the public record, and those of one language.
import type { Language } from '#domain/registry/bundle.ts'
import type { Worded } from '#domain/writing/worded.ts'
import { record as en } from './record-en.ts'
import { record as fi } from './record-fi.ts'
import { record as sv } from './record-sv.ts'

export type RecordWords = Worded<typeof fi>
export const RECORD_WORDS: Record<Language, RecordWords> = { fi, sv, en }
