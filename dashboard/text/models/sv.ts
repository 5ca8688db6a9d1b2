// Building models, in Swedish.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const sv: Worded<typeof fi> = {
  title: 'Byggnadsmodell',
  lead: 'Utrymmen, utrustning och mätpunkter för andra system. Skyddade uppgifter finns inte i modellen.',
  brick: 'Ladda ner Brick-modellen (Turtle, .ttl)',
  rec: 'Ladda ner RealEstateCore-modellen (JSON-LD, .jsonld)',
}
