// En anordnings livscykel, på svenska.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const sv: Worded<typeof fi> = {
  title: 'Livscykel',
  filter: 'Livscykel',
  anyState: 'Alla skeden',
  states: {
    planned: 'Planerad',
    'in-stock': 'I lager',
    installed: 'Installerad',
    'in-use': 'I bruk',
    'out-of-service': 'Ur bruk',
    retired: 'Avförd',
  },
  noRows: 'Enheten är i bruk. Tidigare skeden har inte antecknats.',
  line: (state, from) => `${state} från ${from}`,
  recorded: (by, at) => `Antecknat av ${by} ${at}`,
  toCome: 'kommande',
  move: 'Anteckna nästa skede',
  state: 'Skede',
  from: 'Från och med',
  note: 'Motivering eller tilläggsuppgift (frivillig)',
  save: (state) => `Anteckna: ${state.toLowerCase()}`,
  retiredNote: 'En avförd enhet kan inte tas i bruk igen. Uppgifter och avläsningar bevaras.',
  moved: 'Det nya skedet har antecknats.',
}
