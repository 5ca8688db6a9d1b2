// The form of the words of agreements in the three languages.
import type { Worded } from '#domain/writing/worded.ts'
import type { agreementWords } from './agreement-fi.ts'

export type AgreementWords = Worded<typeof agreementWords>
