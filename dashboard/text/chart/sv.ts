// What else stands on a chart, in Finland-Swedish.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const sv: Worded<typeof fi> = {
  compareWith: 'Jämför med',
  nothing: 'Ingen jämförelse',
  compares: { previous: 'Föregående period', year: 'Samma tid i fjol' },
  addPoint: 'Lägg till en punkt i diagrammet',
  choosePoint: 'Välj en punkt',
  otherDevices: 'Visa även andra enheters punkter',
  remove: 'Ta bort',
  takeAway: (name) => `Ta bort ur diagrammet: ${name}`,
  allPoints: 'Alla under varandra',
}
