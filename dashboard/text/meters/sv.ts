// What is recorded of a meter, in Finland-Swedish.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const sv: Worded<typeof fi> = {
  title: 'Mätarens godkännande',
  approved: 'Godkänd för fakturering',
  yes: 'Ja',
  no: 'Nej',
  unknown: 'Inte antecknat',
  mid: 'MID-märkning',
  verified: 'Verifierad, sista dagen',
  over: 'Verifieringen har gått ut.',
  edit: 'Anteckna godkännande',
  midHint: 'Klass och år, till exempel B M24',
  save: 'Spara godkännandet',
  saved: 'Mätarens godkännande har sparats.',
  why: 'Ett pris får grundas bara på en godkänd och verifierad mätare, om inte annat har avtalats.',
}
