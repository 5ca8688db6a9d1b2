// What is recorded of a meter, in English.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const en: Worded<typeof fi> = {
  title: 'Approval of the meter',
  approved: 'Approved for billing',
  yes: 'Yes',
  no: 'No',
  unknown: 'Not recorded',
  mid: 'MID marking',
  verified: 'Verified, last day',
  over: 'The verification is over.',
  edit: 'Record the approval',
  midHint: 'Class and year, for example B M24',
  save: 'Save the approval',
  saved: 'The approval of the meter has been saved.',
  why: 'A price may rest only on an approved and verified meter, unless the parties have agreed otherwise.',
}
