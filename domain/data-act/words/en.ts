// The request for data, in English.
import type { Worded } from '#domain/writing/worded.ts'
import type { letterWords as fi } from './fi.ts'

export const letterWords: Worded<typeof fi> = {
  title: 'Request for data',
  state: 'Regulation (EU) 2023/2854 (Data Act)',
  to: 'Data holder',
  contact: 'Contact',
  from: 'User who asks',
  date: 'Date',
  answerBy: 'An answer is asked for by',
  device: 'Device',
  maker: 'Manufacturer and model',
  serial: 'Serial number',
  place: 'Place',
  article4: (organisation) =>
    `${organisation} is a user of the product within the meaning of Article 2(12) of Regulation (EU) 2023/2854 and requests its readily available data under Article 4(1).`,
  article5: (organisation, third) =>
    `${organisation} is a user of the product within the meaning of Article 2(12) of Regulation (EU) 2023/2854 and requests under Article 5(1) that its readily available data be made available to a third party: ${third}.`,
  wanted: 'Data asked for',
  days: (from, to) => `For the time ${from}–${to}.`,
  allDays: 'For all the time for which data are readily available.',
  metadata: 'We also ask for the metadata that are needed to interpret and use the data.',
  form: 'The data are asked for in the same quality as is available to the data holder, without undue delay, securely, in a structured, commonly used and machine-readable format and, where relevant and technically feasible, continuously and in real time.',
  free: 'The data are made available to the user free of charge.',
  refusal: 'If the request is not met, we ask for the reasons in writing.',
  contents: 'Request',
}
