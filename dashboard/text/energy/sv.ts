// Energy and water by use, in Swedish.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const sv: Worded<typeof fi> = {
  title: 'Energi och vatten enligt användning i dag',
  lead: (time) =>
    `Från midnatt till klockan ${time}. Vanligen är medeltalet för samma veckodag under fyra veckor vid samma tid.`,
  media: { electricity: 'El', heat: 'Värme', water: 'Vatten' },
  uses: {
    heating: 'Uppvärmning',
    cooling: 'Kylning',
    ventilation: 'Ventilation',
    lighting: 'Belysning',
    vehicles: 'Laddning och uppvärmning av bilar',
    kitchen: 'Kök',
    lifts: 'Hissar',
    ict: 'Informationsteknik',
  },
  rest: 'Annan användning',
  total: 'Totalt',
  use: 'Användning',
  soFar: 'I dag',
  expected: 'Vanligen',
  change: 'Skillnad',
  restHow: 'Annan användning är skillnaden mellan huvudmätaren och de egna mätarna.',
}
