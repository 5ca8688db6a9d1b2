// A device's life, in English.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const en: Worded<typeof fi> = {
  title: 'Lifecycle',
  filter: 'Lifecycle',
  anyState: 'All states',
  states: {
    planned: 'Planned',
    'in-stock': 'In stock',
    installed: 'Installed',
    'in-use': 'In use',
    'out-of-service': 'Out of service',
    retired: 'Retired',
  },
  noRows: 'The device is in use. No earlier states are recorded.',
  line: (state, from) => `${state} from ${from}`,
  recorded: (by, at) => `Recorded by ${by} ${at}`,
  toCome: 'to come',
  move: 'Record the next state',
  state: 'State',
  from: 'From',
  note: 'Reason or remark (optional)',
  save: (state) => `Record: ${state.toLowerCase()}`,
  retiredNote: 'A retired device can’t be taken into use again. Its facts and readings are kept.',
  moved: 'The new state is recorded.',
}
