// Orden för valet av enhetstyp på svenska.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const sv: Worded<typeof fi> = {
  narrow: 'Sök med ord',
  found: (n) => (n === 0 ? 'Ingen typ hittades med sökordet.' : `${n} ${n === 1 ? 'typ' : 'typer'}`),
  points: (list) => `Mätpunkter: ${list}`,
  groups: {
    energy: 'Energi',
    meters: 'Mätare',
    hvac: 'Värme, ventilation och kylning',
    sensors: 'Sensorer',
    electricity: 'El',
    access: 'Passerkontroll',
    safety: 'Säkerhet',
    network: 'Datanät',
    meetings: 'Mötesrum',
    service: 'Kundservice',
    workplace: 'Arbetsplatser',
    building: 'Byggnad',
  },
}
