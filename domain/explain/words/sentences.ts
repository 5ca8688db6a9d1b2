// The form of the sentences of explanations, and those of one language.
import type { Language } from '#domain/registry/bundle.ts'
import type { Worded } from '#domain/writing/worded.ts'
import { sentences as en } from './en.ts'
import { sentences as fi } from './fi.ts'
import { sentences as sv } from './sv.ts'

export type Sentences = Worded<typeof fi>
export const SENTENCES: Record<Language, Sentences> = { fi, sv, en }
