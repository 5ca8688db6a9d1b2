// Building models, in English.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const en: Worded<typeof fi> = {
  title: 'Building model',
  lead: 'Spaces, devices and points for other systems. What is protected is not in the model.',
  brick: 'Download the Brick model (Turtle, .ttl)',
  rec: 'Download the RealEstateCore model (JSON-LD, .jsonld)',
}
