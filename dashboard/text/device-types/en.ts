// English words of choosing a device type.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const en: Worded<typeof fi> = {
  narrow: 'Search by word',
  found: (n) => (n === 0 ? 'No type was found with this word.' : `${n} ${n === 1 ? 'type' : 'types'}`),
  points: (list) => `Points: ${list}`,
  groups: {
    energy: 'Energy',
    meters: 'Meters',
    hvac: 'Heating, ventilation and cooling',
    sensors: 'Sensors',
    electricity: 'Electricity',
    access: 'Access control',
    safety: 'Safety',
    network: 'Data network',
    meetings: 'Meeting rooms',
    service: 'Customer service',
    workplace: 'Workplaces',
    building: 'Building',
  },
}
