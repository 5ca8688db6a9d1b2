// The protocol of a meter change, in English.
import type { Worded } from '#domain/writing/worded.ts'
import type { changeWords as fi } from './fi.ts'

export const changeWords: Worded<typeof fi> = {
  title: 'Protocol of a meter change',
  states: {
    proposed: 'Waits for the witness',
    confirmed: 'Confirmed by the witness',
    refused: 'Not confirmed by the witness',
    undone: 'Taken back before the confirmation',
  },
  place: 'Place',
  device: 'Device',
  point: 'Point',
  at: 'Time of the change',
  reason: 'Reason',
  reasons: {
    verification: 'The verification ends',
    fault: 'Fault',
    renewal: 'Renewal',
    move: 'Move',
    other: 'Another reason',
  },
  note: 'Remark',
  meters: 'Meters',
  meter: 'Meter',
  oldMeter: 'Old meter',
  newMeter: 'New meter',
  register: 'Register',
  serial: 'Serial number',
  seal: 'Seal',
  photo: 'Digest of the photo',
  effect: 'Effect on the month',
  period: 'Month',
  without: 'Consumption without the change',
  with: 'Consumption with the change',
  ofOld: 'Of that by the old meter',
  ofNew: 'Of that by the new meter',
  unknown: 'not known',
  closed: (months) =>
    `Closed months stay as they are: ${months}. The difference comes as an adjustment of a later month.`,
  warnings: {
    'final-below-last': 'The final register of the old meter is lower than its last reading.',
    'next-below-initial': 'The reading after the change is lower than the initial register of the new meter.',
  },
  steps: 'What happened',
  events: {
    proposed: (by, organisation, at) => `${at}: ${by} (${organisation}) recorded the change.`,
    confirmed: (by, organisation, at) => `${at}: ${by} (${organisation}) confirmed the change as witness.`,
    refused: (by, organisation, at) => `${at}: ${by} (${organisation}) did not confirm the change.`,
    undone: (by, organisation, at) => `${at}: ${by} (${organisation}) took the record back.`,
  },
  refusal: 'Reason given',
  operator: 'the operator',
}
