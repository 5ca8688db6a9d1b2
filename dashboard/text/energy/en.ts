// Energy and water by use, in English.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const en: Worded<typeof fi> = {
  title: 'Energy and water by use today',
  lead: (time) =>
    `From midnight until ${time}. Usual is the mean of the same weekday of four weeks up to the same time.`,
  media: { electricity: 'Electricity', heat: 'Heat', water: 'Water' },
  uses: {
    heating: 'Heating',
    cooling: 'Cooling',
    ventilation: 'Ventilation',
    lighting: 'Lighting',
    vehicles: 'Charging and heating of cars',
    kitchen: 'Kitchen',
    lifts: 'Lifts',
    ict: 'Information technology',
  },
  rest: 'Other use',
  total: 'Total',
  use: 'Use',
  soFar: 'Today',
  expected: 'Usual',
  change: 'Difference',
  restHow: 'Other use is what the main meter measures beyond the meters of their own.',
}
