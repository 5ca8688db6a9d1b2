// The form of the document's words, and those of one language.
import type { Language } from '#domain/registry/bundle.ts'
import type { Worded } from '#domain/writing/worded.ts'
import { document as en } from './document-en.ts'
import { document as fi } from './document-fi.ts'
import { document as sv } from './document-sv.ts'

export type DocumentWords = Worded<typeof fi>
export const DOCUMENT_WORDS: Record<Language, DocumentWords> = { fi, sv, en }
