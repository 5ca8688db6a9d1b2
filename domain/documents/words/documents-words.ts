// The form of the words of documents, and those of one language.
import type { Language } from '#domain/registry/bundle.ts'
import type { Worded } from '#domain/writing/worded.ts'
import { documents as en } from './en.ts'
import { documents as fi } from './fi.ts'
import { documents as sv } from './sv.ts'

export type DocumentsWords = Worded<typeof fi>
export const DOCUMENTS_WORDS: Record<Language, DocumentsWords> = { fi, sv, en }
