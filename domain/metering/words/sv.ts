// The protocol of a meter change, in Swedish.
import type { Worded } from '#domain/writing/worded.ts'
import type { changeWords as fi } from './fi.ts'

export const changeWords: Worded<typeof fi> = {
  title: 'Protokoll över mätarbyte',
  states: {
    proposed: 'Väntar på vittnets bekräftelse',
    confirmed: 'Bekräftat av vittnet',
    refused: 'Vittnet bekräftade inte',
    undone: 'Återkallat före bekräftelsen',
  },
  place: 'Mätplats',
  device: 'Enhet',
  point: 'Mätpunkt',
  at: 'Tid för bytet',
  reason: 'Orsak',
  reasons: {
    verification: 'Verifieringen upphör',
    fault: 'Fel',
    renewal: 'Förnyelse',
    move: 'Flytt',
    other: 'Annan orsak',
  },
  note: 'Anmärkning',
  meters: 'Mätare',
  meter: 'Mätare',
  oldMeter: 'Gammal mätare',
  newMeter: 'Ny mätare',
  register: 'Ställning',
  serial: 'Serienummer',
  seal: 'Plomb',
  photo: 'Fotots kontrollsumma',
  effect: 'Verkan på månaden',
  period: 'Månad',
  without: 'Förbrukning utan bytet',
  with: 'Förbrukning med bytet',
  ofOld: 'Därav med den gamla mätaren',
  ofNew: 'Därav med den nya mätaren',
  unknown: 'inte känd',
  closed: (months) =>
    `Stängda månader står kvar som de är: ${months}. Skillnaden kommer som en rättelse i en senare månad.`,
  warnings: {
    'final-below-last': 'Den gamla mätarens slutställning är lägre än dess sista avläsning.',
    'next-below-initial': 'Avläsningen efter bytet är lägre än den nya mätarens begynnelseställning.',
  },
  steps: 'Händelser',
  events: {
    proposed: (by, organisation, at) => `${at}: ${by} (${organisation}) antecknade bytet.`,
    confirmed: (by, organisation, at) => `${at}: ${by} (${organisation}) bekräftade bytet som vittne.`,
    refused: (by, organisation, at) => `${at}: ${by} (${organisation}) bekräftade inte bytet.`,
    undone: (by, organisation, at) => `${at}: ${by} (${organisation}) återkallade anteckningen.`,
  },
  refusal: 'Motivering',
  operator: 'administratören',
}
