// What else stands on a chart, in English.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const en: Worded<typeof fi> = {
  compareWith: 'Compare with',
  nothing: 'No comparison',
  compares: { previous: 'Previous period', year: 'Same time last year' },
  addPoint: 'Add a point to the chart',
  choosePoint: 'Choose a point',
  otherDevices: 'Show points of other devices too',
  remove: 'Remove',
  takeAway: (name) => `Remove from the chart: ${name}`,
  allPoints: 'All, one below the other',
}
